"""The sessions of an account as its owner sees them, and ending them.

Ending another browser's session is written to the read log like a sign-out. `seen` is exact to a minute.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from amana.apps.accounts.models import Session
from amana.apps.accounts.session_store import digest
from amana.apps.accounts.signing_in import end_session
from amana.apps.accounts.viewers import Viewer

SHORT = 16
"""Letters of a digest that name a session on its owner's page: of her own few, none are alike."""


@dataclass(frozen=True)
class OpenSession:
    """One session: a short name for it, since when, last at work, in what browser; `here`: the one asking."""

    name: str
    began: datetime | None
    seen: datetime | None
    browser: str
    here: bool


def sessions_of(viewer: Viewer, session_key: str, at: datetime) -> tuple[OpenSession, ...]:
    """One's own open sessions, the one asking first, then the latest."""
    own = digest(session_key)
    rows = Session.objects.filter(account=viewer.account, expires__gt=at).order_by("-began", "key")
    found = [OpenSession(row.key[:SHORT], row.began, row.seen, row.browser, row.key == own) for row in rows]
    return tuple(sorted(found, key=lambda each: not each.here))


def end_one(viewer: Viewer, name: str, at: datetime) -> bool:
    """End one of one's own sessions by its short name; False where there is none."""
    if len(name) != SHORT:
        return False
    gone = Session.objects.filter(account=viewer.account, key__startswith=name).delete()[0]
    if gone:
        end_session(viewer, at)
    return bool(gone)


def end_others(viewer: Viewer, session_key: str, at: datetime) -> int:
    """End all of one's own sessions but the one asking; returns how many."""
    gone = int(Session.objects.filter(account=viewer.account).exclude(key=digest(session_key)).delete()[0])
    for _ in range(gone):
        end_session(viewer, at)
    return gone


def end_all(account: UUID) -> int:
    """End every session of an account: its password changed, or it was closed."""
    return int(Session.objects.filter(account=account).delete()[0])
