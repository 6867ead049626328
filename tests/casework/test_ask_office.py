"""The monitor asks about a finding, the office answers: both for ever, neither naming anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from determined import assessed, family
from django.db import IntegrityError, connection, transaction
from registered import AT, TODAY

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.queries import changes
from amana.apps.audit.recording import recording
from amana.apps.oversight import questions
from amana.apps.oversight.models import Finding, Question
from amana.apps.registry.models import Person
from amana.apps.tasks.models import Task
from amana.casework import ask_office, intake, sweep
from amana.casework.ask_office import QuestionRefused

__all__ = ["family"]

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
ASKED = "Why has nobody assessed this child for so long? zahra-canary-81"
ANSWERED = "The assessor was ill; the child is seen on Thursday. zahra-canary-82"


@pytest.fixture
def anora(family: dict[str, str], registrar: Any) -> str:
    sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    return family["Anora"]


def finding_of(person: str, safeguard: str = "S11") -> int:
    return int(Finding.objects.get(person=person, safeguard=safeguard, until=None).pk)


def ask(finding: int, by: Any, text: str = ASKED, **what: Any) -> int:
    return ask_office.ask(finding, text=text, **{"by": by, "at": LATER, "on": TODAY, **what})


def answer(number: int, by: Any, text: str = ANSWERED, **what: Any) -> None:
    ask_office.answer(number, text=text, **{"by": by, "at": LATER, "on": TODAY, **what})


def tasks_of(person: str) -> list[tuple[str, str, Any, Any]]:
    rows = Task.objects.filter(person=person, kind="monitor_question")
    return list(rows.values_list("source", "desk", "due_latest", "closed_on"))


def test_a_question_is_a_task_of_the_supervisors_due_in_72_hours_until_it_is_answered(
    anora, monitor, supervisor
) -> None:
    number = ask(finding_of(anora), monitor)
    due = TODAY + timedelta(days=3)
    assert tasks_of(anora) == [(str(number), "supervisor", due, None)]
    answer(number, supervisor)
    assert tasks_of(anora) == [(str(number), "supervisor", due, TODAY)]


def test_both_are_dated_and_read_by_everybody_who_oversees(anora, cast) -> None:
    number = ask(finding_of(anora), cast.monitor)
    answer(number, cast.supervisor, on=TODAY + timedelta(days=4))
    for viewer in (cast.monitor, cast.supervisor, cast.caseworker):
        (seen,) = questions.of_finding(viewer, finding_of(anora))
        assert (seen.text, seen.asked_on, seen.answer) == (ASKED, TODAY, ANSWERED)
        assert seen.answered_on == TODAY + timedelta(days=4) and seen.late(TODAY)
        assert (seen.by_role, seen.answered_by_role) == ("monitor", "supervisor")
    (seen,) = questions.of_finding(cast.monitor, finding_of(anora))
    assert seen.person is None and seen.pseudonym.startswith("X-")


def test_it_stays_on_show_when_the_finding_is_over_and_changes_none(anora, cast) -> None:
    first = finding_of(anora)
    before = list(Finding.objects.values_list("id", "verdict", "until"))
    number = ask(first, cast.monitor)
    answer(number, cast.supervisor)
    assert list(Finding.objects.values_list("id", "verdict", "until")) == before
    assessed(anora, cast.caseworker)
    assert [each.id for each in questions.of_finding(cast.monitor, first)] == [number]
    assert ask(first, cast.monitor), "what is over can be asked about, too"


def test_one_question_at_a_time_waits_and_an_answer_is_given_once(anora, cast) -> None:
    number = ask(finding_of(anora), cast.monitor)
    with pytest.raises(QuestionRefused, match="waits"):
        ask(finding_of(anora), cast.monitor)
    answer(number, cast.supervisor)
    with pytest.raises(QuestionRefused, match="answered"):
        answer(number, cast.supervisor)
    assert ask(finding_of(anora), cast.monitor)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("why", "not_in_words"),
        ("   ", "not_in_words"),
        ("Why was the child not seen? " * 40, "too_long"),
        ("Why has nobody seen P-7K3QXM in all this time?", "names"),
        ("Why has nobody seen p-222222 in all this time?", "names"),
    ],
)
def test_a_question_without_words_too_long_or_with_a_reference_is_refused(
    anora, monitor, text, reason
) -> None:
    with pytest.raises(QuestionRefused) as refused:
        ask(finding_of(anora), monitor, text)
    assert (refused.value.reason == reason and text.strip() not in str(refused.value)) or not text.strip()
    assert not Question.objects.exists()


@pytest.mark.parametrize("name", ["ANORA", "Anorá", "أنورا", "ولأنورا", "Zarina"])
def test_an_answer_that_names_somebody_of_the_family_is_refused(anora, family, cast, name) -> None:
    number = ask(finding_of(anora), cast.monitor)
    with recording(cast.operator, AT):
        Person.objects.filter(ref=anora).update(name_latin="Anora Karimova", name_ar="أنورا كريموفا")
        Person.objects.filter(ref=family["Zarina"]).update(name_latin="Zarina Karimova")
    with pytest.raises(QuestionRefused, match="names"):
        answer(number, cast.supervisor, f"Of {name}: the assessor sees her on Thursday.")
    assert Question.objects.get().answered_on is None


def test_a_question_is_not_held_against_names_or_each_refusal_would_tell_one(anora, monitor) -> None:
    with recording(monitor, AT):
        Person.objects.filter(ref=anora).update(name_latin="Anora Karimova")
    assert ask(finding_of(anora), monitor, "Is this child called Anora, as I was told?")


def test_whoever_asked_does_not_answer(anora, cast) -> None:
    number = ask(finding_of(anora), cast.operator)
    with pytest.raises(QuestionRefused, match="own"):
        answer(number, cast.operator)


@pytest.mark.parametrize("role", ["registrar", "caseworker", "supervisor", "administrator", "outsider"])
def test_only_the_monitor_asks(anora, cast, role) -> None:
    with pytest.raises(NotForYou):
        ask(finding_of(anora), getattr(cast, role))


@pytest.mark.parametrize("role", ["registrar", "caseworker", "monitor", "administrator", "outsider"])
def test_only_a_supervisor_answers(anora, cast, role) -> None:
    number = ask(finding_of(anora), cast.monitor)
    with pytest.raises(NotForYou):
        answer(number, getattr(cast, role))


def test_a_finding_or_question_that_is_none_is_for_nobody(anora, cast) -> None:
    with pytest.raises(NotForYou):
        ask(10**9, cast.monitor)
    with pytest.raises(NotForYou):
        answer(10**9, cast.supervisor)


def test_a_finding_about_no_person_is_not_asked_about(anora, cast) -> None:
    with recording(cast.operator, AT):
        row = Finding.objects.get(pk=finding_of(anora))
        Finding.objects.filter(pk=row.pk).update(person=None)
    with pytest.raises(QuestionRefused, match="nobody"):
        ask(row.pk, cast.monitor)


def test_the_words_stand_sealed_and_in_no_entry_of_the_trail(anora, cast) -> None:
    answer(ask(finding_of(anora), cast.monitor), cast.supervisor)
    kinds = set(AuditEntry.objects.filter(subject=anora).values_list("kind", flat=True))
    assert {"question.asked", "question.answered"} <= kinds
    told = [str(entry.payload) for entry in changes(anora, cast.supervisor)]
    assert told and not any("canary" in each for each in told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, answer FROM oversight_question")
        kept = [bytes(value) for value in cursor.fetchone()]
    assert not any(b"canary" in each for each in kept)


def test_a_list_can_t_be_taken_back_once_a_question_was_asked_of_its_people(anora, monitor, operator) -> None:
    batch = Person.objects.get(ref=anora).batch_id
    ask(finding_of(anora), monitor)
    result = intake.undo(batch, by=operator, at=LATER)
    assert not result.undone and "question" in {each.kind for each in result.obstacles}


def test_the_table_itself_holds_one_waiting_question_and_no_answer_before_it(anora, monitor) -> None:
    ask(finding_of(anora), monitor)
    row = Question.objects.get()
    with recording(monitor, AT), pytest.raises(IntegrityError), transaction.atomic():
        day = TODAY - timedelta(days=1)
        Question.objects.filter(pk=row.pk).update(answered_on=day, answered_by=monitor.audit_id)


def test_the_list_holds_each_once_and_those_that_wait_alone(anora, cast, monkeypatch) -> None:
    monkeypatch.setattr(questions, "AT_ONCE", 2)
    found = list(Finding.objects.filter(until=None, person__isnull=False).values_list("id", flat=True)[:5])
    numbers = [ask(each, cast.monitor) for each in found]
    answer(numbers[0], cast.supervisor)
    seen, after = [], ""
    while after is not None:
        page = questions.questions(cast.monitor, on=TODAY, after=after)
        seen += [each.id for each in page.rows]
        after = page.next
    assert seen == numbers[::-1] and page.count == len(found) > 2
    assert questions.questions(cast.monitor, on=TODAY, waiting=True).count == len(found) - 1
    assert questions.how_many_wait(cast.monitor, TODAY) == (len(found) - 1, 0)
    assert questions.how_many_wait(cast.monitor, TODAY + timedelta(days=4)) == (
        len(found) - 1,
        len(found) - 1,
    )
