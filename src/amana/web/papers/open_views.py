"""Opening a paper: the copy as a download, the picture of its first page, and the original on a ground.

A file is never shown as a page of ours: it is a download, its type is said and not guessed, nothing in it may
run, and no cache keeps it.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amana.apps.attachments import queries
from amana.apps.attachments.store import LostFile
from amana.casework import papers
from amana.core.papers import CLEAN, KINDS, PREVIEW
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import now
from amana.web.papers.forms import OriginalForm
from amana.web.papers.opening import asks_proof, line, opened
from amana.web.requests import OfficeRequest

CLOSED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Said with every file: nothing in it may run."""


@access("papers.see")
@require_safe
@at_person
def paper_fetch(request: OfficeRequest, ref: str, paper: UUID) -> HttpResponse:
    """The copy without metadata, as a download."""
    found = queries.paper(request.viewer, ref, paper)
    if asking := asks_proof(request, found):
        return asking
    try:
        content = queries.content(request.viewer, ref, paper, CLEAN)
    except LostFile:
        return _lost(request, ref)
    return _download(content, KINDS[found.kind].mime, found.file_name)


@access("papers.see")
@require_safe
@at_person
def paper_preview(request: OfficeRequest, ref: str, paper: UUID) -> HttpResponse:
    """The picture of the first page."""
    found = queries.paper(request.viewer, ref, paper)
    if asking := asks_proof(request, found):
        return asking
    try:
        content = queries.content(request.viewer, ref, paper, PREVIEW)
    except LostFile:
        return _lost(request, ref)
    return HttpResponse(content, content_type="image/png", headers=CLOSED)


@access("papers.original", fresh=True)
@require_POST
@at_person
def paper_original(request: OfficeRequest, ref: str, paper: UUID) -> HttpResponse:
    """The original as it came, on a ground that the trail keeps."""
    found, form = queries.paper(request.viewer, ref, paper), OriginalForm(request.POST)
    if not form.is_valid():
        context = {"head": opened(request, ref).head, "paper": line(found), "original": form}
        return render(request, "papers/show.html", context, status=422)
    try:
        opened_now = papers.original(
            ref, paper, ground=form.cleaned_data["ground"], by=request.viewer, at=now()
        )
    except LostFile:
        return _lost(request, ref)
    name = f"{found.file_name.rpartition('.')[0]}.original"
    return _download(opened_now.content, "application/octet-stream", name)


def _download(content: bytes, mime: str, name: str) -> HttpResponse:
    headers = {**CLOSED, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=mime, headers=headers)


def _lost(request: OfficeRequest, ref: str) -> HttpResponse:
    return render(request, "papers/lost.html", {"head": opened(request, ref).head}, status=503)
