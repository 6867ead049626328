"""The list of tasks, by due date, and one task with how it passed from hand to hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amana.apps.decisions.office_pack import office_pack
from amana.apps.tasks import queries
from amana.apps.tasks.answers import TaskView
from amana.core.policy import Pack
from amana.core.policy.model import FactDef
from amana.core.safeguards import Occasion
from amana.web.access import access
from amana.web.case.remedies import Act, acts
from amana.web.clock import today_of
from amana.web.requests import OfficeRequest
from amana.web.tasks.filters import chosen, narrowing, scope_links
from amana.web.tasks.forms import HandOverForm
from amana.web.tasks.lines import grouped, people_of, row, rows
from amana.web.tasks.words import ends_of, fact_of, safeguard_of
from amana.wording.languages import pick
from amana.wording.terms import weight_in_words


@access("tasks.see")
@require_safe
def list_tasks(request: OfficeRequest) -> HttpResponse:
    """Open tasks by due date: whose, what and how soon as the address says."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    asked, after = chosen(request.GET), request.GET.get("after", "")
    page = queries.tasks(
        viewer, on=on, scope=asked.scope, theme=asked.theme, within=asked.within, after=after
    )
    context = {
        "on": on,
        "page": page,
        "groups": grouped(rows(viewer, page.rows, on, pack)),
        "first": not after,
        "asked": asked,
        "narrowed": bool(asked.theme or asked.within),
        "scopes": scope_links(asked),
        "narrowing": narrowing(asked),
        "may_take": viewer.may("tasks.hand_over"),
        "refused": [{"text": _refusal(key), "target": ""} for key in asked.wrong],
    }
    return render(request, "tasks/list.html", context, status=422 if asked.wrong else 200)


def _refusal(key: str) -> str:
    return _("The address asks for something unknown under “%(key)s”. Choose one of the links.") % {
        "key": key
    }


@access("tasks.see")
@require_safe
def show_task(request: OfficeRequest, task: int) -> HttpResponse:
    """One task: what, whose, by when, what ends it, who holds it and who held it."""
    return task_page(request, queries.task(request.viewer, task, on=today_of(request)))


def task_page(
    request: OfficeRequest, view: TaskView, form: HandOverForm | None = None, problem: str = ""
) -> HttpResponse:
    """The page of a task; with the form as it was sent, or what kept a step from being taken."""
    viewer, on, pack = request.viewer, today_of(request), office_pack()
    line = view.line
    context: dict[str, Any] = {
        "on": on,
        "view": view,
        "row": row(viewer, line, people_of(viewer, [line]), on, pack),
        "why": _why(view, pack),
        "acts": _acts(request, view, pack),
        "ends": ends_of(line),
        "form": (form or form_for(request, view)) if view.may_act else None,
        "problems": [{"text": problem, "target": ""}] if problem else [],
    }
    status = 422 if problem or (form is not None and form.errors) else 200
    return render(request, "tasks/task.html", context, status=status)


def form_for(request: OfficeRequest, view: TaskView, sent: Any = None) -> HandOverForm:
    """The form that hands this task over, to everybody who may hold it and doesn't."""
    held = view.line.holder
    able = queries.colleagues(request.viewer, view.line.desk, view.line.person)
    others = [each for each in able if held is None or each.id != held.id]
    return HandOverForm(sent, colleagues=others, initial={"seen": view.seen})


def _why(view: TaskView, pack: Pack) -> tuple[tuple[str, str], ...]:
    """What it comes from, as (label, words): the safeguard with its weight, or the fact with its evidence."""
    safeguard, fact = safeguard_of(view.line, pack), fact_of(view.line, pack)
    if safeguard is not None:
        return (
            (_("What must hold"), pick(safeguard.asks)),
            (_("What would clear it"), pick(safeguard.clears)),
            (_("Weight"), weight_in_words(safeguard.weight)),
        )
    return _of_fact(fact) if fact is not None else ()


def _acts(request: OfficeRequest, view: TaskView, pack: Pack) -> tuple[Act, ...]:
    """What would clear the finding that an open task comes from, each act with the page on which it is done.

    The record isn't read again here, so no act behind the gate of a country is told.
    """
    line, safeguard = view.line, safeguard_of(view.line, pack)
    if safeguard is None or not line.person or line.closed_on is not None:
        return ()
    key = line.source.partition(":")[2]
    return tuple(acts(request.viewer, safeguard.remedy, Occasion(safeguard.watches, line.person, key, {})))


def _of_fact(fact: FactDef) -> tuple[tuple[str, str], ...]:
    told = ((_("The fact"), pick(fact.label)), (_("How it is evidenced"), pick(fact.evidence_how)))
    return tuple((label, words) for label, words in told if words)
