"""Reads of tasks, each for one viewer: lists, one task with its history, and counts.

Every list holds breaches first and then what is due soonest, as one range of an index from a cursor; counts
stop at 1,000. Whose task it is shows only to those who may see people, and whoever is
shown stands in the read log.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, Literal

from django.db.models import Q, QuerySet

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer, viewer_of
from amana.apps.audit.withholding import told as told_of
from amana.apps.registry.paging import RowAfter
from amana.apps.registry.reach import RECORDS, among, narrowed, require_reach
from amana.apps.tasks.answers import Colleague, Overdue, Step, TaskLine, TaskPage, TaskView
from amana.apps.tasks.commands import HAND_OVER, holder_key, last_step
from amana.apps.tasks.kinds import FIRST, REVIEWS, THEMES, WORKS_AT, stood_in_for, works_at
from amana.apps.tasks.models import Handover, Task

SEE: Final = "tasks.see"
MOST: Final = 1000
"""Counts beyond this are told as more than this."""

Scope = Literal["mine", "free", "desk", "all"]
SCOPES: Final[tuple[Scope, ...]] = ("mine", "free", "desk", "all")
"""Mine; nobody's on my desk; everything on my desk; everything. On a desk lie also the breaches of the desks
it stands in for: whoever answers for caseworkers sees what is broken on theirs."""

WINDOWS: Final = ("late", "7", "30")
"""Overdue; due within 7 or 30 days, overdue ones included. A breach is always among them."""


def tasks(
    viewer: Viewer,
    *,
    on: date,
    scope: Scope = "mine",
    theme: str = "",
    without: str = "",
    within: str = "",
    after: str = "",
    limit: int = 25,
) -> TaskPage:
    """Open tasks, breaches first, then by the day they are due.

    `theme` is one of THEMES, `without` one to leave out, `within` one of WINDOWS (others count as none);
    `after` is the last page's `next`.
    """
    viewer.require(SEE)
    found = _scope(viewer, scope)
    if theme in THEMES:
        found = found.filter(theme=theme)
    if without in THEMES:
        found = found.exclude(theme=without)
    if within in WINDOWS:
        last = on - timedelta(days=1) if within == "late" else on + timedelta(days=int(within))
        found = found.filter(Q(shelf=FIRST) | Q(due__lte=last))
    count = found[: MOST + 1].count()
    if after:
        start = _start(after)
        found = found.filter(RowAfter(("shelf", "due", "id"), start)) if start else found.none()
    rows = list(found.select_related("assignee").order_by("shelf", "due", "id")[: limit + 1])
    lines = tuple(_line(row, viewer, on) for row in rows[:limit])
    return TaskPage(lines, count, MOST, str(lines[-1].id) if len(rows) > limit else None)


def task(viewer: Viewer, task_id: int, *, on: date) -> TaskView:
    """One task, open or closed, with every step it took. Raises `NotForYou` where there is none for her."""
    viewer.require(SEE)
    row = Task.objects.select_related("assignee").filter(_in_reach(viewer), pk=task_id).first()
    if row is None:
        raise NotForYou(viewer.role, SEE)
    may_act = row.closed_on is None and viewer.may(HAND_OVER) and works_at(viewer.role, row.desk)
    last = last_step(row) if may_act else None
    steps = Handover.objects.filter(task=row).select_related("was", "now", "by").order_by("-id")
    told = tuple(_step(each, row.person_id, viewer, last) for each in steps)
    return TaskView(_line(row, viewer, on), told, holder_key(row), may_act)


def of_person(viewer: Viewer, ref: str, *, on: date) -> tuple[TaskLine, ...]:
    """The open tasks about one person, breaches first, then soonest first."""
    viewer.require(SEE)
    require_reach(viewer, ref, opens=RECORDS)
    rows = Task.objects.filter(person=ref, closed_on__isnull=True).select_related("assignee")
    return tuple(_line(row, viewer, on) for row in rows.order_by("shelf", "due", "id"))


def colleagues(viewer: Viewer, desk: str, person: str) -> tuple[Colleague, ...]:
    """Whoever may hold a task of this desk about this person, by name: whom she is in reach of. Those signed
    out for good are left out. Raises `NotForYou`.
    """
    require_reach(viewer, person, HAND_OVER)
    rows = User.objects.filter(is_active=True, role__in=WORKS_AT.get(desk, ())).order_by("name", "id")
    return tuple(_colleague(row) for row in rows if among(viewer_of(row, viewer.day), [person]))


def overdue(viewer: Viewer, *, on: date) -> Overdue:
    """How much of what she holds is overdue, in counts; shows nobody. All 0 for whoever has no tasks."""
    if not viewer.may(SEE) or viewer.user_id is None:
        return Overdue(0, 0)
    late = _scope(viewer, "mine").filter(due__lt=on)
    themes = list(late.values_list("theme", flat=True)[: MOST + 1])
    reviews = themes.count(REVIEWS)
    return Overdue(reviews, len(themes) - reviews)


def _scope(viewer: Viewer, scope: Scope) -> QuerySet[Task]:
    found = Task.objects.filter(_in_reach(viewer), closed_on__isnull=True)
    if scope == "mine":
        return found.filter(assignee=viewer.account)
    if scope == "all":
        return found
    found = found.filter(_desk(viewer.role))
    return found.filter(assignee__isnull=True) if scope == "free" else found


def _in_reach(viewer: Viewer) -> Q:
    """The condition that a task is about somebody in reach."""
    return narrowed(viewer, "person_id", RECORDS)


def _desk(role: str) -> Q:
    """What lies on the desk of a role."""
    others = stood_in_for(role)
    return Q(desk=role) | Q(shelf=FIRST, desk__in=others) if others else Q(desk=role)


def _start(after: str) -> tuple[Any, ...] | None:
    """The place of the last task of the page before; None where there is no such task."""
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        return None
    found: tuple[Any, ...] | None = (
        Task.objects.filter(pk=int(after)).values_list("shelf", "due", "id").first()
    )
    return found


def _line(row: Task, viewer: Viewer, on: date) -> TaskLine:
    if shown := viewer.may("people.see"):
        viewer.saw(row.person_id)
    return TaskLine(
        id=row.pk,
        person=row.person_id if shown else "",
        kind=row.kind,
        source=row.source,
        desk=row.desk,
        holder=_colleague(row.assignee) if row.assignee else None,
        mine=row.assignee_id is not None and row.assignee_id == viewer.user_id,
        due=row.due,
        due_earliest=row.due_earliest,
        due_latest=row.due_latest,
        since=row.since,
        raised_on=row.raised_on,
        closed_on=row.closed_on,
        closed_why=row.closed_why,
        overdue=row.closed_on is None and row.due < on,
    )


def _step(row: Handover, person: str, viewer: Viewer, last: Handover | None) -> Step:
    undoable = last is not None and row.pk == last.pk and row.by_id == viewer.user_id
    return Step(
        id=row.pk,
        was=_colleague(row.was) if row.was else None,
        now=_colleague(row.now) if row.now else None,
        note=told_of("C5", person, lambda: row.note or ""),
        by=_colleague(row.by),
        at=row.at,
        undone_at=row.undone_at,
        undoable=undoable,
    )


def _colleague(row: User) -> Colleague:
    return Colleague(row.pk, row.name or row.email, row.role)
