"""Retention in words: grounds of holds, parts and states of erasures, classes, and why something was
refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.apps.retention import codes
from amana.casework.erase import ErasureRefused
from amana.casework.legal_holds import HoldRefused
from amana.casework.retention import PeriodRefused
from amana.wording.reasons import say_why


def hold_grounds() -> Mapping[str, str]:
    """Why records must stay."""
    return {
        codes.COURT: _("proceedings before a court"),
        codes.COMPLAINT: _("a complaint"),
        codes.INQUIRY: _("an inquiry"),
        codes.CLAIM: _("a claim for redress"),
        codes.EVIDENCE: _("evidence of ill-treatment"),
        codes.REQUEST: _("a request of the person that is still open"),
    }


def part_words() -> Mapping[str, str]:
    """What can be erased."""
    return {
        codes.WORDS: _("what the trail holds in words"),
        codes.ORIGINALS: _("the rows of lists as their sender wrote them, remarks and all"),
        codes.CLAIMS: _("what sources state of her, with her names and the decisions that rest on it"),
        codes.FAMILY: _("family: label, relation, and links to whoever is erased too"),
        codes.STAYS: _("where she stayed, unless a ground is told of it"),
        codes.PAPERS: _("papers about her and her statements, unless one is held"),
    }


def counted_words() -> Mapping[str, str]:
    """What went or would go, with what is counted on its own."""
    return {**part_words(), codes.DECISIONS: _("decisions on what the law says")}


def held_words(cls: str, paper: UUID | None) -> str:
    """What a hold keeps, where it is not everything."""
    if paper is not None:
        return _("one paper: %(number)s") % {"number": str(paper)[:8]}
    return f"{cls} · {class_words()[cls]}" if cls else ""


def paper_words(number: str, cls: str, day: date) -> str:
    """A paper by its number, class and day: what it says is told elsewhere."""
    return _("paper %(number)s, %(cls)s, of %(day)s") % {"number": number, "cls": cls, "day": day.isoformat()}


def class_words() -> Mapping[str, str]:
    """The classes for which a period can be set."""
    return {
        "C1": _("identity"),
        "C2": _("place and placement"),
        "C3": _("nationality"),
        "C4": _("family links"),
        "C5": _("protection"),
        "C7": _("health"),
        "C8": _("courts"),
        "C9": _("school"),
    }


def erasure_state(state: str) -> tuple[str, str, str]:
    """Kind of badge, words and icon of where an erasure stands."""
    return {
        codes.ASKED: ("due", _("waits for a second person"), "clock"),
        codes.DONE: ("acc", pgettext("an erasure", "done"), "check"),
        codes.REFUSED: ("", pgettext("an erasure", "refused"), "cross"),
        codes.WITHDRAWN: ("", pgettext("an erasure", "withdrawn"), "cross"),
    }[state]


def hold_refusal(refused: HoldRefused) -> str:
    """What stands against a hold or its end, and what would be right."""
    return {
        "missing": _("Write something here."),
        "unknown_code": _("Choose one of those offered."),
        "too_early": _("This day is past. Write a day to come."),
        "too_late": _("At most a year ahead: a hold is looked at again within a year."),
        "after_the_end": _("It is looked at again on its last day at the latest."),
        "too_long": _("This is too long. Say it in fewer words."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "not_in_words": say_why(),
        "own_hold": _("You placed this hold yourself. Another official ends it."),
    }[refused.code]


def erasure_refusal(refused: ErasureRefused) -> str:
    """What stands against an erasure, and what would be right."""
    return {
        "ground": _("Choose the ground."),
        "parts": _("Choose what is to be erased."),
        "reason": say_why(),
        "nothing": _("Of what you chose nothing is kept in words about this person."),
        "needed": _(
            "A legal hold, a breach, an overdue duty or an appeal stands here, for which the trail is "
            "evidence. "
            "Erase when it has ended."
        ),
        "held": _("A legal hold keeps a class of what you chose. Choose less, or erase when it has ended."),
        "here": _(
            "She, or a parent, child, brother or sister of hers, stays somewhere or has records that "
            "must stay. What the register says bears on all of them. Erase when none of it is so any more."
        ),
        "waits": _("An erasure of this person waits for a second person already."),
        "own": _("You asked for this erasure yourself, in this account or another. A second person decides."),
        "over": _("This erasure has been decided meanwhile."),
    }[refused.code]


def period_refusal(refused: PeriodRefused) -> str:
    """What stands against a period, and what would be right."""
    return {
        "unknown_code": _("Choose one of those offered."),
        "months": _("Write whole months, from 1 to 1200, or leave it empty to keep the class."),
        "basis": _("Say in words which law or decision of the office sets this period."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
    }[refused.code]
