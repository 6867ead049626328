"""The stays of children and of their parents on a day, read for many people in a few queries.

A parent is one whom a link claims and nobody has refuted, doubted links included: they show and establish
nothing alone. A death counts where it certainly lies on or before the day and nobody disputes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.placements.courses import MOTHER, Parent, StayRow
from amana.apps.placements.facts import DIED, MOTHER_DIED, UNABLE
from amana.apps.placements.models import Stay
from amana.apps.registry.models import Claim, KinLink
from amana.core.facts import Standing

_CLAIM = ("person_id", "attribute", "flag", "disputed", "earliest", "latest", "on")
_STAY = ("id", "person_id", "facility_id", "facility__kind", "since", "until")


@dataclass(frozen=True)
class Households:
    """Stays by person, oldest first, up to the day; the parents of each child."""

    on: date
    stays: Mapping[str, Sequence[StayRow]]
    parents: Mapping[str, Sequence[Parent]]
    unable: Mapping[str, date]
    """Parent -> the day since when he or she is recorded as unable to care, while that is the last word."""

    def current(self, ref: str) -> StayRow | None:
        """The stay of a person that is open on the day."""
        return current(self.stays.get(ref, ()), self.on)

    def parents_of(self, ref: str) -> Sequence[Parent]:
        """The parents of a child; none where no link names one."""
        return self.parents.get(ref, ())

    def mothers_of(self, ref: str) -> list[Parent]:
        """The women whom a link names as the mother."""
        return [parent for parent in self.parents_of(ref) if parent.role == MOTHER]


def current(stays: Sequence[StayRow], on: date) -> StayRow | None:
    """The stay that covers the day, the latest begun where two meet on it."""
    open_then = [stay for stay in stays if stay.until is None or stay.until > on]
    return open_then[-1] if open_then else None


def households(refs: Sequence[str], on: date) -> Households:
    """Read stays and parents of these people: three queries, however many they are."""
    links = list(
        KinLink.objects.filter(child__in=refs)
        .exclude(standing=Standing.REFUTED)
        .order_by("id")
        .values_list("child_id", "parent_id", "role", "doubted")
    )
    named = {parent for _, parent, _, _ in links}
    stays = stays_of({*refs, *named}, on)
    died, mother_died, unable = _told({*named, *refs}, on)
    parents: dict[str, list[Parent]] = defaultdict(list)
    for child, parent, role, doubted in links:
        gone = died.get(parent)
        if role == MOTHER and child in mother_died:
            gone = min(filter(None, (gone, mother_died[child])))
        parents[child].append(Parent(parent, role, stays.get(parent, ()), gone, doubted))
    return Households(on, stays, parents, unable)


def stays_of(refs: Iterable[str], on: date) -> Mapping[str, Sequence[StayRow]]:
    """The stays of these people that began by the day, oldest first."""
    found: dict[str, list[StayRow]] = defaultdict(list)
    rows = Stay.objects.filter(person__in=list(refs), since__lte=on).order_by("since", "id")
    for row in rows.values_list(*_STAY):
        stay = StayRow(*row)
        found[stay.person].append(stay)
    return found


def _told(refs: Iterable[str], on: date) -> tuple[dict[str, date], dict[str, date], dict[str, date]]:
    """The day by which a person has certainly died, the day by which a child's mother has, and the day since
    when somebody is unable to care. Disputed deaths are left out.
    """
    own: dict[str, date] = {}
    mothers: dict[str, date] = {}
    unable: dict[str, date] = {}
    claims = Claim.objects.filter(person__in=list(refs), attribute__in=(DIED, MOTHER_DIED, UNABLE))
    told = claims.exclude(standing=Standing.REFUTED).order_by("on", "id")
    for person, attribute, flag, disputed, earliest, latest, said in told.values_list(*_CLAIM):
        day = (earliest if attribute == UNABLE else latest) or said
        if day > on:
            continue
        if attribute == UNABLE and flag:
            unable.setdefault(person, day)
        elif attribute == UNABLE:
            unable.pop(person, None)
        elif not disputed:
            into = own if attribute == DIED else mothers
            into[person] = min(day, into.get(person, day))
    return own, mothers, unable
