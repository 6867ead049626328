"""The desk of a guardian or counsel, and one ward or client in plain words."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.accounts.viewers import NotForYou
from amana.apps.decisions.office_pack import office_pack
from amana.apps.representatives import queries
from amana.web.access import access
from amana.web.case.head import open_case
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.record_requests.plain import plain
from amana.web.representatives.words import capacity_words
from amana.web.requests import OfficeRequest
from amana.web.wards.showing import due_of, wards


@access("wards.see")
@require_safe
def ward_list(request: OfficeRequest) -> HttpResponse:
    """Her own wards and clients, what comes by when, and where she stood by somebody before."""
    viewer, on = request.viewer, today_of(request)
    context: dict[str, Any] = {
        "on": on,
        "wards": wards(viewer, on, office_pack()),
        "former": [
            {"as": capacity_words()[each.capacity], "since": each.since, "until": each.ended_on}
            for each in queries.former(viewer)
        ],
    }
    return render(request, "wards/list.html", context)


@access("wards.see")
@require_safe
@at_person
def ward_show(request: OfficeRequest, ref: str) -> HttpResponse:
    """One ward or client: the record in plain words, and every way to ask and to object."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    it = queries.own(viewer).get(ref)
    if it is None:
        raise NotForYou(viewer.role, queries.OWN)
    case = open_case(viewer, ref, on, pack, "")
    context: dict[str, Any] = {
        "head": case.head,
        "it": it,
        "as": capacity_words()[it.capacity],
        "plain": plain(viewer, case, on, pack),
        "due": tuple(due_of(viewer, case.held, on)),
        "asks": (
            ("see", _("Ask to see the record")),
            ("correct", _("Ask to correct it")),
            ("object", _("Object")),
        ),
        "sealed": case.held.reads("C5"),
    }
    return render(request, "wards/ward.html", context)
