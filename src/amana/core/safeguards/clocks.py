"""How many days a clock gives, and by which day something is owed. Whole days; the day `start + clock` is the
last one in time.

An uncertain start gives the stretch from the first to the last possible day; where it is open which law is in
force on the day, the shortest clock gives the first and the longest the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from amana.core.dates import DateSpan
from amana.core.policy.axes import event_mask
from amana.core.policy.model import Bound, Event, InForce
from amana.core.safeguards.model import Duty

_HAPPENED, _AHEAD = 0b01, 0b10
NOT_KNOWN = DateSpan(None, None)


def clocks_on(duty: Duty, on: date, events: Mapping[str, Event]) -> tuple[tuple[InForce, int], ...]:
    """The days that a clock gives on a day, with their periods: one, or each that may count where it is open
    which law is in force.
    """
    return tuple((period, days) for period, days in duty.days if may_hold(period, on, events))


def may_hold(period: InForce, on: date, events: Mapping[str, Event]) -> bool:
    """Whether a period may contain the day."""
    begun = period.start is None or _passed(period.start, on, events) != _AHEAD
    return begun and (period.end is None or _passed(period.end, on, events) != _HAPPENED)


def _passed(bound: Bound, on: date, events: Mapping[str, Event]) -> int:
    if bound.event:
        return event_mask(events[bound.event], on)
    return _HAPPENED if bound.day is not None and bound.day <= on else _AHEAD


def due_after(start: DateSpan, least: int, most: int) -> DateSpan:
    """The last day in time of a clock of `least` to `most` days."""
    return DateSpan(_later(start.earliest, least), _later(start.latest, most))


def hull(spans: Iterable[DateSpan]) -> DateSpan:
    """From the first to the last day of several stretches; of none, nothing known."""
    known = list(spans)
    firsts = [span.earliest for span in known]
    lasts = [span.latest for span in known]
    return DateSpan(
        None if None in firsts else min((day for day in firsts if day), default=None),
        None if None in lasts else max((day for day in lasts if day), default=None),
    )


def _later(day: date | None, days: int) -> date | None:
    if day is None:
        return None
    return day + timedelta(days) if days <= (date.max - day).days else date.max
