"""Values that change: which one counted, since when, by which text; and what their day will change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from small_pack import event, files, gap, row, rule, texts

from amana.core.policy import Explanation, Pack, build_pack, contrast, explain
from amana.core.truth import Truth
from amana.wording.contrasts import contrast_lines
from amana.wording.explanations import explanation_lines

BEFORE, AFTER = date(2018, 2, 15), date(2018, 3, 15)


def dated(changes: list[dict[str, Any]], events: dict[str, Any] | None = None) -> Pack:
    rules = [
        rule("small", "age <= :smallest AND alone", "home", "must"),
        rule("others", "NOT (age <= :smallest AND alone)", "clinic"),
    ]
    content = files(rules, [gap("silent", "age < 0")], events)
    content["gaps.yaml"] = []
    content["parameters.yaml"]["smallest"] = {
        "value": 3,
        "label": texts("smallest age"),
        "source": "law/1",
        "changes": changes,
    }
    return build_pack(content)


@pytest.fixture(scope="module")
def by_day() -> Pack:
    return dated([{"from": "2018-03-01", "value": 2, "source": "law/1", "reading": texts("read anew")}])


@pytest.fixture(scope="module")
def by_event() -> Pack:
    change = {"from": "event:change", "value": 2, "source": "law/1"}
    return dated([change], {"change": event("2018-02-01/2018-02-20")})


def told(pack: Pack, on: date, **facts: str) -> tuple[Explanation, str]:
    explanation = explain(pack, "care", row(pack, on, **facts))
    with translation.override("en"):
        return explanation, "\n".join(explanation_lines(explanation, pack))


def test_the_value_that_counted_is_named_with_its_period_and_its_text(by_day: Pack) -> None:
    _explanation, lines = told(by_day, BEFORE, birth="2015-01-01", alone="true")
    assert "[true] age is 3 or younger — label: 1 January 2015, age 3" in lines
    assert "    smallest age: 3, until 1 March 2018 — law, 1 (" in lines
    _explanation, lines = told(by_day, AFTER, birth="2015-01-01", alone="true")
    assert "[false] age is 2 or younger — label: 1 January 2015, age 3" in lines
    assert "    smallest age: 2, from 1 March 2018 — law, 1 (" in lines


def test_both_values_are_shown_while_the_day_is_not_known(by_event: Pack) -> None:
    explanation, lines = told(by_event, BEFORE, birth="2015-01-01", alone="true")
    assert explanation.verdict.needs == ("law:change",)
    assert explanation.first_question and explanation.first_question.kind == "law"
    between = "a day between 1 February 2018 and 20 February 2018"
    assert f"age is 3 or younger (until {between}) or age is 2 or younger (from {between})" in lines
    assert f"smallest age: 3, until {between}" in lines
    assert f"smallest age: 2, from {between}" in lines


def test_the_day_of_a_value_is_a_change_that_time_brings(by_day: Pack) -> None:
    explanation, lines = told(by_day, BEFORE, birth="2015-01-01", alone="true")
    first = explanation.changes[0]
    assert (first.cause, first.earliest, first.latest) == (
        "law:2018-03-01",
        date(2018, 3, 1),
        date(2018, 3, 1),
    )
    assert (first.possible_before, first.possible_after) == (("home",), ("clinic",))
    assert "1 March 2018: the law changes." in lines


def test_an_event_that_changes_a_value_is_a_change_between_its_ends(by_event: Pack) -> None:
    explanation, _lines = told(by_event, date(2018, 1, 15), birth="2015-01-01", alone="true")
    first = explanation.changes[0]
    assert (first.cause, first.earliest, first.latest) == ("law:change", date(2018, 2, 1), date(2018, 2, 20))


def test_readings_tell_every_value_with_its_period(by_day: Pack) -> None:
    _explanation, lines = told(by_day, BEFORE, birth="2015-01-01")
    assert "smallest age: 3 (until 1 March 2018), 2 (from 1 March 2018)." in lines


def test_a_contrast_shows_a_dated_test_as_one_condition(by_day: Pack) -> None:
    facts = row(by_day, AFTER, birth="2015-01-01", alone="true")
    found = contrast(by_day, "care", facts, "home")
    (failing,) = found.rules[0].failing
    assert failing.dated and failing.truth is Truth.FALSE
    with translation.override("en"):
        lines = "\n".join(contrast_lines(found, explain(by_day, "care", facts), by_day))
    assert "[false] age is 2 or younger — label: 1 January 2015, age 3" in lines
    assert "age is 3 or younger" not in lines
