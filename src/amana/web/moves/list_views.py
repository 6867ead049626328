"""The tab *Moves* of a case: what is planned, what could not wait, and every stay."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.placements import queries as placements
from amana.apps.placements.moves import queries
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.case.timeline import stay_lines
from amana.web.moves.opening import opened, said_once
from amana.web.moves.showing import plan_line, urgent_line
from amana.web.requests import OfficeRequest


@access("determinations.see")
@require_safe
@at_person
def case_list(request: OfficeRequest, ref: str) -> HttpResponse:
    """Every plan and urgent move, newest first; the stays; what may be recorded."""
    viewer, case = request.viewer, opened(request, ref)
    context: dict[str, Any] = {
        "head": case.head,
        "plans": tuple(plan_line(each) for each in queries.plans(viewer, ref)),
        "urgent": tuple(urgent_line(each) for each in queries.urgent_moves(viewer, ref)),
        "stays": stay_lines(placements.stays(viewer, ref)),
        "may_plan": viewer.may("moves.plan"),
        "may_amend": viewer.may("people.amend"),
        "said": said_once(request),
    }
    return render(request, "moves/list.html", context)
