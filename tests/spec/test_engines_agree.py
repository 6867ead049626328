"""One answer, whichever engine gives it: Python, SQLite, PostgreSQL, DuckDB; for the one pack that matters
and for random packs of every operation of the rule language.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from random import Random

import language_packs
import language_rows
import pytest
from language_rows import a_row
from random_facts import EDGES, rows

from amana.apps.decisions.packs import find_pack
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, Evidence, FactRow, FactValue, Standing
from amana.core.policy import Pack, Verdict, decide, read_row
from amana.core.policy.sql import Encoding
from amana.exchange import sql_rows, sqlite
from amana.exchange.sql_rows import Session, decide_in_batches

PACKS, ROWS = 200, 100
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


def test_each_engine_answers_as_python_does(
    pack: Pack, facts: list[FactRow], expected: list[Verdict], session: Session
) -> None:
    found = decide_in_batches(session, pack, "placement", facts)
    for row, here, there in zip(facts, expected, found, strict=True):
        assert there == here, row


def test_no_row_gives_no_verdict(pack: Pack, session: Session) -> None:
    assert list(decide_in_batches(session, pack, "placement", [])) == []


def test_batches_are_told_apart(
    pack: Pack, facts: list[FactRow], expected: list[Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sql_rows, "BATCH", 7)
    assert list(sqlite.decide_rows(pack, "placement", facts[:100])) == expected[:100]


def test_random_packs_of_every_operation_answer_alike_on_every_engine(sessions: dict[str, Session]) -> None:
    random = Random(2018)
    occurring: Counter[str] = Counter()
    seen: set[tuple[str, bool]] = set()
    wide = 0
    for pack in islice(filter(None, language_packs.packs(seed=41)), PACKS):
        rows = [a_row(random, number) for number in range(ROWS)]
        expected = [decide(pack, "care", row) for row in rows]
        for name, session in sessions.items():
            for row, here, there in zip(
                rows, expected, decide_in_batches(session, pack, "care", rows), strict=True
            ):
                assert there == here, (
                    name,
                    row,
                    [(rule.id, rule.condition.text) for rule in pack.rules.values()],
                )
        occurring += language_packs.operations(pack)
        seen |= {(verdict.outcome, verdict.exact) for verdict in expected}
        wide += not pack.engines["care"].finite
    assert set(occurring) >= language_packs.OPERATIONS, language_packs.OPERATIONS - set(occurring)
    assert {("invalid", True), ("undetermined", True), ("undetermined", False), ("home", False)} <= seen
    assert wide >= PACKS // 25


def test_a_wide_pack_needs_several_whole_numbers_for_its_keys_and_its_days_fall_into_classes() -> None:
    wide = language_packs.built(language_packs.content(Random(5), wide=True))
    assert wide and not wide.engines["care"].finite
    encoding = Encoding(wide, "care", "duckdb", "facts", language_rows.AS_OF, on_column="on")
    assert len(encoding.parts) > 1
    assert 1 < len(encoding.days.frames) < len(language_rows.AS_OF)
    one = Encoding(wide, "care", "duckdb", "facts", language_rows.AS_OF[0])
    assert len(one.days.frames) == 1


@pytest.mark.parametrize("engine", ["python", "sqlite", "postgresql", "duckdb"])
def test_a_record_outside_its_domain_is_invalid_and_never_on_record(
    engine: str, request: pytest.FixtureRequest
) -> None:
    small_pack = language_packs.small_pack
    content = language_packs.content(Random(1))
    content["rules/rules.yaml"] = [
        small_pack.rule("in-a-ward", "ward IS KNOWN", "clinic"),
        small_pack.rule("seen", "seen_by_doctor IS KNOWN OR visited IS KNOWN", "clinic"),
    ]
    pack = language_packs.built(content)
    assert pack
    wrong: list[dict[str, FactValue]] = [
        {"ward": frozenset({"QQQ"})},
        {"ward": AllOf({"east", "west"})},
        {"seen_by_doctor": 7},
        {"visited": 1},
    ]
    rows = [FactRow(str(place), date(2018, 2, 15), values) for place, values in enumerate(wrong)]
    found = [decide(pack, "care", row) for row in rows]
    if engine != "python":
        found = list(decide_in_batches(request.getfixturevalue("sessions")[engine], pack, "care", rows))
    assert [(verdict.outcome, verdict.needs) for verdict in found] == [
        ("invalid", tuple(values)) for values in wrong
    ]


@pytest.mark.parametrize("engine", ["python", "sqlite", "postgresql", "duckdb"])
def test_a_record_of_the_past_dated_ahead_is_invalid_though_only_its_being_there_is_asked(
    engine: str, request: pytest.FixtureRequest
) -> None:
    small_pack = language_packs.small_pack
    content = language_packs.content(Random(1))
    content["facts.yaml"]["seen_by_doctor"]["past"] = True
    content["rules/rules.yaml"] = [small_pack.rule("seen", "seen_by_doctor IS KNOWN", "clinic")]
    pack = language_packs.built(content)
    assert pack
    on = date(2018, 2, 15)
    spans = {
        "tomorrow": (DateSpan.day(on + timedelta(days=1)), "invalid"),
        "today": (DateSpan.day(on), "clinic"),
        "from today on": (DateSpan(on, None), "clinic"),
        "by some day": (DateSpan(None, on + timedelta(days=9)), "clinic"),
        "nothing": (None, "nothing"),
    }
    rows = [FactRow(name, on, {"seen_by_doctor": span}) for name, (span, _) in spans.items()]
    found = [decide(pack, "care", row) for row in rows]
    if engine != "python":
        found = list(decide_in_batches(request.getfixturevalue("sessions")[engine], pack, "care", rows))
    assert [verdict.outcome for verdict in found] == [outcome for _, outcome in spans.values()]
    assert found[0].needs == ("seen_by_doctor",)
