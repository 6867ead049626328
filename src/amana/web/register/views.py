"""The lists that came in, and the form that brings in another."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.placements import queries as placements
from amana.apps.registry import queries
from amana.exchange import staging
from amana.web.access import access
from amana.web.clock import now, office_of, today_of
from amana.web.people.cards import place_name
from amana.web.register.forms import UploadForm
from amana.web.register.refusing import fit_to_live
from amana.web.register.work import begin_reading
from amana.web.requests import OfficeRequest

PAGE = 25


@access("people.register")
@require_safe
def batch_list(request: OfficeRequest) -> HttpResponse:
    """Batches, newest first, and what this account has uploaded and not committed."""
    viewer = request.viewer
    places = {place.ref: place_name(place) for place in placements.facilities(viewer)}
    batches = [
        {
            "ref": batch.ref,
            "sender": batch.sender,
            "file_name": batch.file_name,
            "listed_on": batch.listed_on.isoformat(),
            "place": places.get(batch.facility, batch.facility),
            "added": batch.added,
            "errors": batch.errors,
            "at": batch.at,
        }
        for batch in queries.batches(viewer, limit=PAGE)
    ]
    staged = staging.own_lists(viewer.account)
    context = {"batches": batches, "staged": staged, "demonstration": office_of(request).demonstration}
    return render(request, "register/batches.html", context)


@access("people.register")
@require_http_methods(["GET", "HEAD", "POST"])
@fit_to_live
def list_add(request: OfficeRequest) -> HttpResponse:
    """Take an upload and have it read; nothing of it reaches the register before it was looked at."""
    viewer = request.viewer
    given: dict[str, Any] = {"facilities": placements.facilities(viewer), "today": today_of(request)}
    if request.method != "POST":
        form = UploadForm(initial={"listed_on": today_of(request)}, **given)
        return render(request, "register/upload.html", {"form": form})
    form = UploadForm(request.POST, request.FILES, **given)
    if not form.is_valid():
        template = "register/_upload_form.html" if request.htmx else "register/upload.html"
        return render(request, template, {"form": form}, status=422)
    file, told = form.cleaned_data["file"], form.cleaned_data
    staged = staging.stage(
        file.chunks(),
        file_name=file.name,
        sender=" ".join(told["sender"].split()),
        listed_on=told["listed_on"],
        facility=told["facility"],
        by=viewer.account,
        at=now(),
    )
    begin_reading(staged, viewer)
    return redirect("register:list-check", staged.token)
