"""What this office and others decided and did about a person, for her timeline: determinations, decisions of
courts, plans, moves that were stopped, urgent moves. Only for whoever may see decisions.

A determination is told on the day it was put forward and on the day of each step; what the protocol says is
no decision and is told elsewhere. A plan that was stopped says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.determinations import queries as determinations
from amana.apps.determinations.answers import DeterminationView, JudicialView
from amana.apps.placements.moves import queries as moves
from amana.apps.placements.moves.queries import PlanView, UrgentView
from amana.apps.placements.moves.stops import Stop, stops
from amana.apps.registry.reach import RECORDS, Held
from amana.core.policy import Pack
from amana.web.determinations.shown import title_of
from amana.web.determinations.words import decides_words, judicial_words, said, state_mark
from amana.web.moves.words import plan_mark
from amana.web.people.cards import place_name
from amana.wording.languages import as_written, day_in_words, listed, pick

SEE = "determinations.see"
DECIDES = ("determination", "outcome")
"""Kinds that decide where a child is; an assessment recommends, another body's decision is reported."""


@dataclass(frozen=True)
class Tag:
    """What became of it."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One line: the day as ISO or EDTF text, what happened, and what became of it."""

    day: str
    text: str
    mark: Tag | None = None


Dated = tuple[date, Line]


@dataclass(frozen=True)
class Determined:
    """The determination that holds: what it decides, its reference, its day, and where it is read."""

    words: str
    ref: str
    day: str
    address: str


def determined(held: Held) -> Determined | None:
    """What was last determined about a person and holds; None where nothing is, or for whoever sees no
    decisions.
    """
    if not _sees(held):
        return None
    ref = held.ref
    holding = [each for each in determinations.determinations(held.viewer, ref) if _decides(each)]
    if not holding:
        return None
    last = max(holding, key=lambda each: (_day(each), each.asked_at))
    return Determined(
        words=said(decides_words(), last.decides),
        ref=last.ref,
        day=_day(last).isoformat(),
        address=reverse("determinations:determination-show", args=[ref, last.ref]),
    )


def happened(held: Held, pack: Pack, on: date) -> tuple[Dated, ...]:
    """Everything decided and done about a person up to `on`; nothing for whoever sees no decisions."""
    if not _sees(held):
        return ()
    viewer, ref = held.viewer, held.ref
    stopped = stops(viewer, ref)
    lines = [
        *(line for each in determinations.determinations(viewer, ref) for line in _determined(each)),
        *(_judged(each) for each in determinations.judicial(viewer, ref)),
        *(line for each in moves.plans(viewer, ref) for line in _planned(each, stopped, pack)),
        *(line for each in moves.urgent_moves(viewer, ref) for line in _urgent(each)),
        *(_stopped(each, pack) for each in stopped if not each.plan),
    ]
    return tuple(line for line in lines if line[0] <= on)


def _sees(held: Held) -> bool:
    return held.viewer.may(SEE) and held.opens(*RECORDS)


def _decides(each: DeterminationView) -> bool:
    return each.holds and each.kind in DECIDES and bool(each.decides)


def _day(each: DeterminationView) -> date:
    return each.decided_on or each.asked_on


def _told(day: date, text: str, mark: Tag | None = None) -> Dated:
    return day, Line(day.isoformat(), text, mark)


def _determined(each: DeterminationView) -> Iterator[Dated]:
    what = {"title": title_of(each), "ref": as_written(each.ref)}
    state = state_mark(each.state, each.kind, holds=each.holds)
    yield _told(_day(each), _("%(title)s, %(ref)s") % what, Tag(state.kind, state.words))
    for step in each.approvals:
        words = _steps().get(step.step)
        if words:
            yield _told(step.on, words % {"ref": as_written(each.ref)})
    for appeal in each.appeals:
        yield _told(appeal.lodged_on, _("Appeal against %(ref)s lodged") % {"ref": as_written(each.ref)})
        if appeal.decided_on:
            told = _("Appeal against %(ref)s decided") % {"ref": as_written(each.ref)}
            yield _told(appeal.decided_on, told)


def _steps() -> dict[str, str]:
    return {
        "approved": _("%(ref)s approved by a second person"),
        "rejected": _("%(ref)s rejected by a second person"),
        "withdrawn": _("%(ref)s withdrawn"),
    }


def _judged(each: JudicialView) -> Dated:
    told = {"kind": said(judicial_words(), each.kind), "ref": as_written(each.ref)}
    return _told(each.decided_on, _("%(kind)s, %(ref)s") % told)


def _planned(each: PlanView, stopped: tuple[Stop, ...], pack: Pack) -> Iterator[Dated]:
    what = {
        "place": place_name(each.facility),
        "day": day_in_words(each.planned_for),
        "ref": as_written(each.ref),
    }
    state = plan_mark(each.state)
    words = _("Move planned to %(place)s for %(day)s, %(ref)s") % what
    by = dict.fromkeys(id for stop in stopped if stop.plan == each.ref for id in stop.by)
    if by:
        words = _("%(plan)s; stopped: %(what)s") % {"plan": words, "what": _what_stops(tuple(by), pack)}
    yield _told(each.planned_on, words, Tag(state.kind, state.words))
    if each.moved_on:
        yield _told(each.moved_on, _("%(ref)s carried out: moved to %(place)s") % what)


def _stopped(stop: Stop, pack: Pack) -> Dated:
    return _told(stop.day, _("A move was stopped: %(what)s") % {"what": _what_stops(stop.by, pack)})


def _what_stops(by: tuple[str, ...], pack: Pack) -> str:
    return listed(
        f"{pick(pack.safeguards[each].title)} ({as_written(each)})"
        if each in pack.safeguards
        else _("nobody is put into custody by a move")
        for each in by
    )


def _urgent(each: UrgentView) -> Iterator[Dated]:
    what = {"place": place_name(each.facility), "ref": as_written(each.ref)}
    yield _told(each.moved_on, _("Urgent protective move to %(place)s, %(ref)s") % what)
    if each.reviewed_on:
        yield _told(each.reviewed_on, _("Urgent protective move %(ref)s reviewed") % what)
    if each.ended_on:
        yield _told(each.ended_on, _("Urgent protective move %(ref)s ended") % what)
