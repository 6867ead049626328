"""The line in the monitor's frame while an allegation has not been taken in hand: how many, nothing else."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.allegations import queries
from amana.web.tasks.reminder import ReminderLine


def waiting_of(viewer: Viewer) -> ReminderLine | None:
    """The line for the monitor; None for everybody else, and where all are in hand."""
    if not queries.reads_all(viewer):
        return None
    new = queries.waiting(viewer)
    if not new:
        return None
    words = ngettext("%(n)s new allegation was told.", "%(n)s new allegations were told.", new) % {"n": new}
    return ReminderLine(words, reverse("allegations:allegation-list"))
