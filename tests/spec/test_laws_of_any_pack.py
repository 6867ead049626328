"""Laws that hold for every pack: knowing more leaves fewer outcomes, what is asked for settles the case and
nothing less does, and three values alone never leave out an outcome. Packs are random, with values that
change, shared events, exceptions and records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, product
from random import Random

import pytest
from day_packs import AS_OF, OUTCOMES, a_row, built, provisions
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.core.dates import DateSpan
from amana.core.errors import PackFaults
from amana.core.facts import AllOf, FactRow, FactValue
from amana.core.policy import UNDETERMINED, Pack, decide
from amana.core.policy.frame import Frame, proved
from amana.core.policy.grid import Key
from amana.core.policy.kleene import judge_loosely

PACKS = 25
ON_RECORD = "seen_by_doctor"
EVERY_CODE = {"sex": ("female", "male"), "nationality": ("IRQ", "TUR", "XXA")}


@pytest.fixture(scope="module")
def packs() -> list[Pack]:
    random = Random(83)
    found: list[Pack] = []
    while len(found) < PACKS:
        try:
            found.append(built(provisions(random), random.choice(["mar-01", "feb-28"])))
        except PackFaults:
            continue
    return found


def known_better(random: Random, name: str, value: FactValue, row: FactRow) -> FactValue:
    """The same fact with less left open."""
    if isinstance(value, AllOf | bool | int):
        return value
    if name in EVERY_CODE:
        codes = sorted(value) if isinstance(value, frozenset) else list(EVERY_CODE[name])
        return frozenset(random.sample(codes, random.randrange(1, len(codes) + 1)))
    if name in ("ill", "alone"):
        return random.random() < 0.5
    if name == "siblings":
        return random.randrange(7)
    span = value if isinstance(value, DateSpan) else DateSpan(None, None)
    latest = span.latest or max(row.on, span.earliest or row.on) + timedelta(days=40)
    latest = min(latest, row.on) if name == "birth" else latest
    earliest = span.earliest or latest - timedelta(days=6 * 365)
    reach = (latest - earliest).days
    if reach < 0:
        return value  # a birth after the day, which no rule of this pack reads
    first, last = sorted(earliest + timedelta(days=random.randrange(reach + 1)) for _ in range(2))
    return DateSpan(first, last)


@settings(max_examples=400, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_knowing_any_fact_better_leaves_no_new_outcome(packs: list[Pack], seed: int) -> None:
    random = Random(seed)
    pack, row = random.choice(packs), a_row(random, 0)
    before = decide(pack, "care", row)
    if before.outcome == "invalid":
        return
    name = random.choice([name for name in row.values if name != ON_RECORD])
    better = known_better(random, name, row.values[name], row)
    learned = replace(row, values={**row.values, name: better}, evidence={})
    before = decide(pack, "care", replace(row, evidence={}))
    after = decide(pack, "care", learned)
    assert after.outcome != "invalid"
    assert set(after.possible) <= set(before.possible)
    if before.definite:
        assert after.outcome == before.outcome


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_record_known_better_leaves_no_new_outcome_either(packs: list[Pack], seed: int) -> None:
    """Only that something is on record at all is a fact in itself, and may turn an answer."""
    random = Random(seed)
    pack, row = random.choice(packs), a_row(random, 0)
    on_record = row.values[ON_RECORD]
    before = decide(pack, "care", row)
    if on_record is None or before.outcome == "invalid":
        return
    better = known_better(random, ON_RECORD, on_record, row)
    after = decide(pack, "care", replace(row, values={**row.values, ON_RECORD: better}))
    assert set(after.possible) <= set(before.possible)


def answers(frame: Frame, key: Key, asked: tuple[str, ...]) -> Iterator[Key]:
    """Every state of knowledge in which those questions are answered fully."""
    choices = [
        [1 << cell for cell in range(axis.size) if mask >> cell & 1]
        if set(axis.asks) <= set(asked)
        else [mask]
        for axis, mask in zip(frame.axes(), key, strict=True)
    ]
    for chosen in product(*choices):
        if frame.grid.cells.state(chosen):
            yield chosen


def settled(frame: Frame, key: Key, asked: tuple[str, ...]) -> bool:
    grid = frame.grid
    return all(len(grid.possible(grid.cells.state(answer))) == 1 for answer in answers(frame, key, asked))


def test_what_is_needed_is_enough_and_nothing_smaller_is(packs: list[Pack]) -> None:
    random, asked, with_law = Random(89), 0, 0
    for pack, number in product(packs, range(20)):
        row = a_row(random, number)
        verdict = decide(pack, "care", row)
        if verdict.outcome != UNDETERMINED:
            continue
        frame = pack.engines["care"].frame(row.on)
        key, _ = frame.open_key(proved(row))
        assert settled(frame, key, verdict.needs), (row, verdict)
        order = pack.engines["care"].order
        for fewer in combinations(order, len(verdict.needs) - 1):
            assert not settled(frame, key, fewer), (row, verdict, fewer)
        for other in combinations(order, len(verdict.needs)):
            if set(other) == set(verdict.needs):
                break
            assert not settled(frame, key, other), "a tie goes to the fact that stands earlier"
        asked += 1
        with_law += any(name.startswith("law:") for name in verdict.needs)
    assert asked >= 120 and with_law >= 10


def test_three_values_alone_never_leave_out_an_outcome(packs: list[Pack]) -> None:
    random, wider = Random(97), 0
    for pack, number in product(packs, range(20)):
        row, engine = a_row(random, number), pack.engines["care"]
        frame = engine.frame(row.on)
        known = frame.state(proved(row))
        if known is None:
            continue
        exact = frame.verdict(*known)
        loose = judge_loosely(frame.loose(known[0]), engine.rules, engine.decision.default, engine.asks)
        assert set(exact.possible) <= set(loose.possible)
        assert not loose.exact
        assert not loose.definite or set(exact.rules) <= set(loose.rules)
        wider += len(loose.possible) > len(exact.possible)
    assert wider, "the packs are too simple to tell the two apart"


def test_the_random_packs_hold_values_that_change_events_and_exceptions(packs: list[Pack]) -> None:
    rules = [rule for pack in packs for rule in pack.rules.values()]
    assert any(rule.exception_to for rule in rules)
    assert any(":limit" in rule.when for rule in rules) and any(":ours" in rule.when for rule in rules)
    assert any("IS KNOWN" in rule.when for rule in rules)
    assert {bound.event for rule in rules for bound in rule.in_force.bounds} >= {"first", "second"}
    assert set(OUTCOMES) >= {rule.outcome for rule in rules} and len(AS_OF) == 10
