"""Steps of a task: take it, hand it over with a note, give it back, undo one's own last step.

Each leads back to the page it was asked from; what keeps a step from being taken is said on the task's page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from amana.apps.tasks import commands, queries
from amana.apps.tasks.commands import TaskRefused
from amana.web.access import access
from amana.web.clock import now, today_of
from amana.web.requests import OfficeRequest
from amana.web.tasks.views import form_for, task_page

REASONS = {
    "closed": gettext_lazy("The task has ended meanwhile. Nothing is left to be done about it."),
    "changed": gettext_lazy("It passed to another hand since you looked. See below who holds it now."),
    "no_colleague": gettext_lazy("Choose a colleague who works at this desk."),
    "same_holder": gettext_lazy("It is in that hand already."),
    "not_held": gettext_lazy("Nobody holds it: it lies on the desk already."),
    "note_missing": gettext_lazy("Say how far it is, so that your colleague need not ask."),
    "note_long": gettext_lazy("The note is too long. Write at most 500 characters."),
    "not_last": gettext_lazy("Only your own last step can be undone, and only before another follows it."),
}


@access("tasks.hand_over")
@require_POST
def take_task(request: OfficeRequest, task: int) -> HttpResponse:
    """Take a task that nobody holds."""
    seen = request.POST.get("seen", "")
    return _step(request, task, lambda: commands.take(task=task, seen=seen, by=request.viewer, at=now()))


@access("tasks.hand_over")
@require_POST
def give_task_back(request: OfficeRequest, task: int) -> HttpResponse:
    """Give a task back to its desk."""
    seen = request.POST.get("seen", "")
    return _step(request, task, lambda: commands.give_back(task=task, seen=seen, by=request.viewer, at=now()))


@access("tasks.hand_over")
@require_POST
def undo_step(request: OfficeRequest, task: int) -> HttpResponse:
    """Undo one's own last step."""
    step = request.POST.get("step", "")
    number = int(step) if step.isascii() and step.isdecimal() and len(step) < 19 else 0
    return _step(
        request, task, lambda: commands.undo(task=task, handover=number, by=request.viewer, at=now())
    )


@access("tasks.hand_over")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_task(request: OfficeRequest, task: int) -> HttpResponse:
    """Hand a task over to a colleague, with a note."""
    view = queries.task(request.viewer, task, on=today_of(request))
    if request.method != "POST":
        return redirect("tasks:task-show", task)
    form = form_for(request, view, request.POST)
    if not view.may_act or not form.is_valid():
        return task_page(
            request, view, form, "" if view.may_act else _("This task is not yours to hand over.")
        )
    told = form.cleaned_data
    try:
        commands.hand_over(
            task=task, to=told["to"], note=told["note"], seen=told["seen"], by=request.viewer, at=now()
        )
    except TaskRefused as refused:
        form.data = {**dict(form.data.items()), "seen": view.seen}
        form.add_error(None, str(REASONS[refused.reason]))
        return task_page(request, view, form)
    return redirect("tasks:task-show", task)


def _step(request: OfficeRequest, task: int, step: Callable[[], None]) -> HttpResponse:
    """Take the step and lead back; what kept it is said on the task's page."""
    try:
        step()
    except TaskRefused as refused:
        view = queries.task(request.viewer, task, on=today_of(request))
        return task_page(request, view, problem=str(REASONS[refused.reason]))
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return redirect(back)
    return redirect("tasks:task-show", task)
