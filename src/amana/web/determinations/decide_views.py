"""The second person approves or rejects with a reason; whoever asked may take it back until then."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amana.apps.determinations.answers import DeterminationView
from amana.apps.determinations.contents import DeterminationRefused
from amana.apps.registry.commands import ChangedMeanwhile
from amana.casework import determine
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.determinations.closing_forms import APPROVE, DecideForm, WithdrawForm
from amana.web.determinations.faults import place_refusal
from amana.web.determinations.filling import changed_meanwhile, noted, one, sent
from amana.web.determinations.show_views import one_of, told, why_waiting
from amana.web.requests import OfficeRequest

MEANWHILE = "meanwhile"
"""What is said once to whoever decided on something that was decided while she read."""


@access("determinations.approve", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def determination_decide(request: OfficeRequest, ref: str, dref: str) -> HttpResponse:
    """Everything it says and what safeguards say of it; the decision of the second person with its reason.

    Whoever asked for it, or sat on its panel, reads here why it isn't hers to decide.
    """
    each = one_of(request, ref, dref)
    if not each.waits:
        return redirect(
            noted(request, MEANWHILE, one(ref, dref)) if request.method == "POST" else one(ref, dref)
        )
    if not each.may_decide:
        context = {**told(request, each), "why_not": _why_not_hers(each)}
        return render(request, "determinations/decide.html", context, status=_refused(request))
    form = DecideForm(sent(request), today=today_of(request), initial={"version": each.version})
    if form.is_bound and form.is_valid() and _closed(request, ref, dref, form):
        return redirect(one(ref, dref))
    context = {**told(request, one_of(request, ref, dref)), "form": form}
    return render(request, "determinations/decide.html", context, status=422 if form.errors else 200)


def _closed(request: OfficeRequest, ref: str, dref: str, form: DecideForm) -> bool:
    """Approve or reject as the form says; False with the reason on the form where that is not to be."""
    said = form.cleaned_data
    approves = said["decision"] == APPROVE
    who: dict[str, Any] = {"by": request.viewer, "at": now(), "on": today_of(request)}
    act = determine.approve if approves else determine.reject
    try:
        act(dref, reason=said["reason"], seen_version=said["version"], **who)
    except ChangedMeanwhile:
        changed_meanwhile(form, one_of(request, ref, dref).version)
    except DeterminationRefused as refused:
        place_refusal(form, refused)
    else:
        noted(request, "approved" if approves else "rejected", "")
        return True
    return False


@access("determinations.write")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def determination_withdraw(request: OfficeRequest, ref: str, dref: str) -> HttpResponse:
    """Whoever asked takes it back, with a reason, while it waits."""
    each = one_of(request, ref, dref)
    if not each.mine or not each.waits:
        return redirect(one(ref, dref))
    form = WithdrawForm(sent(request), today=today_of(request))
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            determine.withdraw(dref, reason=reason, by=request.viewer, at=now(), on=today_of(request))
            return redirect(noted(request, "withdrawn", one(ref, dref)))
        except DeterminationRefused as refused:
            place_refusal(form, refused)
    context = {**told(request, each), "form": form}
    return render(request, "determinations/withdraw.html", context, status=422 if form.errors else 200)


def _why_not_hers(each: DeterminationView) -> str:
    if each.mine:
        return why_waiting(each)
    return _("You sat on its panel, so you can't approve it: a second person reads it afresh.")


def _refused(request: OfficeRequest) -> int:
    return 422 if request.method == "POST" else 200
