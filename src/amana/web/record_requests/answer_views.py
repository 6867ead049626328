"""One request: what was asked, its answer by another official, and that it was handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.record_requests import queries
from amana.casework import record_requests
from amana.casework.record_requests import RequestRefused
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import today_of
from amana.web.record_requests import words
from amana.web.record_requests.forms import AnswerForm, HandOverForm
from amana.web.record_requests.opening import acting, opened
from amana.web.record_requests.words import attribute_name
from amana.web.requests import OfficeRequest


@access("requests.see")
@require_http_methods(["GET", "HEAD", "POST"])
@at_person
def request_show(request: OfficeRequest, ref: str, request_id: UUID) -> HttpResponse:
    """What was asked, and the answer; the form for it is for somebody else than who took it down."""
    viewer = request.viewer
    found = queries.one(viewer, ref, request_id)
    if request.method != "POST":
        return _page(request, ref, request_id)
    if not viewer.may(record_requests.ANSWER):
        raise queries.NotForYou(viewer.role, record_requests.ANSWER)
    form = AnswerForm(request.POST, today=today_of(request))
    if form.is_valid():
        told = form.cleaned_data
        names = ("answer", "reasons", "complain")
        try:
            what = {name: told[name] for name in names}
            record_requests.answer(ref, found.id, **what, **acting(request))
            return redirect("requests:request-show", ref, request_id)
        except RequestRefused as refused:
            form.refuse(refused)
    return _page(request, ref, request_id, answering=form)


@access("requests.answer")
@require_POST
@at_person
def request_hand_over(request: OfficeRequest, ref: str, request_id: UUID) -> HttpResponse:
    """Note that the answer came to her, and how."""
    queries.one(request.viewer, ref, request_id)
    form = HandOverForm(request.POST, today=today_of(request))
    if form.is_valid():
        told = form.cleaned_data
        names = ("way", "note", "asked_for_paper")
        try:
            what = {name: told[name] for name in names}
            record_requests.hand_over(ref, request_id, **what, **acting(request))
            return redirect("requests:request-show", ref, request_id)
        except RequestRefused as refused:
            form.refuse(refused)
    return _page(request, ref, request_id, handing=form)


def _page(
    request: OfficeRequest,
    ref: str,
    number: UUID,
    *,
    answering: AnswerForm | None = None,
    handing: HandOverForm | None = None,
) -> HttpResponse:
    viewer, on, case = request.viewer, today_of(request), opened(request, ref)
    it = queries.one(viewer, ref, number)
    may = viewer.may(record_requests.ANSWER)
    wrong = answering or handing
    context: dict[str, Any] = {
        "head": case.head,
        "it": it,
        "kind": words.kind_words()[it.kind],
        "asker": words.asker_words()[it.asker],
        "topic": words.topic_words().get(it.topic, ""),
        "about": attribute_name(it.attribute) if it.attribute else "",
        "language": words.language_words().get(it.language, it.language),
        "answer": words.answer_words().get(it.answer, ""),
        "way": words.way_words().get(it.handed, ""),
        "mark": words.mark_of(it, on),
        "answering": (answering or AnswerForm(today=on)) if may and it.waits and not it.mine else None,
        "handing": (handing or HandOverForm(today=on)) if may and it.answer and not it.handed else None,
        "inside": may and record_requests.inside(viewer, ref, on),
        "wrong": wrong,
        "may": may,
        "may_amend": viewer.may("people.amend"),
    }
    return render(request, "record_requests/show.html", context, status=422 if wrong else 200)
