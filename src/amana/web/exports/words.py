"""Files of people in words: kinds, states, whose answer is missing, filters, and why something was
refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from amana.apps.exports import codes
from amana.apps.exports.queries import ExportView
from amana.casework.exporting import ExportRefused
from amana.wording.languages import listed
from amana.wording.reasons import say_why


def kind_words() -> Mapping[str, str]:
    """What a file is."""
    return {codes.ROWS: _("List of people"), codes.ROLL_CALL: _("Roll call of a place")}


def form_words() -> Mapping[str, str]:
    """In which form it is written."""
    return {codes.XLSX: _("a workbook (XLSX)"), codes.CSV: _("a text table (CSV)")}


def group_words() -> Mapping[str, str]:
    """Whom a file may be narrowed to."""
    return {"children": _("children"), "women": _("adult women")}


def waits_words(waits_for: tuple[str, ...]) -> str:
    """Whose answer is missing; empty where none is."""
    words = {
        codes.SECOND: _("a second official"),
        codes.OFFICER: _("the data-protection officer"),
    }
    return listed(words[each] for each in waits_for)


def state_of(view: ExportView, open_: bool) -> tuple[str, str, str]:
    """Kind of badge, words and icon of where a file stands."""
    if view.state == codes.ASKED:
        if not open_:
            return "", _("its time is over"), "clock"
        if view.waits_for:
            return "due", _("waits for %(whom)s") % {"whom": waits_words(view.waits_for)}, "clock"
        return "ok", _("ready to be taken"), "check"
    return {
        codes.TAKEN: ("acc", _("taken"), "check"),
        codes.REFUSED: ("", _("refused"), "cross"),
        codes.WITHDRAWN: ("", pgettext("a file", "withdrawn"), "cross"),
        codes.STALE: ("", _("somebody has come or gone since: to be asked for anew"), "cross"),
    }[view.state]


def people_words(count: int) -> str:
    """How many people a file holds."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": f"{count:,}"}


def refusal_words(refused: ExportRefused) -> str:
    """What stands against it, and what would be right."""
    if refused.code == "other_number":
        return _("The file holds %(people)s. Look whether that is whom you mean, then type this number.") % {
            "people": people_words(refused.people)
        }
    return {
        "missing": _("Write something here."),
        "unknown_code": _("Choose one of those offered."),
        "too_long": _("This is too long. Say it in fewer words."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "not_in_words": say_why(),
        "another_state": _(
            "No list goes to another state or its missions. One person at a time is told, through the gate "
            "of the country, on the Return tab of the case."
        ),
        "not_your_place": _("Choose a place that you keep."),
        "nobody": _("Nobody is found by these filters. Choose others."),
        "too_many": _("A list holds 25 people at most. Narrow the filters."),
        "own": _(
            "Another official than who asks approves a file, and two accounts of one person count as one."
        ),
        "answered": _("You have answered this already."),
        "over": _("This file is no longer open: it was taken, refused or withdrawn, or its time is over."),
        "waits": _("This file still waits for an approval."),
        "changed": _("Somebody has come or gone since this file was asked for. It has to be asked for anew."),
    }[refused.code]
