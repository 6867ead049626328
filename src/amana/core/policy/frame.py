"""One decision as of one day: where the thresholds of every date fact lie and what has happened in law.

A frame turns a row of facts into a state of knowledge with a handful of look-ups, and asks the grid that
it shares with every frame whose axes are cut alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import prod
from typing import TYPE_CHECKING

from amana.core.dates import ONE_DAY, age_on
from amana.core.facts import AllOf, FactRow, FactValue, Standing
from amana.core.policy import axes as ax
from amana.core.policy.axes import Axis, Encoder
from amana.core.policy.date_axes import DateAxis
from amana.core.policy.grid import Grid, Key
from amana.core.policy.kleene import Loose, judge_loosely
from amana.core.policy.model import INVALID
from amana.core.policy.views import Verdict

if TYPE_CHECKING:
    from amana.core.policy.engine import Engine

CELL_CAP = 1_000_000
_PROVED = Standing.CONFIRMED


class Frame:
    """One decision as of one day."""

    def __init__(self, engine: Engine, on: date) -> None:
        self.engine = engine
        self.on = on
        self.date_axes: dict[str, DateAxis] = {
            name: calendar.axis(on) for name, calendar in engine.calendars.items()
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
            *((name,) for name in engine.compared),
        ]
        self.finite = within_cap(self._sizes())
        self._grid: Grid | None = None
        self._axes: list[Axis] | None = None
        self._met: Mapping[Key, Verdict] = {}

    def _sizes(self) -> Iterator[int]:
        """How many cells each axis has."""
        yield from (len(axis.profiles) for axis in self.date_axes.values())
        yield from (axis.size for _, axis, _ in self.engine.fixed)
        yield from (coupled.axis.size for coupled in self.engine.coupled)
        yield from [2] * len(self.events)

    @property
    def grid(self) -> Grid:
        """The cells as of this day."""
        if self._grid is None:
            self._grid = self.engine.grid(self)
            self._met = self._grid.met
        return self._grid

    def axes(self) -> list[Axis]:
        """Every axis: dates, other facts, pairs of dates, which dates of pairs are certain, events; in the
        order of a key.
        """
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
        events = [ax.event_axis(event) for event in self.engine.events.values()]
        return [*dates, *fixed, *coupled, *self.engine.compared.values(), *events]

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
        if (met := self._met.get(key)) and met.exact == exact:
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
        engine, facts = self.engine, self.engine.facts
        ends = {name: ax.day_ends(values.get(name), facts[name].past, self.on) for name in engine.compared}
        for coupled in engine.coupled:
            term = coupled.term
            days, others = ends[term.fact], ends[term.at]
            mask = 0
            if days and others:
                low, high = ax.coupled_range(term, days, others, engine.leap_day)
                mask = ax.range_mask(coupled.bounds, coupled.axis.size, low, high)
            masks.append(mask)
            exact = exact and not mask & (mask - 1)
        masks += map(ax.certain_mask, ends.values())
        return exact

    def _contradictions(self, values: Mapping[str, FactValue], masks: Sequence[int]) -> tuple[str, ...]:
        names = {name for (name, _), mask in zip(self.encoders, masks, strict=False) if not mask}
        for coupled, mask in zip(self.engine.coupled, masks[len(self.encoders) :], strict=False):
            if not mask:
                pair, facts = (coupled.term.fact, coupled.term.at), self.engine.facts
                names |= {
                    name for name in pair if not ax.day_ends(values.get(name), facts[name].past, self.on)
                }
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


def within_cap(sizes: Iterable[int]) -> bool:
    """Whether axes of these sizes have few enough cells between them to try them all."""
    return prod(sizes) <= CELL_CAP


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
