"""Rows of moves read for many people at once, without a viewer: for the safeguards alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.placements.moves.models import PlannedMove, StayGround, UrgentMove


class Told(NamedTuple):
    """What is told of the ground of a stay; `urgent_on` is the day of the urgent move that began it, and
    `refused` that its review found it not needed or not done as it should be: then it was no exception.
    `planned`: a plan that was carried out began it.
    """

    stay: int
    grounds: str
    decided_by: str
    care_identified: bool | None
    consulate: str
    apart_reason: str
    urgent_on: date | None
    refused: bool = False
    planned: bool = False


class OpenPlan(NamedTuple):
    """A plan that was open on the day."""

    ref: str
    person: str
    facility: str
    facility_kind: str
    planned_for: date
    together: bool
    grounds: str
    care_identified: bool
    consulate: str
    apart_reason: str


class UrgentRow(NamedTuple):
    """An urgent move of which something is owed still, or may be."""

    ref: str
    person: str
    facility_kind: str
    ground: str
    reasoned: bool
    with_family: str
    explained: bool
    moved_on: date
    monitor_told_on: date | None
    guardian_told_on: date | None
    review: str
    reviewed_on: date | None
    ended_on: date | None


NOT_UPHELD, TOGETHER = "not_upheld", "together"
_TOLD = ("stay_id", *Told._fields[1:-3], "urgent__moved_on", "urgent__review", "plan_id")
_PLAN = ("ref", "person_id", "facility_id", "facility__kind", *OpenPlan._fields[4:])
_URGENT = ("ref", "person_id", "facility__kind", *UrgentRow._fields[3:])


def told_grounds(stays: Sequence[int]) -> Mapping[int, Told]:
    """Stay -> what is told of its ground; a stay of which nothing is told is absent."""
    return {
        row[0]: Told._make((*row[:-2], row[-2] == NOT_UPHELD, row[-1] is not None)) for row in _grounds(stays)
    }


@of_many
def _grounds(stays: Whoever) -> Query:
    return StayGround.objects.filter(Among("stay_id", stays)).values_list(*_TOLD)


def open_plans(refs: Sequence[str], on: date) -> list[OpenPlan]:
    """The plans of these people that are open and were made by the day."""
    return [OpenPlan(*row) for row in _plans(refs, on)]


@of_many
def _plans(refs: Whoever, on: date) -> Query:
    found = PlannedMove.objects.filter(
        Among("person_id", refs), state=PlannedMove.State.PLANNED, planned_on__lte=on
    )
    return found.order_by("ref").values_list(*_PLAN)


def urgent_moves(refs: Sequence[str], on: date) -> Mapping[str, Sequence[UrgentRow]]:
    """The urgent moves of these people made by the day, without those of which nothing is owed any longer:
    they ended, were reviewed, have their reason on record (and why the family stayed, where it did), and
    monitor and guardian were told.
    """
    found: dict[str, list[UrgentRow]] = defaultdict(list)
    for row in _urgent(refs, on):
        move = UrgentRow(*row)
        found[move.person].append(move)
    return found


@of_many
def _urgent(refs: Whoever, on: date) -> Query:
    done = ("reviewed_on", "ended_on", "monitor_told_on", "guardian_told_on")
    said = Q(with_family=TOGETHER) | Q(alone_reason__isnull=False)
    over = said & Q(reason__isnull=False, **{f"{day}__lte": on for day in done})
    rows = UrgentMove.objects.filter(Among("person_id", refs), moved_on__lte=on).exclude(over)
    rows = rows.annotate(
        reasoned=ExpressionWrapper(Q(reason__isnull=False), BooleanField()),
        explained=ExpressionWrapper(said, BooleanField()),
    )
    return rows.order_by("moved_on", "ref").values_list(*_URGENT)
