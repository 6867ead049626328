"""Every row of the truth tables, on every engine; and no operation of the language without a table."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from truth_tables import VERDICT, Table, read_sections

from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict, build_pack, nodes, read_row
from amana.exchange.engines import ENGINES, decide_rows

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import small_pack

TABLES = [table for section in read_sections() for table in section.tables]
JUDGED = [table for table in TABLES if table.kind != "date"]
Decide = Callable[[Pack, str, list[FactRow]], list[Verdict]]


def files_of(table: Table) -> dict[str, Any]:
    """The pack of one table: its rules, or one decision for each condition."""
    events = {ident: small_pack.event(**entry) for ident, entry in events_of(table).items()}
    rules = [
        small_pack.rule(entry["id"], entry["when"], entry["outcome"], entry.get("modality", "may"))
        | {key: entry[key] for key in ("in_force", "exception_to") if key in entry}
        for entry in table.law.get("rules", ())
    ]
    content = small_pack.files(rules, events=events)
    head, care = content["pack.yaml"], content["pack.yaml"]["decisions"]["care"]
    head["leap_day_birthday"] = table.law.get("leap_day_birthday", "mar-01")
    content["parameters.yaml"] = {
        ident: {**entry, "label": small_pack.texts(ident)}
        for ident, entry in table.law.get("parameters", {}).items()
    }
    for number, condition in enumerate(table.conditions):
        head["decisions"][f"c{number}"] = care
        asked = small_pack.rule(f"r{number}", condition, "home", "must")
        content["rules/rules.yaml"].append(asked | {"decision": f"c{number}"})
    return content


def events_of(table: Table) -> dict[str, dict[str, str]]:
    events = table.law.get("events", {})
    return {ident: {key: str(value) for key, value in entry.items()} for ident, entry in events.items()}


def rows_of(pack: Pack, table: Table) -> Iterator[FactRow]:
    """The rows of a table as facts, numbered."""
    for number, cells in enumerate(table.rows):
        given = dict(zip(table.headings[: table.given], cells, strict=False))
        on = date.fromisoformat(given.pop("day", "2018-02-15"))
        yield read_row(pack, str(number), on, given)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def decided(engine: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Decide:
    if engine == "postgresql":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgres_url"))

    def decide(pack: Pack, decision: str, rows: list[FactRow]) -> list[Verdict]:
        found = dict(decide_rows(engine, pack, decision, rows))
        return [found[row.ref] for row in rows]

    return decide


TRUTHS = {"home": "T", "nothing": "F", "undetermined": "U"}


@pytest.mark.parametrize("table", JUDGED, ids=[table.title for table in JUDGED])
def test_every_row_comes_out_as_written(table: Table, decided: Decide) -> None:
    pack = build_pack(files_of(table), draft=True)
    assert ("conflict" in {fault.kind for fault in pack.findings}) is table.law.get("conflict", False)
    rows = list(rows_of(pack, table))
    if table.kind == "rules":
        assert_verdicts(table, decided(pack, "care", rows))
        return
    for number, condition in enumerate(table.conditions):
        assert pack.exact(f"c{number}") is table.exact
        verdicts = decided(pack, f"c{number}", rows)
        found = [TRUTHS[verdict.outcome] for verdict in verdicts]
        assert found == [cells[table.given + number] for cells in table.rows], condition
        if table.exact:
            assert all(verdict.exact for verdict in verdicts)
        else:
            assert not any(verdict.exact for verdict in verdicts if verdict.outcome == "undetermined")


def assert_verdicts(table: Table, verdicts: list[Verdict]) -> None:
    asked = table.headings[table.given :]
    assert set(asked) <= set(VERDICT)
    for cells, verdict in zip(table.rows, verdicts, strict=True):
        said = {
            "outcome": verdict.outcome,
            "rule": ";".join(verdict.rules),
            "possible": ";".join(verdict.possible),
            "needs": ";".join(verdict.needs),
        }
        assert [said[name] for name in asked] == list(cells[table.given :]), cells


@pytest.mark.parametrize("table", [table for table in TABLES if table.kind == "date"], ids=lambda t: t.title)
def test_every_date_means_the_days_it_is_said_to_mean(table: Table) -> None:
    for written, earliest, latest in table.rows:
        if earliest == "refused":
            with pytest.raises(InvalidDate):
                parse_edtf(written)
            continue
        span = parse_edtf(written)
        found = [day.isoformat() if day else "" for day in (span.earliest, span.latest)]
        assert found == [earliest, latest], written


def test_every_operation_of_the_language_stands_in_a_table() -> None:
    packs = [build_pack(files_of(table), draft=True) for table in JUDGED]
    rules = [rule for pack in packs for rule in pack.rules.values()]
    found = [leaf for rule in rules for leaf in nodes.leaves(rule.condition)]
    tests = [leaf for leaf in found if isinstance(leaf, nodes.Test)]
    assert {type(leaf) for leaf in found} == set(get_args(nodes.Leaf))
    assert {test.operator for test in tests} == set(get_args(nodes.Operator))
    assert {test.term.kind for test in tests} == set(get_args(nodes.TermKind))
    assert {rule.modality for rule in rules} == {"may", "must", "must_not"}
    assert any(rule.exception_to for rule in rules)
    assert {bool(bound.event) for rule in rules for bound in rule.in_force.bounds} == {True, False}
    assert {bool(b.event) for rule in rules for p in nodes.periods(rule.condition) for b in p.bounds} == {
        True,
        False,
    }
    assert any(event.after for pack in packs for event in pack.events.values())
    assert {pack.leap_day for pack in packs} == {"mar-01", "feb-28"}
