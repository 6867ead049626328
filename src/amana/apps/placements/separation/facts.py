"""The facts of a separation, planned or done: which determination decides it, who decided and why.

What is merely said makes nothing right. That a court decided counts from a recorded decision of a court
alone, a ground that speaks of this child from a determination (or an urgent move, while it lasts); where
they are merely said, by whoever reports a move or plans one, the fact is open. What speaks of many counts
as said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from amana.apps.determinations.codes import GROUNDS, OF_ONE
from amana.apps.placements.moves.reading import OpenPlan, Told
from amana.apps.placements.separation.courses import MOTHER, Parent, Separation, StayRow, separation, there
from amana.apps.placements.separation.decided import Decided, Determined
from amana.apps.placements.separation.departures import departure
from amana.apps.placements.separation.households import Households
from amana.apps.placements.separation.unsure import may_be_children, possible_separation
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactValue

URGENT_DAYS = 3
"""72 hours, in days of the office: what an urgent protective move may last (a product rule)."""

NOWHERE = ""
"""A place where nobody is."""

COURT = "court"
BY_WHOEVER = frozenset({COURT, "panel", "authority"})
"""A court is said to have decided it, and no decision of one is on record."""

NOT_TOLD = Told(0, "", "", None, "", "", None)


@dataclass(frozen=True)
class Done:
    """A separation that lasts, with its facts."""

    found: Separation
    values: Mapping[str, FactValue]


def done_separation(
    stays: Sequence[StayRow],
    parents: Sequence[Parent],
    on: date,
    *,
    told: Decided,
    grounds: Mapping[int, Told],
    possible: Separation | None = None,
) -> Done | None:
    """The separation that lasts on the day, with its facts; None where there is none. `possible`: the one
    that there may be, where it is not known whether a mother was left.
    """
    certain = separation(stays, parents, on)
    found = certain or possible
    if found is None:
        return None
    return _done(found, _Family(stays, parents, grounds, on), told, unsure=certain is None)


def done_departure(
    found: Separation,
    stays: Sequence[StayRow],
    parents: Sequence[Parent],
    on: date,
    *,
    told: Decided,
    grounds: Mapping[int, Told],
) -> Done:
    """A departure that lasts on the day, with its facts as a separation of the child who was left behind."""
    return _done(found, _Family(stays, parents, grounds, on), told)


@dataclass(frozen=True)
class _Family:
    """The stays of a child, the parents, and what is told of the ground of each stay, on one day."""

    stays: Sequence[StayRow]
    parents: Sequence[Parent]
    grounds: Mapping[int, Told]
    on: date

    def course_of(self, found: Separation) -> Sequence[StayRow]:
        """The stays of whoever was moved: the child, or the parent who left the child behind."""
        if found.away is None:
            return self.stays
        return next(parent.stays for parent in self.parents if found.away in parent.stays)

    def before(self, day: date) -> list[Separation]:
        """What kept the child apart on the eve of that day."""
        eve = day - timedelta(days=1)
        both = (separation(self.stays, self.parents, eve), departure(self.stays, self.parents, eve))
        return [each for each in both if each is not None]


def _done(found: Separation, family: _Family, told: Decided, *, unsure: bool = False) -> Done:
    urgent, begun = _urgency(found, family)
    course, known = family.course_of(found), family.grounds.get(found.act.id)
    if not urgent:
        later = (
            family.grounds[stay.id] for stay in course if stay.since >= begun and stay.id in family.grounds
        )
        known = next(later, known)
    kind = _kind_on(family.stays, begun, found.stay)
    decision = told.on_separation(found.together_since, begun, kind, unsure=unsure)
    if decision is None:
        decision = told.first_separating(begun, kind, unsure=unsure)
    values = _values(
        decision,
        told,
        begun,
        family.on,
        since=found.together_since,
        state="done",
        left_kind=found.left.kind,
        urgent=urgent,
        said=known or NOT_TOLD,
        unsure=unsure,
    )
    return Done(found, values)


def planned_separation(
    plan: OpenPlan,
    homes: Households,
    told: Decided,
    grounds: Mapping[int, Told],
    moved_on: date | None = None,
) -> dict[str, FactValue] | None:
    """The facts of the separation that a plan would be if it were carried out; None where it would be none.

    A separation that an urgent move began makes the plan that follows one, too: nothing else ends the
    exception.
    """
    on, day = homes.on, moved_on or plan.planned_for
    stays, parents = homes.stays.get(plan.person, ()), homes.parents_of(plan.person)
    left = homes.current(plan.person)
    mothers = [parent for parent in parents if parent.role == MOTHER and not parent.doubted]
    if plan.together and left and there(mothers, left.facility, on):
        return None
    then = StayRow(0, plan.person, plan.facility, plan.facility_kind, on, None)
    before = [stay if stay.until else stay._replace(until=on) for stay in stays]
    found, unsure = separation([*before, then], parents, on), False
    if found is None and plan.person in may_be_children([plan.person], on):
        found = possible_separation([*before, then], plan.person, homes)
        unsure = found is not None
    if found is None:
        return None
    begun_urgently = found.stay.id in grounds and grounds[found.stay.id].urgent_on is not None
    if found.stay.id != 0 and not begun_urgently:
        return None
    decision = told.on_separation(found.together_since, on, plan.facility_kind, unsure=unsure)
    return _values(
        decision if decision and decision.carries(on) else None,
        told,
        day,
        on,
        since=found.together_since,
        state="planned",
        left_kind=found.left.kind,
        urgent=False,
        said=_said(plan),
        unsure=unsure,
    )


def left_alone(
    plan: OpenPlan, child: str, homes: Households, told: Decided, moved_on: date | None = None
) -> dict[str, FactValue] | None:
    """The facts of the separation of a child whom a plan leaves behind by moving the mother alone: it is
    decided like any other, for the kind of place where the child stays. None where it would be none.
    """
    on, here = homes.on, homes.current(child)
    if here is None:
        return None
    without_her = StayRow(0, child, NOWHERE, here.kind, on, None)
    before = [stay if stay.until else stay._replace(until=on) for stay in homes.stays.get(child, ())]
    found = separation([*before, without_her], homes.parents_of(child), on)
    if found is None or found.stay.id != 0:
        return None
    decision = told.on_separation(found.together_since, on, here.kind)
    return _values(
        decision if decision and decision.carries(on) else None,
        told,
        moved_on or plan.planned_for,
        on,
        since=found.together_since,
        state="planned",
        left_kind=here.kind,
        urgent=False,
        said=_said(plan),
    )


def _said(plan: OpenPlan) -> Told:
    return Told(0, plan.grounds, "", plan.care_identified or None, plan.consulate, "", None)


def _urgency(found: Separation, family: _Family) -> tuple[bool, date]:
    """Whether the separation still is an urgent one, and the day it counts as begun: that of the urgent move
    while it is; else the day the exception ended.
    """
    first = _exception_since(found, family)
    if first is None:
        return False, found.begun
    course = family.course_of(found)
    after = course[[stay.id for stay in course].index(found.act.id) + 1 :]
    later = [stay.since for stay in after if _exception(found, stay, family) is None]
    ends = min([first + timedelta(days=URGENT_DAYS), *later])
    urgent = family.on <= ends and not any(day <= family.on for day in later)
    return urgent, found.begun if urgent else max(ends, found.begun)


def _exception_since(found: Separation, family: _Family) -> date | None:
    """The day of the exception that began a separation; of one that follows another after fewer than three
    days with the mother, the day of the first: a return on paper begins no exception anew.
    """
    first = _exception(found, found.act, family)
    if first is None or family.grounds[found.act.id].refused:
        return None
    back = found.together_since
    if back is None or (found.begun - back).days >= URGENT_DAYS:
        return first
    earlier = [_exception_since(before, family) for before in family.before(back)]
    return min(filter(None, [first, *earlier]))


def _exception(found: Separation, stay: StayRow, family: _Family) -> date | None:
    """The day of the urgent move that began a stay. A parent who leaves a child behind for a treatment that
    was planned, at a place that is none of care or custody, has the same three days.
    """
    known = family.grounds.get(stay.id)
    if known is None:
        return None
    treated = found.away and known.planned and known.grounds == "medical" and stay.kind == "other"
    return known.urgent_on or (stay.since if treated else None)


def _kind_on(stays: Sequence[StayRow], day: date, otherwise: StayRow) -> str:
    """The kind of place the separation led to on the day it counts as begun."""
    return next((stay.kind for stay in reversed(stays) if stay.on(day)), otherwise.kind)


def _values(
    decision: Determined | None,
    told: Decided,
    begun: date,
    on: date,
    *,
    since: date | None,
    state: str,
    left_kind: str,
    urgent: bool,
    said: Told,
    unsure: bool = False,
) -> dict[str, FactValue]:
    order = told.judicial("separation_order", by=on)
    if order and since and order.decided_on < since:
        order = None
    reported = "" if decision or said.grounds else told.reported_grounds(begun)
    by = COURT if order else "panel" if decision else said.decided_by or ("authority" if reported else "")
    merely_said = by == COURT and order is None
    review = bool(order and order.review_available) or bool(decision and decision.appealable)
    cared = True if decision and decision.care_identified else said.care_identified
    asked = said.consulate or (decision.consulate if decision else "")
    values: dict[str, FactValue] = {
        "separated_on": DateSpan.day(begun),
        "separation_state": frozenset({state}),
        "gate_open": told.gate_open,
        "left_kind": frozenset({left_kind}),
        "urgent": urgent,
    }
    if not unsure:
        values["from_mother"] = True
    if decision is not None:
        values["determination_on"] = DateSpan.day(decision.in_force_from)
    if by:
        values["decided_by"] = BY_WHOEVER if merely_said else frozenset({by})
    if order is not None or decision is not None:
        values["review_available"] = review
    grounds = _grounds(
        decision,
        {*reported.split(";"), *said.grounds.split(";")},
        said.urgent_on is not None and not said.refused,
    )
    if grounds is not None:
        values["separation_grounds"] = grounds
    if cared is not None:
        values["care_identified"] = cared
    if asked:
        values["consulate"] = frozenset({asked})
    return values


def _grounds(decision: Determined | None, said: Collection[str], urgent: bool) -> FactValue:
    """The grounds, all true, or any of them where none but grounds of this child's own were merely said."""
    named = frozenset(said) - {""}
    decided = frozenset(decision.grounds.split(";")) - {""} if decision else frozenset()
    counting = decided | (named if urgent else named - OF_ONE)
    if counting:
        return AllOf(counting)
    return frozenset(GROUNDS) if named else None
