"""The web's one reading of the clock: what time it is, and which day the office stands at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpRequest

from amana.apps.accounts import queries
from amana.apps.accounts.queries import OfficeView


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def office_of(request: HttpRequest | None) -> OfficeView:
    """Return the office, asked for once a request."""
    remembered: dict[str, Any] = {} if request is None else vars(request)
    if "_office" not in remembered:
        remembered["_office"] = queries.office()
    office: OfficeView = remembered["_office"]
    return office


def today_of(request: HttpRequest | None) -> date:
    """Return the day this office stands at: fixed in a demonstration, else today in UTC."""
    return office_of(request).today(now().date())
