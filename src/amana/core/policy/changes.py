"""What time alone will change: deciding birthdays, other thresholds that pass, and days on which law
changes.

Nothing else is assumed to happen: what is known stays as it is on the as-of date. An uncertain birth
gives the first and the last possible day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.dates import ONE_DAY, DateSpan, clip
from amana.core.facts import FactRow, FactValue
from amana.core.policy.engine import Engine
from amana.core.policy.frame import proved
from amana.core.policy.measures import crossing
from amana.core.policy.nodes import Term
from amana.core.policy.views import Change


@dataclass(frozen=True)
class _Moment:
    first: date | None
    last: date | None
    cause: str
    event: str = ""


def changes(engine: Engine, row: FactRow) -> tuple[Change, ...]:
    """Every later span of days that changes which outcomes are possible, by first day. None for a
    contradictory row.

    What is possible differs from one day to the next only on the first or the last day on which something
    may happen; so a cause is named where it differs on its own first or last day, not where another cause
    within the same span makes the difference.
    """
    if row.on == date.max:
        return ()
    values = proved(row)
    outlook = _Outlook(engine, _as_known(engine, values, row.on), engine.fixed_masks(values))
    found = []
    for moment in _moments(engine, outlook.values):
        if moment.last is not None and moment.last <= row.on:
            continue
        change = _change(outlook, moment, row.on)
        if change is not None:
            found.append(change)
    return tuple(sorted(found, key=lambda change: (change.earliest, change.latest or date.max, change.cause)))


def _change(outlook: _Outlook, moment: _Moment, on: date) -> Change | None:
    first = max(moment.first or on, on + ONE_DAY)
    before = outlook.possible(first - ONE_DAY)
    if moment.last is None:
        after = outlook.possible(first, happened=moment.event)
    else:
        ends = {day for day in (moment.first, moment.last) if day is not None and day > on}
        turning = [day for day in sorted(ends) if outlook.turns(day)]
        if not turning:
            return None
        after = outlook.possible(moment.last)
        if before == after:
            before, after = outlook.possible(turning[0] - ONE_DAY), outlook.possible(turning[0])
    if before == after or not before or not after:
        return None
    return Change(first, moment.last, before, after, moment.cause)


class _Outlook:
    """What is possible on later days if nothing but time changes; each day is looked at once."""

    def __init__(self, engine: Engine, values: Mapping[str, FactValue], fixed: Sequence[int]) -> None:
        self.engine = engine
        self.values = values
        self.fixed = fixed
        self.seen: dict[date, tuple[str, ...]] = {}

    def turns(self, day: date) -> bool:
        """Whether something else is possible than on the day before."""
        return self.possible(day) != self.possible(day - ONE_DAY)

    def possible(self, on: date, happened: str = "") -> tuple[str, ...]:
        """The possible outcomes on that day, `happened` taken as come."""
        if happened:
            return self._judged(on, happened)
        found = self.seen.get(on)
        if found is None:
            found = self.seen[on] = self._judged(on, "")
        return found

    def _judged(self, on: date, happened: str) -> tuple[str, ...]:
        frame = self.engine.frame(on)
        key, exact = frame.later_key(self.values, self.fixed)
        if not all(key):
            return ()
        if happened:
            place = len(key) - len(self.engine.events) + list(self.engine.events).index(happened)
            key = (*key[:place], 0b01, *key[place + 1 :])
        return frame.verdict(key, exact).possible


def _as_known(engine: Engine, given: Mapping[str, FactValue], on: date) -> Mapping[str, FactValue]:
    """The facts, days in the past clipped to the as-of date, so that a later look doesn't reopen them."""
    values = dict(given)
    for name in (*engine.dates, *engine.compared):
        value = values.get(name)
        if engine.facts[name].past and (value is None or isinstance(value, DateSpan)):
            values[name] = clip(value or DateSpan(None, None), on) or value
    return values


def _moments(engine: Engine, values: Mapping[str, FactValue]) -> Iterator[_Moment]:
    for name, found in engine.steps.items():
        value = values.get(name)
        if isinstance(value, DateSpan):
            for term, step in found:
                yield _Moment(*_crossings(engine, term, step, value), cause=f"{term.label}:{step}")
    for event in engine.events.values():
        yield _Moment(event.span.earliest, event.span.latest, f"law:{event.id}", event.id)
    for day in engine.certain_days:
        yield _Moment(day, day, f"law:{day.isoformat()}")


def _crossings(engine: Engine, term: Term, step: int, span: DateSpan) -> tuple[date | None, date | None]:
    ends: list[date | None] = []
    for day in (span.earliest, span.latest):
        try:
            ends.append(None if day is None else crossing(term, step, day, engine.leap_day))
        except (ValueError, OverflowError):
            ends.append(None)
    return ends[0], ends[1]
