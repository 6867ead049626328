"""Children of whom it is not known whether they left a mother: no link names one, every link that does is
doubted, or the mother who is named was nowhere on record that day. What isn't known is no "no": a move away
from a place where a mother may be is a *possible* separation, with the fact `from_mother` not known.

None is one where no mother can have been left: she has surely died, her own stays show her elsewhere or show
that she had left the place before, or the place is one in which no mother lives. Whoever is surely grown up
is no child here; a parent without a birth on record counts as grown up.

It lasts until the child is with a mother again, or it is known that there was none to leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.placements.separation.courses import Parent, Separation, StayRow, joined, there
from amana.apps.placements.separation.households import Households
from amana.apps.placements.underage import births, childhood
from amana.apps.registry.models import KinLink
from amana.core.dates import DateSpan
from amana.core.facts import Standing

NO_MOTHERS = frozenset({"state_home", "juvenile"})
"""Kinds of place in which no mother lives with her child."""


def possible_separation(stays: Iterable[StayRow], child: str, homes: Households) -> Separation | None:
    """The first move that may have parted the child from a mother, while it may last; `stays` are the
    child's, oldest first, one that is only planned included.
    """
    mothers = [parent for parent in homes.mothers_of(child) if not parent.doubted]
    found: Separation | None = None
    before: StayRow | None = None
    together: date | None = None
    for stay in stays:
        if stay.since > homes.on:
            break
        if since := joined(stay, mothers, homes.on):
            found, together = None, since
        elif found is None and before is not None and before.facility != stay.facility:
            possible = _may_leave_her(before, child, mothers, homes, stay.since)
            found = Separation(stay, before, together) if possible else None
        before = stay
    return None if homes.motherless(child, homes.on) else found


def _may_leave_her(
    left: StayRow, child: str, mothers: Sequence[Parent], homes: Households, day: date
) -> bool:
    """Whether a mother may be at a place that the child leaves on that day, and nobody knows."""
    if left.kind in NO_MOTHERS or homes.motherless(child, day):
        return False
    if there(mothers, left.facility, day):
        return False
    living = [parent for parent in mothers if parent.alive(day)]
    return not mothers or any(not _placed(parent, left.facility, day) for parent in living)


def _placed(mother: Parent, left: str, day: date) -> bool:
    """Whether her stays say where she was as the child left: at some place on that day or the day before, or
    gone from the place that the child left.
    """
    eve = day - timedelta(days=1)
    return any(
        stay.since <= day and (stay.facility == left or stay.on(day) or stay.on(eve)) for stay in mother.stays
    )


def may_be_children(refs: Sequence[str], on: date) -> frozenset[str]:
    """Those of these people who may be under age; a parent without a birth on record counts as grown up."""
    if not refs:
        return frozenset()
    born, ages = births(refs, on), childhood()
    young = [ref for ref in refs if ages.possible(born.get(ref), on)]
    unborn = [ref for ref in young if not isinstance(born.get(ref), DateSpan)]
    parents = set(_parents(unborn)) if unborn else set()
    return frozenset(ref for ref in young if ref not in parents)


@of_many
def _parents(refs: Whoever) -> Query:
    links = KinLink.objects.filter(Among("parent_id", refs), doubted=False)
    return links.exclude(standing=Standing.REFUTED).values_list("parent_id", flat=True)


def candidates(refs: Sequence[str], homes: Households) -> Mapping[str, Separation]:
    """Of these people those who may be children and may have been parted from a mother by a stay begun."""
    found = {
        ref: apart
        for ref in refs
        if (apart := possible_separation(homes.stays.get(ref, ()), ref, homes)) is not None
    }
    young = may_be_children(list(found), homes.on)
    return {ref: apart for ref, apart in found.items() if ref in young}
