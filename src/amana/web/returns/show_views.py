"""The Return tab of a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.casework.gate import nations
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.openings.reasoned import with_reason
from amana.web.requests import OfficeRequest
from amana.web.returns.opening import opened, said_once
from amana.web.returns.showing import shown


@access("returns.see", fresh_look=True)
@require_safe
@at_person
@with_reason("C5")
def case_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """The gate of each country in question, each condition, and what would open it."""
    viewer, on = request.viewer, today_of(request)
    known = nations(viewer, ref)
    case = opened(request, ref)
    context: dict[str, Any] = {
        "head": case.head,
        "countries": tuple(shown(viewer, ref, nation, on) for nation in known),
        "may_write": viewer.may("returns.write"),
        "may_release": viewer.may("returns.release"),
        "said": said_once(request),
    }
    return render(request, "returns/show.html", context)
