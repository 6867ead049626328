"""What a role reads with a reason only: needed or not, and the reason noted.

A reason opens one class of one case for a quarter of an hour of the session in which it was given; the page
keeps that time, and `audit.withholding` asks for it wherever a sealed value opens. It stands in the history
of the case that one was given, sealed what it says.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.models import GivenReason
from amana.apps.registry.reach import require_reach
from amana.core.reasons import ASKED, in_words

LASTS: Final = timedelta(minutes=15)
MOST_WORDS: Final = 2000


def asked_of(viewer: Viewer) -> frozenset[str]:
    """The classes that this viewer's role reads with a reason only."""
    role = ROLES.get(viewer.role)
    return frozenset(cls for cls, cell in role.cells.items() if cell.reasoned) if role else frozenset()


def needed(viewer: Viewer, cls: str) -> bool:
    """Whether this viewer's role reads the class with a reason only."""
    return cls in asked_of(viewer)


def give(ref: str, cls: str, *, reason: str, by: Viewer, at: datetime) -> None:
    """Note why a class of a case in reach is read. Raises `OpeningRefused`, `NotForYou`."""
    require_reach(by, ref)
    if not needed(by, cls):
        raise NotForYou(by.role, f"read {cls} with a reason")
    if not in_words(reason) or len(reason) > MOST_WORDS:
        raise OpeningRefused("reason", f"{ASKED}.", "reason")
    with recording(by, at) as log:
        GivenReason(ref=ref, cls=cls, by=by.audit_id, at=at, reason=reason.strip()).save()
        log.entry("reason.given", ref, {"class": cls})
