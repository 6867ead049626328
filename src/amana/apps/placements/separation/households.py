"""The stays of children and of their parents on a day, read for many people in a few queries.

A parent is one whom a link claims and nobody has refuted, doubted links included: they show and establish
nothing alone. A death counts where it certainly lies on or before the day, nobody disputes it, and it is more
than claimed: a word alone ends no separation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.placements.facts import DIED, UNABLE, Said, present, said
from amana.apps.placements.models import Stay
from amana.apps.placements.separation.courses import MOTHER, Parent, StayRow
from amana.apps.registry.models import KinLink
from amana.core.facts import Evidence, Standing

_STAY = ("id", "person_id", "facility_id", "facility__kind", "since", "until")


@dataclass(frozen=True)
class Households:
    """Stays by person, oldest first, up to the day; the parents of each child; what is told of deaths and of
    the ability to care. `places`: the stay of each person that is open on the day.
    """

    on: date
    stays: Mapping[str, Sequence[StayRow]]
    places: Mapping[str, StayRow]
    parents: Mapping[str, Sequence[Parent]]
    mothers: Mapping[str, Sequence[tuple[str, Evidence]]]
    """Child -> the women claimed as mother whom nobody doubts, with what the claim rests on."""
    told: Mapping[str, Sequence[Said]]
    unable: Mapping[str, date]
    """Parent -> the day since when he or she is recorded as unable to care, while that is the last word."""
    orphaned: Mapping[str, date]
    """Child -> the day by which the mother, whoever she was, has certainly died."""

    def motherless(self, ref: str, day: date) -> bool:
        """Whether the child's mother had certainly died by that day: as told of the child, or of the women
        named as mother whom nobody doubts, all of them.
        """
        if ref in self.orphaned and self.orphaned[ref] <= day:
            return True
        named = [parent for parent in self.mothers_of(ref) if not parent.doubted]
        return bool(named) and not any(parent.alive(day) for parent in named)

    def current(self, ref: str) -> StayRow | None:
        """The stay of a person that is open on the day."""
        return self.places.get(ref)

    def parents_of(self, ref: str) -> Sequence[Parent]:
        """The parents of a child; none where no link names one."""
        return self.parents.get(ref, ())

    def mothers_of(self, ref: str) -> list[Parent]:
        """The women whom a link names as the mother."""
        return [parent for parent in self.parents_of(ref) if parent.role == MOTHER]

    def mother_present(self, ref: str) -> bool | None:
        """The fact of that name, as `facts` establishes it."""
        at = {person: stay.facility for person in self._circle(ref) if (stay := self.current(person))}
        known = present(ref, self.mothers.get(ref, ()), at, self.told, self.on)
        return bool(known.value) if known is not None else None

    def _circle(self, ref: str) -> Iterable[str]:
        return [ref, *(mother for mother, _ in self.mothers.get(ref, ()))]


def current(stays: Sequence[StayRow], on: date) -> StayRow | None:
    """The stay that covers the day, the latest begun where two meet on it."""
    open_then = [stay for stay in stays if stay.until is None or stay.until > on]
    return open_then[-1] if open_then else None


def households(refs: Sequence[str], on: date) -> Households:
    """Read stays and parents of these people: three queries, however many they are."""
    links = _links(refs)
    people = {*refs, *(link[1] for link in links)}
    stays, told = stays_of(people, on), said(people)
    died, mother_died, unable = _by_person(told, on)
    parents: dict[str, list[Parent]] = defaultdict(list)
    mothers: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for child, parent, role, doubted, standing, source in links:
        gone = died.get(parent)
        if role == MOTHER and child in mother_died:
            gone = min(filter(None, (gone, mother_died[child])))
        parents[child].append(Parent(parent, role, stays.get(parent, ()), gone, doubted))
        if role == MOTHER and not doubted:
            mothers[child].append((parent, Evidence(Standing(standing), source)))
    return Households(on, stays, currently(stays, on), parents, mothers, told, unable, mother_died)


@of_many
def _links(refs: Whoever) -> Query:
    counting = KinLink.objects.filter(Among("child_id", refs)).exclude(standing=Standing.REFUTED)
    columns = ("child_id", "parent_id", "role", "doubted", "standing", "source")
    return counting.order_by("id").values_list(*columns)


def currently(stays: Mapping[str, Sequence[StayRow]], on: date) -> dict[str, StayRow]:
    """Where each of these people is on the day."""
    return {ref: place for ref, found in stays.items() if (place := current(found, on))}


def stays_of(refs: Collection[str], on: date) -> Mapping[str, Sequence[StayRow]]:
    """The stays of these people that began by the day, oldest first."""
    found: dict[str, list[StayRow]] = defaultdict(list)
    for row in _stays(refs, on):
        stay = StayRow(*row)
        found[stay.person].append(stay)
    return found


@of_many
def _stays(refs: Whoever, on: date) -> Query:
    begun = Stay.objects.filter(Among("person_id", refs), since__lte=on)
    return begun.order_by("since", "id").values_list(*_STAY)


def _by_person(
    told: Mapping[str, Sequence[Said]], on: date
) -> tuple[dict[str, date], dict[str, date], dict[str, date]]:
    """The day by which a person has certainly died, the day by which a child's mother has, and the day since
    when somebody is unable to care. Deaths that are disputed or merely claimed are left out.
    """
    own: dict[str, date] = {}
    mothers: dict[str, date] = {}
    unable: dict[str, date] = {}
    for person, claims in told.items():
        for each in sorted(claims, key=lambda each: each.on):
            day = (each.earliest if each.attribute == UNABLE else each.latest) or each.on
            if day > on:
                continue
            if each.attribute == UNABLE and each.flag:
                unable.setdefault(person, day)
            elif each.attribute == UNABLE:
                unable.pop(person, None)
            elif each.evidence.standing != Standing.CLAIMED and not each.evidence.disputed:
                into = own if each.attribute == DIED else mothers
                into[person] = min(day, into.get(person, day))
    return own, mothers, unable
