"""Reads of moves: plans and urgent moves of one person. For those who see determinations: the reasons of a
move belong to nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.withholding import Withholding, told
from amana.apps.placements.models import Facility
from amana.apps.placements.moves.models import PlannedMove, UrgentMove
from amana.apps.placements.moves.planned import companions, leaves_behind
from amana.apps.placements.queries import FacilityView
from amana.apps.placements.separation.unsure import may_be_children
from amana.apps.registry.reach import RECORDS, narrowed, require_reach

SEE = "determinations.see"
TEXTS = "C5"
"""The class of what a move says in words."""


@dataclass(frozen=True)
class PlanView(Withholding):
    """One plan. `state` is planned, done or withdrawn; `mine`: the viewer made it."""

    ref: str
    person: str
    facility: FacilityView
    planned_for: date
    together: bool
    grounds: tuple[str, ...]
    reason: str
    care_identified: bool
    consulate: str
    apart_reason: str
    state: str
    planned_on: date
    at: datetime
    moved_on: date | None
    closed_at: datetime | None
    closing_reason: str
    mine: bool

    @property
    def open(self) -> bool:
        """Whether it can still be carried out or withdrawn."""
        return self.state == PlannedMove.State.PLANNED


@dataclass(frozen=True)
class UrgentView(Withholding):
    """One urgent protective move. `mine`: the viewer made it, so somebody else reviews it."""

    ref: str
    person: str
    facility: FacilityView
    ground: str
    reason: str
    with_family: str
    alone_reason: str
    moved_on: date
    monitor_told_on: date | None
    guardian_told_on: date | None
    review: str
    review_reason: str
    reviewed_on: date | None
    ended_on: date | None
    ended_reason: str
    mine: bool


def plans(viewer: Viewer, person: str) -> tuple[PlanView, ...]:
    """Every plan of one person, newest first."""
    require_reach(viewer, person, SEE, RECORDS)
    viewer.saw(person)
    found = PlannedMove.objects.filter(person=person).select_related("facility").order_by("-at", "-ref")
    return tuple(_plan(row, viewer) for row in found)


def plan(viewer: Viewer, ref: str) -> PlanView:
    """One plan. Raises `NotForYou`."""
    viewer.require(SEE)
    row = (
        PlannedMove.objects.filter(narrowed(viewer, "person_id", RECORDS), ref=ref)
        .select_related("facility")
        .first()
    )
    if row is None:
        raise NotForYou(viewer.role, SEE)
    viewer.saw(row.person_id)
    return _plan(row, viewer)


@dataclass(frozen=True)
class Concerned:
    """Whom a move of one person would concern: whether the person may be a child, and the children who would
    stay without their mother if she moved alone.
    """

    may_be_child: bool
    children: tuple[str, ...]


def concerned(viewer: Viewer, person: str, on: date) -> Concerned:
    """What the form of a plan asks about. Raises `NotForYou`."""
    require_reach(viewer, person, SEE, RECORDS)
    children = leaves_behind(person, on)
    viewer.saw_all((person, *children))
    return Concerned(bool(may_be_children([person], on)), children)


def along(viewer: Viewer, plan: PlanView, on: date) -> tuple[str, ...]:
    """Who moves along if an open plan is carried out on that day; nobody where only one person moves."""
    require_reach(viewer, plan.person, SEE, RECORDS)
    found = companions(plan.person, on) if plan.open and plan.together else ()
    viewer.saw_all(found)
    return found


def left_behind(viewer: Viewer, plan: PlanView, on: date) -> tuple[str, ...]:
    """The children who would stay without their mother if an open plan moved her alone."""
    require_reach(viewer, plan.person, SEE, RECORDS)
    found = leaves_behind(plan.person, on) if plan.open and not plan.together else ()
    viewer.saw_all(found)
    return found


def urgent_moves(viewer: Viewer, person: str) -> tuple[UrgentView, ...]:
    """Every urgent move of one person, newest first."""
    require_reach(viewer, person, SEE, RECORDS)
    viewer.saw(person)
    found = UrgentMove.objects.filter(person=person).select_related("facility").order_by("-at", "-ref")
    return tuple(_urgent(row, viewer) for row in found)


def urgent_move(viewer: Viewer, ref: str) -> UrgentView:
    """One urgent move. Raises `NotForYou`."""
    viewer.require(SEE)
    row = (
        UrgentMove.objects.filter(narrowed(viewer, "person_id", RECORDS), ref=ref)
        .select_related("facility")
        .first()
    )
    if row is None:
        raise NotForYou(viewer.role, SEE)
    viewer.saw(row.person_id)
    return _urgent(row, viewer)


def _place(facility: Facility) -> FacilityView:
    return FacilityView(facility.ref, facility.name_en, facility.name_ar, facility.kind)


def _plan(row: PlannedMove, viewer: Viewer) -> PlanView:
    return PlanView(
        ref=row.ref,
        person=row.person_id,
        facility=_place(row.facility),
        planned_for=row.planned_for,
        together=row.together,
        grounds=tuple(filter(None, row.grounds.split(";"))),
        reason=told(TEXTS, row.person_id, lambda: row.reason or ""),
        care_identified=row.care_identified,
        consulate=row.consulate,
        apart_reason=row.apart_reason,
        state=row.state,
        planned_on=row.planned_on,
        at=row.at,
        moved_on=row.moved_on,
        closed_at=row.closed_at,
        closing_reason=told(TEXTS, row.person_id, lambda: row.closing_reason or ""),
        mine=row.by == viewer.audit_id,
    )


def _urgent(row: UrgentMove, viewer: Viewer) -> UrgentView:
    return UrgentView(
        ref=row.ref,
        person=row.person_id,
        facility=_place(row.facility),
        ground=row.ground,
        reason=told(TEXTS, row.person_id, lambda: row.reason or ""),
        with_family=row.with_family,
        alone_reason=told(TEXTS, row.person_id, lambda: row.alone_reason or ""),
        moved_on=row.moved_on,
        monitor_told_on=row.monitor_told_on,
        guardian_told_on=row.guardian_told_on,
        review=row.review,
        review_reason=told(TEXTS, row.person_id, lambda: row.review_reason or ""),
        reviewed_on=row.reviewed_on,
        ended_on=row.ended_on,
        ended_reason=told(TEXTS, row.person_id, lambda: row.ended_reason or ""),
        mine=row.by == viewer.audit_id,
    )
