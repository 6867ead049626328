"""What the decisions ask somebody to do: facts that would settle an open answer, and coming birthdays.

Read in bulk for many people at once, for `casework.tasks` alone; nobody is shown anything here. A birthday
is a review, from 90 days ahead; no outcome is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import QuerySet

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.decisions.answers import CONTACT_REVIEW, PLACEMENT_REVIEW, PROTECTION_REVIEW
from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.decisions.office_pack import PLACEMENT as DECIDED
from amana.apps.tasks.kinds import CASEWORKER, CONTACT, PLACEMENT, PROTECTION
from amana.core.dates import DateSpan

AHEAD: Final = timedelta(days=90)
"""How long before a birthday its review is raised."""

KIND_OF_REVIEW: Final = {
    CONTACT_REVIEW: CONTACT,
    PROTECTION_REVIEW: PROTECTION,
    PLACEMENT_REVIEW: PLACEMENT,
}


class Due(NamedTuple):
    """One thing that somebody has to do: columns of a task. `since`: the day from which it is asked."""

    person: str
    kind: str
    source: str
    desk: str
    due_earliest: date | None
    due_latest: date | None
    since: date


class Asked(NamedTuple):
    """Facts that would settle somebody's open answer."""

    person: str
    needs: tuple[str, ...]


def open_answers(refs: Sequence[str]) -> list[Asked]:
    """Those of these people whose answer is undetermined or whose facts contradict each other."""
    return [Asked(ref, tuple(filter(None, needs.split(";")))) for ref, needs in _open_needs(refs)]


def coming_birthdays(refs: Sequence[str], on: date) -> list[Due]:
    """Birthdays of these people within 90 days after `on` that may change what the law says."""
    return [
        Due(ref, KIND_OF_REVIEW[review], cause, CASEWORKER, earliest, latest, on)
        for ref, review, cause, earliest, latest in _birthdays(refs, on)
    ]


def births(refs: Sequence[str]) -> Mapping[str, DateSpan]:
    """The birth of each of these people, as far as it is established, by reference."""
    rows = FactsRow.objects.filter(Among("person_id", refs))
    told = rows.values_list("person_id", "birth_earliest", "birth_latest")
    return {ref: DateSpan(earliest, latest) for ref, earliest, latest in told}


@of_many
def _open_needs(refs: Whoever) -> Query:
    open_ones = _current(refs).filter(outcome__in=["undetermined", "invalid"])
    return open_ones.values_list("person_id", "needs")


@of_many
def _birthdays(refs: Whoever, on: date) -> Query:
    coming = _current(refs).filter(next_earliest__lte=on + AHEAD, next_latest__gt=on).exclude(review="")
    return coming.values_list("person_id", "review", "next_cause", "next_earliest", "next_latest")


def _current(refs: Whoever) -> QuerySet[Decision]:
    return Decision.objects.filter(Among("person_id", refs), decision=DECIDED, superseded_at__isnull=True)
