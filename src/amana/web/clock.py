"""The web's one reading of the clock: what time it is, and which day the office stands at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest

from amana.apps.accounts import queries


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def office_of(request: HttpRequest | None) -> Any:
    """Return the office, asked for once a request."""
    if request is None:
        return queries.office()
    if not hasattr(request, "_office"):
        request._office = queries.office()  # type: ignore[attr-defined]
    return request._office  # type: ignore[attr-defined]


def today_of(request: HttpRequest | None) -> date:
    """Return the day this office stands at: fixed in a demonstration, else today in UTC."""
    return office_of(request).today(now().date())
