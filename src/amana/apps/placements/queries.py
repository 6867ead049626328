"""Reads of places: facilities, and where people are or were. Every answer goes to one viewer and is noted
for the read log.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.placements.models import Facility, Stay
from amana.apps.registry.reach import among, require_reach
from amana.core.need_to_know import WITHHELD, Level, Withheld


@dataclass(frozen=True)
class FacilityView:
    """A place where people are held or sheltered. For who knows places coarsely only the kind stands."""

    ref: str
    name_en: str
    name_ar: str
    kind: str


@dataclass(frozen=True)
class StayView:
    """One person at one place, from `since` (included) until `until` (excluded; None while open)."""

    person: str
    facility: FacilityView
    since: date
    until: date | None
    source: str


def facilities(viewer: Viewer) -> tuple[FacilityView, ...]:
    """All places, by name. They tell of nobody, so whoever sees the board may know them, too."""
    if not any(map(viewer.may, ("people.see", "oversight.see"))):
        raise NotForYou(viewer.role, "people.see")
    return _facilities()


def places_to_keep(viewer: Viewer) -> tuple[FacilityView, ...]:
    """The same for whoever gives accounts the places they keep."""
    viewer.require("accounts.manage")
    return _facilities()


def _facilities() -> tuple[FacilityView, ...]:
    rows = Facility.objects.order_by("name_en", "ref").values_list("ref", "name_en", "name_ar", "kind")
    return tuple(FacilityView(*row) for row in rows)


def where(viewer: Viewer, refs: Iterable[str], on: date) -> Mapping[str, StayView | Withheld]:
    """Where each of these people is on that day, by reference; who is nowhere on record is absent. Withheld,
    wherever she is, where the viewer may not even know of which kind the place is.
    """
    viewer.require("people.see")
    wanted = among(viewer, refs)
    known = among(viewer, wanted, ("C2",), Level.COARSE)
    there = Stay.objects.filter(person__in=known, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    exact = among(viewer, known, ("C2",))
    found: dict[str, StayView | Withheld] = dict.fromkeys(wanted - known, WITHHELD)
    found |= {stay.person_id: _view(stay, stay.person_id in exact) for stay in _by_begin(there)}
    for ref in found.keys() & known:
        viewer.saw(ref)
    return found


def places_of(viewer: Viewer, refs: Iterable[str], on: date) -> Mapping[str, FacilityView]:
    """The place of each of these people on that day, to be counted and not shown: for whoever may weigh a
    change of law as well.
    """
    if not any(map(viewer.may, ("people.see", "law.propose", "law.adopt"))):
        raise NotForYou(viewer.role, "people.see")
    counted = among(viewer, refs) if viewer.may("people.see") else list(refs)
    there = Stay.objects.filter(person__in=counted, since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gt=on)
    )
    return {stay.person_id: _place(stay.facility) for stay in _by_begin(there)}


def stays(viewer: Viewer, ref: str) -> tuple[StayView, ...] | Withheld:
    """Every stay of one person, newest first. Raises `NotForYou`."""
    sees = require_reach(viewer, ref).sees("C2")
    viewer.saw(ref)
    if sees < Level.COARSE:
        return WITHHELD
    rows = Stay.objects.filter(person=ref).select_related("facility").order_by("-since", "-id")
    return tuple(_view(stay, sees >= Level.READ) for stay in rows)


def _by_begin(there: QuerySet[Stay]) -> QuerySet[Stay]:
    return there.select_related("facility").order_by("since", "id")


def _place(facility: Facility) -> FacilityView:
    return FacilityView(facility.ref, facility.name_en, facility.name_ar, facility.kind)


def _view(stay: Stay, exact: bool) -> StayView:
    """One stay; for who knows places coarsely only of which kind the place is: the source may name it."""
    return StayView(
        person=stay.person_id,
        facility=_place(stay.facility) if exact else FacilityView("", "", "", stay.facility.kind),
        since=stay.since,
        until=stay.until,
        source=stay.source if exact else "",
    )
