"""Guardians and counsel of one case: the list, asking for one, and what a second person answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.roles import ROLES
from amana.apps.decisions.office_pack import office_pack
from amana.apps.representatives import queries
from amana.casework import representatives
from amana.casework.representatives import RepresentativeRefused
from amana.web.access import access
from amana.web.case.head import Opened, open_case
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.representatives.forms import AGREED, AskForm
from amana.web.representatives.words import capacity_words, refusal_words, state_mark
from amana.web.requests import OfficeRequest

SAID = "representatives.said"


@access("wards.ask")
@require_safe
@at_person
def case_list(request: OfficeRequest, ref: str) -> HttpResponse:
    """Who stands, stood or is to stand by this person."""
    return _page(request, ref)


@access("wards.ask")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def representative_ask(request: OfficeRequest, ref: str) -> HttpResponse:
    """Ask that somebody stands by this person."""
    case = _opened(request, ref)
    found = [each for each in accounts.colleagues(request.viewer) if ROLES[each.role].relation == "ward"]
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, today=today_of(request), accounts=found)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        names = ("capacity", "ground", "appointed_on", "until", "view", "named", "token")
        what = {name: told[name] for name in names}
        try:
            representatives.ask(
                ref,
                account=UUID(told["account"]),
                agreed=AGREED.get(told["agreed"]),
                **what,
                **_acting(request),
            )
            return redirect("representatives:case-list", ref)
        except RepresentativeRefused as refused:
            form.refuse(refused)
    context = {"head": case.head, "form": form, "nobody": not found}
    return render(request, "representatives/ask.html", context, status=422 if form.errors else 200)


@access("wards.confirm", fresh=True)
@require_POST
@at_person
def representative_confirm(request: OfficeRequest, ref: str, representative: UUID) -> HttpResponse:
    """Open the case to her: for another official than who asked."""
    return _answer(
        request, ref, representative, lambda: representatives.confirm(representative, **_acting(request))
    )


@access("wards.confirm")
@require_POST
@at_person
def representative_refuse(request: OfficeRequest, ref: str, representative: UUID) -> HttpResponse:
    """Not confirm her, with a reason."""
    reason = request.POST.get("reason", "")
    return _answer(
        request,
        ref,
        representative,
        lambda: representatives.refuse(representative, reason=reason, **_acting(request)),
    )


@access("wards.ask")
@require_POST
@at_person
def representative_end(request: OfficeRequest, ref: str, representative: UUID) -> HttpResponse:
    """End it, with a reason: the case closes to her at once."""
    reason = request.POST.get("reason", "")
    return _answer(
        request,
        ref,
        representative,
        lambda: representatives.end(representative, reason=reason, **_acting(request)),
    )


def _answer(request: OfficeRequest, ref: str, number: UUID, act: Callable[[], str]) -> HttpResponse:
    """Do it where the record is one of this person; a refusal stands above the list."""
    if queries.one(request.viewer, number).person != ref:
        raise queries.NotForYou(request.viewer.role, queries.ASK)
    try:
        act()
    except RepresentativeRefused as refused:
        return _page(request, ref, refused=refused, about=number)
    return redirect("representatives:case-list", ref)


def _acting(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": now(), "on": today_of(request)}


def _opened(request: OfficeRequest, ref: str) -> Opened:
    case = open_case(request.viewer, ref, today_of(request), office_pack(), "representatives")
    case.held.require(queries.CLASS)
    return case


def _page(
    request: OfficeRequest,
    ref: str,
    *,
    refused: RepresentativeRefused | None = None,
    about: UUID | None = None,
) -> HttpResponse:
    viewer, case = request.viewer, _opened(request, ref)
    may_confirm = viewer.may(queries.CONFIRM)
    rows = [
        {
            "it": each,
            "as": capacity_words()[each.capacity],
            "mark": state_mark(each.state, each.stands),
            "confirmable": may_confirm and each.state == "asked" and not each.mine,
            "endable": each.state == "stands" and each.stands,
            "typed": request.POST.get("reason", "") if about == each.id else "",
        }
        for each in queries.of_person(viewer, ref)
    ]
    context: dict[str, Any] = {
        "head": case.head,
        "rows": rows,
        "refused": refusal_words(refused) if refused else "",
    }
    return render(request, "representatives/case.html", context, status=422 if refused else 200)
