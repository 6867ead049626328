"""Between the password and the second factor: who is signing in, kept in a session that opens nothing yet.

Ends after five minutes, when the password changes meanwhile, and when it has been used.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from amana.apps.accounts.backend import EmailBackend

KEY = "pending"
LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Pending:
    """The account whose factor is asked, and where she wanted to go."""

    user: Any
    wanted: str


def keep(request: HttpRequest, user: Any, wanted: str, at: datetime) -> None:
    """Remember who gave the right password; whatever the session held before is gone."""
    request.session.flush()
    request.session[KEY] = {
        "account": str(user.pk),
        "at": int(at.timestamp()),
        "password": user.get_session_auth_hash(),
        "next": wanted,
    }


def of(request: HttpRequest, at: datetime) -> Pending | None:
    """Who is between the two steps in this browser, or None."""
    kept = request.session.get(KEY)
    if not isinstance(kept, dict) or at.timestamp() - kept["at"] > LASTS.total_seconds():
        return None
    user = EmailBackend().get_user(kept["account"])
    if user is None or not hmac.compare_digest(kept["password"], user.get_session_auth_hash()):
        return None
    return Pending(user, kept["next"])


def forget(request: HttpRequest) -> None:
    """The step is done, or given up."""
    request.session.pop(KEY, None)
