"""Tasks as the pages list them: words, whose, who holds it, by when, and where the work is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from django.urls import reverse

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry.queries import PersonLine, lines
from amana.apps.tasks import kinds
from amana.apps.tasks.answers import TaskLine
from amana.core.policy import Pack
from amana.web.case.standing import anchor
from amana.web.people.names import Name, names
from amana.web.people.search import address_of
from amana.web.tasks.words import (
    Mark,
    desk_in_words,
    detail_of,
    due_of,
    group_of,
    number_of,
    stretch_of,
    title_of,
)

VIEWS: Final = {
    kinds.QUESTION: "case:identity-show",
    kinds.APPEAL: "determinations:determination-show",
    kinds.AGAIN: "determinations:determination-show",
    kinds.REQUEST: "requests:request-show",
    kinds.REPRESENTATIVE: "representatives:case-list",
    kinds.MISSION: "missions:case-answers",
}
"""Where the work of a kind is done. What a safeguard asks is done at its finding on the case, a birthday's
review among the decisions of the case.
"""
BY_SOURCE: Final = ("determinations:determination", "requests:request")
"""How the views begin whose address names what the task comes from."""


@dataclass(frozen=True)
class Row:
    """One task on a page. `name` and `ref` are empty where the viewer may not see people; `address` is where
    the work is done, `page` the task itself; `holder` is empty while nobody has taken it; `stretch` says
    between which days it may fall due where the day is not known.
    """

    id: int
    title: str
    detail: str
    stretch: str
    number: str
    ref: str
    name: Name | None
    desk: str
    holder: str
    mine: bool
    due: Mark
    address: str
    page: str
    group: str


def rows(viewer: Viewer, tasks: Sequence[TaskLine], on: date, pack: Pack) -> tuple[Row, ...]:
    """The tasks in words, in their order."""
    people = people_of(viewer, tasks)
    return tuple(row(viewer, task, people, on, pack) for task in tasks)


def people_of(viewer: Viewer, tasks: Sequence[TaskLine]) -> Mapping[str, PersonLine]:
    """The people of these tasks, for whoever may see people."""
    return lines(viewer, [task.person for task in tasks]) if viewer.may("people.see") else {}


def row(viewer: Viewer, task: TaskLine, people: Mapping[str, PersonLine], on: date, pack: Pack) -> Row:
    """One task in words."""
    page = reverse("tasks:task-show", args=[task.id])
    known = people.get(task.person)
    return Row(
        id=task.id,
        title=title_of(task, pack),
        detail=detail_of(task, pack),
        stretch=stretch_of(task, on),
        number=number_of(task),
        ref=task.person,
        name=names(known)[0] if known else None,
        desk=desk_in_words(task.desk),
        holder=task.holder.name if task.holder else "",
        mine=task.mine,
        due=due_of(task, on),
        address=work_address(viewer, task) if task.person else page,
        page=page,
        group=group_of(task, on),
    )


def work_address(viewer: Viewer, task: TaskLine) -> str:
    """The page where the task's work is done: a tab of the case, or the determination it is about."""
    if task.kind in kinds.OF_SAFEGUARDS:
        safeguard, _colon, key = task.source.partition(":")
        return f"{reverse('case:safeguards-show', args=[task.person])}#{anchor(safeguard, key)}"
    if task.kind == kinds.MONITOR:
        return reverse("oversight:question-answer", args=[int(task.source)])
    if task.kind == kinds.URGENT:
        return f"{address_of(task.person)}moves/"
    view = VIEWS.get(task.kind, "determinations:case-list")
    if task.kind == kinds.APPROVAL:
        act = "decide" if viewer.may("determinations.approve") else "show"
        view = f"determinations:determination-{act}"
    about = [task.person, task.source] if view.startswith(BY_SOURCE) else [task.person]
    return reverse(view, args=about)


def grouped(shown: Sequence[Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The rows under their headings, in order."""
    return tuple((group, tuple(those)) for group, those in groupby(shown, key=lambda each: each.group))
