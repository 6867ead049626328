"""Who is with whom: whether a parent is with a child, since when the child is alone, and whether brothers or
sisters are elsewhere. Facts of the kind `person`.

`parent_present` is true while a parent is at the child's place and able to care, false only on a record (no
parent is there and every known one has died, is elsewhere or is unable), else unknown. `siblings_apart` is
true where children who share a mother that a link claims and nobody doubts are at different places, both
possibly under age; unknown without a mother on record, or where it hangs on a doubted link. Who has no stay
on the day is neither here nor apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.placements.separation.courses import FATHER, MOTHER, StayRow, last_day_together
from amana.apps.placements.separation.decided import Decided
from amana.apps.placements.separation.households import Households, currently, stays_of
from amana.apps.placements.underage import Childhood
from amana.apps.registry.models import KinLink
from amana.core.facts import Standing


@dataclass(frozen=True)
class Sibling:
    """A brother or sister by the mother; not `certain` where one of the two links is doubted."""

    ref: str
    certain: bool
    stay: StayRow | None


def siblings_of(refs: Sequence[str], homes: Households, on: date) -> Mapping[str, Sequence[Sibling]]:
    """Child -> the brothers and sisters by the mother, with the stay of each on the day."""
    named = {child: homes.mothers_of(child) for child in refs}
    mothers = {parent.ref for parents in named.values() for parent in parents}
    children: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for mother, child, doubted in _children_of(mothers):
        children[mother].append((child, doubted))
    others = {child for found in children.values() for child, _ in found} - homes.stays.keys()
    places = {**(currently(stays_of(others, on), on) if others else {}), **homes.places}
    found: dict[str, list[Sibling]] = {}
    for child, parents in named.items():
        known: dict[str, bool] = {}
        for parent in parents:
            for other, doubted in children[parent.ref]:
                if other != child:
                    known[other] = known.get(other, False) or not (doubted or parent.doubted)
        found[child] = [Sibling(other, certain, places.get(other)) for other, certain in known.items()]
    return found


@of_many
def _children_of(mothers: Whoever) -> Query:
    links = KinLink.objects.filter(Among("parent_id", mothers), role=MOTHER)
    counting = links.exclude(standing=Standing.REFUTED).order_by("id")
    return counting.values_list("parent_id", "child_id", "doubted")


def apart_from(stay: StayRow | None, siblings: Iterable[Sibling]) -> tuple[Sibling, ...]:
    """The brothers and sisters who are at another place than this stay."""
    if stay is None:
        return ()
    return tuple(each for each in siblings if each.stay and each.stay.facility != stay.facility)


def siblings_apart(
    ref: str,
    homes: Households,
    siblings: Sequence[Sibling],
    births: Mapping[str, object],
    ages: Childhood | None,
) -> bool | None:
    """Whether brothers or sisters who may be under age are elsewhere; None where it is not known. Births and
    ages are asked only where some are elsewhere.
    """
    stay = homes.current(ref)
    if stay is None or not homes.mothers_of(ref):
        return None
    apart = apart_from(stay, siblings)
    if not apart or ages is None or not ages.possible(births.get(ref), homes.on):
        return False
    elsewhere = [each for each in apart if ages.possible(births.get(each.ref), homes.on)]
    if any(each.certain for each in elsewhere):
        return True
    return None if elsewhere else False


def parent_present(ref: str, homes: Households) -> bool | None:
    """Whether a parent is at the child's place and able to care; None where it is not known."""
    mother = homes.mother_present(ref)
    stay = homes.current(ref)
    fathers = [parent for parent in homes.parents_of(ref) if parent.role == FATHER and not parent.doubted]
    living = [parent for parent in fathers if parent.alive(homes.on) and parent.ref not in homes.unable]
    places = [found for parent in living if (found := homes.current(parent.ref))]
    if mother is True or (stay and any(place.facility == stay.facility for place in places)):
        return True
    if mother is not False or len(places) < len(living):
        return None
    return False


def alone_since(ref: str, homes: Households) -> date | None:
    """Since when a child without a parent at the place is so: the day the last of them was left, left or
    became unable; the first stay on record where none was ever there. None without a stay.
    """
    stays = homes.stays.get(ref, ())
    if not stays:
        return None
    parents = homes.parents_of(ref)
    able = [parent for parent in parents if parent.ref not in homes.unable]
    last = last_day_together(stays, able, homes.on)
    days = [last] if last else []
    for parent in parents:
        until = homes.unable.get(parent.ref)
        together = last_day_together(stays, [parent], homes.on) if until else None
        if until and together:
            days.append(min(until, together))
    return max(days, default=stays[0].since)


_REASONS = ("best_interests", "medical", "own_wish")


def apart_reason(
    told: Mapping[int, str], people: Iterable[tuple[StayRow | None, Decided]], on: date
) -> str | None:
    """Why brothers and sisters are at different places: as told with a stay, by an order of a court, or by a
    determination in force; None where nothing is on record. `told`: stay -> the reason told with it.
    """
    known = list(people)
    for stay, _ in known:
        if stay and told.get(stay.id):
            return told[stay.id]
    for _, each in known:
        if each.judicial("placement_order", "separation_order", by=on):
            return "court"
        for determined in reversed(each.determined):
            if determined.decides in ("separation", "care_placement") and determined.in_force(on):
                named = determined.grounds.split(";")
                for reason in _REASONS:
                    if reason in named:
                        return reason
    return None
