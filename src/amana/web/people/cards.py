"""What the people list shows of each person, in words: name, age, nation, place, protocol."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.queries import FactsView
from amana.apps.oversight import queries as oversight
from amana.apps.oversight.answers import FindingLine
from amana.apps.placements import queries as placements
from amana.apps.placements.queries import StayView
from amana.apps.registry.queries import PersonLine
from amana.core.dates import DateSpan, age_span
from amana.core.need_to_know import WITHHELD, Withheld
from amana.core.policy import Pack
from amana.web.oversight.badges import badges
from amana.web.oversight.words import OPEN
from amana.web.people.marks import Mark, marks
from amana.web.people.names import Name, names
from amana.web.people.nations import Nation, nations
from amana.wording.ages import age_in_words
from amana.wording.languages import pick
from amana.wording.places import kind_in_words
from amana.wording.withheld import withheld_in_words

OF_AGE = 18


@dataclass(frozen=True)
class Card:
    """One person of a list, ready to print."""

    ref: str
    address: str
    name: Name
    other_name: Name | None
    age: str
    sex: str
    nations: tuple[Nation, ...]
    where: str
    alerts: tuple[Mark, ...]
    marks: tuple[Mark, ...]


ALERTS = 2
"""Findings a card shows before it counts the rest."""


def cards(viewer: Viewer, people: Sequence[PersonLine], on: date, pack: Pack) -> tuple[Card, ...]:
    """The cards of these people on a day, in the same order; a few reads whatever their number."""
    refs = [line.ref for line in people]
    known = decisions.facts(viewer, refs)
    decided = decisions.current_many(viewer, refs)
    places = placements.where(viewer, refs, on)
    alarming = oversight.open_of(viewer, refs, on=on)
    found = []
    for line in people:
        facts = known.get(line.ref)
        birth = facts.birth if facts else None
        name, other = names(line)
        card = Card(
            ref=line.ref,
            address=reverse("case:person-show", args=[line.ref]),
            name=name,
            other_name=other,
            age=age_in_words(birth, on, pack.leap_day),
            sex=sex_in_words(facts.sex if facts else (), birth, on),
            nations=nations(nationality_of(facts, reads=viewer.reads("C3"))),
            where=place_of(places.get(line.ref)),
            alerts=badges(_broken(alarming.get(line.ref, ())), pack, on, ALERTS),
            marks=marks(decided.get(line.ref), pack),
        )
        found.append(card)
    return tuple(found)


def nationality_of(facts: FactsView | None, *, reads: bool) -> Collection[str] | Withheld:
    """The nationalities established of somebody; withheld, too, where nothing is and she isn't to know."""
    if facts is None:
        return () if reads else WITHHELD
    return facts.nationality


def place_of(stay: StayView | Withheld | None) -> str:
    """Where somebody is, in words; empty where that is not on record."""
    if isinstance(stay, Withheld):
        return withheld_in_words()
    return place_name(stay.facility) if stay else ""


def _broken(found: Sequence[FindingLine]) -> list[FindingLine]:
    """What is broken now and is not waived: a duty that is not late yet has no place among alerts."""
    return [line for line in found if line.verdict in OPEN and line.waiver is None]


class Named(Protocol):
    """Whatever place has a name in both scripts, and a kind."""

    @property
    def name_en(self) -> str:
        """In Latin letters."""

    @property
    def name_ar(self) -> str:
        """In Arabic letters."""

    @property
    def kind(self) -> str:
        """One of `placements.commands.KINDS`."""


def place_name(facility: Named) -> str:
    """The name of a place in the reader's language; its kind where that is all that the reader may know."""
    if not (facility.name_en or facility.name_ar):
        return _("%(kind)s (which one is not shown to your role)") % {"kind": kind_in_words(facility.kind)}
    return pick({key: name for key, name in (("en", facility.name_en), ("ar", facility.name_ar)) if name})


def sex_in_words(sex: Collection[str], birth: DateSpan | None, on: date) -> str:
    """“girl”, “boy”, “woman”, “man”; “female” or “male” where the age is open; empty where the sex is."""
    if len(sex) != 1:
        return ""
    youngest, oldest = age_span(birth, on) if birth else (None, None)
    words: Mapping[str, str]
    if youngest is not None and youngest >= OF_AGE:
        words = {"female": _("woman"), "male": _("man")}
    elif oldest is not None and oldest < OF_AGE:
        words = {"female": _("girl"), "male": _("boy")}
    else:
        words = {"female": _("female"), "male": _("male")}
    return words.get(next(iter(sex)), "")
