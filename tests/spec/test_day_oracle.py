"""The engine agrees, day by day, with an oracle written from the design alone; `needs` is smallest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from itertools import product
from random import Random

import pytest
from day_oracle import DAY, Conflicting, Oracle
from day_packs import AS_OF, OUTCOMES, a_row, built, provisions

from amana.core.dates import DateSpan
from amana.core.errors import PackFaults
from amana.core.facts import FactRow
from amana.core.policy import Pack, decide
from amana.exchange import sqlite

AS_OF_IN = re.compile(r"as of (\d{4}-\d{2}-\d{2})")
PACKS = 30
ROWS = 20


@pytest.fixture(scope="module")
def packs() -> list[tuple[Pack, Oracle]]:
    random = Random(29)
    found: list[tuple[Pack, Oracle]] = []
    while len(found) < PACKS:
        rules = provisions(random)
        leap_day = random.choice(["mar-01", "feb-28"])
        try:
            found.append((built(rules, leap_day), Oracle(rules, leap_day, OUTCOMES[-1])))
        except PackFaults:
            continue
    return found


def test_every_row_is_answered_as_every_day_it_may_mean(packs: list[tuple[Pack, Oracle]]) -> None:
    random = Random(31)
    met: dict[str, int] = {}
    asked = 0
    for pack, oracle in packs:
        for number in range(ROWS):
            row = a_row(random, number)
            found = decide(pack, "care", row)
            expected = oracle.answer(row)
            said = (found.outcome, found.rules, found.possible, found.needs)
            assert said == expected, ([rule.entry for rule in oracle.rules], oracle.leap_day, row)
            assert found.exact
            met[found.outcome] = met.get(found.outcome, 0) + 1
            asked += found.outcome == "undetermined"
    assert set(met) == {*OUTCOMES, "undetermined", "invalid"}
    assert asked >= 180, "too few undetermined rows to say that needs is smallest"


def test_sqlite_answers_every_row_as_python_does(packs: list[tuple[Pack, Oracle]]) -> None:
    random = Random(37)
    for pack, _ in packs[:2]:
        rows = [a_row(random, number) for number in range(ROWS)]
        assert list(sqlite.decide_rows(pack, "care", rows)) == [decide(pack, "care", row) for row in rows]


def test_a_pack_is_refused_for_a_conflict_exactly_where_somebody_would_meet_it() -> None:
    random = Random(41)
    refused = accepted = 0
    for _ in range(30):
        rules = provisions(random)
        oracle = Oracle(rules, "mar-01", OUTCOMES[-1])
        try:
            built(rules, "mar-01")
        except PackFaults as faults:
            reasons = [fault.reason for fault in faults.faults if "conflicts with" in fault.reason]
        else:
            reasons = []
        told = bool(reasons)
        named = [date.fromisoformat(day) for reason in reasons for day in AS_OF_IN.findall(reason)]
        assert told == meets_a_conflict(oracle, named or AS_OF), [rule.entry for rule in rules]
        refused, accepted = refused + told, accepted + (not told)
    assert refused >= 8 and accepted >= 8


def meets_a_conflict(oracle: Oracle, days: Iterable[date]) -> bool:
    """Whether two rules contradict each other for anybody on one of these days, seen by a doctor or not."""
    asks = any("IS KNOWN" in leaf.text for leaf in oracle.leaves)
    for on, seen in product(days, (False, True) if asks else (False,)):
        on_record = {"seen_by_doctor": DateSpan(on - 8 * 366 * DAY, None)} if seen else {}
        try:
            for world in oracle.worlds(FactRow("anybody", on, on_record)):
                oracle.judge(world, on)
        except Conflicting:
            return True
    return False


def test_knowing_more_never_turns_a_definite_outcome_of_any_pack(packs: list[tuple[Pack, Oracle]]) -> None:
    random = Random(43)
    definite = 0
    for pack, _ in packs:
        for number in range(ROWS):
            row = a_row(random, number)
            before = decide(pack, "care", row)
            for name in row.values:
                if before.outcome == "invalid" or row.values[name] is not None or name == "seen_by_doctor":
                    continue  # what is on record is a fact in itself: a new entry may change the answer
                learned = {**row.values, name: a_row(random, number).values[name]}
                after = decide(pack, "care", FactRow(row.ref, row.on, learned, row.evidence))
                if after.outcome == "invalid":
                    continue
                assert set(after.possible) <= set(before.possible)
                if before.definite:
                    assert after.outcome == before.outcome
                    definite += 1
    assert definite >= 100
