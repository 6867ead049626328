"""The decisions of one case as one list, newest first: determinations, assessments, what courts decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from amana.apps.determinations.answers import DeterminationView, JudicialView
from amana.web.determinations import words
from amana.web.determinations.base_form import Answer
from amana.web.determinations.shown import appeal_in_short, judicial_told, title_of
from amana.web.people.marks import Mark


@dataclass(frozen=True)
class Line:
    """One decision in the list: day, title, mark, what else to know; an address, or what a court said."""

    ref: str
    day: str
    title: str
    mark: Mark
    about: tuple[str, ...]
    address: str
    answers: tuple[Answer, ...] = ()


def decision_lines(
    determined: Sequence[DeterminationView], judged: Sequence[JudicialView], on: date
) -> tuple[Line, ...]:
    """Every decision of a case, the newest first."""
    dated = [
        *((each.decided_on or each.asked_on, each.asked_at, _determined(each, on)) for each in determined),
        *((each.decided_on, each.recorded_at, _judged(each)) for each in judged),
    ]
    ordered = sorted(dated, key=lambda each: (each[0], each[1]), reverse=True)
    return tuple(line for _day, _at, line in ordered)


def _determined(each: DeterminationView, on: date) -> Line:
    return Line(
        ref=each.ref,
        day=each.decided_on.isoformat() if each.decided_on else _("day not on record"),
        title=title_of(each),
        mark=words.state_mark(each.state, each.kind, holds=each.holds),
        about=tuple(_about(each, on)),
        address=reverse("determinations:determination-show", args=[each.person, each.ref]),
    )


def _about(each: DeterminationView, on: date) -> Iterator[str]:
    if each.kind == "reported" and each.body:
        yield each.body
    if each.stance:
        yield words.said(words.stance_words(), each.stance).capitalize()
    for text, came in map(appeal_in_short, each.appeals):
        yield f"{text} · {came or _('not decided yet')}"
    if each.in_force and each.review_on:
        told = {"day": each.review_on.isoformat()}
        late = each.review_on < on
        yield (_("The look again was due on %(day)s") if late else _("Look again on %(day)s")) % told


def _judged(each: JudicialView) -> Line:
    mark = Mark("acc", _("court decision"), "scales")
    if each.corrected_by:
        mark = Mark("", _("corrected by a later record"), "back")
    return Line(
        ref=each.ref,
        day=each.decided_on.isoformat(),
        title=words.said(words.judicial_words(), each.kind),
        mark=mark,
        about=(),
        address="",
        answers=judicial_told(each),
    )
