"""Who may lock the office in an emergency: data-protection officer and monitor, each with one act, within a
minute of each other. What the lock does is `audit.emergency`'s matter.
"""

from __future__ import annotations

from datetime import datetime

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit import emergency

LOCKING = ("data_protection", "monitor")


def lock(*, by: Viewer, at: datetime) -> bool:
    """Ask for a lock, or join what the other asked for less than a minute ago; whether the office is locked
    now. Raises `NotForYou`.
    """
    by.require("keys.lock")
    if by.role not in LOCKING:
        raise NotForYou(by.role, "keys.lock")
    if emergency.asked_by_other(by.role, at) is None:
        emergency.ask(by=by, role=by.role, at=at)
        return False
    emergency.join(by=by, role=by.role, at=at)
    return True


def other_waits(viewer: Viewer, at: datetime) -> bool:
    """Whether the other asked for a lock less than a minute ago and waits to be joined."""
    viewer.require("keys.lock")
    return emergency.asked_by_other(viewer.role, at) is not None
