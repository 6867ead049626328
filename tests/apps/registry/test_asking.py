"""Reads about many people that are put together once: the rows are those of the query itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import TODAY
from small_lists import one_family

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.registry.models import Claim, KinLink, Person

pytestmark = pytest.mark.django_db
Refs = Whoever | Sequence[str]


def _said(refs: Refs, on: date) -> Query:
    """Texts, days and flags, over a join, in an order of its own."""
    claims = Claim.objects.filter(Among("person_id", refs), on__lte=on).order_by("-id")
    columns = ("person_id", "attribute", "earliest", "on", "disputed", "flag", "person__folded")
    return claims.values_list(*columns)


def _parents(refs: Refs, role: str = "") -> Query:
    links = KinLink.objects.filter(Among("child_id", refs), **({"role": role} if role else {}))
    return links.order_by("parent").values_list("parent_id").distinct()


@pytest.fixture
def people(committed: Callable[..., Any]) -> list[str]:
    """A family on the register."""
    committed(one_family())
    return list(Person.objects.order_by("ref").values_list("ref", flat=True))


@pytest.mark.parametrize("some", [0, 1, 5])
def test_the_rows_are_those_of_the_query_itself(people, some) -> None:
    ask = of_many(_said)
    for refs in (people[:some], people[some:], people):
        for on in (TODAY, TODAY - timedelta(days=1)):
            assert ask(refs, on) == list(_said(refs, on))


def test_what_else_is_asked_makes_a_query_of_its_own(people) -> None:
    ask = of_many(_parents)
    for role in ("mother", "father", ""):
        assert ask(people, role) == list(_parents(people, role))
    assert ask(people, role="father") == list(_parents(people, role="father"))
    assert ask(people) == list(_parents(people))


def test_each_question_is_one_query_with_one_parameter_for_everybody(people) -> None:
    ask = of_many(_said)
    ask(people[:1], TODAY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert {row[0] for row in ask(people, TODAY)} <= set(people)
    assert len(asked) == 1


def test_what_was_written_since_is_read(people) -> None:
    ask = of_many(_parents)
    assert ask(people)
    KinLink.objects.all()._raw_delete(connection.alias)
    assert ask(people) == []
