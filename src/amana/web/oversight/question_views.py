"""The monitor asks about a finding, the office answers in words, and everybody who oversees reads both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.withholding import require_reason
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight import queries, questions
from amana.apps.oversight.lines import TEXTS
from amana.casework import ask_office
from amana.casework.ask_office import ANSWER, ASK, QuestionRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.oversight.acting import FindingAct, act_page
from amana.web.oversight.asked import asked_line
from amana.web.oversight.forms import AnswerForm, AskForm
from amana.web.oversight.views import RECORDED, no_such_page
from amana.web.requests import OfficeRequest
from amana.wording.reasons import say_why


@access("oversight.ask")
@require_http_methods(["GET", "HEAD", "POST"])
def finding_ask(request: OfficeRequest, finding: int) -> HttpResponse:
    """Ask the office about one finding; nothing typed is lost where it is refused."""
    viewer, on = request.viewer, today_of(request)
    line = queries.finding(viewer, finding, on=on)
    if not (line.person or line.pseudonym):
        raise NotForYou(viewer.role, ASK)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_office.ask(finding, text=form.cleaned_data["text"], by=viewer, at=now(), on=on)
            request.session[RECORDED] = _("Asked. The question and its answer stay on show with the finding.")
            return redirect("oversight:finding-show", finding)
        except QuestionRefused as refused:
            form.add_error("text", _why(refused))
    act = FindingAct(
        title=_("Ask the office about a finding"),
        note=_(
            "The office answers in words within 72 hours. Question and answer stay on show for ever. Name "
            "nobody: the pseudonym tells the office whom you mean."
        ),
        button=_("Ask the office"),
    )
    return act_page(request, act, form, line)


@access("oversight.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: OfficeRequest, question: int) -> HttpResponse:
    """Answer one question of the monitor; what is answered is shown, and asked no more."""
    viewer, on = request.viewer, today_of(request)
    asked = questions.question(viewer, question)
    require_reason(TEXTS, asked.person)
    if not asked.waits:
        return redirect("oversight:finding-show", asked.finding)
    line = queries.finding(viewer, asked.finding, on=on)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_office.answer(question, text=form.cleaned_data["answer"], by=viewer, at=now(), on=on)
            request.session[RECORDED] = _("Answered. The monitor reads it with the finding.")
            return redirect("oversight:finding-show", asked.finding)
        except QuestionRefused as refused:
            form.add_error("answer", _why(refused))
    act = FindingAct(
        title=_("Answer a question of the monitor"),
        note=_(
            "The monitor reads this, and it stays on show for ever. It changes no finding: only facts do. "
            "Name nobody."
        ),
        button=_("Answer"),
        question=asked_line(asked, on),
    )
    return act_page(request, act, form, line)


@access("oversight.see")
@require_safe
def question_list(request: OfficeRequest) -> HttpResponse:
    """All questions of the monitor, or those that wait, the newest first."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    asked, after = request.GET.get("state", ""), request.GET.get("after", "")
    wrong = (
        [] if asked in ("", "waiting") else [_("“%(value)s” is no state of a question.") % {"value": asked}]
    )
    try:
        page = questions.questions(viewer, on=on, waiting=asked == "waiting", after=after)
    except queries.NoSuchPage:
        wrong.append(no_such_page())
        page = questions.questions(viewer, on=on, waiting=asked == "waiting")
    context: dict[str, Any] = {
        "questions": [asked_line(each, on) for each in page.rows],
        "titles": {id: known.title for id, known in pack.safeguards.items()},
        "count": page.count,
        "more": page.next,
        "first": not after or bool(wrong),
        "waiting": asked == "waiting",
        "may_answer": viewer.may(ANSWER),
        "refused": [{"text": each} for each in wrong],
    }
    return render(request, "oversight/questions.html", context, status=422 if wrong else 200)


def _why(refused: QuestionRefused) -> forms.ValidationError:
    """What stands against it, and what would be right."""
    told = {
        ask_office.NOT_IN_WORDS: say_why(),
        ask_office.TOO_LONG: _("Say it in at most %(most)s letters.") % {"most": ask_office.LONGEST},
        ask_office.NAMES: _(
            "It holds a reference or a name of this family. The monitor knows neither: say “the child”, “the "
            "mother”, or the pseudonym."
        ),
        ask_office.NOBODY: _("This finding concerns nobody, so there is no case to ask about."),
        ask_office.WAITS: _("An earlier question about it waits for its answer. Ask again after that."),
        ask_office.ANSWERED: _("Somebody answered it meanwhile. Look at the finding."),
        ask_office.OWN: _("Whoever asked can't answer. Somebody else of the office does."),
    }
    return forms.ValidationError(told[refused.reason])
