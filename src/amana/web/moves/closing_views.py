"""What may be done with an open plan: carry it out, add what has become known, withdraw it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amana.apps.accounts.viewers import NotForYou
from amana.apps.placements.moves import queries
from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.placements.moves.queries import concerned
from amana.casework import moves
from amana.casework.moves import Stopped
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.moves.forms import MoveForm
from amana.web.moves.opening import acting, noted, plan_of, plan_page
from amana.web.moves.plan_forms import CarryOutForm, CompleteForm, WithdrawForm
from amana.web.moves.plan_views import Stop, show
from amana.web.requests import OfficeRequest


@access("moves.plan")
@require_POST
@at_person
def plan_carry_out(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """Carry the plan out; where something stops it, nobody is moved and the page says what and why."""
    plan = plan_of(request, ref, mref)
    form = CarryOutForm(request.POST, today=today_of(request))
    if not form.is_valid():
        return show(request, plan, form)
    try:
        moves.carry_out(plan.ref, moved_on=form.cleaned_data["moved_on"], **acting(request))
        return redirect(noted(request, "done", plan_page(ref, plan.ref)))
    except Stopped as stop:
        return show(request, plan, stopped=Stop(form.cleaned_data["moved_on"], stop.findings))
    except MoveRefused as refused:
        form.refuse(refused)
    return show(request, plan_of(request, ref, mref), form)


@access("moves.plan")
@require_POST
@at_person
def plan_complete(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """Keep what has become known of the plan since."""
    on = today_of(request)
    form = CompleteForm(request.POST, today=on, asked=concerned(request.viewer, ref, on))

    def act(known: str) -> str:
        plan, told = queries.plan(request.viewer, known), form.cleaned_data
        moves.complete_plan(
            known,
            planned_for=told["planned_for"],
            care_identified=told.get("care_identified", plan.care_identified),
            consulate=told.get("consulate", plan.consulate),
            apart_reason=told.get("apart_reason", plan.apart_reason),
            **acting(request),
        )
        return "completed"

    return _done(request, ref, mref, form, act)


@access("determinations.see")
@require_POST
@at_person
def plan_withdraw(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """Withdraw the plan, with a reason: for who plans moves, and for who decides determinations."""
    viewer = request.viewer
    if not (viewer.may(moves.PLAN) or viewer.may(moves.REVIEW)):
        raise NotForYou(viewer.role, moves.PLAN)
    form = WithdrawForm(request.POST, today=today_of(request))

    def act(known: str) -> str:
        moves.withdraw_move(known, reason=form.cleaned_data["reason"], **acting(request))
        return "withdrawn"

    return _done(request, ref, mref, form, act)


def _done(
    request: OfficeRequest, ref: str, mref: str, form: MoveForm, act: Callable[[str], str]
) -> HttpResponse:
    """Do what a sound form asks; `act` gives what is said afterwards."""
    plan = plan_of(request, ref, mref)
    if form.is_valid():
        try:
            return redirect(noted(request, act(plan.ref), plan_page(ref, plan.ref)))
        except MoveRefused as refused:
            form.refuse(refused)
    return show(request, plan, form)
