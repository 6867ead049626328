"""What happened so far, newest first: registered, seen at a place, what was determined, planned and stopped,
what the protocol said, and the days on which law changed.

What the protocol says is computed and decides nothing: it is never told as a decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.accounts.queries import OfficeView
from amana.apps.decisions.queries import DecisionView
from amana.apps.placements.queries import StayView
from amana.apps.registry.queries import PersonView
from amana.core.need_to_know import Withheld
from amana.core.policy import Pack
from amana.web.case.happened import Dated, Line
from amana.web.case.superseding import Ground, text_in_words
from amana.web.people.cards import place_name
from amana.wording.law import event_in_words, outcome_in_words
from amana.wording.sources import source_in_words


def timeline(
    person: PersonView,
    stays: Sequence[StayView] | Withheld,
    decided: Sequence[DecisionView],
    why: Mapping[int, Ground],
    done: Sequence[Dated] = (),
    *,
    pack: Pack,
    here: OfficeView,
    on: date,
) -> tuple[Line, ...]:
    """The lines up to `on`; an event of law whose day is not known stands at its last possible day. `why`:
    as from `grounds`; `done`: as from `happened`; `here` says which day of the office an instant was.
    """
    lines: list[Dated] = list(done)
    registered = here.day_of(person.registered_at)
    if registered <= on:
        lines.append((registered, Line(registered.isoformat(), _("Registered"))))
    for stay in () if isinstance(stays, Withheld) else stays:
        told = _("At %(place)s from this day") % {"place": place_name(stay.facility)}
        lines.append((stay.since, Line(stay.since.isoformat(), told)))
        if stay.until:
            left = _("Left %(place)s") % {"place": place_name(stay.facility)}
            lines.append((stay.until, Line(stay.until.isoformat(), left)))
    for each in decided:
        lines.append((each.on, Line(each.on.isoformat(), _said(each, why.get(each.id), pack))))
    for event in pack.events.values():
        last = event.span.latest
        if last and last <= on:
            lines.append((last, Line(event.on, event_in_words(event.id, pack))))
    return tuple(line for _day, line in sorted(lines, key=lambda pair: pair[0], reverse=True))


def _said(each: DecisionView, why: Ground | None, pack: Pack) -> str:
    outcome = _shown(each, pack)
    if why is None or not why.new_law:
        return _("The protocol says: %(outcome)s") % {"outcome": outcome}
    if why.text is None:
        return _("Under a new text of law the protocol says: %(outcome)s") % {"outcome": outcome}
    told = _("Under %(text)s the protocol says: %(outcome)s")
    return told % {"text": text_in_words(why.text), "outcome": outcome}


def _shown(decision: DecisionView, pack: Pack) -> str:
    if decision.shown == "protection_review":
        return _("protection review")
    return outcome_in_words(decision.outcome, pack, decision.decision)


@dataclass(frozen=True)
class StayLine:
    """One stay in words; `until` is empty while it is open."""

    place: str
    since: str
    until: str
    source: str


def stay_lines(stays: Sequence[StayView] | Withheld) -> tuple[StayLine, ...] | None:
    """The stays, in the order given; None where they are not shown to the reader's role."""
    if isinstance(stays, Withheld):
        return None
    return tuple(
        StayLine(
            place_name(stay.facility),
            stay.since.isoformat(),
            stay.until.isoformat() if stay.until else "",
            source_in_words(stay.source) if stay.source else "",
        )
        for stay in stays
    )
