"""What a mission answers, and what an official makes of it, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from amana.apps.consents import codes
from amana.casework.consent import ReturnRefused
from amana.web.returns import words as returns


def reply_words() -> Mapping[str, str]:
    """What a mission may answer."""
    return {
        codes.RECEIVED: _("received"),
        codes.CONFIRMED: _("the nationality is confirmed"),
        codes.NOT_CONFIRMED: _("the nationality is not confirmed"),
        codes.DOCUMENTS: _("documents are promised"),
        codes.ASKS: _("a question"),
    }


def judgement_words() -> Mapping[str, str]:
    """What an official makes of an answer."""
    return {
        codes.TAKEN_UP: _("a claim on nationality, as the word of the mission"),
        codes.NOTED: _("noted; nothing is claimed"),
        codes.SET_ASIDE: _("set aside"),
    }


def refusal_words(refused: ReturnRefused) -> str:
    """Why something can't be recorded as asked, and what would be right."""
    own = {
        "nothing_to_claim": _("Only a nationality that the mission confirms may become a claim."),
        "judged": _("Somebody has judged it already."),
        "no_consul": _("Choose an account of a consular officer that is in use."),
        "sits_already": _("This account sits at a desk already. End that first."),
        "own_naming": _("Another official than who named the officer confirms."),
        "no_such_record": _("This has ended, or was answered already."),
    }
    return own.get(refused.code) or returns.refusal_words(refused)
