"""One case: who holds it and held it, to whom it is offered or referred; hand on, refer, revoke."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.queries import Official
from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions.office_pack import office_pack
from amana.apps.registry import caseloads
from amana.casework import caseload
from amana.casework.caseload import CaseloadRefused
from amana.core.need_to_know import CLASSES, Level
from amana.web.access import access
from amana.web.case.head import open_case
from amana.web.case.references import at_person
from amana.web.caseload.forms import HandOnForm, ReferForm
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest

TAB = "assignments"
KINDS = {
    "case": gettext_noop("holds the case"),
    "offer": gettext_noop("was offered the case"),
    "referral": gettext_noop("the case is referred to her"),
    "ward": gettext_noop("guardian or counsel"),
}


@access("people.see")
@require_safe
@at_person
def case_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """Everything assigned, offered, referred and entrusted of one person, and the forms."""
    return _page(request, ref)


@access("people.see")
@require_http_methods(["POST"])
@at_person
def case_hand_on(request: OfficeRequest, ref: str) -> HttpResponse:
    """Offer the case to another caseworker."""
    form = HandOnForm(request.POST, officials=_workers(request.viewer))
    caseloads.assignments(request.viewer, ref)
    if form.is_valid():
        told = form.cleaned_data
        try:
            caseload.hand_on(ref, to=UUID(told["to"]), reason=told["reason"], **_acting(request))
            return redirect("caseload:case-show", ref)
        except CaseloadRefused as refused:
            _say(form, refused)
    return _page(request, ref, handing=form)


@access("people.see")
@require_http_methods(["POST"])
@at_person
def case_refer(request: OfficeRequest, ref: str) -> HttpResponse:
    """Refer the case to an official, of some classes and until a day."""
    viewer = request.viewer
    caseloads.assignments(viewer, ref)
    form = ReferForm(request.POST, officials=_everybody(viewer), known=_known(viewer))
    if form.is_valid():
        told = form.cleaned_data
        what = {"classes": told["classes"], "purpose": told["reason"], "until": told["until"]}
        try:
            caseload.refer(ref, to=UUID(told["to"]), **what, **_acting(request))
            return redirect("caseload:case-show", ref)
        except CaseloadRefused as refused:
            _say(form, refused)
    return _page(request, ref, referring=form)


@access("people.see")
@require_POST
@at_person
def assignment_revoke(request: OfficeRequest, ref: str, assignment: int) -> HttpResponse:
    """Take back an offer or a referral: it closes at once."""
    caseloads.assignments(request.viewer, ref)
    try:
        reason = request.POST.get("reason", "") or _("Taken back by whoever holds the case.")
        caseload.revoke(assignment, reason=reason, **_acting(request))
    except CaseloadRefused as refused:
        return _page(request, ref, refused=str(refused))
    return redirect("caseload:case-show", ref)


def _acting(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def _workers(viewer: Viewer) -> list[Official]:
    return [
        each
        for each in accounts.colleagues(viewer)
        if each.role == "caseworker" and each.id != viewer.user_id
    ]


def _everybody(viewer: Viewer) -> list[Official]:
    return [each for each in accounts.colleagues(viewer) if each.role != "guardian"]


def _known(viewer: Viewer) -> list[str]:
    return [cls for cls in CLASSES if viewer.sees(cls) >= Level.FLAG]


def _say(form: forms.Form, refused: CaseloadRefused) -> None:
    field = "reason" if refused.field == "reason" else refused.field
    form.add_error(field if field in form.fields else None, str(refused))


def _page(
    request: OfficeRequest,
    ref: str,
    *,
    handing: HandOnForm | None = None,
    referring: ReferForm | None = None,
    refused: str = "",
) -> HttpResponse:
    viewer, on = request.viewer, today_of(request)
    case = open_case(viewer, ref, on, office_pack(), TAB)
    named = {each.id: each.name for each in accounts.colleagues(viewer)}
    rows = [
        {
            "it": each,
            "who": named.get(each.official, "") if each.official else "",
            "words": _(KINDS[each.kind]),
            "classes": ", ".join(each.classes),
            "revocable": each.ended_on is None and each.kind in ("offer", "referral"),
        }
        for each in caseloads.assignments(viewer, ref)
    ]
    mine = caseloads.standing_case(ref)
    holds = mine is not None and mine.official == viewer.user_id
    context: dict[str, Any] = {
        "head": case.head,
        "rows": rows,
        "holds": holds or viewer.may("people.assign"),
        "handing": handing or HandOnForm(officials=_workers(viewer)),
        "referring": referring or ReferForm(officials=_everybody(viewer), known=_known(viewer)),
        "wrong": handing or referring,
        "refused": refused,
    }
    return render(
        request, "caseload/case.html", context, status=422 if (handing or referring or refused) else 200
    )
