"""Faults and refusals of the commands, put in words on the form they came from.

Every fault goes beside its field; one of no field stands in the summary. Refuses nothing: a code that has no
words here is told by the command's own sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations.contents import DeterminationRefused, FieldFault, Incomplete
from amana.casework.determine import ApprovalStopped
from amana.web.determinations.base_form import CaseForm
from amana.web.determinations.protocol import cannot_act_words
from amana.wording.languages import listed, pick


def fault_words() -> dict[str, str]:
    """What is wrong, and what would be right, by code."""
    return {
        "missing": _("This answer is needed."),
        "unknown_code": _("Choose one of those offered."),
        "too_long": _("This text is too long. Shorten it; longer papers belong to the evidence."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "too_many": _("There are too many entries. Leave out some."),
        "twice": _("An entry is there twice. Leave one out."),
        "future": _("This day has not come yet. Write the day it happened."),
        "too_early": _("Write a day after that of the decision."),
        "one_function": _("A panel takes members of at least two professions."),
        "one_option": _("Weigh at least two ways of care, each in words."),
        "mother_not_weighed": _("Weigh staying with the mother too: nobody leaves her unweighed."),
        "custody": _("No determination opens custody; only a judge's order on the person's own acts does."),
        "no_such_source": _("The office's law has no such text. Choose one of those offered."),
        "not_for_this": _("This does not go with what is decided. Leave it empty."),
        "decides:not_for_this": _(
            "This does not fit what is done with the protocol: adopting it decides what it says, "
            "and not adopting it or departing from it decides something else."
        ),
        "no_such_record": _("There is no such record of this person. Look at the list again."),
        "second_person": _(
            "It shows a breach that nobody may waive. Somebody else than its author replaces it."
        ),
    }


def place_faults(form: CaseForm, faults: Iterable[FieldFault]) -> None:
    """Put each fault on its field, unless the form has said something of that field already."""
    words, taken = fault_words(), set(form.errors)
    for fault in faults:
        name = form.field_of(fault.field, fault.code)
        if name not in taken:
            told = words.get(f"{fault.field}:{fault.code}") or words.get(fault.code, fault.code)
            if fault.code == "missing" and name:
                told = _("%(question)s: this answer is needed.") % {"question": form.fields[name].label}
            form.add_error(name or None, told)


def refusal_words() -> dict[str, str]:
    """Why a command refused, by code, beside the faults of single fields."""
    return {
        **cannot_act_words(),
        "own": _("A second person decides: not who asked for it, sat on its panel or approved it."),
        "closed": _("It was decided, withdrawn or contested meanwhile. Look at it again."),
        "not_yours": _("Only who asked for it can withdraw it."),
        "too_young": _(
            "The child may have been too young that day to answer for an act: a charge against so young a "
            "child counts for nothing, and no custody follows from it. Settle the age first; what was "
            "decided all the same is recorded as a decision of another body."
        ),
        "no_appeal": _("An assessment decides nothing. Record another beside it."),
    }


def place_refusal(form: CaseForm, refused: DeterminationRefused) -> None:
    """Put a refusal on the form, in words."""
    if isinstance(refused, Incomplete):
        place_faults(form, refused.faults)
    elif isinstance(refused, ApprovalStopped):
        form.add_error(None, _stopped(refused))
    else:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refusal_words().get(refused.code, str(refused)))


def _stopped(refused: ApprovalStopped) -> str:
    """Which safeguards stop an approval, by name."""
    known = office_pack().safeguards
    stopping = dict.fromkeys(each.safeguard for each in refused.findings)
    told = _("It can't be approved as it stands. What stops it: %(safeguards)s. Reject it, and ask anew.")
    return told % {"safeguards": listed(f"{pick(known[id].title)} ({id})" for id in stopping)}
