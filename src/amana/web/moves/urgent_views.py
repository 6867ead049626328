"""Urgent protective moves: record one, say who was told, review it as a second person, end it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.placements.moves.queries import UrgentView
from amana.apps.registry.commands import ChangedMeanwhile
from amana.casework import moves
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.moves.forms import MoveForm
from amana.web.moves.opening import acting, elsewhere, noted, opened, said_once, urgent_of, urgent_page
from amana.web.moves.showing import urgent_facts, urgent_mark
from amana.web.moves.urgent_forms import EndForm, ReviewForm, TellForm, UrgentForm
from amana.web.requests import OfficeRequest


@access("moves.plan", through_opening=True)
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def urgent_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record an urgent move; never into custody, at most 72 hours."""
    case = opened(request, ref)
    on = today_of(request)
    form = UrgentForm(
        request.POST if request.method == "POST" else None,
        today=on,
        places=elsewhere(request, case),
        initial={"version": case.person.version, "moved_on": on},
    )
    if form.is_bound and form.is_valid():
        try:
            return redirect(noted(request, "urgent", urgent_page(ref, _made(request, ref, form))))
        except MoveRefused as refused:
            form.refuse(refused)
        except ChangedMeanwhile:
            form.looked_again(opened(request, ref).person.version)
    context = {"head": case.head, "form": form}
    return render(request, "moves/urgent_form.html", context, status=422 if form.errors else 200)


def _made(request: OfficeRequest, ref: str, form: UrgentForm) -> str:
    told = form.cleaned_data
    return moves.urgent_move(
        ref,
        facility=told["facility"],
        ground=told["ground"],
        reason=told["reason"],
        with_family=told["with_family"],
        alone_reason=told["alone_reason"],
        moved_on=told["moved_on"],
        monitor_told_on=told["monitor_told_on"],
        guardian_told_on=told["guardian_told_on"],
        seen_version=told["version"],
        **acting(request),
    )


@access("determinations.see")
@require_safe
@at_person
def urgent_show(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """One urgent move, and what is still owed of it."""
    return _show(request, urgent_of(request, ref, mref))


@access("moves.plan")
@require_POST
@at_person
def urgent_tell(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """Keep when monitor and guardian were told."""
    form = TellForm(request.POST, today=today_of(request))

    def act(known: str) -> None:
        monitor, guardian = form.cleaned_data["monitor_told_on"], form.cleaned_data["guardian_told_on"]
        moves.tell_urgent(known, monitor_told_on=monitor, guardian_told_on=guardian, **acting(request))

    return _done(request, ref, mref, form, act)


@access("determinations.approve", fresh=True)
@require_POST
@at_person
def urgent_review(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """The review of a second person, with the reason."""
    form = ReviewForm(request.POST, today=today_of(request))

    def act(known: str) -> None:
        review, reason = form.cleaned_data["review"], form.cleaned_data["reason"]
        moves.review_urgent(known, review=review, reason=reason, **acting(request))

    return _done(request, ref, mref, form, act)


@access("moves.plan")
@require_POST
@at_person
def urgent_end(request: OfficeRequest, ref: str, mref: str) -> HttpResponse:
    """Keep that it is over, and where the person is from then on."""
    case = opened(request, ref)
    form = EndForm(request.POST, today=today_of(request), places=elsewhere(request, case))

    def act(known: str) -> None:
        told = form.cleaned_data
        moves.end_urgent(
            known,
            ended_on=told["ended_on"],
            reason=told["reason"],
            returned_to=told["returned_to"],
            **acting(request),
        )

    return _done(request, ref, mref, form, act)


def _done(
    request: OfficeRequest, ref: str, mref: str, form: MoveForm, act: Callable[[str], None]
) -> HttpResponse:
    move = urgent_of(request, ref, mref)
    if form.is_valid():
        try:
            act(move.ref)
            return redirect(noted(request, "recorded", urgent_page(ref, move.ref)))
        except MoveRefused as refused:
            form.refuse(refused)
    return _show(request, move, form)


def _show(request: OfficeRequest, move: UrgentView, wrong: MoveForm | None = None) -> HttpResponse:
    viewer, on = request.viewer, today_of(request)
    case = opened(request, move.person)
    places = elsewhere(request, case)
    untold = move.monitor_told_on is None or move.guardian_told_on is None
    context: dict[str, Any] = {
        "head": case.head,
        "move": move,
        "mark": urgent_mark(move),
        "facts": urgent_facts(move),
        "may_tell": viewer.may("moves.plan") and untold,
        "may_review": viewer.may("determinations.approve") and not move.reviewed_on and not move.mine,
        "may_end": viewer.may("moves.plan") and not move.ended_on,
        "tell": wrong if isinstance(wrong, TellForm) else TellForm(today=on),
        "review": wrong if isinstance(wrong, ReviewForm) else ReviewForm(today=on),
        "end": wrong
        if isinstance(wrong, EndForm)
        else EndForm(today=on, places=places, initial={"ended_on": on}),
        "wrong": wrong,
        "said": said_once(request),
    }
    return render(request, "moves/urgent.html", context, status=422 if wrong else 200)
