"""What the desk of a guardian or counsel shows of each ward or client: who, where, and what comes by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.accounts.viewers import Viewer
from amana.apps.determinations import queries as determinations
from amana.apps.record_requests import queries as requests
from amana.apps.registry import queries as registry
from amana.apps.registry.reach import RECORDS, Held, require_reach
from amana.apps.representatives import queries
from amana.apps.representatives.queries import RepresentativeView
from amana.core.policy import Pack
from amana.web.determinations.shown import title_of
from amana.web.people.cards import Card, cards
from amana.web.people.marks import Mark
from amana.web.record_requests.words import kind_words, mark_of
from amana.web.representatives.words import capacity_words


@dataclass(frozen=True)
class Due:
    """One thing that comes, or waits for its answer."""

    words: str
    mark: Mark


@dataclass(frozen=True)
class Ward:
    """One ward or client: the card of the person, as what she stands by her, and what is due."""

    card: Card
    capacity: str
    since: str
    until: str
    named: bool
    due: tuple[Due, ...]


def wards(viewer: Viewer, on: date, pack: Pack) -> tuple[Ward, ...]:
    """Every ward and client in reach, by name. Raises `NotForYou`."""
    own = queries.own(viewer)
    lines = registry.lines(viewer, own)
    shown = cards(viewer, [lines[ref] for ref in own if ref in lines], on, pack)
    return tuple(_ward(viewer, card, own[card.ref], on) for card in shown)


def _ward(viewer: Viewer, card: Card, it: RepresentativeView, on: date) -> Ward:
    held = require_reach(viewer, card.ref)
    return Ward(
        card=card,
        capacity=capacity_words()[it.capacity],
        since=it.appointed_on.isoformat(),
        until=it.until.isoformat() if it.until else "",
        named=it.named,
        due=tuple(due_of(viewer, held, on)),
    )


def due_of(viewer: Viewer, held: Held, on: date) -> Iterator[Due]:
    """What waits for an answer, last days of appeals, and days on which somebody looks again."""
    for each in requests.of_person(viewer, held.ref):
        if each.waits:
            words = _("Your request: %(what)s") if each.mine else _("A request: %(what)s")
            yield Due(words % {"what": kind_words()[each.kind]}, mark_of(each, on))
    if not held.opens(*RECORDS):
        return
    for found in determinations.determinations(viewer, held.ref):
        if not found.in_force:
            continue
        if found.appeal_until and found.appeal_until >= on:
            told = {"what": title_of(found)}
            yield Due(_("Last day to object: %(what)s") % told, _day(found.appeal_until))
        if found.review_on:
            told = {"what": title_of(found)}
            late = found.review_on < on
            mark = Mark("breach", found.review_on.isoformat(), "warn") if late else _day(found.review_on)
            yield Due(_("To be looked at again: %(what)s") % told, mark)


def _day(day: date) -> Mark:
    return Mark("due", day.isoformat(), "clock")
