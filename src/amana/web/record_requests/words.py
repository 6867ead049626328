"""Requests about one's own record in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from amana.apps.record_requests import codes
from amana.apps.record_requests.queries import RequestView
from amana.casework.record_requests import RequestRefused
from amana.web.case.forms import attribute_words
from amana.web.people.marks import Mark
from amana.wording.languages import as_written


def attribute_name(attribute: str) -> str:
    """What a statement speaks of: “birth date”."""
    named = {**attribute_words(), "name": _("name"), "pregnant": _("pregnant")}
    return str(named.get(attribute, attribute))


def kind_words() -> Mapping[str, str]:
    """What is asked."""
    return {
        codes.SEE: _("to see the record, or have it read aloud"),
        codes.CORRECT: _("to correct something in it"),
        codes.OBJECT: _("to object to what was decided or is planned"),
    }


def asker_words() -> Mapping[str, str]:
    """Who asks."""
    return {
        codes.PERSON: _("she or he herself or himself"),
        codes.GUARDIAN: _("the guardian"),
        codes.COUNSEL: _("the counsel"),
        codes.RELATIVE: _("a relative with authority"),
    }


def topic_words() -> Mapping[str, str]:
    """What an objection is about."""
    return {
        "record": _("what the record says"),
        "decision": _("a decision or determination"),
        "move": _("a move that happened or is planned"),
        "return": _("a return to a country"),
        "place": _("the place where she or he is"),
        "contact": _("contact with the family"),
    }


def answer_words() -> Mapping[str, str]:
    """How it is answered."""
    return {
        codes.GRANTED: pgettext("request", "granted"),
        codes.PARTLY: pgettext("request", "granted in part"),
        codes.REFUSED: pgettext("request", "refused"),
    }


def way_words() -> Mapping[str, str]:
    """How the answer came to her."""
    return {codes.ALOUD: _("read aloud"), codes.PAPER: _("on paper")}


def language_words() -> Mapping[str, str]:
    """Languages by code, in the reader's language where it is known, else in their own."""
    named = {
        "ckb": _("Central Kurdish (Sorani)"),
        "kmr": _("Northern Kurdish (Kurmanji)"),
        "tk": _("Turkmen"),
        "ky": _("Kyrgyz"),
        "uz": _("Uzbek"),
        "tg": _("Tajik"),
    }
    return {code: named.get(code) or _known(code) for code in codes.LANGUAGES}


def _known(code: str) -> str:
    return str(get_language_info(code)["name_translated"])


def mark_of(request: RequestView, on: date) -> Mark:
    """Where it stands: answered how, late, due by a day, or waiting without one."""
    if request.answer:
        kinds = {codes.GRANTED: "ok", codes.PARTLY: "acc", codes.REFUSED: ""}
        return Mark(kinds[request.answer], answer_words()[request.answer], "check")
    if request.due_on is None:
        return Mark("unk", _("waits; no last day is known"), "unknown")
    if request.due_on < on:
        late = (on - request.due_on).days
        return Mark("breach", ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}, "clock")
    day = as_written(request.due_on.isoformat())
    return Mark("due", _("to be answered by %(day)s") % {"day": day}, "clock")


def refusal_words(refused: RequestRefused) -> str:
    """Why it can't be recorded as asked, and what would be right."""
    return {
        "missing": _("Say it."),
        "unknown_code": _("Choose one of those offered."),
        "too_long": _("The text is too long. Write the essence."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "not_in_words": _("Say it in a sentence: three words at least."),
        "no_such_claim": _("Choose one of the statements on record."),
        "own_request": _("You took it down, so somebody else answers it."),
        "answered": _("Somebody has answered it already."),
        "not_answered": _("It is answered first, then handed over."),
        "handed_over": _("It has been handed over already."),
        "paper_inside": _(
            "Inside a facility a paper is handed only to who asked for one: it can be found and read by "
            "others. Read it aloud instead, or say that a paper was asked for."
        ),
        "not_for_another": _("For your own ward or client you ask as guardian or counsel."),
        "too_many_days": _("Write a number of days from 1 to 180."),
        "too_early": _("A period holds from today or a later day on."),
    }[refused.code]
