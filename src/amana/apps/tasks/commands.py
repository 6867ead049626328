"""A task passing from hand to hand: taken, handed over with a note, given back to the desk, and undone.

Each asks which holder the form showed (`seen`), so that two colleagues who act at once both learn of it.
Only those who work at a task's desk may act on it; for others it isn't there. Nobody raises or closes a task
here: `casework.tasks` does, from the records.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer, viewer_of
from amana.apps.audit.recording import Log, recording
from amana.apps.registry.reach import among, require_reach
from amana.apps.tasks.kinds import works_at
from amana.apps.tasks.models import Handover, Task
from amana.core.errors import AmanaError

HAND_OVER = "tasks.hand_over"
NOBODY = ""
"""What `seen` says of a task that nobody has taken."""

LONGEST_NOTE = 500


class TaskRefused(AmanaError):
    """A task can't pass on as asked; `reason` is a key, worded by the page.

    Keys: closed, changed, no_colleague, same_holder, not_held, note_missing, note_long, not_last.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"The task can't pass on: {reason}. Look at it again.")


def take(*, task: int, seen: str, by: Viewer, at: datetime) -> None:
    """Take a task that nobody holds. Raises `TaskRefused`, `NotForYou`."""
    with recording(by, at) as log:
        found = _open(task, seen, by)
        if found.assignee_id is not None:
            raise TaskRefused("same_holder" if found.assignee_id == by.account else "changed")
        _pass_on(found, by.account, note="", kind="task.taken", by=by, log=log)


def hand_over(*, task: int, to: UUID, note: str, seen: str, by: Viewer, at: datetime) -> None:
    """Give a task to a colleague who works at its desk, with a note that says how far it is.

    Raises `TaskRefused`, `NotForYou`.
    """
    told = " ".join(note.split())
    with recording(by, at) as log:
        found = _open(task, seen, by)
        if not told or len(told) > LONGEST_NOTE:
            raise TaskRefused("note_long" if told else "note_missing")
        colleague = User.objects.filter(pk=to, is_active=True).first()
        if colleague is None or not works_at(colleague.role, found.desk):
            raise TaskRefused("no_colleague")
        if not among(viewer_of(colleague, by.day), [found.person_id]):
            raise TaskRefused("no_colleague")
        if colleague.pk == found.assignee_id:
            raise TaskRefused("same_holder")
        _pass_on(found, colleague.pk, note=told, kind="task.handed_over", by=by, log=log)


def give_back(*, task: int, seen: str, by: Viewer, at: datetime) -> None:
    """Give a task that somebody holds back to its desk. Raises `TaskRefused`, `NotForYou`."""
    with recording(by, at) as log:
        found = _open(task, seen, by)
        if found.assignee_id is None:
            raise TaskRefused("not_held")
        _pass_on(found, None, note="", kind="task.given_back", by=by, log=log)


def undo(*, task: int, handover: int, by: Viewer, at: datetime) -> None:
    """Take back one's own last step while nothing followed it: the task is again where it was. The step stays
    on show as undone. Raises `TaskRefused`, `NotForYou`.
    """
    with recording(by, at) as log:
        found = _open(task, None, by)
        last = last_step(found)
        if (
            last is None
            or last.pk != handover
            or last.by_id != by.account
            or last.now_id != found.assignee_id
        ):
            raise TaskRefused("not_last")
        Handover.objects.filter(pk=last.pk).update(undone_at=at)
        Task.objects.filter(pk=found.pk).update(assignee=last.was_id)
        log.entry("task.step_undone", found.person_id, {"task": found.pk, "step": last.pk})


def last_step(task: Task) -> Handover | None:
    """The last step of a task that was not undone."""
    found: Handover | None = (
        Handover.objects.filter(task=task, undone_at__isnull=True).order_by("-id").first()
    )
    return found


def _open(task: int, seen: str | None, by: Viewer) -> Task:
    """The open task, locked for this transaction; `seen` None where the holder doesn't matter."""
    by.require(HAND_OVER)
    found: Task | None = Task.objects.select_for_update(of=("self",)).filter(pk=task).first()
    if found is None or not works_at(by.role, found.desk):
        raise NotForYou(by.role, HAND_OVER)
    require_reach(by, found.person_id, HAND_OVER)
    if found.closed_on is not None:
        raise TaskRefused("closed")
    if seen is not None and seen != holder_key(found):
        raise TaskRefused("changed")
    return found


def holder_key(task: Task) -> str:
    """What a form remembers of who held the task when it was drawn."""
    return NOBODY if task.assignee_id is None else str(task.assignee_id)


def _pass_on(task: Task, to: UUID | None, *, note: str, kind: str, by: Viewer, log: Log) -> None:
    """The note stays in the register: the trail learns only that the task passed on."""
    Handover.objects.create(
        task=task,
        person_id=task.person_id,
        was_id=task.assignee_id,
        now_id=to,
        note=note or None,
        by_id=by.account,
        at=log.at,
    )
    Task.objects.filter(pk=task.pk).update(assignee=to)
    log.entry(kind, task.person_id, {"task": task.pk})
