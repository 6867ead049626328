"""The line in the frame for whoever holds overdue tasks: counts and a link, nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from amana.apps.accounts.viewers import Viewer
from amana.apps.tasks import queries
from amana.casework.reminders import mine_in_words
from amana.web.tasks.filters import Chosen


@dataclass(frozen=True)
class ReminderLine:
    """What is overdue, in words, and where it is listed."""

    words: str
    address: str


def reminder_of(viewer: Viewer, on: date) -> ReminderLine | None:
    """The line for this viewer; None where nothing of hers is overdue."""
    overdue = queries.overdue(viewer, on=on)
    if not overdue.mine:
        return None
    return ReminderLine(mine_in_words(overdue), Chosen("mine", "", "late", ()).address())
