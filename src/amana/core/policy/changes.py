"""What time alone will change: deciding birthdays, other thresholds that pass, and days on which law
changes.

Nothing else is assumed to happen: what is known stays as it is on the as-of date. An uncertain birth
gives the first and the last possible day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amana.core.dates import ONE_DAY, DateSpan, clip
from amana.core.facts import FactRow, FactValue
from amana.core.policy.engine import Engine, proved
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
    """
    values = _as_known(engine, row)
    found = []
    for moment in _moments(engine, values):
        if moment.last is not None and moment.last <= row.on:
            continue
        first = max(moment.first or row.on, row.on + ONE_DAY)
        before = _possible(engine, values, first - ONE_DAY)
        after = _possible(
            engine, values, moment.last or first, happened=moment.event if moment.last is None else ""
        )
        if before != after and before and after:
            found.append(Change(first, moment.last, before, after, moment.cause))
    return tuple(sorted(found, key=lambda change: (change.earliest, change.latest or date.max, change.cause)))


def _as_known(engine: Engine, row: FactRow) -> Mapping[str, FactValue]:
    """The facts, days in the past clipped to the as-of date, so that a later look doesn't reopen them."""
    values = dict(proved(row))
    for name in engine.dates:
        value = values.get(name)
        if engine.facts[name].past and (value is None or isinstance(value, DateSpan)):
            values[name] = clip(value or DateSpan(None, None), row.on) or value
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


def _possible(
    engine: Engine, values: Mapping[str, FactValue], on: date, happened: str = ""
) -> tuple[str, ...]:
    frame = engine.frame(on)
    found = frame.state(values)
    if found is None:
        return ()
    key, exact = found
    if happened:
        place = len(key) - len(engine.events) + list(engine.events).index(happened)
        key = (*key[:place], 0b01, *key[place + 1 :])
    return frame.verdict(key, exact).possible
