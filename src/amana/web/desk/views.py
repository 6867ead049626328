"""The first page of roles whose work is not the office's day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.web.access import access
from amana.web.clock import today_of
from amana.web.desk.blocks import blocks
from amana.web.requests import OfficeRequest


@access("desk.see")
@require_safe
def desk_show(request: OfficeRequest) -> HttpResponse:
    """What is referred to her, what waits for her, and what this office doesn't hold."""
    on = today_of(request)
    return render(request, "desk/desk.html", {"on": on, "blocks": blocks(request.viewer, on, office_pack())})
