"""A single case opened in an emergency: opened, those who watch told at once, ended, reviewed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.guards import commands
from amana.apps.guards.alerting import OPENING, alert
from amana.apps.guards.commands import OpeningRefused, end, review

__all__ = ["OpeningRefused", "begin", "end", "review"]


def begin(ref: str, *, reason: str, hours: int, by: Viewer, at: datetime) -> UUID:
    """Open one case to read, and tell data protection and monitor, both or neither; the opening's id. Raises
    `OpeningRefused`, `NotForYou`.
    """
    with recording(by, at):
        number = commands.begin(ref, reason=reason, hours=hours, by=by, at=at)
        alert(OPENING, by=by, at=at)
    return number
