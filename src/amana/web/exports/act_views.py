"""Answering, withdrawing and taking a file of people."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amana.apps.exports import queries
from amana.casework import exporting
from amana.casework.exporting import ExportRefused
from amana.exchange.leaving import leave
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.exports.forms import AnswerForm
from amana.web.exports.show_views import show
from amana.web.exports.words import refusal_words
from amana.web.requests import OfficeRequest


@access("exports.approve", fresh=True)
@require_POST
def export_answer(request: OfficeRequest, export: UUID) -> HttpResponse:
    """Approve or refuse what somebody else asked for."""
    viewer = request.viewer
    queries.export(viewer, export)
    form, yes = AnswerForm(request.POST), request.POST.get("answer") == "yes"
    if form.is_valid():
        people, reason = form.cleaned_data["people"] or 0, form.cleaned_data["reason"]
        try:
            exporting.answer(
                export, yes=yes, people=people, reason=reason, by=viewer, at=now(), on=today_of(request)
            )
            return redirect("exports:export-list")
        except ExportRefused as refused:
            form.refuse(refused)
    return show(request, export, form)


@access("exports.ask")
@require_POST
def export_withdraw(request: OfficeRequest, export: UUID) -> HttpResponse:
    """Take back what one asked for oneself."""
    try:
        exporting.withdraw(export, by=request.viewer, at=now())
    except ExportRefused as refused:
        return show(request, export, AnswerForm(), refusal_words(refused))
    return redirect("exports:export-list")


@access("exports.ask", fresh=True)
@require_POST
def file_take(request: OfficeRequest, export: UUID) -> HttpResponse:
    """The one copy, made at this moment and kept nowhere."""
    try:
        file = leave(export, by=request.viewer, at=now(), on=today_of(request))
    except ExportRefused as refused:
        return show(request, export, AnswerForm(), refusal_words(refused))
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.type, headers=headers)
