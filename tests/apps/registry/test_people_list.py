"""The people list: search, filters, paging, counts, and what may not be searched by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import TODAY
from small_lists import a_list, many, one_family, row, year

from amana.apps.accounts.viewers import NotForYou
from amana.apps.registry.models import Person
from amana.apps.registry.queries import FilterRefused, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(committed: Callable[..., Any], caseworker: Any) -> Callable[..., Any]:
    """`listed(text, **filters)` gives the names found, in order."""
    committed(one_family())

    def found(text: str = "", **filters: list[str]) -> list[str]:
        page = people(caseworker, on=TODAY, text=text, filters=filters)
        assert page.count == len(page.rows)
        return [line.name_latin.split()[0] for line in page.rows]

    return found


def test_everybody_stands_in_name_order(listed) -> None:
    assert listed() == ["Anora", "Farid", "Madina", "Rustam", "Zarina"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("zar", ["Zarina"]),
        ("RAHIMOV far", ["Farid"]),
        ("himov", []),
        ("nobody", []),
        ("100%", []),
        ("_arina", []),
    ],
)
def test_a_word_finds_the_beginnings_of_names(listed, text, names) -> None:
    assert listed(text) == names


def test_a_name_is_found_in_arabic_letters_however_they_are_written(committed, caseworker) -> None:
    committed(a_list(row(2, "", "other", name_ar="أحمد الكُرديّة")))
    assert people(caseworker, on=TODAY, text="احمد الكرديه").count == 1


def test_a_reference_or_its_beginning_finds_the_person_or_the_family(listed) -> None:
    ref, family = Person.objects.values_list("ref", "family_id").get(name_latin="Farid Rahimov")
    assert listed(ref.lower()) == ["Farid"]
    assert "Farid" in listed(ref[:4])
    assert len(listed(family)) == 5


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"sex": ["male"]}, ["Farid", "Rustam"]),
        ({"age": ["0-3"]}, ["Anora"]),
        ({"age": ["4-14", "18+"]}, ["Farid", "Zarina"]),
        ({"age": ["15-17"], "sex": ["female"]}, ["Madina"]),
        ({"nation": ["TJK"]}, ["Anora", "Farid", "Madina", "Rustam", "Zarina"]),
        ({"nation": ["IRQ"]}, []),
        ({"outcome": ["with_mother", "state_home"]}, ["Anora", "Farid"]),
        ({"outcome": ["undetermined"]}, []),
        ({"batch": ["B-222222"]}, []),
        ({"facility": ["S-222222"]}, []),
        ({"sex": []}, ["Anora", "Farid", "Madina", "Rustam", "Zarina"]),
    ],
)
def test_filters_narrow_the_list(listed, filters, names) -> None:
    assert listed(**filters) == names


def test_everybody_with_an_open_stay_at_a_place_is_found_by_it(listed, site) -> None:
    assert len(listed(facility=[site])) == 5


def test_an_uncertain_age_is_found_in_each_band_it_may_be_in(committed, caseworker) -> None:
    committed(a_list(row(2, "Either", "son", birth=year(2014)), row(3, "Unknown", "son")))

    def found(band: str) -> list[str]:
        return [line.name_latin for line in people(caseworker, on=TODAY, filters={"age": [band]}).rows]

    assert (found("0-3"), found("4-14"), found("15-17"), found("unknown")) == (
        ["Either"],
        ["Either"],
        [],
        ["Unknown"],
    )


@pytest.mark.parametrize("of_several", ["UZB", "IRQ"])
def test_each_of_several_nationalities_finds_the_person(committed, caseworker, of_several) -> None:
    committed(a_list(row(2, "Two Papers", "other", nationality=frozenset({"IRQ", "UZB"}))))
    assert people(caseworker, on=TODAY, filters={"nation": [of_several]}).count == 1


@pytest.mark.parametrize(
    "filters",
    [
        {"outcome": ["reported_detention_possible"]},
        {"outcome": ["with_mother", "reported_detention_possible"]},
        {"outcome": ["anything"]},
        {"sex": ["x"]},
        {"nation": ["' OR 1=1"]},
        {"age": ["5-9"]},
        {"person__name_ar": ["x"]},
        {"claim__text__contains": ["x"]},
    ],
)
def test_outcomes_that_never_act_and_unknown_filters_find_nobody(committed, caseworker, filters) -> None:
    committed(one_family())
    with pytest.raises(FilterRefused):
        people(caseworker, on=TODAY, filters=filters)


def test_pages_follow_one_another_without_gap_or_repeat(committed, caseworker) -> None:
    committed(many(10))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = people(caseworker, on=TODAY, after=after, limit=7)
        assert page.count == 30
        seen += [line.ref for line in page.rows]
        after = page.after
    assert seen == list(Person.objects.order_by("folded", "ref").values_list("ref", flat=True))


def test_a_page_is_asked_for_by_reference_so_that_no_name_stands_in_an_address(committed, caseworker) -> None:
    committed(many(10))
    assert str(people(caseworker, on=TODAY, limit=5).after).startswith("P-")
    with pytest.raises(FilterRefused):
        people(caseworker, on=TODAY, after="P-222222")


def test_paging_compares_rows_of_values_in_one_range(committed, caseworker) -> None:
    committed(many(3))
    first = people(caseworker, on=TODAY, limit=2)
    with CaptureQueriesContext(
        connection,
    ) as ran:
        people(caseworker, on=TODAY, after=first.after or "", limit=2)
    assert any(") > (" in query["sql"] and "LIMIT 3" in query["sql"] for query in ran.captured_queries)


def test_who_was_shown_is_noted(listed, caseworker) -> None:
    caseworker.trail.clear()
    listed("zar")
    assert caseworker.trail == [Person.objects.get(name_latin="Zarina Rahimova").ref]


@pytest.mark.parametrize("role", ["monitor", "rules_editor", "administrator", "outsider"])
def test_roles_without_cases_see_nobody(cast, role) -> None:
    with pytest.raises(NotForYou):
        people(getattr(cast, role), on=TODAY)
