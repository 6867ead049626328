"""The days that a record names: the first and the last that may be right, and the faults of those outside.

What was done lies neither ahead nor before any day on which the person can have been born; a birth that is
not known bounds nothing. The next look lies within the clock of the office's law, or a year where it names
none. Who reads a fault reads the allowed span with it, never the sentence of an exception.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from amana.apps.determinations.contents import FieldFault
from amana.core.policy import Pack

YEAR: Final = timedelta(days=365)
"""The furthest that a day to come may lie ahead where the law says nothing."""
AGAIN: Final = ("assessment_again_days", "review_days")
"""Parameters of a pack that say after how many days at most a child is looked at again."""


def look_again(pack: Pack) -> timedelta:
    """How far ahead the next look may lie: the pack's longest clock for looking again, else a year."""
    known = [pack.parameters[name] for name in AGAIN if name in pack.parameters]
    found = [value for each in known for _, value in each.periods if isinstance(value, int)]
    return timedelta(days=max(found)) if found else YEAR


def of_past_day(field: str, day: date | None, on: date, *, born: date | None = None) -> Iterator[FieldFault]:
    """Faults of a day on which something happened; `born`: the first day on which the person can have been
    born.
    """
    span = _iso(born, on)
    if day is None:
        yield FieldFault(field, "missing")
    elif day > on:
        yield FieldFault(field, "future", span)
    elif born is not None and day < born:
        yield FieldFault(field, "before_birth", span)


def of_next_day(
    field: str,
    day: date | None,
    after: date | None,
    *,
    within: timedelta | None = YEAR,
    needed: bool = True,
) -> Iterator[FieldFault]:
    """Faults of a day that comes after another, at most `within` later (None: however late)."""
    if day is None:
        if needed:
            yield FieldFault(field, "missing")
        return
    if after is None:
        return
    least, most = _later(after, timedelta(days=1)), None if within is None else _later(after, within)
    if day <= after:
        yield FieldFault(field, "too_early", _iso(least, most))
    elif most is not None and day > most:
        yield FieldFault(field, "too_late", _iso(least, most))


def of_answer_day(field: str, day: date | None, to: date | None, on: date) -> Iterator[FieldFault]:
    """Faults of a day on which something was answered: not before `to`, the day of what it answers."""
    if day is not None and to is not None and day < to:
        yield FieldFault(field, "too_early", _iso(to, on))
    else:
        yield from of_past_day(field, day, on)


def _later(day: date, by: timedelta) -> date:
    return day + min(by, date.max - day)


def _iso(least: date | None, most: date | None) -> tuple[str, str]:
    return (least.isoformat() if least else "", most.isoformat() if most else "")
