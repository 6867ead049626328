"""The page of allegations: the monitor's list, what opens to another holder's key, how many for the officer
of data protection; and the sealed file to be opened elsewhere.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amana.apps.accounts import custody
from amana.apps.allegations import queries
from amana.apps.allegations.queries import Line
from amana.core.errors import BadReference
from amana.core.reference import check_reference
from amana.web.access import access
from amana.web.allegations.take_views import TAKEN
from amana.web.allegations.words import STATE_KINDS, state_words
from amana.web.keys.held import MINUTES, key_of
from amana.web.people.marks import Mark
from amana.web.requests import OfficeRequest


@access("allegations.see")
@require_safe
def allegation_list(request: OfficeRequest) -> HttpResponse:
    """What this viewer may take, count and read."""
    viewer = request.viewer
    holds = viewer.may("keys.hold")
    key = key_of(request) if holds else None
    context: dict[str, Any] = {
        "rows": [(line, mark_of(line)) for line in queries.lines(viewer, key)],
        "all": queries.reads_all(viewer),
        "count": queries.how_many(viewer),
        "waiting": queries.waiting(viewer),
        "may_take": viewer.may("allegations.take"),
        "holds": holds,
        "has_key": holds and bool(custody.own_publics(viewer)),
        "unlocked": key is not None,
        "minutes": MINUTES,
        "taken": request.session.pop(TAKEN, ""),
    }
    return render(request, "allegations/list.html", context)


@access("allegations.answer", fresh_look=True)
@require_safe
def envelope_fetch(request: OfficeRequest, aref: str) -> HttpResponse:
    """The sealed text as a file, for a machine of the monitor's own."""
    ref = known_reference(aref)
    told = json.dumps({"amana_allegation": 1, **queries.envelopes(request.viewer, ref)})
    headers = {"Content-Disposition": f'attachment; filename="{ref}.sealed.json"'}
    return HttpResponse(told, content_type="application/json", headers=headers)


def known_reference(aref: str) -> str:
    """The reference of an allegation in its one form. Raises `Http404`."""
    try:
        ref = check_reference(aref)
    except BadReference as error:
        raise Http404 from error
    if not ref.startswith("A-"):
        raise Http404
    return ref


def mark_of(line: Line) -> Mark:
    """Where it stands, as a mark."""
    kind, drawn = STATE_KINDS[line.state]
    return Mark(kind, state_words()[line.state], drawn)
