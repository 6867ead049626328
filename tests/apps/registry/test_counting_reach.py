"""Counting over a long table meets the same people as looking each of them up, whole reach or not."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registered import AT, TODAY
from small_lists import many

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.decisions.models import FactsRow
from amana.apps.registry import reach
from amana.apps.registry.assigning import NewReach, keep
from amana.apps.registry.models import Person, Reach
from amana.apps.registry.people import people
from amana.apps.registry.reach import narrowed, reached, within

pytestmark = pytest.mark.django_db
YESTERDAY, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=31)
CLASSES = ("", "C1;C2;C3", "C1;C2;C3;C4")


@pytest.fixture
def refs(committed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A dozen people; whoever reaches two of them or more counts as reaching many."""
    monkeypatch.setattr(reach, "FEW", 1)
    committed(many(4))
    return list(Person.objects.order_by("ref").values_list("ref", flat=True))


def team(ref: str, day: date | None = TODAY) -> Viewer:
    return Viewer(uuid4(), uuid4(), "supervisor", (f"team:{ref}",), day)


def held(viewer: Viewer, refs: list[str], by: Viewer, until: date | None = None, times: int = 1) -> None:
    with recording(by, AT):
        keep(NewReach(ref, viewer.circles[0], TODAY, until, "", "case") for ref in refs for _ in range(times))


def counted(viewer: Viewer) -> int:
    return Person.objects.filter(within(viewer, counting=True)).count()


def test_a_team_that_holds_everybody_counts_everybody(refs: list[str], registrar: Viewer) -> None:
    ours = team("T-A")
    held(ours, refs, registrar)
    assert counted(ours) == len(refs)


def test_one_person_of_another_team_is_left_out_of_every_count(refs: list[str], registrar: Viewer) -> None:
    ours, theirs = team("T-A"), team("T-B")
    held(ours, refs[1:], registrar)
    held(theirs, refs[:2], registrar)
    assert (counted(ours), counted(theirs)) == (len(refs) - 1, 2)


def test_whoever_is_left_out_is_left_out_wherever_she_stands(refs: list[str], registrar: Viewer) -> None:
    for number, ref in enumerate(refs):
        ours = team(f"T-{number}")
        held(ours, [each for each in refs if each != ref], registrar)
        met = set(Person.objects.filter(within(ours, counting=True)).values_list("ref", flat=True))
        assert met == set(refs) - {ref}


def test_a_person_held_twice_does_not_stand_for_one_who_is_not(refs: list[str], registrar: Viewer) -> None:
    ours = team("T-A")
    held(ours, refs[1:], registrar, times=2)
    assert reached(ours).count() >= len(refs)
    assert counted(ours) == len(refs) - 1


def test_what_ended_yesterday_does_not_make_the_whole(refs: list[str], registrar: Viewer) -> None:
    ours = team("T-A")
    held(ours, refs[1:], registrar)
    held(ours, refs[:1], registrar, until=YESTERDAY)
    assert counted(ours) == len(refs) - 1


def test_the_question_for_everybody_stands_before_each_look_up(refs: list[str], registrar: Viewer) -> None:
    ours = team("T-A")
    held(ours, refs, registrar)
    with CaptureQueriesContext(connection) as asked:
        counted(ours)
    sql = asked[-1]["sql"]
    first = "(SELECT COUNT(*)" if connection.vendor == "sqlite" else "(1 = 0)"
    assert first in sql and sql.index(first) < sql.index("EXISTS(")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32),
    role=st.sampled_from(["supervisor", "caseworker", "guardian", "facility_manager"]),
    share=st.sampled_from([0.2, 0.9, 1.0]),
)
def test_counting_meets_whom_looking_up_meets(
    refs: list[str], registrar: Viewer, seed: int, role: str, share: float
) -> None:
    chance, circles = random.Random(seed), ("team:T-A", f"user:{uuid4()}")
    with recording(registrar, AT):
        Reach.objects.all().delete()
        keep(
            NewReach(ref, circle, TODAY, chance.choice([None, None, TODAY]), chance.choice(CLASSES), "case")
            for circle in circles
            for ref in refs
            if chance.random() < share
        )
    day = chance.choice([None, TODAY, LATER])
    viewer = Viewer(uuid4(), uuid4(), role, circles[: chance.choice([1, 2])], day)
    for field, rows in (("ref", Person.objects), ("person_id", FactsRow.objects)):
        for classes in ((), ("C1", "C4")):
            for condition in (within, narrowed):
                plain = rows.filter(condition(viewer, field, classes)).values_list(field, flat=True)
                quick = rows.filter(condition(viewer, field, classes, counting=True))
                assert sorted(quick.values_list(field, flat=True)) == sorted(plain)
                assert set(plain) <= set(reached(viewer).values_list("person_id", flat=True))


def test_whom_a_filter_finds_is_counted_within_reach(refs: list[str], registrar: Viewer) -> None:
    ours = team("T-A")
    held(ours, refs[::2], registrar)
    girls = set(FactsRow.objects.filter(sex="female").values_list("person_id", flat=True))
    page = people(ours, on=TODAY, filters={"sex": ["female"]}, limit=1)
    assert page.count == len(girls & set(refs[::2])) > 1
