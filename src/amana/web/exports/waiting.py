"""The line in the frame of whoever approves files while one waits for her answer: how many, nothing else."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.exports import queries
from amana.web.tasks.reminder import ReminderLine


def waiting_of(viewer: Viewer, at: datetime) -> ReminderLine | None:
    """The line; None for who approves none, and where none waits."""
    count = queries.waiting(viewer, at)
    if not count:
        return None
    words = ngettext("%(n)s file waits for your answer.", "%(n)s files wait for your answer.", count)
    return ReminderLine(words % {"n": count}, reverse("exports:export-list"))
