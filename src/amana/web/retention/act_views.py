"""Placing and ending a legal hold, and a second person's answer to an erasure."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.retention import queries
from amana.casework import erase
from amana.casework.erase import ErasureRefused
from amana.casework.legal_holds import HoldRefused, end_legal_hold, place_legal_hold
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest
from amana.web.retention.forms import ReasonForm
from amana.web.retention.show_views import hold_row, place_form, show_erasure, show_person
from amana.web.retention.words import erasure_refusal, hold_refusal


@access(queries.HOLD)
@require_POST
@at_person
def hold_place(request: OfficeRequest, ref: str) -> HttpResponse:
    """Hold what is kept of a person."""
    queries.require_case(request.viewer, ref, queries.HOLD)
    form = place_form(request, ref, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        what = {name: told[name] for name in ("ground", "words", "review_on", "until", "token")}
        try:
            place_legal_hold(ref, **what, **form.kept(), **_acting(request))
            return redirect("retention:person-show", ref)
        except HoldRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, hold_refusal(refused))
    return show_person(request, ref, form)


@access(queries.HOLD, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def hold_end(request: OfficeRequest, legal_hold: UUID) -> HttpResponse:
    """End a hold that somebody else placed."""
    view = queries.hold(request.viewer, legal_hold, today_of(request))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            end_legal_hold(legal_hold, words=form.cleaned_data["words"], **_acting(request))
            return redirect("retention:person-show", view.person)
        except HoldRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, hold_refusal(refused))
    context = {**hold_row(request.viewer, view), "form": form}
    return render(request, "retention/end.html", context, status=422 if form.errors else 200)


@access(queries.SEE, fresh=True)
@require_POST
def erasure_answer(request: OfficeRequest, erasure: UUID) -> HttpResponse:
    """Confirm or refuse what somebody else asked to have erased, or withdraw one's own."""
    viewer, asked = request.viewer, request.POST.get("answer")
    view = queries.erasure(viewer, erasure)
    form = ReasonForm(request.POST)
    try:
        if asked == "withdraw":
            erase.withdraw(erasure, **_acting(request))
            return redirect("retention:person-show", view.person)
        if form.is_valid():
            act = erase.confirm if asked == "confirm" else erase.refuse
            act(erasure, words=form.cleaned_data["words"], **_acting(request))
            return redirect("retention:erasure-show", erasure)
    except ErasureRefused as refused:
        form.add_error("words" if refused.code == "reason" else None, erasure_refusal(refused))
    return show_erasure(request, erasure, form)


def _acting(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": now(), "on": today_of(request)}
