"""The day of one place, for whoever keeps it: who leaves by a plan, and how many come.

Keeping a place is knowing its own people. Of who leaves, the day and who goes along are told, never where to
nor why; a plan on the ground of danger is not told to the place at all. Of who comes only numbers are told:
nobody is known to a place before she is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.placements.models import Facility, PlannedMove, Stay
from amana.apps.placements.moves.planned import companions
from amana.apps.placements.queries import FacilityView
from amana.apps.placements.underage import births, childhood
from amana.apps.registry.models import KinLink
from amana.apps.registry.reach import among
from amana.core.facts import Standing
from amana.core.need_to_know import Level

DAYS = 7
"""How far ahead plans are told."""

UNTOLD = frozenset({"safety"})
"""Grounds of a plan of which the place that is left learns nothing: the danger may be there."""


@dataclass(frozen=True)
class Departure:
    """Somebody who is to leave on a day; `along` go with her."""

    person: str
    day: date
    along: tuple[str, ...]


@dataclass(frozen=True)
class Arrival:
    """How many are to come on a day, and how many of them may be children."""

    day: date
    people: int
    children: int


@dataclass(frozen=True)
class PlaceDay:
    """One place on a day: how many stay there, came and left on it; mothers who are there with sons and
    daughters; who leaves and how many come by plan, those first whose day is past.
    """

    place: FacilityView
    on: date
    people: int
    came: int
    left: int
    mothers: int
    with_mother: int
    departures: tuple[Departure, ...]
    arrivals: tuple[Arrival, ...]


def kept(viewer: Viewer) -> tuple[FacilityView, ...]:
    """The places this viewer keeps, by name; none for any other role. Raises `NotForYou`."""
    viewer.require("people.see")
    if viewer.relation != "site" or not viewer.reads("C2"):
        return ()
    refs = [circle.partition(":")[2] for circle in viewer.circles]
    rows = Facility.objects.filter(ref__in=refs).order_by("name_en", "ref")
    return tuple(FacilityView(row.ref, row.name_en, row.name_ar, row.kind) for row in rows)


def day_of(viewer: Viewer, ref: str, on: date) -> PlaceDay:
    """The day of a place that she keeps. Raises `NotForYou` for any other, as for none."""
    place = next((each for each in kept(viewer) if each.ref == ref), None)
    if place is None:
        raise NotForYou(viewer.role, "people.see")
    stays = Stay.objects.filter(facility=ref)
    there = stays.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    mothers, children = _together(viewer, there)
    return PlaceDay(
        place=place,
        on=on,
        people=there.values("person").distinct().count(),
        came=stays.filter(since=on).values("person").distinct().count(),
        left=stays.filter(until=on).exclude(since=on).values("person").distinct().count(),
        mothers=mothers,
        with_mother=children,
        departures=tuple(_departures(viewer, there, on)),
        arrivals=tuple(_arrivals(ref, on)),
    )


def _together(viewer: Viewer, there: QuerySet[Stay]) -> tuple[int, int]:
    """How many mothers are there with sons and daughters, and how many of these; none for others."""
    if viewer.sees("C4") < Level.COARSE:
        return 0, 0
    here = there.values("person")
    links = KinLink.objects.filter(role="mother", doubted=False, parent__in=here, child__in=here)
    links = links.exclude(standing=Standing.REFUTED)
    return links.values("parent").distinct().count(), links.values("child").distinct().count()


def _open(on: date) -> QuerySet[PlannedMove]:
    return PlannedMove.objects.filter(
        state=PlannedMove.State.PLANNED, planned_on__lte=on, planned_for__lte=on + timedelta(days=DAYS)
    ).order_by("planned_for", "ref")


def _departures(viewer: Viewer, there: QuerySet[Stay], on: date) -> Iterator[Departure]:
    """Who leaves by plan, each once: who goes along stands with whom she goes."""
    for plan in _open(on).filter(person__in=there.values("person")):
        if UNTOLD & set(plan.grounds.split(";")):
            continue
        group = (plan.person_id, *(companions(plan.person_id, on) if plan.together else ()))
        known = among(viewer, group)
        if plan.person_id in known:
            viewer.saw_all(known)
            along = tuple(ref for ref in group[1:] if ref in known)
            yield Departure(plan.person_id, plan.planned_for, along)


def _arrivals(place: str, on: date) -> Iterator[Arrival]:
    """Numbers by day of those who are to come from elsewhere."""
    days: dict[date, set[str]] = {}
    for plan in _open(on).filter(facility=place).exclude(person__in=_at(place)):
        group = (plan.person_id, *(companions(plan.person_id, on) if plan.together else ()))
        days.setdefault(plan.planned_for, set()).update(group)
    ages = childhood()
    for day, people in sorted(days.items()):
        born = births(sorted(people), on)
        yield Arrival(day, len(people), sum(ages.possible(born.get(ref), on) for ref in people))


def _at(place: str) -> QuerySet[Stay]:
    return Stay.objects.filter(facility=place, until__isnull=True).values("person")
