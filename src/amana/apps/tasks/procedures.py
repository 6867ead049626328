"""What determinations, appeals and urgent moves ask somebody to do: approve, answer, review again.

Read in bulk for `casework.tasks` alone; nobody is shown anything here. Only states, days and references are
read: no text of anybody, and nothing of what was decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.consents.models import ConsularAnswer
from amana.apps.determinations.codes import ASSESSMENT, DETERMINATION, OUTCOME
from amana.apps.determinations.holding import holding
from amana.apps.determinations.models import Appeal, Determination
from amana.apps.determinations.states import State
from amana.apps.placements.moves.models import UrgentMove
from amana.apps.record_requests.models import RecordRequest
from amana.apps.representatives.codes import ASKED
from amana.apps.representatives.models import Representative
from amana.apps.tasks.kinds import (
    AGAIN,
    APPEAL,
    APPROVAL,
    CASEWORKER,
    KINDS,
    MISSION,
    REPRESENTATIVE,
    REQUEST,
    SUPERVISOR,
    URGENT,
)
from amana.apps.tasks.sources import Due

REVIEW_AHEAD: Final = timedelta(days=30)
"""How long before the day that a determination names its review is raised."""

URGENT_DAYS: Final = timedelta(days=3)
"""An urgent protective move lasts 72 hours at most (trust principles); its review is due by then."""

LOOKED_AT: Final = (ASSESSMENT, DETERMINATION, OUTCOME)
"""Kinds by which somebody of this office looked at a child's interests."""


def waiting(refs: Sequence[str]) -> list[Due]:
    """Determinations about these people that wait for a second person."""
    desk = KINDS[APPROVAL].desk
    return [Due(person, APPROVAL, ref, desk, None, None, asked) for person, ref, asked in _requested(refs)]


@of_many
def _requested(refs: Whoever) -> Query:
    rows = Determination.objects.filter(Among("person_id", refs), state=State.REQUESTED.value)
    return rows.values_list("person_id", "ref", "asked_on")


def appeals(refs: Sequence[str]) -> list[Due]:
    """Appeals about these people that nobody has decided."""
    desk = KINDS[APPEAL].desk
    return [Due(person, APPEAL, ref, desk, None, None, day) for person, ref, day in _undecided(refs)]


@of_many
def _undecided(refs: Whoever) -> Query:
    rows = Appeal.objects.filter(Among("determination__person_id", refs), outcome="")
    return rows.values_list("determination__person_id", "determination_id", "lodged_on")


def reviews_again(refs: Sequence[str], on: date) -> list[Due]:
    """The day that each person's newest assessment or determination names for its review, where it is past
    or within 30 days after `on`.
    """
    newest: dict[str, tuple[str, date | None]] = {}
    for person, ref, review_on in _reviews(refs):
        newest[person] = (ref, review_on)
    desk = KINDS[AGAIN].desk
    return [
        Due(person, AGAIN, ref, desk, review_on, review_on, on)
        for person, (ref, review_on) in newest.items()
        if review_on is not None and review_on <= on + REVIEW_AHEAD
    ]


def urgent_moves(refs: Sequence[str]) -> list[Due]:
    """Urgent protective moves of these people that nobody has reviewed, ended ones as well."""
    desk = KINDS[URGENT].desk
    return [
        Due(person, URGENT, ref, desk, moved_on + URGENT_DAYS, moved_on + URGENT_DAYS, moved_on)
        for person, ref, moved_on in _unreviewed(refs)
    ]


@of_many
def _unreviewed(refs: Whoever) -> Query:
    rows = UrgentMove.objects.filter(Among("person_id", refs), reviewed_on__isnull=True)
    return rows.values_list("person_id", "ref", "moved_on")


def missions(refs: Sequence[str]) -> list[Due]:
    """Answers of missions about these people that nobody has judged."""
    desk = KINDS[MISSION].desk
    return [
        Due(person, MISSION, str(number), desk, None, None, told) for person, number, told in _unjudged(refs)
    ]


@of_many
def _unjudged(refs: Whoever) -> Query:
    rows = ConsularAnswer.objects.filter(Among("person_id", refs), judged_on__isnull=True)
    return rows.values_list("person_id", "id", "on")


def representatives(refs: Sequence[str]) -> list[Due]:
    """Guardians and counsel of these people who wait for a second person."""
    desk = KINDS[REPRESENTATIVE].desk
    return [
        Due(person, REPRESENTATIVE, str(number), desk, None, None, asked)
        for person, number, asked in _unconfirmed(refs)
    ]


@of_many
def _unconfirmed(refs: Whoever) -> Query:
    rows = Representative.objects.filter(Among("person_id", refs), state=ASKED)
    return rows.values_list("person_id", "id", "asked_on")


def requests(refs: Sequence[str]) -> list[Due]:
    """What these people ask of their own record and nobody has answered: by the desk of somebody else than
    who took it down. Without a day where no period is known.
    """
    return [
        Due(person, REQUEST, str(number), _other_desk(role), due, due, taken)
        for person, number, role, due, taken in _unanswered(refs)
    ]


def _other_desk(role: str) -> str:
    return SUPERVISOR if role == CASEWORKER else CASEWORKER


@of_many
def _unanswered(refs: Whoever) -> Query:
    rows = RecordRequest.objects.filter(Among("person_id", refs), closed_on__isnull=True)
    return rows.values_list("person_id", "id", "taken_role", "due_on", "taken_on")


def last_looks(refs: Sequence[str]) -> Mapping[str, date]:
    """The last day on which an assessment or determination that holds was made about each of these people:
    the day it names itself, else the day it was put forward.
    """
    found: dict[str, date] = {}
    for person, decided_on, asked_on in _looks(refs):
        made = decided_on or asked_on
        found[person] = max(made, found.get(person, made))
    return found


@of_many
def _reviews(refs: Whoever) -> Query:
    rows = _holding(refs).order_by("in_force_from", "asked_at", "ref")
    return rows.values_list("person_id", "ref", "review_on")


@of_many
def _looks(refs: Whoever) -> Query:
    return _holding(refs).values_list("person_id", "decided_on", "asked_on")


def _holding(refs: Whoever) -> QuerySet[Determination]:
    """A contested one that protects goes on holding, so its review falls due like any other."""
    return Determination.objects.filter(holding(), Among("person_id", refs), kind__in=LOOKED_AT)
