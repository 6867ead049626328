"""Random safeguards find what every completion of the facts gives, on every engine; and knowing more never
overturns what was certain.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_packs import BOUNDS, EVENTS, condition, parameters
from language_rows import a_row as a_wild_row
from random_packs import a_row, small_pack
from random_safeguards import Guard, a_pack, an_occasion, possible, watched_pack
from test_laws_of_any_pack import EVERY_CODE, known_better

from amana.core.dates import LEAP_DAYS, DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Pack, build_pack, decide
from amana.core.safeguards import Occasion, find, find_all, watch_row
from amana.exchange.sql_rows import Session, decide_in_batches

PACKS, GUARDS, ROWS = 8, 8, 20
WILD_PACKS, WILD_ROWS = 6, 60
RECORDED = ("arrived", "seen_by_doctor", "visited", "ward")


@pytest.fixture(scope="module")
def packs() -> list[tuple[Pack, list[Guard]]]:
    random = Random(2018)
    return [a_pack(random, GUARDS) for _ in range(PACKS)]


def test_what_is_found_is_what_every_completion_gives(packs: list[tuple[Pack, list[Guard]]]) -> None:
    random = Random(5)
    met: Counter[str] = Counter()
    for pack, guards in packs:
        assert pack.watch is not None
        for number in range(ROWS):
            row, occasion = an_occasion(random, a_row(random, number))
            for guard, finding in zip(guards, find_all(pack, row, [occasion]), strict=True):
                read = set(pack.watch.engines[finding.safeguard].read)
                expected = possible(guard, row, occasion, read)
                assert set(finding.possible) == expected, (guard.entry, row, occasion)
                assert finding.verdict == (next(iter(expected)) if len(expected) == 1 else "undetermined")
                assert bool(finding.needs) == (len(expected) > 1)
                met[finding.verdict] += 1
    assert set(met) == {"no_breach_found", "breach", "warn", "duty_open", "overdue", "undetermined"}


def wild_kinds() -> dict[str, object]:
    """The recorded facts of the packs of every operation as one kind of record."""
    facts = {
        "arrived": watched_pack.record_fact("date"),
        "seen_by_doctor": watched_pack.record_fact("date"),
        "visited": watched_pack.record_fact("boolean"),
        "ward": watched_pack.record_fact(
            "code", values={"east": small_pack.texts("east"), "west": small_pack.texts("west")}
        ),
    }
    title = small_pack.texts("visit")
    return {"visit": {"title": title, "class": "C1", "purpose": "t", "retention": "t", "facts": facts}}


def a_wild_safeguard(random: Random, number: int) -> dict[str, object]:
    """A safeguard whose conditions use every operation of the rule language."""
    severity = random.choice(["breach", "warn", "duty"])
    entry = watched_pack.safeguard(f"s{number}", "visit", severity, applies=condition(random))
    if random.random() < 0.4:
        entry["in_force"] = {random.choice(["from", "until"]): random.choice(BOUNDS)}
    if random.random() < 0.3:
        entry["age_in_doubt"] = "youngest"
    if severity == "duty":
        starts = ("arrived", "seen_by_doctor", "birth")
        clock = random.choice([0, 30, ":grown", ":small"])
        later = {"start": random.choice(starts), "clock": 365}
        first = {"when": condition(random), "start": random.choice(starts), "clock": clock}
        entry["duty"] = [first, later | ({"done": condition(random)} if random.random() < 0.5 else {})]
        return entry
    if random.random() < 0.4:
        entry["judged_on"] = random.choice(["arrived", "seen_by_doctor"])
    return entry | {"breach": condition(random)}


def a_wild_pack(random: Random) -> Pack:
    """A pack of safeguards of every operation, with values and texts that change."""
    safeguards = [a_wild_safeguard(random, number) for number in range(6)]
    content = watched_pack.watched_files(
        safeguards, kinds=wild_kinds(), parameters=parameters(random), events=EVENTS
    )
    content["pack.yaml"]["leap_day_birthday"] = random.choice(LEAP_DAYS)
    content["facts.yaml"] = {
        name: fact for name, fact in content["facts.yaml"].items() if name not in RECORDED
    }
    return build_pack(content)


def a_wild_occasion(random: Random, number: int) -> tuple[FactRow, Occasion]:
    """A random person and record, much of it not known, some of it contradictory."""
    row = a_wild_row(random, number)
    record = {name: value for name, value in row.values.items() if name in RECORDED}
    person = {name: value for name, value in row.values.items() if name not in RECORDED}
    return replace(row, values=person), Occasion("visit", row.ref, f"visit:{row.ref}", record)


def test_every_engine_finds_the_same(sessions: dict[str, Session]) -> None:
    random = Random(126)
    met: Counter[str] = Counter()
    for _ in range(WILD_PACKS):
        pack = a_wild_pack(random)
        assert pack.watch is not None
        people = [a_wild_occasion(random, number) for number in range(WILD_ROWS)]
        for ident in pack.watch.decisions:
            rows = [watch_row(pack, ident, row, occasion) for row, occasion in people]
            here = [decide(pack.watch, ident, row) for row in rows]
            for name, session in sessions.items():
                there = list(decide_in_batches(session, pack.watch, ident, rows))
                assert there == here, (name, pack.safeguards[ident])
            for (row, occasion), verdict in zip(people, here, strict=True):
                finding = find(pack, ident, row, occasion)
                told = "undetermined" if verdict.outcome == "invalid" else verdict.outcome
                assert (finding.verdict, finding.needs) == (told, verdict.needs)
                met[verdict.outcome] += 1
    assert set(met) == {
        *("no_breach_found", "breach", "warn", "duty_open", "overdue", "undetermined", "invalid")
    }


@cache
def wild() -> list[Pack]:
    """Some packs; no fixture, or a failing test would print them all."""
    random = Random(77)
    return [a_wild_pack(random) for _ in range(10)]


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_knowing_any_fact_better_never_overturns_what_was_certain(seed: int) -> None:
    """Facts of a record that are asked IS KNOWN aside, a birth where age in doubt counts in favour, and an
    answer that contradicts another fact.
    """
    random = Random(seed)
    pack = random.choice(wild())
    assert pack.watch is not None
    row, occasion = a_wild_occasion(random, 0)
    row = replace(row, evidence={})
    name = random.choice([*row.values, "arrived"])
    in_record = name == "arrived"
    values = occasion.values if in_record else row.values
    before = dict.fromkeys(["arrived"]) | dict(values)
    if not (name in EVERY_CODE or isinstance(before[name], bool | int | DateSpan | None)):
        return
    better = known_better(random, name, before[name], row)
    learned = {**values, name: better}
    for ident, safeguard in pack.safeguards.items():
        if name == "birth" and safeguard.age_in_doubt == "youngest":
            continue
        was = find(pack, ident, row, occasion)
        person, record = (
            (row, replace(occasion, values=learned))
            if in_record
            else (replace(row, values=learned), occasion)
        )
        if decide(pack.watch, ident, watch_row(pack, ident, person, record)).outcome == "invalid":
            continue
        if was.verdict != "undetermined":
            now = find(pack, ident, person, record)
            assert now.verdict == was.verdict, (ident, row, occasion, name, better)


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_day_something_is_owed_by_tells_open_from_overdue(seed: int) -> None:
    random = Random(seed)
    pack = random.choice(wild())
    row, occasion = a_wild_occasion(random, 0)
    for finding in find_all(pack, row, [occasion]):
        due = finding.due
        if due is None:
            continue
        if "duty_open" in finding.possible and due.latest is not None:
            assert due.latest >= row.on
        if "overdue" in finding.possible and due.earliest is not None:
            assert due.earliest < row.on
