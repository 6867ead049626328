"""Random packs answer by the words of the design, on every engine; packs that conflict are refused."""

from __future__ import annotations

import itertools
from datetime import date
from random import Random

import pytest
from random_packs import EVENTS, OUTCOMES, Provision, a_row, answer, judge, provisions, small_pack

from amana.core.errors import PackFaults
from amana.core.policy import Pack, decide
from amana.core.policy.kleene import judge_loosely
from amana.exchange import sqlite

PACKS = 60
ROWS = 40


def sound_packs(seed: int, count: int) -> list[tuple[Pack, list[Provision]]]:
    """Random packs without conflicts."""
    random = Random(seed)
    found = []
    while len(found) < count:
        rules = provisions(random)
        try:
            pack = small_pack.open_pack([rule.entry for rule in rules], EVENTS, outcomes=OUTCOMES)
        except PackFaults:
            continue
        found.append((pack, rules))
    return found


@pytest.fixture(scope="module")
def packs() -> list[tuple[Pack, list[Provision]]]:
    return sound_packs(seed=14, count=PACKS)


def test_random_packs_answer_as_every_completion_does(packs: list[tuple[Pack, list[Provision]]]) -> None:
    random = Random(3)
    for (pack, rules), number in itertools.product(packs, range(ROWS)):
        row = a_row(random, number)
        found = decide(pack, "care", row)
        expected = answer(rules, row, set(pack.engines["care"].read))
        assert (found.outcome, found.rules, found.possible, found.needs) == expected, (
            [rule.entry for rule in rules],
            row,
        )


def test_random_packs_answer_in_sqlite_as_in_python(packs: list[tuple[Pack, list[Provision]]]) -> None:
    random = Random(4)
    for pack, _ in packs[:25]:
        rows = [a_row(random, number) for number in range(ROWS)]
        assert list(sqlite.decide_rows(pack, "care", rows)) == [decide(pack, "care", row) for row in rows]


def test_the_fallback_never_leaves_out_what_is_possible(packs: list[tuple[Pack, list[Provision]]]) -> None:
    random = Random(5)
    for (pack, _), number in itertools.product(packs, range(10)):
        engine = pack.engines["care"]
        row = a_row(random, number)
        frame = engine.frame(row.on)
        known = frame.state(row.values)
        assert known
        loose = judge_loosely(frame.loose(known[0]), engine.rules, engine.decision.default, engine.asks)
        exact = frame.verdict(*known)
        assert set(exact.possible) <= set(loose.possible)
        assert not loose.exact
        if loose.definite:
            assert loose.outcome == exact.outcome


def test_conflicts_are_found_whenever_there_are_any() -> None:
    random = Random(6)
    refused = 0
    for _ in range(60):
        rules = provisions(random)
        try:
            pack = small_pack.open_pack([rule.entry for rule in rules], EVENTS, outcomes=OUTCOMES)
        except PackFaults as faults:
            refused += any("conflicts with" in fault.reason for fault in faults.faults)
            continue
        everything = {"ill": [True, False], "alone": [True, False], "age": range(8), "siblings": range(8)}
        nations = [frozenset({"IRQ"}), frozenset({"TUR", "UZB"}), frozenset({"IRQ", "TUR", "UZB"})]
        for ill, alone, age, siblings in itertools.product(*everything.values()):
            for nationality, first in itertools.product(nations, [True, False]):
                world = {
                    "ill": ill,
                    "alone": alone,
                    "age": age,
                    "siblings": siblings,
                    "nationality": nationality,
                }
                for seen in (True, False):
                    known = {"seen_by_doctor": seen, "law:first": first, "law:second": False}
                    judge(rules, world | known)
        assert pack.rules
    assert refused


def test_records_dates_ahead_and_certain_days_answer_in_sqlite_as_in_python() -> None:
    random = Random(11)
    rules = [
        small_pack.rule("unseen", "seen_by_doctor IS NOT KNOWN AND days_since(arrived) > 3", "clinic"),
        small_pack.rule("stale", "months_since(seen_by_doctor) >= 2", "clinic"),
        small_pack.rule("soon", "days_until(arrived) BETWEEN 0 AND 7 AND sex = 'female'", "clinic"),
        small_pack.rule(
            "late", "arrived >= '2018-02-01' AND sex <> 'female'", "clinic", in_force={"from": "2018-02-14"}
        ),
    ]
    pack = small_pack.open_pack(rules)
    dates = [
        "",
        "2018-02-12",
        "2018-02-11",
        "2018-02",
        "../2018-01-20",
        "2017-12-15/..",
        "2018-02-22",
        "2018-02-23",
    ]
    rows = [
        small_pack.row(
            pack,
            random.choice([date(2018, 2, 13), date(2018, 2, 15)]),
            arrived=random.choice(dates),
            seen_by_doctor=random.choice(dates),
            sex=random.choice(["", "male", "female", "male;female", "female+male", "boy"]),
        )
        for _ in range(400)
    ]
    expected = [decide(pack, "care", row) for row in rows]
    assert {verdict.outcome for verdict in expected} == {"clinic", "nothing", "undetermined", "invalid"}
    assert list(sqlite.decide_rows(pack, "care", rows)) == expected
