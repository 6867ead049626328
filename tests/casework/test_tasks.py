"""Tasks come from the records and end with what they come from; a birthday's review ends by being made."""

from __future__ import annotations

import json
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import assessed
from registered import AT, TODAY
from small_lists import a_list, day, row, year
from tasks_raised import open_tasks, raise_all

from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import recording
from amana.apps.registry.models import Person
from amana.apps.tasks import kinds
from amana.apps.tasks.models import Task
from amana.casework import amend
from amana.casework.decide import decide_people
from amana.core.facts import Standing

pytestmark = pytest.mark.django_db

FOURTH = date(2018, 3, 10)
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def anora(committed: Any, cast: SimpleNamespace) -> str:
    """A child with her mother who turns four on 10 March 2018."""
    committed(
        a_list(
            row(4, "Zarina Rahimova", "wife_mother", birth=day("1987-05-02")),
            row(5, "Anora Rahimova", "daughter", birth=day("2014-03-10")),
        )
    )
    return ref_of("Anora")


def ref_of(name: str) -> str:
    return str(Person.objects.get(name_latin__startswith=name).ref)


def the_day_comes(by: Any, on: date, *refs: str) -> Any:
    """What the night does: decide anew, then raise."""
    everybody = refs or tuple(Person.objects.values_list("ref", flat=True))
    with recording(by, AT) as log:
        decide_people(everybody, on=on, log=log)
    return raise_all(by, on, list(everybody))


def reviews(ref: str) -> list[Task]:
    return open_tasks(person=ref, kind__in=kinds.BIRTHDAYS)


def test_a_fourth_birthday_is_raised_ninety_days_ahead_and_not_a_day_before(
    committed: Any, cast: SimpleNamespace
) -> None:
    ninety = TODAY + timedelta(days=90)
    committed(
        a_list(
            row(2, "Zarina Rahimova", "wife_mother", birth=day("1987-05-02")),
            row(3, "Early Rahimova", "daughter", birth=day(ninety.replace(year=2014).isoformat())),
            row(4, "Late Rahimova", "daughter", birth=day(f"2014-05-{ninety.day + 1}")),
        )
    )
    raise_all(cast.operator)
    (review,) = reviews(ref_of("Early"))
    assert (review.kind, review.source, review.due) == (kinds.CONTACT, "age:4", ninety)
    assert review.desk == "caseworker" and review.assignee_id is None
    assert reviews(ref_of("Late")) == []
    the_day_comes(cast.operator, TODAY + timedelta(days=1))
    assert len(reviews(ref_of("Late"))) == 1


def test_raising_twice_changes_nothing(anora: str, cast: SimpleNamespace) -> None:
    raise_all(cast.operator)
    before = list(Task.objects.order_by("id").values())
    entries = AuditEntry.objects.count()
    counts = raise_all(cast.operator)
    assert (counts.raised, counts.closed, counts.changed) == (0, 0, 0)
    assert list(Task.objects.order_by("id").values()) == before
    assert AuditEntry.objects.count() == entries


def test_whoever_is_raised_alone_gets_the_same_as_with_everybody(anora: str, cast: SimpleNamespace) -> None:
    told = {"person_id", "kind", "source", "due", "desk"}
    raise_all(cast.operator)
    whole = sorted(map(repr, Task.objects.filter(person=anora).values_list(*sorted(told))))
    with recording(cast.operator, AT):
        Task.objects.all().delete()
    raise_all(cast.operator, refs=[anora])
    assert sorted(map(repr, Task.objects.values_list(*sorted(told)))) == whole


def test_a_review_stays_owed_when_its_birthday_passes_unreviewed(anora: str, cast: SimpleNamespace) -> None:
    raise_all(cast.operator)
    the_day_comes(cast.operator, FOURTH + timedelta(days=5))
    (review,) = reviews(anora)
    assert review.due == FOURTH and review.source == "age:4"


def test_a_review_ends_when_the_birth_turns_out_to_be_another(
    anora: str, cast: SimpleNamespace, caseworker: Any
) -> None:
    raise_all(cast.operator)
    what = {"person": anora, "attribute": "birth", "stated": "2012-03-10", "source": "document"}
    amend.add_claim(
        **what,
        note="birth certificate",
        said_on=TODAY,
        by=caseworker,
        at=AT,
        on=TODAY,
        standing=Standing.CONFIRMED,
    )
    raise_all(cast.operator)
    assert reviews(anora) == []
    (ended,) = Task.objects.filter(person=anora, kind=kinds.CONTACT)
    assert ended.closed_why == "source_ended"


def test_an_assessment_made_after_it_was_raised_ends_a_birthdays_review_for_good(
    anora: str, cast: SimpleNamespace
) -> None:
    raise_all(cast.operator)
    assessed(anora, cast.caseworker)
    raise_all(cast.operator)
    assert reviews(anora) == []
    assert Task.objects.get(person=anora, kind=kinds.CONTACT).closed_why == "reviewed"
    the_day_comes(cast.operator, TODAY + timedelta(days=3))
    assert reviews(anora) == []


def test_an_assessment_made_before_it_was_raised_does_not_end_a_review(
    anora: str, cast: SimpleNamespace
) -> None:
    raise_all(cast.operator)
    assessed(anora, cast.caseworker, done_on=TODAY - timedelta(days=1), review_on=TODAY + timedelta(days=80))
    raise_all(cast.operator)
    assert len(reviews(anora)) == 1


def test_an_open_answer_is_one_question_for_each_fact_that_settles_it(
    committed: Any, cast: SimpleNamespace, caseworker: Any
) -> None:
    committed(
        a_list(
            row(2, "Zarina Rahimova", "wife_mother", birth=day("1987-05-02")),
            row(3, "Vague Rahimova", "daughter", birth=year(2014)),
        )
    )
    raise_all(cast.operator)
    vague = ref_of("Vague")
    assert "birth" in {task.source for task in open_tasks(person=vague, kind=kinds.QUESTION)}
    what = {"person": vague, "attribute": "birth", "stated": "2015-06-01", "source": "clinic"}
    amend.add_claim(
        **what,
        note="vaccination card",
        said_on=TODAY,
        by=caseworker,
        at=AT,
        on=TODAY,
        standing=Standing.CONFIRMED,
    )
    raise_all(cast.operator)
    assert "birth" not in {task.source for task in open_tasks(person=vague, kind=kinds.QUESTION)}


def test_no_task_holds_an_outcome(anora: str, cast: SimpleNamespace) -> None:
    from amana.apps.decisions.office_pack import PLACEMENT, office_pack

    raise_all(cast.operator)
    outcomes = set(office_pack().decisions[PLACEMENT].outcomes)
    told = {str(value) for row in Task.objects.values() for value in row.values()}
    assert told and not outcomes & told


def test_a_list_taken_back_takes_its_tasks_away(
    committed: Any, cast: SimpleNamespace, registrar: Any
) -> None:
    from amana.apps.tasks import commands
    from amana.casework import intake

    batch = committed(a_list(row(3, "Vague Rahimova", "daughter", birth=year(2014)))).batch
    raise_all(cast.operator)
    commands.take(task=open_tasks()[0].pk, seen="", by=cast.caseworker, at=AT)
    assert intake.undo(batch, by=registrar, at=AT + AN_HOUR).undone
    assert not Task.objects.exists()


def test_the_trail_says_in_counts_that_tasks_were_raised(anora: str, cast: SimpleNamespace) -> None:
    with recording(cast.operator, AT):
        Task.objects.all().delete()
    counts = raise_all(cast.operator)
    entry = AuditEntry.objects.filter(kind="tasks.derived").latest("id")
    assert json.loads(entry.payload.body) == {"raised": counts.raised, "closed": 0}
