"""A question of the monitor and its answer in words: who asked, when, until when, what the office said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amana.apps.accounts.roles import ROLES
from amana.apps.oversight.answers import QuestionView
from amana.core.dates import DateSpan
from amana.web.openings.reasoned import or_folded
from amana.web.people.marks import Mark
from amana.wording.findings import due_span_in_words
from amana.wording.languages import day_in_words


@dataclass(frozen=True)
class AskedLine:
    """One question on a page. `mark` says how it stands; `about` is the pseudonym for whoever has no
    names.
    """

    id: int
    finding: int
    safeguard: str
    about: str
    text: str
    asked: str
    by: str
    due: str
    mark: Mark
    waits: bool
    answer: str
    answered: str
    answered_by: str


def asked_line(each: QuestionView, on: date) -> AskedLine:
    """A question in words as of a day; what both say is folded for whoever has yet to say why she reads."""
    return AskedLine(
        id=each.id,
        finding=each.finding,
        safeguard=each.safeguard,
        about=each.pseudonym,
        text=or_folded(lambda: each.text),
        asked=day_in_words(each.asked_on),
        by=_who(each.by_name, each.by_role),
        due=day_in_words(each.due_on),
        mark=_mark(each, on),
        waits=each.waits,
        answer=or_folded(lambda: each.answer) if each.answered_on else "",
        answered=day_in_words(each.answered_on) if each.answered_on else "",
        answered_by=_who(each.answered_by_name, each.answered_by_role),
    )


def _mark(each: QuestionView, on: date) -> Mark:
    if each.waits:
        words = _("waits for an answer, %(due)s") % {"due": due_span_in_words(DateSpan.day(each.due_on), on)}
        return Mark("breach" if each.late(on) else "due", words, "clock")
    if each.late(on):
        return Mark("due", _("answered late"), "document")
    return Mark("", _("answered"), "document")


def _who(name: str, role: str) -> str:
    """The desk, with the name for whoever may know it."""
    desk = _(ROLES[role].title) if role in ROLES else ""
    return " · ".join(filter(None, (name, desk)))
