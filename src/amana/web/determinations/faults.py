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
from amana.wording.reasons import say_why


def fault_words() -> dict[str, str]:
    """What is wrong, and what would be right, by code."""
    return {
        "missing": _("This answer is needed."),
        "not_in_words": say_why(),
        "unknown_code": _("Choose one of those offered."),
        "too_long": _("This text is too long. Shorten it; longer papers belong to the evidence."),
        "hidden_characters": _(
            "It holds characters that can't be seen or that turn the order of letters. Type it anew."
        ),
        "too_many": _("There are too many entries. Leave out some."),
        "twice": _("An entry is there twice. Leave one out."),
        "future": _("This day has not come yet."),
        "too_early": _("This day lies too early."),
        "too_late": _("This day lies too far ahead."),
        "before_birth": _("The person was not born yet on this day."),
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
        "effect:not_for_this": _(
            "What was decided takes the child from the mother, from care or from liberty, whatever it is "
            "called. Choose what it does."
        ),
        "no_such_record": _("There is no such record of this person. Look at the list again."),
        "second_person": _(
            "It shows a breach that nobody may waive. Somebody else than its author replaces it."
        ),
    }


def place_faults(form: CaseForm, faults: Iterable[FieldFault]) -> None:
    """Put each fault on its field, unless the form has said something of that field already."""
    taken = set(form.errors)
    for fault in faults:
        name = form.field_of(fault.field, fault.code)
        if name not in taken:
            form.add_error(name or None, _of_question(form, name, fault) if name else _said(fault))


def _of_question(form: CaseForm, name: str, fault: FieldFault) -> str:
    """What is wrong with an answer, with its question: in the summary it stands among many."""
    if fault.code == "missing":
        return _("%(question)s: this answer is needed.") % {"question": form.question(name)}
    return _("%(question)s: %(fault)s") % {"question": form.question(name), "fault": _said(fault)}


def _said(fault: FieldFault) -> str:
    """One fault in words; of a day, which days would be right."""
    words = fault_words()
    told = words.get(f"{fault.field}:{fault.code}") or words.get(fault.code, fault.code)
    least, most = fault.span
    if least and most:
        allowed = _("Write a day from %(least)s to %(most)s.") % {"least": least, "most": most}
    elif least or most:
        allowed = (_("Write %(day)s or later.") if least else _("Write %(day)s or earlier.")) % {
            "day": least or most
        }
    else:
        return told
    return f"{told} {allowed}"


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
