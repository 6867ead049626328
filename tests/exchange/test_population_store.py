"""The encoded store and the what-if count exactly what deciding everyone counts."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from messy_facts import a_file

from amana.apps.decisions.packs import SHIPPED, find_pack
from amana.cli import decide, encode
from amana.core.policy import Pack
from amana.core.policy import decide as verdict_of
from amana.core.policy.relabel import NotAggregated, aggregate, what_if
from amana.exchange.facts_file import open_facts
from amana.exchange.population.store import NotThisStore, open_store
from amana.exchange.population.store import encode as write_store
from amana.exchange.population.store_counts import aggregate_store, count_store

PLACEMENT = "placement"
DAYS = [date(2018, 1, 15), date(2016, 2, 29), date(2018, 2, 28), date(2018, 3, 1), date(1900, 1, 1)]
LIMITS = (
    "stay_with_mother_max",
    "state_home_min",
    "state_home_max",
    "adolescent_min",
    "adolescent_max",
    "majority",
)
NOW = (3, 4, 14, 15, 17, 18)


@pytest.fixture
def pack() -> Pack:
    return find_pack("iraq_2018")


@pytest.fixture
def messy(tmp_path) -> Path:
    file = tmp_path / "facts.csv"
    file.write_text(a_file(Random(3)), encoding="utf-8", newline="")
    return file


def with_limits(folder: Path, limits: tuple[int, ...], name: str = "changed") -> Pack:
    """The pack with other ages."""
    copy = folder / f"{name}-{'-'.join(map(str, limits))}"
    if not copy.exists():
        shutil.copytree(SHIPPED / "iraq_2018", copy)
        file = copy / "parameters.yaml"
        text = file.read_text(encoding="utf-8")
        for parameter, old, new in zip(LIMITS, NOW, limits, strict=True):
            assert f"{parameter}:\n  value: {old}\n" in text
            text = text.replace(f"{parameter}:\n  value: {old}\n", f"{parameter}:\n  value: {new}\n")
        file.write_text(text, encoding="utf-8")
    return find_pack(str(copy))


def rows_of(file: Path, pack: Pack, on: date):
    return list(open_facts(file, pack, on=on).rows())


def stored(file: Path, pack: Pack):
    out = file.with_suffix(".parquet")
    write_store(open_facts(file, pack), PLACEMENT, out)
    store = open_store(out)
    assert store
    return store


@pytest.mark.parametrize("on", DAYS)
def test_a_store_counts_what_deciding_everyone_counts_as_of_any_day(messy, pack, on):
    rows = rows_of(messy, pack, on)
    verdicts = [verdict_of(pack, PLACEMENT, row) for row in rows]
    expected = Counter((verdict.outcome, ";".join(sorted(verdict.needs))) for verdict in verdicts)
    assert count_store(stored(messy, pack), pack, PLACEMENT, on) == expected


@pytest.mark.parametrize("on", DAYS)
def test_a_store_and_rows_are_aggregated_alike(messy, pack, on):
    found = aggregate_store(stored(messy, pack), [pack], PLACEMENT, on)
    assert found == aggregate([pack], PLACEMENT, rows_of(messy, pack, on), on)
    assert found.people == len(rows_of(messy, pack, on))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limits=st.lists(st.integers(1, 30), min_size=3, max_size=3, unique=True).map(sorted),
    on=st.sampled_from(DAYS),
    seed=st.integers(0, 5),
)
def test_what_if_equals_deciding_everyone_under_any_ages(tmp_path_factory, pack, limits, on, seed):
    folder = tmp_path_factory.getbasetemp()
    first, second, third = limits
    changed = with_limits(folder, (first, first + 1, second, second + 1, third, third + 1))
    file = folder / f"people-{seed}.csv"
    file.write_text(a_file(Random(seed)), encoding="utf-8", newline="")
    rows = rows_of(file, pack, on)
    expected = Counter(
        (verdict_of(pack, PLACEMENT, row).outcome, verdict_of(changed, PLACEMENT, row).outcome)
        for row in rows
    )
    moved = what_if(aggregate([pack], PLACEMENT, rows, on), pack, changed, PLACEMENT)
    assert {(each.before, each.after): each.count for each in moved} == expected


def test_a_pack_that_tells_other_codes_apart_is_refused(messy, pack, tmp_path):
    changed = with_limits(tmp_path, NOW, "origins")
    file = tmp_path / "origins-3-4-14-15-17-18" / "parameters.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value: [IRQ, PSE]", "value: [IRQ, PSE, SYR]"), encoding="utf-8")
    changed = find_pack(str(file.parent))
    store = stored(messy, pack)
    with pytest.raises(NotThisStore, match="Encode the facts anew"):
        count_store(store, changed, PLACEMENT, DAYS[0])
    equal = aggregate_store(store, [pack], PLACEMENT, DAYS[0])
    with pytest.raises(NotAggregated, match="encode them anew"):
        what_if(equal, pack, changed, PLACEMENT)


def test_a_threshold_that_the_counts_do_not_hold_is_refused(pack, tmp_path):
    changed = with_limits(tmp_path, (3, 4, 14, 15, 139, 140))
    equal = aggregate([pack], PLACEMENT, [], DAYS[0])
    with pytest.raises(NotAggregated, match="count the people anew"):
        what_if(equal, pack, changed, PLACEMENT)
    assert what_if(aggregate([pack, changed], PLACEMENT, [], DAYS[0]), pack, changed, PLACEMENT) == ()


def test_the_commands_encode_and_count(messy, pack, tmp_path):
    out = tmp_path / "people.parquet"
    done = CliRunner().invoke(encode.command, [str(messy), "--pack", "iraq_2018", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"{len(rows_of(messy, pack, DAYS[0]))} people" in done.stderr
    asked = ["--pack", "iraq_2018", "--on", "2018-01-15"]
    counted = CliRunner().invoke(decide.command, [str(out), *asked, "--count"])
    expected = CliRunner().invoke(decide.command, [str(messy), *asked, "--count"])
    assert counted.stdout == expected.stdout
    assert len(list(csv.reader(counted.stdout.splitlines()))) > 3
    refused = CliRunner().invoke(decide.command, [str(out), *asked])
    assert refused.exit_code == 2
    assert "encoded store" in refused.stderr


def test_people_of_whom_the_same_is_known_share_a_row_whatever_their_order(pack, tmp_path):
    known = ["2014-05,female,TJK,true", "2014-05,female,TJK,true", ",male,IRQ,", "2030,,XXX,false"]
    found = []
    for name, lines in (("once", known), ("twice", [*reversed(known), *known])):
        file = tmp_path / f"{name}.csv"
        rows = [f"{name}-{number},{line}" for number, line in enumerate(lines)]
        file.write_text("\n".join(["ref,birth,sex,nationality,mother_present", *rows, ""]), encoding="utf-8")
        found.append(duckdb.read_parquet(str(stored(file, pack).path)).fetchall())
    once, twice = found
    assert sorted(people for *_, people in once) == [1, 1, 2] and once == sorted(once)
    assert twice == [(*cells, 2 * people) for *cells, people in once]


def test_no_reference_stands_in_a_store(messy, pack):
    assert b"r1" not in stored(messy, pack).path.read_bytes()


def test_a_store_is_a_parquet_file(messy, tmp_path):
    done = CliRunner().invoke(
        encode.command, [str(messy), "--pack", "iraq_2018", "--out", str(tmp_path / "x.csv")]
    )
    assert done.exit_code == 2
    assert ".parquet" in done.stderr
