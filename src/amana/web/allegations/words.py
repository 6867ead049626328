"""Codes of allegations in the reader's language, and what stands against a form."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.casework.allegations import AllegationRefused


def kind_words() -> dict[str, str]:
    """What is alleged."""
    return {
        "ill_treatment": _("Ill-treatment"),
        "forced_statement": _("A statement or confession that was forced"),
        "both": _("Both"),
    }


def teller_words() -> dict[str, str]:
    """Who tells."""
    return {
        "person": _("The person himself or herself"),
        "relative": _("A relative"),
        "another_held": _("Somebody else who is held there"),
        "staff": _("Somebody who works there"),
        "own_eyes": _("I saw it myself"),
        "other": _("Somebody else"),
    }


def agreed_words() -> dict[str, str]:
    """Whether the person agreed that it is passed on."""
    return {
        "agrees": _("The person agrees that the monitor is told"),
        "counsel": _("The person’s counsel is there and agrees"),
        "not_asked": _("The person could not be asked without danger"),
    }


def state_words() -> dict[str, str]:
    """Where an allegation stands."""
    return {
        "told": pgettext("an allegation", "new"),
        "acknowledged": pgettext("an allegation", "in hand"),
        "closed": pgettext("an allegation", "closed"),
    }


STATE_KINDS = {"told": ("breach", "warn"), "acknowledged": ("due", "clock"), "closed": ("", "check")}
"""State -> the kind and drawing of its mark."""


def refusal_words(refused: AllegationRefused) -> str:
    """What stands against it, and what would be right."""
    return {
        "no_monitor": _(
            "No monitor’s key counts at this moment, so nobody could read it, and nothing was kept. What you "
            "wrote stands below. A monitor offers a key under Keys and somebody else confirms it; then send "
            "this form again."
        ),
        "missing": _("Write it here."),
        "unknown_code": _("Choose one of those offered."),
        "too_long": _("The text is too long. Shorten it."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "consent_or_counsel": _("Your role takes one only with the person’s agreement or with counsel."),
        "no_examiner": _("Nobody by this name can be asked. Choose one of those offered."),
        "closed": _("It is closed already."),
    }[refused.code]
