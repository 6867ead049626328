"""Cuts the calendar of one date fact at every threshold of the comparisons that read it, as of any day.

All measures over one fact share its axis. Each turning point of a measure is one cut on the calendar; so the
truth of a comparison follows from how many cuts of its measure lie before a day, and is worked out once for
all days. Days are counted by their ordinals here (1 January of year 1 is day 1).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.dates import ONE_DAY, DateSpan, LeapDay
from amana.core.facts import FactValue
from amana.core.policy.axes import Profile
from amana.core.policy.measures import Value, holds, last_day_below, turning_points
from amana.core.policy.model import FactDef
from amana.core.policy.nodes import Term, Test

_BEFORE_ALL, _LAST = 0, date.max.toordinal()


@dataclass(frozen=True)
class DateAxis:
    """A date fact as of one day: `ends[i]` is the last day of cell i; the last cell has no end (or ends on
    the as-of date).
    """

    fact: FactDef
    on: date
    ends: tuple[date, ...]
    profiles: tuple[Profile, ...]

    def encode(self, value: FactValue) -> int:
        """The mask of a span, clipped to the as-of date if it lies in the past; 0 for a contradiction."""
        size = len(self.profiles)
        if value is None:
            return (1 << size) - 1
        if not isinstance(value, DateSpan):
            return 0
        earliest, latest = value.earliest, value.latest
        if earliest is not None and self.fact.past and earliest > self.on:
            return 0
        low = 0 if earliest is None else bisect_left(self.ends, earliest)
        high = size - 1 if latest is None else bisect_left(self.ends, latest)
        return (1 << (high + 1)) - (1 << low)


class Calendar:
    """The comparisons over one date fact, ready to be laid on the calendar as of any day."""

    def __init__(self, fact: FactDef, tests: Sequence[Test], leap_day: LeapDay) -> None:
        self.fact = fact
        by_term: dict[Term, list[int]] = {}
        for place, test in enumerate(tests):
            by_term.setdefault(test.term, []).append(place)
        self._scales = [
            _Scale(term, [tests[place] for place in places], leap_day) for term, places in by_term.items()
        ]
        grouped = [place for places in by_term.values() for place in places]
        self._order = sorted(range(len(grouped)), key=grouped.__getitem__)
        self._profiles: dict[tuple[int, ...], Profile] = {}

    def axis(self, on: date) -> DateAxis:
        """The axis as of `on`: neighbours that no comparison tells apart are joined."""
        laid = [scale.cuts(on) for scale in self._scales]
        end = on.toordinal() if self.fact.past else _LAST
        days = sorted({cut for cuts in laid for cut in cuts if _BEFORE_ALL < cut < end})
        last = end if self.fact.past or not days else days[-1] + 1
        ends: list[int] = []
        profiles: list[Profile] = []
        for day in (*days, last):
            passed = tuple([bisect_left(cuts, day) for cuts in laid])
            profile = self._profiles.get(passed) or self._profile(passed)
            if profiles and profiles[-1] == profile:
                ends.pop()
            else:
                profiles.append(profile)
            ends.append(day)
        return DateAxis(self.fact, on, tuple(map(date.fromordinal, ends[:-1])), tuple(profiles))

    def _profile(self, passed: tuple[int, ...]) -> Profile:
        """The truth of every comparison for a day that lies after so many cuts of each measure."""
        scales = zip(self._scales, passed, strict=True)
        found = [truth for scale, count in scales for truth in scale.truths[count]]
        self._profiles[passed] = profile = tuple(found[place] for place in self._order)
        return profile


class _Scale:
    """One measure with its turning points. `truths[i]`: of its comparisons for a day that lies after i of the
    cuts.
    """

    def __init__(self, term: Term, tests: Sequence[Test], leap_day: LeapDay) -> None:
        self._term = term
        self._leap_day = leap_day
        self._fixed = sorted({cut for test in tests for cut in _fixed_cuts(test)})
        points = sorted({point for test in tests if term.kind != "fact" for point in turning_points(test)})
        # Of a later day an age is less, the days until it are more.
        self._points = points if term.kind == "days_until" else points[::-1]
        self.truths = [tuple(holds(test, value) for test in tests) for value in self._values()]

    def cuts(self, on: date) -> list[int]:
        """The last days before each turning point, in order; beyond either end of the calendar at it."""
        if self._term.kind == "fact":
            return self._fixed
        return [self._cut(point, on) for point in self._points]

    def _cut(self, point: int, on: date) -> int:
        day = last_day_below(self._term, point, on, self._leap_day)
        if day is not None:
            return day.toordinal()
        return _LAST if (point > 0) == (self._term.kind == "days_until") else _BEFORE_ALL

    def _values(self) -> Iterator[Value]:
        """A value of the measure for each number of cuts passed."""
        if self._term.kind == "fact":
            yield from map(date.fromordinal, self._fixed)
            yield date.fromordinal(min(self._fixed[-1] + 1, _LAST)) if self._fixed else date.max
        elif self._term.kind == "days_until":
            yield from (point - 1 for point in self._points[:1])
            yield from self._points
        else:
            yield from self._points
            yield from (point - 1 for point in self._points[-1:])
        if self._term.kind != "fact" and not self._points:
            yield 0


def _fixed_cuts(test: Test) -> Iterator[int]:
    """Of a comparison with certain days: those days and the days before them."""
    if test.term.kind == "fact":
        for operand in test.operands:
            if isinstance(operand, date):
                if operand > date.min:
                    yield (operand - ONE_DAY).toordinal()
                yield operand.toordinal()
