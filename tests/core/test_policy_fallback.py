"""A decision with too many cells falls back to Kleene logic, says so, and stays sound."""

from __future__ import annotations

from datetime import date

import pytest
from small_pack import faults, files, judge, open_pack, row, rule

from amana.core.policy import UNDETERMINED, Pack, build_pack, decide, explain, frame
from amana.core.truth import Truth
from amana.exchange import sqlite


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch) -> Pack:
    monkeypatch.setattr(frame, "CELL_CAP", 3)
    return open_pack(
        [
            rule("ill", "ill", "clinic", "must"),
            rule("young", "age <= 3", "home"),
            rule("older", "age >= 4", "home"),
            rule("never", "alone", "home", "must_not"),
        ]
    )


def test_the_pack_is_labelled_as_not_exact(pack: Pack) -> None:
    assert not pack.exact("care")
    assert not judge(pack, ill="true").exact


def test_what_logic_alone_can_tell_is_definite(pack: Pack) -> None:
    assert judge(pack, ill="true").outcome == "clinic"
    assert judge(pack, ill="false", alone="false", birth="2016").rules == ("young",)
    assert judge(pack, ill="false", alone="true").rules == ("default",)


def test_what_only_cells_can_tell_is_undetermined(pack: Pack) -> None:
    verdict = judge(pack, ill="false", alone="false", birth="2012/2016")
    assert (verdict.outcome, verdict.possible) == (UNDETERMINED, ("home", "nothing"))
    assert verdict.needs == ("age",)


def test_it_is_explained_all_the_same(pack: Pack) -> None:
    explanation = explain(pack, "care", row(pack, ill="false"))
    truths = {view.id: view.holds for view in explanation.rules}
    assert truths == {
        "ill": Truth.FALSE,
        "young": Truth.UNKNOWN,
        "older": Truth.UNKNOWN,
        "never": Truth.UNKNOWN,
    }
    assert not explanation.exact


def test_it_decides_in_sql_all_the_same_and_says_there_that_it_is_not_exact(pack: Pack) -> None:
    rows = [
        row(pack, ill=ill, birth=birth) for ill in ("true", "false", "") for birth in ("2016", "2012/2016")
    ]
    found = list(sqlite.decide_rows(pack, "care", rows))
    assert found == [decide(pack, "care", each) for each in rows]
    assert not any(verdict.exact for verdict in found)


def test_a_pack_is_exact_only_if_it_is_on_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """On one day two thresholds fall on one day of birth, and there are fewer cells than on others."""
    rules = [rule("a", "days_since(birth) >= 365", "home"), rule("b", "age >= 1 AND ill", "clinic", "must")]
    monkeypatch.setattr(frame, "CELL_CAP", 4)
    pack = open_pack(rules)
    found = {day: pack.engines["care"].frame(day).finite for day in (date(2018, 1, 15), date(2017, 1, 15))}
    assert set(found.values()) == {True, False}
    assert not pack.exact("care")


def test_rules_in_conflict_are_found_though_the_cells_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pair of rules is small enough to look at, beside whatever may defeat one of the two."""
    monkeypatch.setattr(frame, "CELL_CAP", 50)
    rules = [
        rule("young", "age < 10", "home"),
        rule("ill", "ill", "clinic", exception_to=["young"]),
        rule("alone", "age >= 10 AND alone AND siblings > 3", "clinic", exception_to=["ill"]),
        rule("boy", "age >= 10 AND sex = 'male' AND nationality IN ('IRQ')", "clinic"),
    ]
    assert not build_pack(files(rules)).exact("care")
    del rules[1]["exception_to"]
    found = faults(files(rules))
    assert [(fault.kind, fault.id) for fault in found] == [("conflict", "young")]
    assert "“ill”" in found[0].reason
    rules[1]["modality"] = "must"
    assert not faults(files(rules))
