"""Row-level security shows what need-to-know shows, to a role that can't pass it, whatever the ORM asks.

In sessions on PostgreSQL alone. Tests connect as a superuser, who passes every policy: so each makes itself a
role without such rights, which owns the tables.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.guards import walls
from amana.apps.registry.assigning import NewReach, keep
from amana.apps.registry.models import Claim, KinLink, ListedRow, Person, Reach
from amana.apps.registry.reach import reached, within
from small_office import AT, TODAY, settle

pytestmark = pytest.mark.django_db
WALLED = [model for model in apps.get_models() if model._meta.db_table in walls.walled()]
DIRECT = [
    (model, field.attname)
    for model in WALLED
    for field in model._meta.local_fields
    if field.related_model is Person and model not in (Reach, KinLink)
]


@pytest.fixture
def people(cast: SimpleNamespace, tmp_path: Path) -> list[str]:
    """People of both teams."""
    for seed, by in ((3, cast.registrar), (4, cast.other_supervisor)):
        (tmp_path / str(seed)).mkdir()
        settle(by, tmp_path / str(seed), people=15, seed=seed)
    return list(Person.objects.order_by("ref").values_list("ref", flat=True))


@pytest.fixture
def role(people: list[str]) -> Iterator[str]:
    """A role without superuser's rights, owner of the tables, as which everything is asked from here on."""
    name = f"walled_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name} NOSUPERUSER NOBYPASSRLS")
        cursor.execute(f"GRANT ALL ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table changes hands while its keys are unchecked
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in WALLED:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} OWNER TO {name}")
        cursor.execute(f"SET LOCAL ROLE {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def reaching(people: list[str], seed: int, by: Viewer) -> list[Viewer]:
    """Viewers with random circles, of people at random, until days before and after theirs."""
    chance, circles = random.Random(seed), [f"team:T-{n}" for n in range(4)] + [f"user:{uuid4()}"]
    ends = [None, TODAY, TODAY - timedelta(days=1), TODAY + timedelta(days=30)]
    with recording(by, AT):
        keep(
            NewReach(ref, circle, TODAY, chance.choice(ends), chance.choice(["", "C1;C2"]), "case")
            for circle in circles
            for ref in chance.sample(people, chance.randrange(len(people)))
        )
    days: list[date | None] = [None, TODAY, TODAY + timedelta(days=31)]
    return [
        Viewer(uuid4(), uuid4(), "caseworker", tuple(chance.sample(circles, n)), chance.choice(days))
        for n in (0, 1, 1, 2, 5)
    ]


def keys(found: Any) -> set[Any]:
    return set(found.values_list("pk", flat=True))


@pytest.mark.parametrize("seed", range(4))
def test_rows_shown_by_the_database_are_those_that_need_to_know_shows(
    seed: int, cast: SimpleNamespace, people: list[str], role: str
) -> None:
    everybody = Viewer(uuid4(), uuid4(), "supervisor", ("team:T-whole",), TODAY)
    with recording(cast.operator, AT):
        keep(NewReach(ref, "team:T-whole", TODAY, None, "", "case") for ref in people)
    for viewer in (everybody, *reaching(people, seed, cast.operator)):
        asked: dict[tuple[Any, str], models.Q] = {(Person, "ref"): within(viewer)}
        asked |= {(model, column): within(viewer, column) for model, column in DIRECT}
        wanted: dict[Any, set[Any]] = {}
        for (model, column), condition in asked.items():
            null = models.Q(**{f"{column}__isnull": True})
            wanted[model] = keys(model.objects.filter(condition | null))
        links = KinLink.objects.filter(within(viewer, "child_id") | within(viewer, "parent_id"))
        wanted |= {KinLink: keys(links)}
        reach = keys(Reach.objects.filter(circle__in=viewer.circles))
        with walls.narrowed(viewer, widely=True):
            assert {model: keys(model.objects.all()) for model in wanted} == wanted
            assert keys(Reach.objects.all()) == reach
            assert {row.person_id for row in reached(viewer)} == keys(Person.objects.all())
    assert keys(Person.objects.all()) == set(people)


def test_whoever_reaches_everybody_but_one_is_not_shown_that_one(
    people: list[str], role: str, cast: Any
) -> None:
    ours = Viewer(uuid4(), uuid4(), "supervisor", ("team:T-ours",), TODAY)
    with recording(cast.operator, AT):
        keep(NewReach(ref, "team:T-ours", TODAY, None, "", "case") for ref in (*people[1:], people[-1]))
        keep([NewReach(people[0], "team:T-ours", TODAY, TODAY - timedelta(days=1), "", "case")])
    with walls.narrowed(ours, widely=True):
        assert keys(Person.objects.all()) == set(people[1:])


def test_nobody_who_is_narrowed_already_is_found_to_reach_everybody(
    people: list[str], role: str, cast: Any
) -> None:
    one, none = (Viewer(uuid4(), uuid4(), "supervisor", (f"team:T-{n}",), TODAY) for n in (1, 2))
    with recording(cast.operator, AT):
        keep([NewReach(people[0], "team:T-1", TODAY, None, "", "case")])
    with walls.narrowed(one), walls.narrowed(one, widely=True):
        assert keys(Person.objects.all()) == {people[0]}
        with walls.narrowed(none, widely=True):
            assert not Person.objects.exists()
        assert keys(Person.objects.all()) == {people[0]}


def test_a_connection_that_says_nothing_is_shown_nobody(people: list[str], role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('amana.circles', '', true), set_config('amana.day', '', true)")
    assert not Person.objects.exists() and not Claim.objects.exists() and not Reach.objects.exists()


def test_every_table_that_speaks_of_a_person_has_its_policy_by_force(people: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid "
            "WHERE p.polname = %s AND c.relrowsecurity AND c.relforcerowsecurity",
            [walls.POLICY],
        )
        assert {name for (name,) in cursor.fetchall()} == set(walls.walled())
    to_people = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.related_model is Person
    }
    assert to_people < set(walls.walled())


def test_nothing_is_written_through_the_wall(people: list[str], role: str, cast: SimpleNamespace) -> None:
    stranger = Viewer(uuid4(), uuid4(), "caseworker", (f"user:{uuid4()}",), TODAY)
    with walls.narrowed(stranger), recording(cast.operator, AT):
        assert Person.objects.filter(ref=people[0]).update(version=9) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            keep([NewReach(people[0], "user:her-own", TODAY, None, "", "case")])


def test_a_list_is_brought_in_by_a_role_that_the_wall_holds(
    cast: SimpleNamespace, people: list[str], role: str, tmp_path: Path
) -> None:
    (tmp_path / "9").mkdir()
    before = ListedRow.objects.count()
    settle(cast.registrar, tmp_path / "9", people=40, seed=9)
    assert ListedRow.objects.count() >= before + 40 and Person.objects.count() > len(people) + 20


def test_looking_ends_where_it_began_whatever_happened(people: list[str], role: str) -> None:
    stranger = Viewer(uuid4(), uuid4(), "caseworker", (), TODAY)
    with pytest.raises(ValueError, match="within"), walls.narrowed(stranger):
        raise ValueError("within")
    assert keys(Person.objects.all()) == set(people)
