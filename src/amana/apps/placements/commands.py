"""Writes of places, inside `recording`: facilities, stays of a whole list, and the end of a stay."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.loading import insert
from amana.apps.audit.recording import Log, recording
from amana.apps.placements.models import Facility, Stay
from amana.apps.registry import assigning as reach
from amana.apps.registry.erasing import say_again
from amana.core.errors import AmanaError
from amana.core.reference import new_reference

KINDS = ("detention", "state_home", "juvenile", "camp", "family", "other")


class PlaceRefused(AmanaError):
    """A place or a stay can't be kept as asked; the message says what would be right."""


class NewStay(NamedTuple):
    """Columns of a stay."""

    person_id: str
    facility_id: str
    since: date
    source: str
    batch_id: str | None


def add_facility(*, name_en: str, name_ar: str, kind: str, by: Viewer, at: datetime) -> str:
    """Add a place; its reference. `kind` is one of KINDS."""
    by.require("people.register")
    if kind not in KINDS:
        raise PlaceRefused(f"{kind!r} is no kind of place. Valid: {', '.join(KINDS)}.")
    if not name_en.strip():
        raise PlaceRefused("A place needs a name.")
    with recording(by, at) as log:
        taken = set(Facility.objects.values_list("ref", flat=True))
        ref = new_reference("S", secrets.SystemRandom())
        while ref in taken:
            ref = new_reference("S", secrets.SystemRandom())
        Facility.objects.create(ref=ref, name_en=name_en.strip(), name_ar=name_ar.strip(), kind=kind)
        log.entry("facility.added", ref, {"name_en": name_en, "name_ar": name_ar, "kind": kind})
    return ref


def load_stays(stays: Iterable[NewStay]) -> int:
    """Keep the stays of a list; their number. Whoever keeps the place reaches those who are there."""
    rows = list(stays)
    reach.keep(_reach(each.person_id, each.facility_id, each.since) for each in rows)
    return insert(Stay, NewStay._fields, rows)


def _reach(person: str, facility: str, since: date) -> reach.NewReach:
    return reach.NewReach(person, f"site:{facility}", since, None, "", reach.STAY)


def derived_reach() -> Iterator[reach.NewReach]:
    """The reach that open stays make, from the stays alone."""
    rows = Stay.objects.filter(until__isnull=True).values_list("person_id", "facility_id", "since")
    for person, facility, since in rows.iterator():
        yield _reach(person, facility, since)


def end_stay(*, person: str, until: date, log: Log) -> bool:
    """End the open stay of a person, if there is one, on the day she left; whether there was one."""
    open_one = Stay.objects.filter(person=person, until__isnull=True)
    begun = open_one.filter(Q(since__gt=until)).exists()
    if begun:
        raise PlaceRefused("The stay began after that day. Check the day, or correct the stay first.")
    if not open_one.update(until=until):
        return False
    reach.drop([person], reach.STAY)
    log.entry("stay.ended", person, {"until": until})
    return True


def is_place(facility: str) -> bool:
    """Whether there is a place of this reference."""
    return bool(Facility.objects.filter(ref=facility).exists())


def is_at(person: str, facility: str, on: date) -> bool:
    """Whether the open stay of a person on that day is at this place."""
    there = Stay.objects.filter(person=person, facility=facility, until__isnull=True, since__lte=on)
    return bool(there.exists())


def move(*, person: str, facility: str, on: date, source: str, log: Log) -> int:
    """Keep that a person is at another place from that day: her open stay ends and a new one begins; the
    number of the new one.
    """
    if not is_place(facility):
        raise PlaceRefused("There is no such place. Add it first, or check the reference.")
    if not source.strip():
        raise PlaceRefused("Say who reports the move.")
    end_stay(person=person, until=on, log=log)
    stay = Stay.objects.create(person_id=person, facility_id=facility, since=on, source=source.strip())
    reach.keep([_reach(person, facility, on)])
    say_again(person)
    log.entry("stay.began", person, {"facility": facility, "from": on, "source": source})
    return int(stay.pk)
