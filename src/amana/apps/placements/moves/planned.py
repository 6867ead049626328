"""A move that has not happened, looked at as if it had: what it would be to the safeguards, who goes along,
and whether it would open custody. A stay that is planned for a later day is looked at as if it began today.

Custody is a place of detention or a juvenile facility. A child is in custody in a place of detention unless
a parent is there and the child with that parent, in a juvenile facility always; whoever may be a child counts
as one. An adult who is held may be transferred from custody to custody; nobody is brought into it from
outside by a plan or an urgent move: that takes a judicial order on the person's own acts, and carrying one
out is no matter of these.
"""

from __future__ import annotations

from datetime import date

from amana.apps.placements.company import siblings_of
from amana.apps.placements.models import Facility
from amana.apps.placements.moves.reading import OpenPlan
from amana.apps.placements.occasions import CUSTODY, Records, records, stay_values
from amana.apps.placements.separation.courses import MOTHER, StayRow, there
from amana.apps.placements.separation.decided import NOTHING
from amana.apps.placements.separation.facts import left_alone, planned_separation
from amana.apps.placements.separation.households import households
from amana.apps.placements.underage import births, childhood
from amana.apps.registry.models import KinLink
from amana.core.facts import FactValue, Standing
from amana.core.safeguards import Occasion

JUVENILE = "juvenile"


def plan_occasions(plan: OpenPlan, on: date, moved_on: date | None = None) -> dict[str, list[Occasion]]:
    """What a plan would be if it were carried out, by person: the stay of each who moves, and the separation
    of the child who does; and what it would be to the children whom it leaves behind. All under the key
    `plan:<reference>`.
    """
    group = [plan.person, *(companions(plan.person, on) if plan.together else ())]
    found: dict[str, list[Occasion]] = {}
    known = records(group, on)
    for ref in group:
        values = _stay(plan._replace(person=ref), known, moved_on)
        found[ref] = [Occasion("stay", ref, f"plan:{plan.ref}", values)]
    told = known.decided.get(plan.person, NOTHING)
    separation = planned_separation(plan, known.homes, told, known.told, moved_on)
    if separation is not None:
        found[plan.person].append(Occasion("separation", plan.person, f"plan:{plan.ref}", separation))
    if not plan.together:
        found.update(_left_behind(plan, on, moved_on))
    return found


def _left_behind(plan: OpenPlan, on: date, moved_on: date | None) -> dict[str, list[Occasion]]:
    """What a plan that moves a mother alone would be to each child who stays: a stay without her, and a
    separation like any other; moving her first is no way around it. None where another mother is there, and
    no separation where she goes for treatment to a place that is none of care or custody.
    """
    children = leaves_behind(plan.person, on)
    known = records(children, on) if children else None
    treated = plan.grounds == "medical" and plan.facility_kind == "other"
    found: dict[str, list[Occasion]] = {}
    for ref in children:
        here = known.homes.current(ref) if known else None
        if known is None or here is None:
            continue
        mothers = [each for each in known.homes.mothers_of(ref) if each.ref != plan.person]
        if there(mothers, here.facility, on):
            continue
        held = {"mother_detained": plan.facility_kind in CUSTODY}
        values: dict[str, FactValue] = {**stay_values(ref, here, known), "with_mother": False, **held}
        found[ref] = [Occasion("stay", ref, f"plan:{plan.ref}", values)]
        told = known.decided.get(ref, NOTHING)
        apart = None if treated else left_alone(plan, ref, known.homes, told, moved_on)
        if apart is not None:
            found[ref].append(Occasion("separation", ref, f"plan:{plan.ref}", apart))
    return found


def _stay(plan: OpenPlan, known: Records, moved_on: date | None) -> dict[str, FactValue]:
    begins = min(moved_on or plan.planned_for, known.on)
    stay = StayRow(0, plan.person, plan.facility, plan.facility_kind, begins, None)
    values = stay_values(plan.person, stay, known)
    left = known.homes.current(plan.person)
    mothers = [parent for parent in known.homes.mothers_of(plan.person) if not parent.doubted]
    if plan.together and left and there(mothers, left.facility, known.on):
        values["with_mother"] = True
        values.pop("without_mother_since", None)
        values["mother_detained"] = plan.facility_kind in CUSTODY
    return values


def companions(person: str, on: date) -> tuple[str, ...]:
    """Who moves along where mother and children move together: of a child the mother at the same place, of
    either the mother's children there who may be under age.
    """
    homes = households([person], on)
    here = homes.current(person)
    if here is None:
        return ()
    with_mother = there(homes.mothers_of(person), here.facility, on)
    beside = [
        each.ref
        for each in siblings_of([person], homes, on)[person]
        if with_mother and each.certain and each.stay and each.stay.facility == here.facility
    ]
    children = [*beside, *_children_at(person, here.facility, on)]
    born, ages = births(children, on), childhood()
    young = [ref for ref in children if ages.possible(born.get(ref), on)]
    return tuple(dict.fromkeys([*(parent.ref for parent in with_mother if not parent.doubted), *young]))


def _children_at(mother: str, facility: str, on: date) -> list[str]:
    links = KinLink.objects.filter(parent=mother, role=MOTHER, doubted=False)
    children = list(
        links.exclude(standing=Standing.REFUTED).order_by("child").values_list("child_id", flat=True)
    )
    homes = households(children, on)
    places = {ref: homes.current(ref) for ref in children}
    return [ref for ref, place in places.items() if place and place.facility == facility]


def opens_custody(person: str, facility: str, on: date, *, together: bool = False) -> bool:
    """Whether a move to this place would put the person into custody; False for a place that is none.

    `together`: the mother moves along, so that the child would be with her.
    """
    kind = Facility.objects.filter(ref=facility).values_list("kind", flat=True).first()
    if kind not in CUSTODY:
        return False
    homes = households([person], on)
    here = homes.current(person)
    held = here is not None and here.kind in CUSTODY
    child = childhood().possible(births([person], on).get(person), on)
    if kind == JUVENILE and (child or together):
        return True
    if not child:
        return not held
    parents = homes.parents_of(person)
    if together:
        return not (held and here is not None and there(parents, here.facility, on))
    return not there(parents, facility, on)


def may_return(person: str, facility: str, left_on: date, on: date) -> bool:
    """Whether a place is one that an urgent move may end at: where the person was when it began, or where a
    mother or a child of hers is by now. Anywhere else is a move of its own, which is planned.
    """
    homes = households([person], on)
    before = [stay for stay in homes.stays.get(person, ()) if stay.until == left_on]
    if any(stay.facility == facility for stay in before):
        return True
    return bool(there(homes.mothers_of(person), facility, on) or _children_at(person, facility, on))


def leaves_behind(person: str, on: date) -> tuple[str, ...]:
    """The children who may be under age and would stay without their mother if she moved alone."""
    homes = households([person], on)
    here = homes.current(person)
    if here is None:
        return ()
    children = _children_at(person, here.facility, on)
    born, ages = births(children, on), childhood()
    return tuple(ref for ref in children if ages.possible(born.get(ref), on))
