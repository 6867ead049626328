"""What is due, which holds stand, which erasures wait; one person's part of it; one erasure."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.attachments.queries import SEE as SEE_PAPERS
from amana.apps.attachments.queries import PaperView, papers
from amana.apps.registry.erasing import how_many_erased
from amana.apps.retention import codes, queries
from amana.apps.retention.queries import ErasureView, HoldView
from amana.casework.erase import CONFIRM, MAY
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.requests import OfficeRequest
from amana.web.retention import words
from amana.web.retention.forms import PlaceForm, ReasonForm
from amana.web.trail.subject_views import FindForm
from amana.web.trail.words import grounds

SEE = "retention.see"


@access(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def board_show(request: OfficeRequest) -> HttpResponse:
    """A person by reference; erasures that wait or are done; for data protection what is due and held."""
    viewer, on = request.viewer, today_of(request)
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return redirect("retention:person-show", form.cleaned_data["ref"])
    officer = viewer.may(queries.OFFICER)
    erasures = [erasure_row(viewer, each) for each in queries.erasures(viewer)]
    context: dict[str, Any] = {
        "form": form,
        "officer": officer,
        "waiting": [row for row in erasures if row["view"].state == codes.ASKED],
        "closed": [row for row in erasures if row["view"].state != codes.ASKED],
        "due": [{"view": each, "parts": _parts(each.parts)} for each in queries.due(viewer)]
        if officer
        else [],
        "holds": [hold_row(viewer, each) for each in queries.standing_holds(viewer, on)] if officer else [],
        "periods": periods(viewer) if officer else [],
        "silent": how_many_erased() if officer else 0,
    }
    return render(request, "retention/board.html", context, status=422 if form.errors else 200)


@access(SEE)
@require_safe
@at_person
def person_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """The holds and erasures of one person."""
    return show_person(request, ref, place_form(request, ref))


def place_form(request: OfficeRequest, ref: str, data: Any = None) -> PlaceForm:
    """The form of a hold, with the papers of the person that the viewer sees, by number and class alone."""
    found: tuple[PaperView, ...] = ()
    if request.viewer.may(SEE_PAPERS):
        with suppress(NotForYou):
            found = papers(request.viewer, ref)
    told = {str(each.id): words.paper_words(str(each.id)[:8], each.cls, each.on) for each in found}
    return PlaceForm(data, today=today_of(request), papers=told)


def show_person(request: OfficeRequest, ref: str, form: PlaceForm) -> HttpResponse:
    """The page of a person, with a form that may hold faults. Raises `NotForYou`."""
    viewer, on = request.viewer, today_of(request)
    context: dict[str, Any] = {
        "ref": ref,
        "holds": [hold_row(viewer, each) for each in queries.holds_of(viewer, ref, on)],
        "erasures": [erasure_row(viewer, each) for each in queries.erasures_of(viewer, ref)],
        "form": form,
        "may_hold": viewer.may(queries.HOLD),
        "may_erase": viewer.may(MAY),
        "sees_case": viewer.may("people.see"),
    }
    return render(request, "retention/person.html", context, status=422 if form.errors else 200)


@access(SEE)
@require_safe
def erasure_show(request: OfficeRequest, erasure: UUID) -> HttpResponse:
    """One erasure, and the viewer's answer to it."""
    return show_erasure(request, erasure, ReasonForm())


def show_erasure(request: OfficeRequest, erasure: UUID, form: ReasonForm) -> HttpResponse:
    """The page of an erasure, with a form that may hold faults. Raises `NotForYou`."""
    row = erasure_row(request.viewer, queries.erasure(request.viewer, erasure))
    return render(
        request, "retention/erasure.html", {**row, "form": form}, status=422 if form.errors else 200
    )


def hold_row(viewer: Viewer, view: HoldView) -> dict[str, Any]:
    """A hold, ready to print."""
    return {
        "view": view,
        "ground": words.hold_grounds()[view.ground],
        "what": words.held_words(view.of_class, view.of_paper),
        "until": view.until.isoformat() if view.until else "",
        "since": view.since.isoformat(),
        "review_on": view.review_on.isoformat(),
        "ended_on": view.ended_on.isoformat() if view.ended_on else "",
        "may_end": view.ended_on is None and not view.mine and viewer.may(queries.HOLD),
    }


def erasure_row(viewer: Viewer, view: ErasureView) -> dict[str, Any]:
    """An erasure, ready to print."""
    kind, said, icon = words.erasure_state(view.state)
    waits = view.state == codes.ASKED
    return {
        "view": view,
        "parts": _parts(view.parts),
        "ground": grounds()[view.ground],
        "asked_on": view.asked_on.isoformat(),
        "decided_on": view.decided_on.isoformat() if view.decided_on else "",
        "counts": [(words.counted_words()[part], count) for part, count in view.counts.items()],
        "state_kind": kind,
        "state_words": said,
        "state_icon": icon,
        "may_answer": waits and not view.mine and viewer.may(CONFIRM),
        "may_withdraw": waits and view.mine,
    }


def periods(viewer: Viewer) -> list[dict[str, Any]]:
    """Every class with its period in words. Raises `NotForYou`."""
    return [
        {
            "cls": each.cls,
            "name": words.class_words()[each.cls],
            "months": each.months,
            "basis": each.basis,
            "since": each.since.isoformat() if each.since else "",
        }
        for each in queries.schedule(viewer)
    ]


def _parts(parts: tuple[str, ...]) -> str:
    return " · ".join(words.part_words()[part] for part in parts)
