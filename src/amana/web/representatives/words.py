"""Guardians and counsel in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from amana.apps.representatives import codes
from amana.casework.representatives import RepresentativeRefused
from amana.web.people.marks import Mark


def capacity_words() -> Mapping[str, str]:
    """As what somebody stands by a person."""
    return {codes.GUARDIAN: _("guardian"), codes.COUNSEL: _("counsel")}


def state_mark(state: str, stands: bool) -> Mark:
    """Where it stands; one whose last day is over has ended."""
    if state == codes.STANDS and not stands:
        state = codes.ENDED
    return {
        codes.ASKED: Mark("due", _("waits for a second person"), "clock"),
        codes.STANDS: Mark("ok", _("stands by her or him"), "check"),
        codes.REFUSED: Mark("", pgettext("guardian or counsel", "not confirmed"), "cross"),
        codes.ENDED: Mark("", pgettext("guardian or counsel", "ended"), "minus"),
    }[state]


def refusal_words(refused: RepresentativeRefused) -> str:
    """Why it can't be recorded as asked, and what would be right."""
    return {
        "missing": _("Say it."),
        "unknown_code": _("Choose one of those offered."),
        "future": _("This day has not come yet. Write the day of the appointment."),
        "too_early": _("The last day is past. Write a later day, or none."),
        "too_long": _("The text is too long. Write the essence."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "not_in_words": _("Say it in a sentence: three words at least."),
        "not_a_representative": _("Choose an account of a guardian or counsel that is in use."),
        "stands_already": _("She stands by this person already, or is asked for."),
        "client_says": _("A counsel stands by somebody who said yes to it. Ask first, then record it."),
        "own_asking": _("Another official than who asked for her confirms or refuses."),
        "not_waiting": _("Somebody has confirmed or refused it already."),
        "not_standing": _("She does not stand by this person any more."),
        "not_the_holder": _("Who holds the case, or answers for the team, does this."),
    }[refused.code]
