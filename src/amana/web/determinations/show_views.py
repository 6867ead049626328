"""One determination or assessment: everything it says, what safeguards say of it, who approved, appeals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations import queries
from amana.apps.determinations.answers import DeterminationView
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.determinations import words
from amana.web.determinations.base_form import Answer
from amana.web.determinations.filling import opened, said_once
from amana.web.determinations.paper import paper_of
from amana.web.determinations.protocol import protocol_taken
from amana.web.determinations.shown import appeals_told, steps_told, title_of, topics_told
from amana.web.determinations.watched import sayings
from amana.web.requests import OfficeRequest


@dataclass(frozen=True)
class Act:
    """A button of the page; `first` is the one that matters most."""

    words: str
    address: str
    first: bool = False


@access("determinations.see", fresh_look=True)
@require_safe
@at_person
def determination_show(request: OfficeRequest, ref: str, dref: str) -> HttpResponse:
    """Everything it says, and what may be done with it."""
    each = one_of(request, ref, dref)
    context = {
        **told(request, each),
        "acts": acts(request.viewer, each),
        "why_not": why_waiting(each) if each.waits and not each.may_decide else "",
        "recorded": said_words().get(said_once(request), ""),
        "replaced": _replaced(each),
        "may_write": may_close_appeals(request.viewer),
    }
    return render(request, "determinations/show.html", context)


@access("determinations.see", fresh_look=True)
@require_safe
@at_person
def determination_print(request: OfficeRequest, ref: str, dref: str) -> HttpResponse:
    """The same for paper, with room for signatures."""
    each = one_of(request, ref, dref)
    functions = words.function_words()
    signing = [Answer(words.said(functions, member.function), (member.name,)) for member in each.panel]
    names = tuple(step.by_name for step in each.approvals if step.step == "approved" and step.by_name)
    signing.append(Answer(_("Approved by"), names))
    paper = paper_of(request, opened(request, ref), each)
    context = {**told(request, each), "signing": signing, "paper": paper}
    return render(request, "determinations/print.html", context)


def one_of(request: OfficeRequest, ref: str, dref: str) -> DeterminationView:
    """The determination, if it is this person's. Raises `NotForYou`."""
    each = queries.determination(request.viewer, dref)
    if each.person != ref:
        raise NotForYou(request.viewer.role, "determinations.see")
    return each


def told(request: OfficeRequest, each: DeterminationView) -> dict[str, Any]:
    """What every page about one determination shows."""
    case = opened(request, each.person)
    return {
        "head": case.head,
        "each": each,
        "title": title_of(each),
        "mark": words.state_mark(each.state, each.kind, holds=each.holds),
        "topics": topics_told(each, office_pack()),
        "steps": steps_told(each),
        "appeals": appeals_told(each),
        "meanwhile": words.meanwhile(each.holds) if any(one.open for one in each.appeals) else "",
        "watched": sayings(request.viewer, each.person, each.ref, today_of(request)),
        "protocol": protocol_taken(request.viewer, each),
    }


def acts(viewer: Viewer, each: DeterminationView) -> tuple[Act, ...]:
    """What this viewer may do with it now."""
    at, found = [each.person, each.ref], []
    writes = viewer.may("determinations.write")
    if each.may_decide:
        address = reverse("determinations:determination-decide", args=at)
        found.append(Act(_("Approve or reject"), address, True))
    if each.waits and each.mine and writes:
        found.append(Act(_("Withdraw it"), reverse("determinations:determination-withdraw", args=at)))
    if each.in_force and viewer.may("determinations.appeal") and each.kind != "assessment":
        words = _("Lodge an appeal") if viewer.relation == "ward" else _("Record an appeal")
        found.append(Act(words, reverse("determinations:appeal-add", args=at)))
    if each.in_force and writes and each.kind in ("determination", "outcome"):
        new = reverse("determinations:determination-add", args=[each.person])
        found.append(Act(_("Ask for another in its place"), f"{new}?supersedes={each.ref}"))
    return tuple(found)


def may_close_appeals(viewer: Viewer) -> bool:
    """Whether this viewer may record how some appeal ended."""
    return viewer.may("determinations.write") or viewer.may("determinations.approve")


def why_waiting(each: DeterminationView) -> str:
    """Why this viewer isn't the second person."""
    if each.mine:
        return _(
            "You asked for it, so you can't approve it: a second person reads it afresh. "
            "You may withdraw it until then."
        )
    return _("A supervisor who neither asked for it nor sat on its panel approves or rejects it.")


def said_words() -> dict[str, str]:
    """What is said once after a form."""
    return {
        "assessed": _("The assessment is recorded and in force."),
        "asked": _("Asked for. It waits for a second person and carries nothing until then."),
        "recorded": _("Recorded as reported."),
        "approved": _("Approved: it is in force from today."),
        "meanwhile": _(
            "Somebody decided on it, or it was withdrawn, while you read. What you wrote was not kept."
        ),
        "rejected": _("Rejected. Whoever asked sees your reason."),
        "withdrawn": _("Withdrawn."),
        "appealed": _("The appeal is recorded."),
        "appeal_decided": _("How the appeal ended is recorded."),
    }


def _replaced(each: DeterminationView) -> list[tuple[str, str]]:
    pairs = ((_("It takes the place of"), each.supersedes), (_("In its place stands"), each.superseded_by))
    return [(said, ref) for said, ref in pairs if ref]
