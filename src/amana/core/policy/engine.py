"""One decision of a pack, ready to answer. Built once at load; nothing is parsed again for a row.

For each as-of date a `Frame` knows where the thresholds of every date fact lie and what has happened in
law; it turns a row of facts into a state of knowledge with a handful of look-ups. Frames that cut their
axes alike share one `Grid` and its memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.dates import ONE_DAY, LeapDay, age_on
from amana.core.facts import AllOf, Contradiction, FactRow, FactValue, Standing
from amana.core.policy import axes as ax
from amana.core.policy.axes import Axis, CodeCells, DateAxis, Encoder
from amana.core.policy.expression import BIRTH
from amana.core.policy.grid import Cells, Grid, Key
from amana.core.policy.kleene import Loose, judge_loosely
from amana.core.policy.measures import steps
from amana.core.policy.model import INVALID, Decision, Event, FactDef, Gap, Rule
from amana.core.policy.nodes import Flag, Known, Leaf, Node, Term, Test, facts_read, leaf_facts, leaves
from amana.core.policy.views import Verdict

CELL_CAP = 1_000_000
FRAMES_KEPT = 4096
_PROVED = Standing.CONFIRMED


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
        self.coupled = _coupled(self.read)
        self.codes: dict[str, CodeCells] = {}
        self.bounds: dict[str, tuple[int, ...]] = {}
        self.fixed: list[tuple[str, Axis, Encoder]] = []
        for name, found in self.read.items():
            self._add_fixed(facts[name], found)
        self.dates = {
            name: tests for name, found in self.read.items() if (tests := _measures(facts[name], found))
        }
        self.steps = {name: steps(tests) for name, tests in self.dates.items()}
        self.parameters = _parameters_read(rules)
        self.shown: dict[object, object] = {}
        self._needs_names = {name: _name_in_needs(name, found) for name, found in self.read.items()}
        self.order = (
            *(self.name_in_needs(name) for name in self.read),
            *(f"law:{event}" for event in self.events),
        )
        self.asks = [(rule.id, self._asked(rule)) for rule in rules]
        self._grids: dict[object, Grid] = {}
        self._frames: dict[date, Frame] = {}

    def name_in_needs(self, fact: str) -> str:
        """What `needs` calls a fact: `age` for the birth whose age the rules read."""
        return self._needs_names[fact]

    def _asked(self, rule: Rule) -> frozenset[str]:
        names = {self.name_in_needs(name) for name in facts_read(rule.condition)}
        bounds = (rule.in_force.start, rule.in_force.end)
        return frozenset(names | {f"law:{bound.event}" for bound in bounds if bound and bound.event})

    @property
    def exact(self) -> bool:
        """Whether every answer is exact: cells within the cap and no two uncertain dates compared."""
        return not self.coupled and self.finite

    @property
    def finite(self) -> bool:
        """Whether the cells are within the cap."""
        return self.frame(date(2018, 1, 15)).finite

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


class Frame:
    """One decision as of one day."""

    def __init__(self, engine: Engine, on: date) -> None:
        self.engine = engine
        self.on = on
        self.date_axes: dict[str, DateAxis] = {
            name: ax.date_axis(engine.facts[name], tests, on, engine.leap_day)
            for name, tests in engine.dates.items()
        }
        self.encoders: list[tuple[str, Encoder]] = [
            *((name, axis.encode) for name, axis in self.date_axes.items()),
            *((name, encoder) for name, _, encoder in engine.fixed),
        ]
        self.events: Key = tuple(ax.event_mask(event, on) for event in engine.events.values())
        self.known_dates = {day.isoformat(): day <= on for day in engine.certain_days}
        self.axis_facts: list[tuple[str, ...]] = [
            *((name,) for name, _ in self.encoders),
            *((coupled.term.fact, coupled.term.at) for coupled in engine.coupled),
        ]
        self.size = self._size()
        self.finite = self.size <= CELL_CAP
        self._grid: Grid | None = None
        self._axes: list[Axis] | None = None
        self._met: Mapping[Key, Verdict] = {}

    def _size(self) -> int:
        size = 1 << len(self.events)
        for axis in self.date_axes.values():
            size *= len(axis.profiles)
        for _, fixed, _ in self.engine.fixed:
            size *= fixed.size
        for coupled in self.engine.coupled:
            size *= coupled.axis.size
        return size

    @property
    def grid(self) -> Grid:
        """The cells as of this day."""
        if self._grid is None:
            self._grid = self.engine.grid(self)
            self._met = self._grid.met
        return self._grid

    def axes(self) -> list[Axis]:
        """Every axis: dates, other facts, pairs of dates, events; in the order of a key."""
        if self._axes is None:
            self._axes = self._build_axes()
        return self._axes

    def _build_axes(self) -> list[Axis]:
        dates = [
            ax.axis_of_profiles(
                (self.engine.name_in_needs(name),), self.engine.dates[name], axis.profiles, self._labels(axis)
            )
            for name, axis in self.date_axes.items()
        ]
        fixed = [axis for _, axis, _ in self.engine.fixed]
        coupled = [coupled.axis for coupled in self.engine.coupled]
        return [*dates, *fixed, *coupled, *(ax.event_axis(event) for event in self.engine.events.values())]

    def _masks(self, values: Mapping[str, FactValue]) -> tuple[list[int], bool]:
        """One mask for each axis of facts, 0 for a contradiction; and whether two uncertain dates were not
        compared.
        """
        get = values.get
        masks = [encode(get(name)) for name, encode in self.encoders]
        return masks, self._add_coupled(values, masks) if self.engine.coupled else True

    def decide(self, row: FactRow) -> Verdict:
        """The verdict for a row whose day is this frame's."""
        values = proved(row) if row.evidence else row.values
        masks, exact = self._masks(values)
        key = (*masks, *self.events)
        if exact and (met := self._met.get(key)):
            return met
        if not all(masks):
            return Verdict(INVALID, (), (), self._contradictions(values, masks), ())
        return self.verdict(key, exact)

    def state(self, values: Mapping[str, FactValue]) -> tuple[Key, bool] | None:
        """The state of knowledge of a row and whether it is exact; None if a fact contradicts itself."""
        masks, exact = self._masks(values)
        return ((*masks, *self.events), exact) if all(masks) else None

    def open_key(self, values: Mapping[str, FactValue]) -> tuple[Key, bool]:
        """The state of knowledge, with nothing known of facts that contradict themselves."""
        masks, exact = self._masks(values)
        key = tuple(mask or axis.full for mask, axis in zip(masks, self.axes(), strict=False))
        return (*key, *self.events), exact

    def later_key(self, values: Mapping[str, FactValue], fixed: Sequence[int]) -> tuple[Key, bool]:
        """The state of knowledge with `fixed` masks known already; 0 where a fact contradicts itself."""
        masks = [axis.encode(values.get(name)) for name, axis in self.date_axes.items()]
        masks += fixed
        exact = self._add_coupled(values, masks) if self.engine.coupled else True
        return (*masks, *self.events), exact

    def verdict(self, key: Key, exact: bool) -> Verdict:
        """The verdict of a state of knowledge."""
        if self.finite:
            return self.grid.answer(key, exact)
        engine = self.engine
        return judge_loosely(self.loose(key), engine.rules, engine.decision.default, engine.asks)

    def loose(self, key: Key) -> Loose:
        """The Kleene truths of a state of knowledge."""
        return Loose(self.axes(), key, self.engine.events, self.known_dates)

    def _add_coupled(self, values: Mapping[str, FactValue], masks: list[int]) -> bool:
        exact = True
        engine = self.engine
        for coupled in engine.coupled:
            names = (coupled.term.fact, coupled.term.at)
            given = (values.get(names[0]), values.get(names[1]))
            past = (engine.facts[names[0]].past, engine.facts[names[1]].past)
            low, high = ax.coupled_range(coupled.term, given, past, self.on, engine.leap_day)
            mask = ax.range_mask(coupled.bounds, coupled.axis.size, low, high)
            if low is not None and high is not None and low > high:
                mask = 0
            masks.append(0 if any(isinstance(value, Contradiction) for value in given) else mask)
            exact = exact and not mask & (mask - 1)
        return exact

    def _contradictions(self, values: Mapping[str, FactValue], masks: Sequence[int]) -> tuple[str, ...]:
        names = {name for (name, _), mask in zip(self.encoders, masks, strict=False) if not mask}
        for coupled, mask in zip(self.engine.coupled, masks[len(self.encoders) :], strict=False):
            if not mask:
                pair = (coupled.term.fact, coupled.term.at)
                names |= {name for name in pair if isinstance(values.get(name), Contradiction)} or set(pair)
        return tuple(sorted(self.engine.name_in_needs(name) for name in names))

    def _labels(self, axis: DateAxis) -> list[str]:
        labels = []
        for place in range(len(axis.profiles)):
            start = axis.ends[place - 1] if place else None
            end = axis.ends[place] if place < len(axis.ends) else (self.on if axis.fact.past else None)
            if self.engine.name_in_needs(axis.fact.name) == "age" and end:
                youngest = age_on(end, self.on, self.engine.leap_day)
                oldest = age_on(start + ONE_DAY, self.on, self.engine.leap_day) if start else None
                labels.append(
                    f"age {youngest}"
                    + ("" if oldest == youngest else f" to {oldest}" if start else " or more")
                )
            else:
                labels.append(f"{axis.fact.name} {start or '..'}/{end or '..'}")
        return labels


def proved(row: FactRow) -> Mapping[str, FactValue]:
    """The values of a row, several confirmed and undisputed codes taken as all true."""
    values = dict(row.values)
    for name, evidence in row.evidence.items():
        value = values.get(name)
        if (
            isinstance(value, frozenset)
            and len(value) > 1
            and evidence.standing is _PROVED
            and not evidence.disputed
        ):
            values[name] = AllOf(value)
    return values


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


def _measures(fact: FactDef, found: Sequence[Leaf]) -> list[Test]:
    if fact.type != "date":
        return []
    return [leaf for leaf in found if isinstance(leaf, Test) and not leaf.term.coupled]


def _coupled(read: Mapping[str, Sequence[Leaf]]) -> tuple[Coupled, ...]:
    by_term: dict[Term, dict[Test, None]] = {}
    for found in read.values():
        for leaf in found:
            if isinstance(leaf, Test) and leaf.term.coupled:
                by_term.setdefault(leaf.term, {})[leaf] = None
    pairs = []
    for term, tests in by_term.items():
        asks = ("age" if term.kind == "age_at" else term.fact, term.at)
        axis, bounds = ax.integer_axis(asks, term.label, list(tests))
        pairs.append(Coupled(term, tuple(tests), axis, bounds))
    return tuple(pairs)


def _events_read(texts: Sequence[Rule | Gap], events: Mapping[str, Event]) -> dict[str, Event]:
    """The events that the texts name, and those they come after, in the pack's order."""
    named = {
        bound.event
        for text in texts
        for bound in (text.in_force.start, text.in_force.end)
        if bound and bound.event
    }
    for name in list(named):
        while events[name].after:
            name = events[name].after  # noqa: PLW2901  # walks up the chain
            named.add(name)
    return {name: event for name, event in events.items() if name in named}


def _certain_days(texts: Sequence[Rule | Gap]) -> tuple[date, ...]:
    days = {
        bound.day
        for text in texts
        for bound in (text.in_force.start, text.in_force.end)
        if bound and bound.day
    }
    return tuple(sorted(days))
