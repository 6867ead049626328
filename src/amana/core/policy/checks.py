"""Checks of a whole decision that need all its cells: rules in conflict, new legal gaps, interim handling
missing.

The way in which the axes are cut can differ only around certain days: the ends of events, days in rules,
and anniversaries of days that conditions compare with. The cells are checked on each such day and the day
before it, which covers every day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import combinations, product

from amana.core.dates import ONE_DAY, LeapDay
from amana.core.policy.axes import CLASSES_CAP, code_classes
from amana.core.policy.engine import SAMPLE, Engine
from amana.core.policy.frame import Frame
from amana.core.policy.grid import Grid, Key
from amana.core.policy.loading.schema import Faults
from amana.core.policy.measures import crossing, thresholds
from amana.core.policy.model import FactDef, Gap, Rule
from amana.core.policy.nodes import Test, facts_read, leaves
from amana.core.policy.remarks import Answering

LEAP_CYCLE = tuple(date(2015, 3, 1) + step * ONE_DAY for step in range(4 * 365 + 1))


def check_engine(engine: Engine, faults: Faults) -> None:
    """Reports conflicts, gaps that gaps.yaml doesn't cover, gaps that cover nothing, and missing interim
    handling, and remarks on rules that answer nobody. Where the cells are too many to look at, conflicts
    alone are looked for, two rules at a time.
    """
    answering = Answering(engine.rules)
    unused = {gap.id for gap in engine.gaps}
    reachable: set[str] = {engine.decision.default}
    told: set[tuple[str, ...]] = set()
    for frame, state in _every_cut(engine):
        if not frame.finite:
            _check_pairs(engine, faults)
            return
        reachable.update(frame.grid.possible(state))
        _conflicts(frame.grid, state, frame.on, told, faults)
        unused -= _gaps(frame, state, told, faults)
        answering.see(frame.grid, state)
    answering.tell(faults)
    for gap in engine.gaps:
        if gap.id in unused:
            reason = "It covers nothing: some rule speaks wherever its condition is met."
            mend = "Take it out (withdraws, if it is inherited), or correct its when and in_force."
            faults.add(gap.file, gap.id, reason, mend, "gap")
    _interim(engine, reachable, faults)


def _every_cut(engine: Engine) -> Iterator[tuple[Frame, int]]:
    """A frame for each way in which the axes are cut, with the cells that its day allows; those with too many
    cells first, and with none of them.
    """
    frames = [engine.frame(on) for on in sorted(set(deciding_days(engine)))]
    yield from ((frame, 0) for frame in frames if not frame.finite)
    checked: set[tuple[int, Key]] = set()
    for frame in frames:
        cells = frame.grid.cells
        if (id(frame.grid), frame.events) not in checked:
            checked.add((id(frame.grid), frame.events))
            free = (axis.full for axis in cells.axes[: -len(frame.events) or None])
            yield frame, cells.state((*free, *frame.events))


def _check_pairs(engine: Engine, faults: Faults) -> None:
    """Conflicts between two rules, looked for beside those rules only that may defeat one of them."""
    told: set[tuple[str, ...]] = set()
    for one, other in combinations(engine.rules, 2):
        if one.modality == other.modality != "must_not" and one.outcome != other.outcome:
            rules = _with_defeaters({one.id, other.id}, engine.rules)
            small = Engine(engine.decision, rules, (), engine.facts, engine.events, leap_day=engine.leap_day)
            if small.finite:
                for frame, state in _every_cut(small):
                    _conflicts(frame.grid, state, frame.on, told, faults)


def _with_defeaters(wanted: set[str], rules: Sequence[Rule]) -> list[Rule]:
    """These rules and all that may defeat one of them, and those that may defeat these."""
    while True:
        known = [rule for rule in rules if rule.id in wanted]
        forbidden = {rule.outcome for rule in known if rule.modality != "must_not"}
        bound = any(rule.modality == "may" for rule in known)
        more = {
            rule.id
            for rule in rules
            if wanted & set(rule.exception_to)
            or (rule.modality == "must_not" and rule.outcome in forbidden)
            or (rule.modality == "must" and bound)
        }
        if more <= wanted:
            return known
        wanted = wanted | more


def check_gap_facts(rules: Mapping[str, Rule], gaps: Sequence[Gap], faults: Faults) -> None:
    """A gap lies between rules, so it can only speak of facts that they read."""
    for gap in gaps:
        read = {
            name
            for rule in rules.values()
            if rule.decision == gap.decision
            for name in facts_read(rule.condition)
        }
        for name in sorted(facts_read(gap.condition) - read):
            reason = f"It reads “{name}”, which no rule of “{gap.decision}” reads."
            mend = "Describe the gap by the facts that the rules read."
            faults.add(gap.file, gap.id, reason, mend, "gap")


def check_code_groups(rules: Mapping[str, Rule], facts: Mapping[str, FactDef], faults: Faults) -> None:
    """A fact of several codes has a cell for every set of groups; more than a dozen groups can't be held."""
    for decision in sorted({rule.decision for rule in rules.values()}):
        read = [
            leaf for rule in rules.values() if rule.decision == decision for leaf in leaves(rule.condition)
        ]
        for fact in facts.values():
            tests = [leaf for leaf in read if isinstance(leaf, Test) and leaf.term.fact == fact.name]
            if fact.type == "code" and fact.several and len(code_classes(fact, tests)) > CLASSES_CAP:
                reason = f"The rules of “{decision}” tell more than {CLASSES_CAP} groups of its codes apart."
                mend = "List codes together in one IN (...), or say several: false."
                faults.add("facts.yaml", fact.name, reason, mend)


def deciding_days(engine: Engine) -> Iterator[date]:
    """Days that between them show every way in which the axes can be cut."""
    yield SAMPLE
    ends = [day for event in engine.events.values() for day in (event.span.earliest, event.span.latest)]
    days = {day for day in (*ends, *engine.certain_days) if day is not None}
    for tests in engine.dates.values():
        fixed = [operand for test in tests for operand in test.operands if isinstance(operand, date)]
        relative = [test for test in tests if test.term.kind != "fact"]
        days.update(fixed)
        for test in relative:
            days.update(_crossings(test, fixed, engine.leap_day))
        if len({test.term.kind for test in relative}) > 1:
            # How many days or months an age is depends on the day: months and leap years come round in four.
            days.update(LEAP_CYCLE)
    for day in days:
        yield day
        if day > date.min:
            yield day - ONE_DAY
        if day < date.max:
            yield day + ONE_DAY


def _crossings(test: Test, fixed: Sequence[date], leap_day: LeapDay) -> Iterator[date]:
    """The days on which a fact lying on one of the `fixed` days passes a threshold, as far as the calendar
    goes.
    """
    for step, day in product(thresholds(test), fixed):
        with suppress(ValueError, OverflowError):
            yield crossing(test.term, step, day, leap_day)


def _conflicts(grid: Grid, state: int, on: date, told: set[tuple[str, ...]], faults: Faults) -> None:
    standing = [found for found in grid.rules if found.rule.modality != "must_not"]
    for one, other in combinations(standing, 2):
        pair = (one.rule.id, other.rule.id)
        clash = one.stands & other.stands & state
        if clash and one.rule.outcome != other.rule.outcome and pair not in told:
            told.add(pair)
            reason = (
                f"It conflicts with “{other.rule.id}” ({other.rule.file}): as of {on}, for "
                f"{grid.cells.describe(clash)}, one gives {one.rule.outcome}, the other {other.rule.outcome}."
            )
            mend = "Narrow one condition, give in_force, or make one an exception_to the other."
            faults.add(one.rule.file, one.rule.id, reason, mend, "conflict")


def _gaps(frame: Frame, state: int, told: set[tuple[str, ...]], faults: Faults) -> set[str]:
    """Reports silent cells that no gap covers; gives the gaps that cover some."""
    grid = frame.grid
    silent = grid.silent & state
    used = set()
    for gap in frame.engine.gaps:
        covered = grid.cells.where(gap.condition) & grid.cells.when(gap.in_force) & state
        if covered & grid.silent:
            used.add(gap.id)
        silent &= ~covered
    if silent and ("gap", frame.engine.decision.id) not in told:
        told.add(("gap", frame.engine.decision.id))
        where = grid.cells.describe(silent)
        more = " and for others" if silent & (silent - 1) else ""
        reason = f"No rule speaks as of {frame.on} for {where}{more}, and no gap says so."
        mend = f"Add a rule, or an entry in gaps.yaml for decision {frame.engine.decision.id} that covers it."
        faults.add("gaps.yaml", frame.engine.decision.id, reason, mend, "gap")
    return used


def _interim(engine: Engine, reachable: set[str], faults: Faults) -> None:
    decision = engine.decision
    handled = {outcome for interim in decision.interim for outcome in interim.possible_any}
    mend = "Add it to possible_any of an interim entry in pack.yaml."
    alone = [decision.default, *(name for name, outcome in decision.outcomes.items() if outcome.harsh)]
    for outcome in sorted(set(alone) & reachable - handled):
        faults.add("pack.yaml", decision.id, f"“{outcome}” has no interim handling.", mend, "interim")
    for one, other in combinations(sorted(reachable - handled), 2):
        reason = f"Undetermined between “{one}” and “{other}” has no interim handling."
        faults.add("pack.yaml", decision.id, reason, mend, "interim")
