"""Older texts of the office's law, readable like any pack."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from amana.apps.decisions import law_queries
from amana.apps.decisions.office_pack import office_pack
from amana.web.access import access
from amana.web.clock import today_of
from amana.web.law.pages import pack_context
from amana.web.requests import OfficeRequest


@access("law.see")
@require_safe
def version_show(request: OfficeRequest, version: str) -> HttpResponse:
    """One text that this office has applied; the present one at its usual address."""
    pack = law_queries.version_pack(request.viewer, version)
    if pack.hash == office_pack().hash:
        return redirect("law:pack-show", pack.id)
    context = pack_context(pack, own=False, today=today_of(request))
    return render(request, "law/pack.html", {**context, "older_text": True, "compare_as": pack.hash})
