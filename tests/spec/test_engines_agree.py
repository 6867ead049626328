"""One answer, whichever engine gives it: Python, SQLite, PostgreSQL."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from random_facts import EDGES, rows

from amana.apps.decisions.packs import find_pack
from amana.core.facts import Contradiction, Evidence, FactRow, Standing
from amana.core.policy import Pack, Verdict, decide, read_row
from amana.exchange import postgresql, sqlite

DAYS = [*EDGES, *(date(2015, 1, 1) + timedelta(days=97 * step) for step in range(18))]
CONFIRMED = Evidence(Standing.CONFIRMED, "two passports seen")
ODD_ROWS = [
    FactRow(
        "contradiction", date(2018, 2, 15), {"birth": Contradiction("two days"), "sex": frozenset({"male"})}
    ),
    FactRow("two wrong", date(2018, 2, 15), {"birth": Contradiction("x"), "nationality": frozenset({"QQQ"})}),
    FactRow("no such code", date(2018, 2, 15), {"nationality": frozenset({"QQQ"})}),
    FactRow("one of two is no code", date(2018, 2, 15), {"nationality": frozenset({"IRQ", "QQQ"})}),
    FactRow("part of a code", date(2018, 2, 15), {"nationality": frozenset({"IR"})}),
    FactRow(
        "quote", date(2018, 2, 15), {"nationality": frozenset({"I'Q"}), "sex": frozenset({"'); DROP--"})}
    ),
    FactRow("empty set", date(2018, 2, 15), {"nationality": frozenset()}),
    FactRow(
        "proved by evidence",
        date(2017, 1, 1),
        {"nationality": frozenset({"IRQ", "TUR"})},
        {"nationality": CONFIRMED},
    ),
    FactRow("nothing", date(2018, 2, 15), {}),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack("iraq_2018")


@pytest.fixture(scope="module")
def facts(pack: Pack) -> list[FactRow]:
    cases = [read_row(pack, case.id, case.on, case.facts) for case in pack.cases]
    return [*rows(seed=126, count=5_000, days=DAYS), *cases, *ODD_ROWS]


@pytest.fixture(scope="module")
def expected(pack: Pack, facts: list[FactRow]) -> list[Verdict]:
    return [decide(pack, "placement", row) for row in facts]


def test_sqlite_answers_as_python_does(pack: Pack, facts: list[FactRow], expected: list[Verdict]) -> None:
    found = sqlite.decide_rows(pack, "placement", facts)
    for row, here, there in zip(facts, expected, found, strict=True):
        assert there == here, row


def test_postgresql_answers_as_python_does(
    pack: Pack, facts: list[FactRow], expected: list[Verdict], postgres_url: str
) -> None:
    found = postgresql.decide_rows(pack, "placement", facts, postgres_url)
    for row, here, there in zip(facts, expected, found, strict=True):
        assert there == here, row


def test_no_row_gives_no_verdict(pack: Pack) -> None:
    assert list(sqlite.decide_rows(pack, "placement", [])) == []
