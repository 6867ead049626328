"""Tasks that determinations, appeals, urgent moves and safeguards raise; each ends with its source."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import LATER, acting, approved, ask, assessed, complete, family, separation
from registered import AT, TODAY
from small_lists import a_list, row, year
from tasks_raised import open_tasks, raise_all

from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight.queries import current_of
from amana.apps.registry.models import Person
from amana.apps.tasks import kinds
from amana.apps.tasks.models import Task
from amana.apps.tasks.raising import NO_DAY
from amana.casework import determine, determine_records
from amana.casework.sweep import sweep_all

__all__ = ["approved", "ask", "family"]

pytestmark = pytest.mark.django_db


def test_a_determination_that_waits_is_the_supervisors_task_until_it_is_approved(
    ask: Callable[..., str], cast: SimpleNamespace
) -> None:
    ref = ask("Farid")
    (task,) = open_tasks(kind=kinds.APPROVAL)
    assert (task.source, task.desk, task.theme) == (ref, "supervisor", kinds.ANSWERS)
    version = determine_version(ref, cast)
    determine.approve(
        ref, reason="Read in full and agreed.", seen_version=version, by=cast.supervisor, at=LATER, on=TODAY
    )
    assert open_tasks(kind=kinds.APPROVAL) == []
    assert Task.objects.get(kind=kinds.APPROVAL).closed_why == "source_ended"


def determine_version(ref: str, cast: SimpleNamespace) -> int:
    from amana.apps.determinations.models import Determination

    return int(Person.objects.get(ref=Determination.objects.get(ref=ref).person_id).version)


def test_the_day_a_determination_names_for_its_review_is_raised_thirty_days_ahead(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    child, review_on = family["Farid"], TODAY + timedelta(days=90)
    ref = assessed(child, cast.caseworker, review_on=review_on)
    raise_all(cast.operator, review_on - timedelta(days=31))
    assert open_tasks(person=child, kind=kinds.AGAIN) == []
    raise_all(cast.operator, review_on - timedelta(days=30))
    (task,) = open_tasks(person=child, kind=kinds.AGAIN)
    assert (task.source, task.due) == (ref, review_on)


def test_the_review_of_a_determination_ends_when_a_newer_one_is_made(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    child, on = family["Farid"], TODAY + timedelta(days=80)
    assessed(child, cast.caseworker, review_on=TODAY + timedelta(days=90))
    raise_all(cast.operator, on)
    assert len(open_tasks(person=child, kind=kinds.AGAIN)) == 1
    assessed(child, cast.caseworker, on, kind="periodic")
    raise_all(cast.operator, on)
    assert open_tasks(person=child, kind=kinds.AGAIN) == []


@pytest.mark.parametrize(
    ("said", "raised"), [(complete(), True), (separation(), False)], ids=["protects", "parts"]
)
def test_the_review_of_what_is_contested_falls_due_only_while_it_holds(
    approved: Callable[..., str], cast: SimpleNamespace, said: dict[str, Any], raised: bool
) -> None:
    ref = approved("Farid", **said)
    contested = {"lodged_by": "child", "lodged_on": TODAY, "ground": "The child was not heard at all."}
    determine_records.appeal(ref, **contested, **acting(cast.caseworker))
    raise_all(cast.operator, TODAY + timedelta(days=80))
    found = [task.source for task in open_tasks(kind=kinds.AGAIN)]
    assert found == ([ref] if raised else [])


def test_a_safeguard_raises_a_task_on_the_desk_it_alerts_until_its_finding_ends(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    refs = sorted(family.values())
    sweep_all(on=TODAY, by=cast.operator, at=LATER)
    wanted = {
        (found.person, f"{found.safeguard}:{found.key}", WANTED[found.verdict])
        for found in current_of(refs, on=TODAY)
        if found.verdict in WANTED
    }
    tasks = open_tasks(kind__in=kinds.OF_SAFEGUARDS)
    assert wanted and {(task.person_id, task.source, task.kind) for task in tasks} == wanted
    alerts = {id: safeguard.alerts for id, safeguard in office_pack().safeguards.items()}
    for task in tasks:
        assert task.desk == kinds.desk_alerted(alerts[task.source.partition(":")[0]])


WANTED = {
    "breach": kinds.BREACH,
    "overdue": kinds.DUTY,
    "duty_open": kinds.DUTY,
    "warn": kinds.LOOK,
}


def test_a_duty_that_becomes_overdue_stays_the_same_task_in_the_same_hand(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    from amana.apps.tasks import commands

    child = family["Anora"]
    sweep_all(on=TODAY, by=cast.operator, at=LATER)
    task = open_tasks(person=child, theme=kinds.DUTIES)[0]
    commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)
    sweep_all(on=TODAY + timedelta(days=120), by=cast.operator, at=LATER)
    later = Task.objects.get(pk=task.pk)
    assert later.closed_on is None and later.assignee_id == cast.caseworker.user_id
    assert later.due < TODAY + timedelta(days=120)


def test_a_waived_finding_has_no_task_while_the_waiver_holds(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    from amana.apps.oversight.models import Finding
    from amana.casework import oversight

    sweep_all(on=TODAY, by=cast.operator, at=LATER)
    safeguards = office_pack().safeguards
    source = {f"{each.safeguard}:{each.key}": each for each in Finding.objects.filter(until__isnull=True)}
    task = next(
        task
        for task in open_tasks(kind__in=kinds.OF_SAFEGUARDS)
        if safeguards[task.source.partition(":")[0]].waivable
    )
    finding = next(each for each in source.values() if each.person_id == task.person_id
                   and f"{each.safeguard}:{each.key}" == task.source)  # fmt: skip
    until = TODAY + timedelta(days=30)
    oversight.waive(
        finding.pk, ground="The judge sits on the 20th.", until=until, by=cast.supervisor, at=LATER, on=TODAY
    )
    raise_all(cast.operator)
    assert Task.objects.get(pk=task.pk).closed_why == "source_ended"
    raise_all(cast.operator, until + timedelta(days=1))
    assert open_tasks(person=task.person_id, source=task.source)


@pytest.mark.parametrize(
    ("alerts", "desk"),
    [
        (("caseworker", "supervisor"), "caseworker"),
        (("monitor", "supervisor"), "supervisor"),
        (("monitor",), "caseworker"),
        ((), "caseworker"),
    ],
)
def test_the_desk_is_the_first_role_alerted_that_has_one(alerts: tuple[str, ...], desk: str) -> None:
    assert kinds.desk_alerted(alerts) == desk


def test_a_question_is_never_late_since_it_is_not_known_whether_anything_is(
    committed: Any, cast: SimpleNamespace
) -> None:
    committed(a_list(row(3, "Vague Rahimova", "daughter", birth=year(2014))))
    sweep_all(on=TODAY + timedelta(days=120), by=cast.operator, at=LATER)
    questions = open_tasks(kind=kinds.QUESTION)
    assert questions and {task.due for task in questions} == {NO_DAY}
