"""What missions answered about one person, and what an official makes of each answer."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from amana.apps.consents import codes, desk
from amana.apps.consents.desk import AnswerView
from amana.casework import consular
from amana.casework.consent import ReturnRefused
from amana.web.access import access
from amana.web.case.references import at_person
from amana.web.clock import now, today_of
from amana.web.consular.words import judgement_words, reply_words
from amana.web.missions.forms import JudgeForm
from amana.web.requests import OfficeRequest
from amana.web.returns.opening import opened
from amana.wording.languages import state_in_words


@access("dossiers.judge")
@require_safe
@at_person
def case_answers(request: OfficeRequest, ref: str) -> HttpResponse:
    """Every answer of a mission about this person, and the form to judge it."""
    return _page(request, ref)


@access("dossiers.judge")
@require_POST
@at_person
def answer_judge(request: OfficeRequest, ref: str, answer: UUID) -> HttpResponse:
    """Say what the answer is worth: a claim beside the others, a note, or nothing."""
    on = today_of(request)
    row = desk.require_answer(request.viewer, ref, answer)
    form = JudgeForm(request.POST, today=on, confirms=row.said["kind"] == codes.CONFIRMED)
    if form.is_valid():
        told = form.cleaned_data
        try:
            what = {name: told[name] for name in ("judgement", "reason")}
            consular.judge(ref, answer, **what, by=request.viewer, at=now(), on=on)
            return redirect("missions:case-answers", ref)
        except ReturnRefused as refused:
            form.refuse(refused)
    return _page(request, ref, wrong=(answer, form))


def _page(request: OfficeRequest, ref: str, *, wrong: tuple[UUID, JudgeForm] | None = None) -> HttpResponse:
    viewer, on = request.viewer, today_of(request)
    kinds, judged = reply_words(), judgement_words()
    rows = [
        {
            "it": each,
            "country": state_in_words(each.nation),
            "kind": kinds[each.kind],
            "judged": judged.get(each.judgement, ""),
            "form": wrong[1] if wrong and wrong[0] == each.id else _form(each, on),
        }
        for each in desk.answers(viewer, ref)
    ]
    context = {"head": opened(request, ref).head, "rows": rows, "wrong": wrong[1] if wrong else None}
    return render(request, "missions/answers.html", context, status=422 if wrong else 200)


def _form(each: AnswerView, on: date) -> JudgeForm:
    """The form for one of several answers, with ids of its own."""
    form = JudgeForm(today=on, confirms=each.kind == codes.CONFIRMED)
    form.auto_id = f"id_{each.id}_%s"
    return form
