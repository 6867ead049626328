"""A task passes from hand to hand; two who act at once both learn of it, and a step can be undone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from tasks_raised import AT, TODAY, open_tasks, raise_all

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.tasks import commands, queries
from amana.apps.tasks.commands import TaskRefused

NOTE = "The mother was asked; her answer comes on Sunday."


@pytest.fixture
def task(raised: Any) -> int:
    return int(open_tasks()[0].pk)


def holder(task: int, viewer: Any) -> str:
    held = queries.task(viewer, task, on=TODAY).line.holder
    return held.name if held else ""


def refused(act: Any, **what: Any) -> str:
    with pytest.raises(TaskRefused) as told:
        act(at=AT, **what)
    return told.value.reason


def test_a_task_is_taken_by_whoever_works_at_its_desk(task: int, cast: SimpleNamespace) -> None:
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    assert holder(task, cast.caseworker) == "Layla Nasser"
    assert queries.tasks(cast.caseworker, on=TODAY, scope="mine").count == 1


def test_a_task_is_handed_over_with_a_note_and_given_back(
    task: int, cast: SimpleNamespace, colleague: Any
) -> None:
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    me, other = str(cast.caseworker.user_id), str(colleague.user_id)
    commands.hand_over(task=task, to=colleague.user_id, note=NOTE, seen=me, by=cast.caseworker, at=AT)
    assert holder(task, colleague) == "Noor Salim"
    commands.give_back(task=task, seen=other, by=colleague, at=AT)
    view = queries.task(cast.caseworker, task, on=TODAY)
    assert view.line.holder is None
    assert [(step.by.name, step.note) for step in view.steps] == [
        ("Noor Salim", ""),
        ("Layla Nasser", NOTE),
        ("Layla Nasser", ""),
    ]


def test_a_hand_over_is_undone_by_whoever_made_it_and_stays_on_show(
    task: int, cast: SimpleNamespace, colleague: Any
) -> None:
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    me = str(cast.caseworker.user_id)
    commands.hand_over(task=task, to=colleague.user_id, note=NOTE, seen=me, by=cast.caseworker, at=AT)
    step = queries.task(cast.caseworker, task, on=TODAY).steps[0]
    assert step.undoable and not queries.task(colleague, task, on=TODAY).steps[0].undoable
    assert refused(commands.undo, task=task, handover=step.id, by=colleague) == "not_last"
    commands.undo(task=task, handover=step.id, by=cast.caseworker, at=AT)
    view = queries.task(cast.caseworker, task, on=TODAY)
    assert view.line.mine and view.steps[0].undone_at == AT and not view.steps[0].undoable


def test_a_hand_over_that_the_receiver_passed_on_can_no_longer_be_undone(
    task: int, cast: SimpleNamespace, colleague: Any
) -> None:
    commands.hand_over(task=task, to=colleague.user_id, note=NOTE, seen="", by=cast.caseworker, at=AT)
    step = queries.task(cast.caseworker, task, on=TODAY).steps[0].id
    commands.give_back(task=task, seen=str(colleague.user_id), by=colleague, at=AT)
    assert refused(commands.undo, task=task, handover=step, by=cast.caseworker) == "not_last"


def test_of_two_who_take_a_task_at_once_the_second_is_told(
    task: int, cast: SimpleNamespace, colleague: Any
) -> None:
    commands.take(task=task, seen="", by=colleague, at=AT)
    assert refused(commands.take, task=task, seen="", by=cast.caseworker) == "changed"
    assert refused(commands.give_back, task=task, seen="", by=cast.caseworker) == "changed"
    assert holder(task, colleague) == "Noor Salim"


@pytest.mark.parametrize(("note", "reason"), [("  ", "note_missing"), ("x" * 501, "note_long")])
def test_a_hand_over_needs_a_note_of_some_length(
    task: int, cast: SimpleNamespace, colleague: Any, note: str, reason: str
) -> None:
    what = {"task": task, "to": colleague.user_id, "note": note, "seen": "", "by": cast.caseworker}
    assert refused(commands.hand_over, **what) == reason


@pytest.mark.parametrize("role", ["registrar", "monitor", "administrator", "rules_editor"])
def test_a_task_goes_to_nobody_who_does_not_work_at_its_desk(
    task: int, cast: SimpleNamespace, role: str
) -> None:
    to = getattr(cast, role).user_id
    what = {"task": task, "to": to, "note": NOTE, "seen": "", "by": cast.caseworker}
    assert refused(commands.hand_over, **what) == "no_colleague"


def test_what_nobody_holds_is_not_given_back_nor_handed_to_its_holder(
    task: int, cast: SimpleNamespace
) -> None:
    assert refused(commands.give_back, task=task, seen="", by=cast.caseworker) == "not_held"
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    me = cast.caseworker.user_id
    what = {"task": task, "to": me, "note": NOTE, "seen": str(me), "by": cast.caseworker}
    assert refused(commands.hand_over, **what) == "same_holder"


def test_a_closed_task_stays_where_it_was(task: int, cast: SimpleNamespace) -> None:
    from amana.apps.audit.recording import recording
    from amana.apps.tasks import raising

    with recording(cast.operator, AT):
        assert raising.close({raising.SOURCE_ENDED: [task]}, on=TODAY) == 1
    assert refused(commands.take, task=task, seen="", by=cast.caseworker) == "closed"
    assert not queries.task(cast.caseworker, task, on=TODAY).may_act


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_those_who_work_at_its_desk_move_a_task(task: int, cast: SimpleNamespace, role: str) -> None:
    viewer = getattr(cast, role)
    if role in {"caseworker", "supervisor", "operator"}:
        commands.take(task=task, seen="", by=viewer, at=AT)
        return
    for act in (commands.take, commands.give_back):
        with pytest.raises(NotForYou):
            act(task=task, seen="", by=viewer, at=AT)
    with pytest.raises(NotForYou):
        commands.hand_over(task=task, to=viewer.user_id or "", note=NOTE, seen="", by=viewer, at=AT)


def test_a_caseworker_can_not_move_a_task_of_the_supervisors_desk(task: int, cast: SimpleNamespace) -> None:
    from amana.apps.audit.recording import recording
    from amana.apps.tasks.models import Task

    with recording(cast.operator, AT):
        Task.objects.filter(pk=task).update(desk="supervisor")
    with pytest.raises(NotForYou):
        commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    person = queries.task(cast.supervisor, task, on=TODAY).line.person
    offered = queries.colleagues(cast.supervisor, "supervisor", person)
    assert [each.role for each in offered] == ["supervisor"]
    commands.take(task=task, seen="", by=cast.supervisor, at=AT)


def test_the_trail_learns_that_a_task_passed_on_and_not_what_the_note_says(
    task: int, cast: SimpleNamespace, colleague: Any
) -> None:
    commands.hand_over(task=task, to=colleague.user_id, note=NOTE, seen="", by=cast.caseworker, at=AT)
    entry = AuditEntry.objects.filter(kind="task.handed_over").get()
    assert entry.subject == open_tasks(pk=task)[0].person_id
    assert NOTE not in entry.payload.body


def test_raising_again_leaves_a_task_in_the_hand_that_holds_it(task: int, cast: SimpleNamespace) -> None:
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    counts = raise_all(cast.operator)
    assert (counts.raised, counts.closed, counts.changed) == (0, 0, 0)
    assert holder(task, cast.caseworker) == "Layla Nasser"


def test_a_note_stands_sealed_in_the_database(task: int, cast: SimpleNamespace, colleague: Any) -> None:
    from django.db import connection

    commands.hand_over(task=task, to=colleague.user_id, note=NOTE, seen="", by=cast.caseworker, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM tasks_handover")
        (kept,) = cursor.fetchone()
    assert NOTE.encode() not in bytes(kept)
    assert queries.task(cast.caseworker, task, on=TODAY).steps[0].note == NOTE
