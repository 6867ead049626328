"""Plan a move; see one plan with all that stops it and what would clear each of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.oversight.answers import Watched
from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.placements.moves.queries import Concerned, PlanView, along, concerned, left_behind
from amana.apps.registry.commands import ChangedMeanwhile
from amana.casework import moves
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.moves.forms import MoveForm
from amana.web.moves.opening import acting, elsewhere, noted, opened, plan_of, plan_page, said_once
from amana.web.moves.plan_forms import (
    CarryOutForm,
    CompleteForm,
    GrownUpPlanForm,
    PlanForm,
    WithdrawForm,
)
from amana.web.moves.showing import decided_to_stay, goes_along, plan_facts, stopping_groups, stops_in_words
from amana.web.moves.words import plan_mark
from amana.web.requests import OfficeRequest


@access("moves.plan")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def plan_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Plan a move: nobody moves by it. The plan's page then shows what stops it."""
    case = opened(request, ref)
    sent = request.POST if request.method == "POST" else None
    form = _plan_form(
        concerned(request.viewer, ref, today_of(request)),
        sent,
        today=today_of(request),
        places=elsewhere(request, case),
        initial={"version": case.person.version},
    )
    if form.is_bound and form.is_valid():
        try:
            made = moves.plan_move(ref, **form.told(), **acting(request))
            return redirect(noted(request, "planned", plan_page(ref, made)))
        except MoveRefused as refused:
            form.refuse(refused)
        except ChangedMeanwhile:
            form.looked_again(opened(request, ref).person.version)
    context = {"head": case.head, "form": form}
    return render(request, "moves/plan_form.html", context, status=422 if form.errors else 200)


def _plan_form(asked: Concerned, sent: Any, **kwargs: Any) -> PlanForm:
    """The form for whom the move concerns: a child, or somebody grown up and her children here."""
    if asked.may_be_child:
        return PlanForm(sent, **kwargs)
    return GrownUpPlanForm(sent, children=bool(asked.children), **kwargs)


@access("determinations.see")
@require_safe
@at_person
def plan_show(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """One plan: what it says, what stops it, and what may be done with it."""
    return show(request, plan_of(request, ref, mref))


@dataclass(frozen=True)
class Stop:
    """An attempt that was stopped: the day it named, and what stood in its way as of that day."""

    day: date
    findings: tuple[Watched, ...]


def show(
    request: OfficeRequest, plan: PlanView, wrong: MoveForm | None = None, *, stopped: Stop | None = None
) -> HttpResponse:
    """The page of a plan; `wrong` is the form that came back with errors, `stopped` an attempt that was: then
    what stopped it is shown, which may be more than what stands in the way on the day planned.
    """
    viewer, on = request.viewer, today_of(request)
    case = opened(request, plan.person)
    found = stopped.findings if stopped else moves.missing(viewer, plan.ref, on)
    begun = {"planned_for": plan.planned_for, "care_identified": plan.care_identified}
    begun |= {"consulate": plan.consulate, "apart_reason": plan.apart_reason}
    asked = concerned(viewer, plan.person, on)
    context: dict[str, Any] = {
        "head": case.head,
        "plan": plan,
        "mark": plan_mark(plan.state),
        "facts": plan_facts(plan),
        "along": goes_along(viewer, along(viewer, plan, on)),
        "behind": goes_along(viewer, left_behind(viewer, plan, on)),
        "stopping": stopping_groups(viewer, found, plan, on),
        "stops": stops_in_words(found),
        "stopped": stopped,
        "judged_for": stopped.day if stopped else plan.planned_for,
        "stays": decided_to_stay(viewer, plan.person) if plan.open else None,
        "may_plan": plan.open and viewer.may("moves.plan"),
        "may_withdraw": plan.open and (viewer.may("moves.plan") or viewer.may("determinations.approve")),
        "carry_out": _again(wrong, CarryOutForm) or CarryOutForm(today=on, initial={"moved_on": on}),
        "complete": _again(wrong, CompleteForm) or CompleteForm(today=on, initial=begun, asked=asked),
        "withdraw": _again(wrong, WithdrawForm) or WithdrawForm(today=on),
        "wrong": wrong,
        "said": said_once(request),
    }
    return render(request, "moves/plan.html", context, status=422 if wrong or stopped else 200)


def _again(wrong: MoveForm | None, form: type[MoveForm]) -> MoveForm | None:
    return wrong if isinstance(wrong, form) else None
