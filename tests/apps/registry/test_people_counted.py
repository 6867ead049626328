"""How people are found and counted under filters: the same whichever way, once each, up to a bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from registered import AT, TODAY
from small_lists import a_list, many, one_family, row, year

from amana.apps.audit.recording import recording
from amana.apps.decisions.models import FactsRow
from amana.apps.registry import people as list_of_people
from amana.apps.registry.filters import combined, person_filters
from amana.apps.registry.models import Person
from amana.apps.registry.queries import people
from amana.casework.sweep import sweep_all

pytestmark = pytest.mark.django_db

ASKED: tuple[Mapping[str, list[str]], ...] = (
    {"sex": ["female"]},
    {"sex": ["male", "unknown"]},
    {"nation": ["TJK"]},
    {"nation": ["RUS", "unknown"]},
    {"age": ["0-3", "4-14"]},
    {"age": ["unknown"]},
    {"outcome": ["with_mother"]},
    {"outcome": ["state_home", "undetermined"]},
    {"finding": ["overdue"]},
    {"finding": ["breach", "overdue"]},
)


@pytest.fixture
def office(committed: Callable[..., Any], registrar: Any, site: str) -> SimpleNamespace:
    """Nine families of one place and somebody of whom nothing is known, held against every safeguard."""
    committed(many(8))
    committed(one_family())
    committed(
        a_list(
            row(2, "Either Way", "son", birth=year(2014), sex="", nationality=frozenset({"IRQ", "RUS"})),
            row(3, "Nothing Known", "other", nationality=frozenset()),
        )
    )
    sweep_all(on=TODAY, by=registrar, at=AT)
    return SimpleNamespace(site=site)


def found(viewer: Any, filters: Mapping[str, list[str]], **what: str) -> list[str]:
    page = people(viewer, on=TODAY, filters=filters, limit=200, **what)
    assert (page.count, page.many, page.after) == (len(page.rows), False, None)
    return [line.ref for line in page.rows]


@pytest.mark.parametrize("few", [0, 5, 4_000])
def test_two_filters_find_whom_each_of_them_finds_however_many_they_are(
    office: SimpleNamespace, caseworker: Any, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(list_of_people, "FEW", few)
    asked = (*ASKED, {"facility": [office.site]})
    alone = [found(caseworker, each) for each in asked]
    assert sum(map(bool, alone)) > 7
    for (one, whom), (other, whom_else) in combinations(zip(asked, alone, strict=True), 2):
        if one.keys() != other.keys():
            both = found(caseworker, {**one, **other})
            assert both == [ref for ref in whom if ref in set(whom_else)], (one, other)


@pytest.mark.parametrize("few", [0, 4_000])
def test_a_word_and_a_filter_find_whom_both_find(
    office: SimpleNamespace, caseworker: Any, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(list_of_people, "FEW", few)
    sons = set(found(caseworker, {}, text="son"))
    for each in ASKED:
        assert found(caseworker, each, text="son") == [ref for ref in found(caseworker, each) if ref in sons]


@pytest.mark.parametrize("few", [0, 4_000])
def test_pages_under_filters_follow_one_another_without_gap_or_repeat(
    office: SimpleNamespace, caseworker: Any, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(list_of_people, "FEW", few)
    filters = {"sex": ["female"], "finding": ["overdue"]}
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = people(caseworker, on=TODAY, filters=filters, after=after, limit=2)
        seen += [line.ref for line in page.rows]
        after = page.after
        assert page.count == len(found(caseworker, filters))
    assert seen == found(caseworker, filters)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("son", {}),
        ("", {"sex": ["male"]}),
        ("", {"sex": ["male"], "outcome": ["state_home", "with_mother"]}),
        ("son", {"sex": ["male"]}),
    ],
)
def test_more_than_the_bound_are_told_as_more_than_the_bound(
    office: SimpleNamespace, caseworker: Any, monkeypatch: pytest.MonkeyPatch, text: str, filters: Any
) -> None:
    whole = people(caseworker, on=TODAY, text=text, filters=filters, limit=2)
    monkeypatch.setattr(list_of_people, "MOST", whole.count)
    exact = people(caseworker, on=TODAY, text=text, filters=filters, limit=2)
    monkeypatch.setattr(list_of_people, "MOST", whole.count - 1)
    beyond = people(caseworker, on=TODAY, text=text, filters=filters, limit=2)
    assert (exact.count, exact.many) == (whole.count, False)
    assert (beyond.count, beyond.many) == (whole.count - 1, True)
    assert beyond.rows == exact.rows == whole.rows


def test_everybody_is_counted_exactly_however_many(
    office: SimpleNamespace, caseworker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_of_people, "MOST", 3)
    page = people(caseworker, on=TODAY, limit=2)
    assert (page.count, page.many) == (Person.objects.count(), False)


def test_a_code_is_found_among_others_and_never_within_one(
    office: SimpleNamespace, caseworker: Any, registrar: Any
) -> None:
    everybody = Person.objects.count()
    for written, code, share in (
        ("IRQ+UZB", "UZB", 1),
        ("IRQ+UZB", "IRQ", 1),
        ("IRQ;UZB+TUR", "TUR", 1),
        ("IRQ", "RQI", 0),
    ):
        with recording(registrar, AT):
            FactsRow.objects.update(nationality=written)
        assert len(found(caseworker, {"nation": [code]})) == share * everybody


def test_filters_that_ask_the_same_rows_find_each_person_once_there() -> None:
    shared: dict[Any, list[str]] = {}
    for each in person_filters().values():
        if each.told is not None:
            shared.setdefault(each.told, []).append(each.name)
    assert all(told.once for told, names in shared.items() if len(names) > 1)
    assert sorted(names for told, names in shared.items() if not told.once) == [["facility"], ["finding"]]


@pytest.mark.parametrize("asked", ASKED)
def test_whom_a_filter_finds_is_counted_within_an_index(
    office: SimpleNamespace, asked: Mapping[str, list[str]]
) -> None:
    (rows,) = combined(asked, TODAY).told
    plan = _plan(rows)
    assert connection.vendor == "postgresql" or "COVERING INDEX" in plan, plan


def _plan(rows: QuerySet[Any]) -> str:
    """How the database would go about it; on a small table PostgreSQL reads the table."""
    return str(rows[:10].explain())
