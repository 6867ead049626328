"""The records of the country gate in words: steps, answers, and what a refusal says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.casework.consent import ReturnRefused
from amana.casework.disclose import GateClosed
from amana.core.truth import Truth
from amana.web.people.marks import Mark
from amana.wording.gate import truth_in_words
from amana.wording.reasons import say_why


def step_words() -> Mapping[str, str]:
    """What a country is told for."""
    return {
        "enquiry": _("an enquiry: who the person is"),
        "papers": _("papers"),
        "handover": _("a handover"),
    }


def purpose_words() -> Mapping[str, str]:
    """What consent is asked for."""
    return {
        "enquiry": _("to ask this country who I am, or to tell it that I am held"),
        "return": _("to ask this country for papers and prepare a return"),
    }


def giver_words() -> Mapping[str, str]:
    """Who answers."""
    return {"person": _("the person, an adult"), "guardian": _("the child’s guardian")}


def answer_words() -> Mapping[str, str]:
    """What was answered."""
    return {"given": _("yes"), "refused": _("no")}


def flag_words() -> Mapping[str, str]:
    """Three answers to a question of fact."""
    return {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}


def child_words() -> Mapping[str, str]:
    """What is recorded of the child’s view."""
    return {
        "heard": _("the child was heard"),
        "objects": _("the child objects"),
        "infant": _("under three and too young to say"),
    }


def claim_words() -> Mapping[str, str]:
    """Where a claim for protection stands."""
    return {
        "none": _("there is none"),
        "pending": _("pending"),
        "recognised": _("recognised"),
        "ended": pgettext("claim", "ended"),
    }


def channel_words() -> Mapping[str, str]:
    """How a country is told."""
    return {
        "letter": _("a letter"),
        "meeting": _("a meeting"),
        "desk": _("the consular desk"),
        "file": _("a file handed over"),
    }


def content_words() -> Mapping[str, str]:
    """The facts of a dossier."""
    return {
        "name_ar": _("Name in Arabic letters"),
        "name_latin": _("Name in Latin letters"),
        "birth": _("Born, as stated"),
        "sex": _("Sex"),
        "nationality": _("Nationality"),
    }


def truth_mark(truth: Truth) -> Mark:
    """The badge of a condition: icon and words, never colour alone."""
    kind, icon = {Truth.TRUE: ("ok", "check"), Truth.FALSE: ("er", "cross")}.get(truth, ("unk", "person"))
    return Mark(kind, truth_in_words(truth), icon)


def refusal_words(refused: ReturnRefused | GateClosed) -> str:
    """Why something can't be recorded or told, and what would be right."""
    return {
        "missing": _("This is missing."),
        "unknown_code": _("Choose one of the list."),
        "future": _("This day lies after today."),
        "too_early": _("This day lies before today."),
        "too_late": _(
            "This day lies too far ahead: at most 180 days for a consent or a step, a year for a hold."
        ),
        "too_long": _("This is longer than 2,000 letters."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "not_in_words": say_why(),
        "no_country": _("Choose a country."),
        "not_a_guardian": _("The child’s view is recorded with the guardian’s answer."),
        "nothing_stands": _("Nothing stands that could be taken back."),
        "own_dossier": _("Another official than who prepared it releases a dossier, while it stands."),
        "no_such_record": _("It has ended meanwhile."),
        "closed": _("The gate is closed. Nothing was told; the attempt is kept in the audit trail."),
        "unreviewed_law": _(
            "The law of the gate has not been reviewed by a lawyer. It informs, and supports no disclosure."
        ),
        "nothing_released": _("No dossier is released for this step. Nothing was told."),
    }[refused.code]


def screening_line() -> str:
    """A screening in one line: `done` and `fear` are answers."""
    return _("screening finished: %(done)s; fear: %(fear)s")


def claim_line() -> str:
    """A claim in one line."""
    return _("claim for protection: %(state)s")


def dossier_state(released_on: date | None, ended_on: date | None) -> str:
    """Where a dossier stands."""
    if ended_on:
        return _("no longer stands")
    return _("released") if released_on else _("waits for another official")


def plan_state(state: str) -> str:
    """Where a planned step stands."""
    return {"planned": _("planned"), "done": _("done"), "stopped": _("stopped")}[state]
