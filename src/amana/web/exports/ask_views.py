"""Asking for a file of people: choose, look at how many they are, type the number back."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from amana.apps.accounts.viewers import Viewer
from amana.apps.exports import codes
from amana.apps.placements import queries as placements
from amana.casework import exporting
from amana.casework.export_rows import offered_columns
from amana.casework.exporting import ExportRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.exports.forms import AskForm, RollCallForm, RowsForm
from amana.web.exports.words import people_words
from amana.web.people.cards import place_name
from amana.web.requests import OfficeRequest


@access("exports.ask", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def export_ask(request: OfficeRequest) -> HttpResponse:
    """Ask for a file. Sent without the number it tells the number; with it, the file is asked for."""
    viewer, on = request.viewer, today_of(request)
    kind = exporting.kind_of(viewer)
    form = _form(request, viewer, kind)
    found = 0
    if form.is_bound and form.is_valid():
        wish, typed = form.wish((get_language() or "en")[:2]), form.cleaned_data["people"]
        try:
            found = exporting.count(wish, by=viewer, on=on)
            if typed is not None:
                token = form.cleaned_data["token"]
                ident = exporting.ask(wish, people=typed, by=viewer, at=now(), on=on, token=token)
                return redirect("exports:export-show", ident)
        except ExportRefused as refused:
            form.refuse(refused)
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "found": people_words(found) if found else "",
        "may_any": kind == codes.ROWS or bool(exporting.own_places(viewer)),
    }
    return render(request, "exports/ask.html", context, status=422 if form.errors else 200)


def _form(request: OfficeRequest, viewer: Viewer, kind: str) -> AskForm:
    names = {place.ref: place_name(place) for place in placements.facilities(viewer)}
    own = exporting.own_places(viewer)
    places = names if kind == codes.ROWS else {ref: names[ref] for ref in own if ref in names}
    data: Any = request.POST if request.method == "POST" else None
    chosen = RowsForm if kind == codes.ROWS else RollCallForm
    return chosen(data, today=today_of(request), places=places, columns=offered_columns(viewer))
