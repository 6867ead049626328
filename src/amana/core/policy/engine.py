"""One decision of a pack, ready to answer. Built once at load; nothing is parsed again for a row.

It knows the rules, the facts they read and the axes that no day changes; a `Frame` for each as-of date does
the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.dates import LeapDay
from amana.core.facts import FactRow, FactValue
from amana.core.policy import axes as ax
from amana.core.policy.axes import Axis, CodeCells, Encoder
from amana.core.policy.date_axes import Calendar
from amana.core.policy.expression import BIRTH
from amana.core.policy.frame import Frame, within_cap
from amana.core.policy.grid import Cells, Grid
from amana.core.policy.measures import steps
from amana.core.policy.model import Bound, Decision, Event, FactDef, Gap, Rule
from amana.core.policy.nodes import (
    Flag,
    Known,
    Leaf,
    Node,
    Term,
    Test,
    facts_read,
    leaf_facts,
    leaves,
    periods,
)
from amana.core.policy.views import Verdict

FRAMES_KEPT = 4096
SAMPLE = date(2018, 1, 15)
"""Any day, where one is needed to look at how the axes are cut."""


@dataclass(frozen=True)
class Coupled:
    """A measure over two date facts, cut at its thresholds."""

    term: Term
    tests: tuple[Test, ...]
    axis: Axis
    bounds: tuple[int, ...]


class Engine:
    """One decision: its rules, the axes they read, and a frame for each as-of date met."""

    def __init__(
        self,
        decision: Decision,
        rules: Sequence[Rule],
        gaps: Sequence[Gap],
        facts: Mapping[str, FactDef],
        events: Mapping[str, Event],
        *,
        leap_day: LeapDay,
    ) -> None:
        """`rules` and `gaps` of this decision only; `rules` with exceptions before what they except."""
        self.decision = decision
        self.rules = tuple(rules)
        self.gaps = tuple(gaps)
        self.facts = facts
        self.leap_day = leap_day
        self.read = _leaves_by_fact(
            [rule.condition for rule in rules] + [gap.condition for gap in gaps], facts
        )
        self.events = _events_read([*rules, *gaps], events)
        self.certain_days = _certain_days([*rules, *gaps])
        self._needs_names = {name: _name_in_needs(name, found) for name, found in self.read.items()}
        self.coupled = _coupled(self.read, self._needs_names)
        self.compared = _compared(self.coupled, self.read, self._needs_names)
        self.codes: dict[str, CodeCells] = {}
        self.bounds: dict[str, tuple[int, ...]] = {}
        self.fixed: list[tuple[str, Axis, Encoder]] = []
        for name, found in self.read.items():
            self._add_fixed(facts[name], found)
        self.dates = {
            name: _measures(found) for name, found in self.read.items() if _on_calendar(facts[name], found)
        }
        self.calendars = {name: Calendar(facts[name], tests, leap_day) for name, tests in self.dates.items()}
        self.steps = {name: steps(tests) for name, tests in self.dates.items()}
        self.parameters = _parameters_read(rules)
        self.shown: dict[object, object] = {}
        self.order = (
            *(self.name_in_needs(name) for name in self.read),
            *(f"law:{event}" for event in self.events),
        )
        self.finite = within_cap(self._sizes())
        """Whether the cells are within the cap on every day."""
        self.asks = [(rule.id, self._asked(rule)) for rule in rules]
        self._grids: dict[object, Grid] = {}
        self._frames: dict[date, Frame] = {}

    def name_in_needs(self, fact: str) -> str:
        """What `needs` calls a fact: `age` for the birth whose age the rules read."""
        return self._needs_names[fact]

    def _asked(self, rule: Rule) -> frozenset[str]:
        names = {self.name_in_needs(name) for name in facts_read(rule.condition)}
        return frozenset(names | {f"law:{bound.event}" for bound in _bounds(rule) if bound.event})

    @property
    def exact(self) -> bool:
        """Whether every answer is exact: cells within the cap and no two uncertain dates compared."""
        return not self.coupled and self.finite

    def frame(self, on: date) -> Frame:
        """Where everything stands on that day."""
        found = self._frames.get(on)
        if found is None:
            if len(self._frames) >= FRAMES_KEPT:
                self._frames.clear()
            found = self._frames[on] = Frame(self, on)
        return found

    def decide(self, row: FactRow) -> Verdict:
        """The verdict for one row of facts."""
        return self.frame(row.on).decide(row)

    def fixed_masks(self, values: Mapping[str, FactValue]) -> list[int]:
        """The masks of the facts that are read alike on every day."""
        return [encode(values.get(name)) for name, _, encode in self.fixed]

    def grid(self, frame: Frame) -> Grid:
        """The grid of frames whose axes are cut alike."""
        signature = (
            tuple(axis.profiles for axis in frame.date_axes.values()),
            tuple(frame.known_dates.values()),
        )
        grid = self._grids.get(signature)
        if grid is None:
            follows = {event.id: event.after for event in self.events.values() if event.after}
            cells = Cells(frame.axes(), follows, frame.known_dates)
            grid = self._grids[signature] = Grid(cells, self.rules, self.decision.default, self.order)
        return grid

    def _sizes(self) -> Iterator[int]:
        """The most cells that each axis can have on any day: a threshold cuts a date once, a certain day on
        both sides.
        """
        for name, tests in self.dates.items():
            days = {operand for test in tests for operand in test.operands if isinstance(operand, date)}
            yield 1 + len(self.steps[name]) + 2 * len(days)
        yield from (axis.size for _, axis, _ in self.fixed)
        yield from (coupled.axis.size for coupled in self.coupled)
        yield from [2] * len(self.events)

    def _add_fixed(self, fact: FactDef, found: Sequence[Leaf]) -> None:
        known = [leaf for leaf in found if isinstance(leaf, Known)]
        tests = [leaf for leaf in found if isinstance(leaf, Test) and not leaf.term.coupled]
        flags = [leaf for leaf in found if isinstance(leaf, Flag)]
        if known:
            self.fixed.append((fact.name, *ax.known_axis(fact, known)))
        if flags:
            self.fixed.append((fact.name, *ax.flag_axis(fact, flags)))
        elif fact.type == "integer" and tests:
            axis, bounds = ax.integer_axis((fact.name,), fact.name, tests)
            self.bounds[fact.name] = bounds
            self.fixed.append((fact.name, axis, ax.integer_encoder(bounds, axis.size)))
        elif fact.type == "code" and tests:
            axis, grouped = ax.code_axis(fact, tests)
            self.codes[fact.name] = grouped
            self.fixed.append((fact.name, axis, grouped.encode))


def _leaves_by_fact(conditions: Sequence[Node], facts: Mapping[str, FactDef]) -> dict[str, list[Leaf]]:
    """Every distinct leaf by the facts it reads, in the order of facts.yaml."""
    found: dict[str, dict[Leaf, None]] = {}
    for condition in conditions:
        for leaf in leaves(condition):
            for name in leaf_facts(leaf):
                found.setdefault(name, {})[leaf] = None
    return {name: list(found[name]) for name in facts if name in found}


def _name_in_needs(fact: str, found: Sequence[Leaf]) -> str:
    reads_age = any(isinstance(leaf, Test) and leaf.term.kind in ("age", "age_at") for leaf in found)
    return "age" if reads_age and fact == BIRTH else fact


def _parameters_read(rules: Sequence[Rule]) -> frozenset[str]:
    tests = (leaf for rule in rules for leaf in leaves(rule.condition) if isinstance(leaf, Test))
    return frozenset(name for test in tests for name in test.parameters)


def _measures(found: Sequence[Leaf]) -> list[Test]:
    return [leaf for leaf in found if isinstance(leaf, Test) and not leaf.term.coupled]


def _on_calendar(fact: FactDef, found: Sequence[Leaf]) -> bool:
    """Whether a fact has an axis of days: a date that is measured; also one in the past of which only IS
    KNOWN is asked, since a day to come contradicts it.
    """
    if fact.type != "date":
        return False
    return bool(_measures(found)) or (fact.past and any(isinstance(leaf, Known) for leaf in found))


def _coupled(read: Mapping[str, Sequence[Leaf]], names: Mapping[str, str]) -> tuple[Coupled, ...]:
    by_term: dict[Term, dict[Test, None]] = {}
    for found in read.values():
        for leaf in found:
            if isinstance(leaf, Test) and leaf.term.coupled:
                by_term.setdefault(leaf.term, {})[leaf] = None
    pairs = []
    for term, tests in by_term.items():
        asks = (names[term.fact], names[term.at])
        axis, bounds = ax.integer_axis(asks, term.label, list(tests))
        pairs.append(Coupled(term, tuple(tests), axis, bounds))
    return tuple(pairs)


def _compared(pairs: Sequence[Coupled], read: Iterable[str], names: Mapping[str, str]) -> dict[str, Axis]:
    """Each date of a pair, in the order of facts.yaml, with the axis that says whether it is certain."""
    paired = {name for pair in pairs for name in (pair.term.fact, pair.term.at)}
    return {name: ax.certain_axis(names[name]) for name in read if name in paired}


def _events_read(texts: Sequence[Rule | Gap], events: Mapping[str, Event]) -> dict[str, Event]:
    """The events that the texts name, and those they come after, in the pack's order."""
    named = {bound.event for text in texts for bound in _bounds(text) if bound.event}
    for name in list(named):
        while events[name].after:
            name = events[name].after  # noqa: PLW2901  # walks up the chain
            named.add(name)
    return {name: event for name, event in events.items() if name in named}


def _certain_days(texts: Sequence[Rule | Gap]) -> tuple[date, ...]:
    return tuple(sorted({bound.day for text in texts for bound in _bounds(text) if bound.day}))


def _bounds(text: Rule | Gap) -> Iterator[Bound]:
    """The days and events that decide whether a text, or a value that it names, is in force."""
    for period in (text.in_force, *periods(text.condition)):
        yield from period.bounds
