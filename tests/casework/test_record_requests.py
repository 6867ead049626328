"""What somebody asks of her own record is answered in time, by another official; no paper harms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from registered import AT, TODAY, committed, site
from returning import NATION, conditions, opened, seen
from small_lists import one_family

from amana.apps.accounts import teams, viewers
from amana.apps.accounts.queries import viewer as viewer_by_id
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.record_requests import queries
from amana.apps.registry import queries as registry
from amana.apps.registry.models import Person
from amana.apps.tasks import queries as tasks
from amana.casework import record_requests, representatives
from amana.casework.record_requests import RequestRefused

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
WHEN = {"at": AT, "on": TODAY}
ANSWERED = {
    "answer": "granted",
    "reasons": "It was written down wrongly.",
    "complain": "To the monitor, any day.",
}


@pytest.fixture
def mother(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.get(name_latin="Zarina Rahimova").ref)


def taken(ref: str, by: Any, **what: Any) -> UUID:
    told = {
        "kind": "see",
        "asker": "person",
        "words": "I want to hear what is written about me.",
        "language": "tg",
        **what,
    }
    return UUID(record_requests.take(ref, **told, by=by, **WHEN))


def birth_claim(ref: str, viewer: Any) -> int:
    return next(each.id for each in registry.claims(viewer, ref) if each.attribute == "birth")


def asked_in_tasks(viewer: Any, ref: str) -> list[Any]:
    return [each for each in tasks.of_person(viewer, ref, on=TODAY) if each.kind == "record_request"]


def test_without_a_known_period_a_request_has_no_last_day_and_is_a_task_all_the_same(
    mother: str, cast: SimpleNamespace
) -> None:
    number = taken(mother, cast.caseworker)
    assert queries.one(cast.caseworker, mother, number).due_on is None
    (task,) = asked_in_tasks(cast.supervisor, mother)
    assert (task.desk, task.due_latest) == ("supervisor", None)


def test_a_period_with_its_basis_gives_the_last_day_from_the_day_it_holds(
    mother: str, cast: SimpleNamespace
) -> None:
    def set_from(
        since: Any, days: int = 30, basis: str = "The statute of this office, its seventh part."
    ) -> None:
        record_requests.set_period(days=days, basis=basis, since=since, by=cast.data_protection, **WHEN)

    for wrong in (
        {"since": TODAY - timedelta(days=1)},
        {"since": TODAY, "days": 181},
        {"since": TODAY, "days": 0},
        {"since": TODAY, "basis": "law"},
    ):
        with pytest.raises(RequestRefused):
            set_from(**wrong)
    with pytest.raises(NotForYou):
        record_requests.set_period(
            days=9, basis="So it is said here.", since=TODAY, by=cast.caseworker, **WHEN
        )
    set_from(TODAY + timedelta(days=1))
    assert queries.one(cast.caseworker, mother, taken(mother, cast.caseworker)).due_on is None
    set_from(TODAY, days=20)
    number = taken(mother, cast.caseworker)
    assert queries.one(cast.caseworker, mother, number).due_on == TODAY + timedelta(days=20)
    assert {each.due_latest for each in asked_in_tasks(cast.supervisor, mother)} == {
        None,
        TODAY + timedelta(days=20),
    }
    counted = queries.waiting(cast.data_protection, TODAY + timedelta(days=21))
    assert (counted.open, counted.late, counted.no_day) == (2, 1, 1)


def test_nobody_answers_what_she_took_down_herself(mother: str, cast: SimpleNamespace) -> None:
    number = taken(mother, cast.caseworker)
    with pytest.raises(RequestRefused, match="Another official"):
        record_requests.answer(mother, number, **ANSWERED, by=cast.caseworker, **WHEN)
    record_requests.answer(mother, number, **ANSWERED, by=cast.supervisor, **WHEN)
    assert asked_in_tasks(cast.supervisor, mother) == []
    with pytest.raises(RequestRefused, match="already"):
        record_requests.answer(mother, number, **ANSWERED, by=cast.supervisor, **WHEN)


@pytest.mark.parametrize(("answer", "contested"), [("granted", False), ("partly", True), ("refused", True)])
def test_a_correction_that_is_refused_leaves_the_value_contested_beside_it(
    mother: str, cast: SimpleNamespace, answer: str, contested: bool
) -> None:
    claim = birth_claim(mother, cast.caseworker)
    number = taken(mother, cast.caseworker, kind="correct", claim=claim, words="I was born two years later.")
    told = {**ANSWERED, "answer": answer}
    record_requests.answer(mother, number, **told, by=cast.supervisor, **WHEN)
    found = next(each for each in registry.claims(cast.caseworker, mother) if each.id == claim)
    assert found.disputed is contested
    assert "two years" not in repr(found)


def test_an_objection_to_a_return_shuts_the_gate_at_once(mother: str, cast: SimpleNamespace) -> None:
    opened(mother, cast)
    assert seen(mother, cast.caseworker).is_open
    taken(mother, cast.caseworker, kind="object", topic="return", words="I am afraid to be sent there.")
    gate = seen(mother, cast.caseworker)
    assert not gate.is_open and conditions(gate)["hold"] == "false"
    assert NATION


def test_a_guardian_asks_for_her_ward_reads_her_own_and_answers_nothing(
    mother: str, cast: SimpleNamespace
) -> None:
    told = {"account": cast.guardian.user_id, "capacity": "counsel", "agreed": True, "appointed_on": TODAY}
    ground = "The mother asked her to be her counsel."
    number = representatives.ask(mother, ground=ground, **told, by=cast.caseworker, **WHEN)
    representatives.confirm(UUID(number), by=cast.supervisor, **WHEN)
    with pytest.raises(RequestRefused, match="as guardian or counsel"):
        taken(mother, cast.guardian)
    others = taken(mother, cast.caseworker)
    own = taken(mother, cast.guardian, asker="counsel", authority="The paper that she signed.")
    assert [each.id for each in queries.of_person(cast.guardian, mother)] == [own]
    with pytest.raises(NotForYou):
        queries.one(cast.guardian, mother, others)
    with pytest.raises(NotForYou):
        record_requests.answer(mother, own, **ANSWERED, by=cast.guardian, **WHEN)
    assert {each.desk for each in asked_in_tasks(cast.supervisor, mother)} == {"caseworker", "supervisor"}
    record_requests.answer(mother, own, **ANSWERED, by=cast.caseworker, **WHEN)


def test_a_paper_goes_to_nobody_inside_a_facility_who_did_not_ask_for_one(
    mother: str, cast: SimpleNamespace
) -> None:
    number = taken(mother, cast.caseworker)
    note = "To her, in the room of the counsel, with an interpreter."

    def hand(**what: Any) -> None:
        record_requests.hand_over(mother, number, note=note, **what, by=cast.caseworker, **WHEN)

    with pytest.raises(RequestRefused, match="answered first"):
        hand(way="aloud")
    record_requests.answer(mother, number, **ANSWERED, by=cast.supervisor, **WHEN)
    with pytest.raises(RequestRefused, match="Read it aloud"):
        hand(way="paper")
    hand(way="paper", asked_for_paper=True)
    assert queries.one(cast.caseworker, mother, number).handed == "paper"
    with pytest.raises(RequestRefused, match="already"):
        hand(way="aloud")


def test_who_keeps_the_place_learns_nothing_of_it(mother: str, cast: SimpleNamespace, site: str) -> None:
    keeper = cast.facility_manager
    teams.place(user_id=keeper.user_id, team=None, sites=[site], by=viewers.installer(), at=AT)
    keeper = viewer_by_id(keeper.user_id)
    before = repr(registry.person(keeper, mother).links), registry.claims(keeper, mother)
    taken(mother, cast.caseworker, kind="object", topic="place", words="The guard here frightens us.")
    assert (repr(registry.person(keeper, mother).links), registry.claims(keeper, mother)) == before
    for ask in (
        lambda: queries.of_person(keeper, mother),
        lambda: queries.waiting(keeper, TODAY),
        lambda: taken(mother, keeper),
    ):
        with pytest.raises(NotForYou):
            ask()


def test_the_trail_tells_that_something_was_asked_and_never_what(mother: str, cast: SimpleNamespace) -> None:
    number = taken(mother, cast.caseworker, words="My blue coat was taken from me.", token="f" * 32)
    assert taken(mother, cast.caseworker, words="My blue coat was taken from me.", token="f" * 32) == number
    told = {**ANSWERED, "reasons": "The blue coat is in the store."}
    record_requests.answer(mother, number, **told, by=cast.supervisor, **WHEN)
    said = [f"{each.kind} {each.payload}" for each in AuditEntry.objects.filter(subject=mother)]
    assert any(each.startswith("record_request.answered") for each in said)
    assert not any("blue coat" in each for each in said)


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"kind": "praise"}, "unknown_code"),
        ({"asker": "guard"}, "unknown_code"),
        ({"words": "no"}, "not_in_words"),
        ({"language": " "}, "missing"),
        ({"asker": "relative"}, "not_in_words"),
        ({"kind": "object"}, "unknown_code"),
        ({"kind": "correct", "claim": 999_999}, "no_such_claim"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(
    mother: str, cast: SimpleNamespace, what: dict[str, Any], code: str
) -> None:
    with pytest.raises(RequestRefused) as refused:
        taken(mother, cast.caseworker, **what)
    assert refused.value.code == code


def test_nobody_outside_the_case_takes_or_reads_a_request(mother: str, cast: SimpleNamespace) -> None:
    number = taken(mother, cast.caseworker)
    for role in (
        "other_caseworker",
        "other_supervisor",
        "guardian",
        "court_liaison",
        "monitor",
        "statistician",
    ):
        viewer = getattr(cast, role)
        with pytest.raises(NotForYou):
            taken(mother, viewer)
        with pytest.raises(NotForYou):
            queries.one(viewer, mother, number)
