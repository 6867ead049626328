"""Raising, changing and closing tasks in bulk, inside `recording`; for `casework.tasks` alone.

A derived record, like a facts row: the trail gets one line for each call that changed something, the rows
keep the days. Nothing here is asked for by a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.audit.loading import insert
from amana.apps.audit.recording import Log
from amana.apps.tasks.kinds import BIRTHDAYS, BREACH, KINDS, shelf
from amana.apps.tasks.models import Task
from amana.apps.tasks.sources import Due

NO_DAY: Final = date(9999, 12, 31)
"""Sorts a task that no day can be named for behind all others."""

AT_ONCE: Final = 2000

SOURCE_ENDED, REVIEWED = Task.Closed.SOURCE_ENDED.value, Task.Closed.REVIEWED.value


class Standing(NamedTuple):
    """An open task, with all that may change on it while it stays open."""

    id: int
    person: str
    kind: str
    source: str
    desk: str
    due_earliest: date | None
    due_latest: date | None
    since: date
    raised_on: date


_COLUMNS = (
    "id", "person_id", "kind", "source", "desk", "due_earliest", "due_latest", "since", "raised_on",
)  # fmt: skip
_NEW = (
    "person_id", "kind", "source", "desk", "due_earliest", "due_latest", "since",
    "theme", "shelf", "due", "raised_on",
)  # fmt: skip


def standing(refs: Sequence[str]) -> list[Standing]:
    """The open tasks of these people."""
    return [Standing(*row) for row in _open(refs)]


@of_many
def _open(refs: Whoever) -> Query:
    return Task.objects.filter(Among("person_id", refs), closed_on__isnull=True).values_list(*_COLUMNS)


def reviewed(refs: Sequence[str]) -> set[tuple[str, str, str, date | None]]:
    """(person, kind, source, last day) of the birthdays of these people that a review has answered."""
    return {(person, kind, source, last) for person, kind, source, last in _reviewed(refs)}


@of_many
def _reviewed(refs: Whoever) -> Query:
    rows = Task.objects.filter(Among("person_id", refs), closed_why=Task.Closed.REVIEWED, kind__in=BIRTHDAYS)
    return rows.values_list("person_id", "kind", "source", "due_latest")


def raise_new(wanted: Iterable[Due], *, on: date) -> int:
    """Open a task for each; the number of them."""
    return insert(
        Task, _NEW, [(*due, KINDS[due.kind].theme, shelf(due.kind), sort_day(due), on) for due in wanted]
    )


def change(changed: Sequence[tuple[int, Due]]) -> int:
    """Bring open tasks up to what is asked now; who holds one keeps it. The number of them."""
    rows = [
        Task(
            id=pk,
            desk=due.desk,
            due_earliest=due.due_earliest,
            due_latest=due.due_latest,
            since=due.since,
            due=sort_day(due),
        )
        for pk, due in changed
    ]
    columns = ["desk", "due_earliest", "due_latest", "since", "due"]
    return int(Task.objects.bulk_update(rows, columns, batch_size=100)) if rows else 0


def close(ids: Mapping[str, Sequence[int]], *, on: date) -> int:
    """Close tasks by why they end (`Task.Closed`); the number of them."""
    closed = 0
    for why, those in ids.items():
        for begin in range(0, len(those), AT_ONCE):
            some = Task.objects.filter(pk__in=those[begin : begin + AT_ONCE], closed_on__isnull=True)
            closed += some.update(closed_on=on, closed_why=why)
    return closed


def tell(refs: Sequence[str], *, raised: int, closed: int, log: Log) -> None:
    """One line of the trail for a call that raised or closed something."""
    if raised or closed:
        subject = refs[0] if len(refs) == 1 else "tasks"
        log.entry("tasks.derived", subject, {"raised": raised, "closed": closed})


def sort_day(due: Due) -> date:
    """The day a task is sorted by: a breach by the day since which it is so, all else by the last day in
    time.
    """
    if due.kind == BREACH:
        return due.since
    return due.due_latest or due.due_earliest or NO_DAY
