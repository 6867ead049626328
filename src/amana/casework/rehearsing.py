"""Trying a command without keeping it, so that a page on which answers are checked finds whatever the record
would refuse, by the command's own rules.

Everything the command does is taken back, its entries of the trail as well; what it raises is raised.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording


class _Rehearsed(Exception):
    """The command went through."""


def rehearse(command: Callable[[], object], *, by: Viewer, at: datetime) -> None:
    """Run a command and take it back. Raises what it raises."""
    try:
        with recording(by, at):
            command()
            raise _Rehearsed
    except _Rehearsed:
        return
