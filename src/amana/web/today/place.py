"""The day of whoever keeps a place: who is there by age, with mother and care needs, who comes and goes.

Names stand a page at a time: a whole roll leaves the office through the export gate alone. Days of hearings
and school hours are hers to know, and this office keeps none yet: that is said, not shown as an empty list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.placements import place_day
from amana.apps.placements import queries as placements
from amana.apps.placements.place_day import PlaceDay
from amana.apps.placements.queries import FacilityView, StayView
from amana.apps.registry import care
from amana.apps.registry import queries as registry
from amana.core.dates import age_span
from amana.core.policy import Pack
from amana.web.people.cards import place_name, sex_in_words
from amana.web.people.marks import Mark
from amana.web.people.names import Name, names
from amana.wording.ages import age_in_words

AT_ONCE: Final = 25
OF_AGE: Final = 18


@dataclass(frozen=True)
class Group:
    """How many of one age, and the list of them."""

    words: str
    people: str
    address: str


@dataclass(frozen=True)
class Person:
    """One person of the roll: who she is, the mother who is here, and what to mind."""

    ref: str
    name: Name
    address: str
    age: str
    sex: str
    since: str
    mother: Name | None
    needs: tuple[Mark, ...]


@dataclass(frozen=True)
class Leaving:
    """Somebody who is to leave, with whom, and on which day; `late`: that day is past."""

    ref: str
    name: Name
    address: str
    along: tuple[Name, ...]
    day: str
    late: bool


@dataclass(frozen=True)
class Coming:
    """How many are to come on a day."""

    words: str
    day: str
    late: bool


@dataclass(frozen=True)
class Place:
    """The day of one place, ready to print; `others` are the places she keeps besides. `first`: the roll from
    its beginning; `next` is the cursor of its following page, or None.
    """

    ref: str
    name: str
    others: tuple[tuple[str, str], ...]
    day: PlaceDay
    groups: tuple[Group, ...]
    roll: tuple[Person, ...]
    first: bool
    next: str | None
    leaving: tuple[Leaving, ...]
    coming: tuple[Coming, ...]
    days: int = place_day.DAYS


def place_of_day(viewer: Viewer, on: date, pack: Pack, wanted: str, after: str) -> Place | None:
    """The day of the place asked for among those she keeps, else of the first; None for who keeps none."""
    kept = place_day.kept(viewer)
    if not kept:
        return None
    here = next((each for each in kept if each.ref == wanted), kept[0])
    day = place_day.day_of(viewer, here.ref, on)
    page = registry.people(viewer, on=on, filters={"facility": (here.ref,)}, after=after, limit=AT_ONCE)
    return Place(
        ref=here.ref,
        name=place_name(here),
        others=tuple((each.ref, place_name(each)) for each in kept if each.ref != here.ref),
        day=day,
        groups=tuple(_groups(viewer, here, on)),
        roll=tuple(_roll(viewer, {line.ref: line for line in page.rows}, on, pack)),
        first=not after,
        next=page.after,
        leaving=tuple(_leaving(viewer, day)),
        coming=tuple(_coming(day)),
    )


def _groups(viewer: Viewer, here: FacilityView, on: date) -> Iterator[Group]:
    """Who may be of each age: whose age is open may stand in two of them."""
    for words, age, sex in (
        (_("children under 4"), "0-3", ""),
        (_("children from 4 to 14"), "4-14", ""),
        (_("from 15 to 17"), "15-17", ""),
        (_("women"), "18+", "female"),
        (_("men"), "18+", "male"),
        (_("age not recorded"), "unknown", ""),
    ):
        asked = {"facility": here.ref, "age": age, **({"sex": sex} if sex else {})}
        quiet, filters = replace(viewer, trail=[]), {name: (told,) for name, told in asked.items()}
        found = registry.people(quiet, on=on, filters=filters, limit=1)
        if found.count:
            yield Group(words, f"{found.count:,}", _listed(asked))


def _listed(asked: Mapping[str, str]) -> str:
    return f"{reverse('people:person-list')}?" + "&".join(f"{name}={told}" for name, told in asked.items())


def _roll(
    viewer: Viewer, people: Mapping[str, registry.PersonLine], on: date, pack: Pack
) -> Iterator[Person]:
    facts, stays = decisions.facts(viewer, people), placements.where(viewer, people, on)
    mothers, expecting = care.mothers_of(viewer, people), care.expecting(viewer, people)
    named = registry.lines(viewer, {each for found in mothers.values() for each in found})
    beside = placements.where(viewer, named, on)
    for ref, line in people.items():
        known, stay = facts.get(ref), stays.get(ref)
        birth = known.birth if known else None
        there = [each for each in mothers.get(ref, ()) if _same(stay, beside.get(each))]
        youngest, oldest = age_span(birth, on, pack.leap_day) if birth else (None, None)
        yield Person(
            ref=ref,
            name=names(line)[0],
            address=reverse("case:person-show", args=[ref]),
            age=age_in_words(birth, on, pack.leap_day),
            sex=sex_in_words(known.sex if known else (), birth, on),
            since=stay.since.isoformat() if isinstance(stay, StayView) else "",
            mother=names(named[there[0]])[0] if there else None,
            needs=tuple(_needs(youngest, oldest, with_mother=bool(there), expects=ref in expecting)),
        )


def _same(stay: object, other: object) -> bool:
    if not isinstance(stay, StayView) or not isinstance(other, StayView):
        return False
    return stay.facility.ref == other.facility.ref


def _needs(youngest: int | None, oldest: int | None, *, with_mother: bool, expects: bool) -> Iterator[Mark]:
    """What to mind; an age that is open counts as the younger one."""
    if expects:
        yield Mark("acc", _("care in pregnancy"), "person")
    if oldest is not None and oldest < 1:
        yield Mark("acc", _("infant"), "person")
    if not with_mother and oldest is not None and oldest < OF_AGE:
        yield Mark("due", _("no mother here"), "warn")


def _leaving(viewer: Viewer, day: PlaceDay) -> Iterator[Leaving]:
    everybody = {ref for each in day.departures for ref in (each.person, *each.along)}
    named = registry.lines(viewer, everybody)
    for each in day.departures:
        yield Leaving(
            ref=each.person,
            name=names(named[each.person])[0],
            address=reverse("case:person-show", args=[each.person]),
            along=tuple(names(named[ref])[0] for ref in each.along),
            day=each.day.isoformat(),
            late=each.day < day.on,
        )


def _coming(day: PlaceDay) -> Iterator[Coming]:
    for each in day.arrivals:
        people = ngettext("%(n)s person", "%(n)s people", each.people) % {"n": each.people}
        children = (
            ngettext("%(n)s may be a child", "%(n)s may be children", each.children) % {"n": each.children}
            if each.children
            else ""
        )
        told = " · ".join(filter(None, (people, children)))
        yield Coming(told, each.day.isoformat(), each.day < day.on)
