"""Answers that a new text of law changed: whose cases call for a review, and under which text.

No outcome is named, neither the one before nor the one after. Seen only by those who answer for the cases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.changed_queries import DAYS, changed_by_law
from amana.apps.registry.queries import lines
from amana.web.people.names import Name, names

AT_ONCE: Final = 10


@dataclass(frozen=True)
class ChangedCase:
    """One case to review: whose, and the title and reference of the change of law."""

    ref: str
    name: Name
    title: str
    change: str
    on: str
    address: str


@dataclass(frozen=True)
class Changed:
    """One page of them; `next` is the cursor of the following page, or None. `days`: how long each stays."""

    cases: tuple[ChangedCase, ...]
    people: int
    next: str | None
    days: int = DAYS


def changed_answers(viewer: Viewer, on: date, after: str = "") -> Changed:
    """Return a page of people whose answer a new text changed, by reference."""
    page = changed_by_law(viewer, on=on, after=after, limit=AT_ONCE)
    people = lines(viewer, [row.ref for row in page.rows])
    cases = tuple(
        ChangedCase(
            ref=row.ref,
            name=names(people[row.ref])[0],
            title=row.text.title,
            change=row.text.ref,
            on=row.on.isoformat(),
            address=reverse("case:placement-show", args=[row.ref]),
        )
        for row in page.rows
    )
    return Changed(cases, page.count, page.next)
