"""Measures over date facts, and where on the calendar their thresholds lie.

Units: whole completed years, months and days. `age`, `days_since` and `months_since` fall as the day
measured gets later, `days_until` rises; so each threshold is one cut on the calendar, and time alone
passes it on one day. A month is completed on the same day of the month; where that day is missing, on the
first of the next month (`mar-01`) or on the last day (`feb-28`).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from amana.core.dates import ONE_DAY, LeapDay, age_on, birthday, last_birth_of_age
from amana.core.policy.nodes import Operand, Term, Test

Value = int | date


def measure(term: Term, day: date, on: date, leap_day: LeapDay) -> Value:
    """What an uncoupled `term` gives for the day `day` of its fact, as of `on`."""
    if term.kind == "age":
        return age_on(day, on, leap_day)
    if term.kind == "days_since":
        return (on - day).days
    if term.kind == "days_until":
        return (day - on).days
    if term.kind == "months_since":
        return _months_since(day, on, leap_day)
    return day


def holds(test: Test, value: Value | str) -> bool:
    """Whether the comparison is true of a certain value.

    >>> from amana.core.policy.nodes import Term
    >>> holds(Test("age <= 3", Term("age", "birth"), "<=", (3,)), 4)
    False
    """
    if test.operator == "in":
        return value in test.operands
    if test.operator == "between":
        return _compare("<=", test.operands[0], value) and _compare("<=", value, test.operands[1])
    return _compare(test.operator, value, test.operands[0])


def _compare(operator: str, left: Operand, right: Operand) -> bool:
    if operator in ("=", "<>"):
        return (left == right) == (operator == "=")
    smaller: bool = left < right  # type: ignore[operator]  # the reader of expressions gives both one type
    equal = left == right
    return {"<": smaller, "<=": smaller or equal, ">": not smaller and not equal, ">=": not smaller}[operator]


def thresholds(test: Test) -> Iterator[int]:
    """The whole numbers k at which the truth of an integer comparison may differ between k - 1 and k."""
    for operand in test.operands:
        if isinstance(operand, int):
            yield operand
            yield operand + 1


@lru_cache(maxsize=4096)
def turning_points(test: Test) -> tuple[int, ...]:
    """The thresholds at which the comparison really changes its truth, in order."""
    return tuple(step for step in sorted(set(thresholds(test))) if holds(test, step - 1) != holds(test, step))


def steps(tests: Iterable[Test]) -> list[tuple[Term, int]]:
    """The thresholds of measures at which a comparison really changes its truth, each once."""
    found = {
        (test.term, step): None for test in tests if test.term.kind != "fact" for step in turning_points(test)
    }
    return list(found)


def last_day_below(term: Term, threshold: int, on: date, leap_day: LeapDay) -> date | None:
    """The last day of the fact on this side of the threshold: measure >= threshold (for days_until: <
    threshold).
    """
    try:
        if term.kind == "age":
            return last_birth_of_age(threshold, on, leap_day)
        if term.kind == "days_since":
            return on - timedelta(days=threshold)
        if term.kind == "days_until":
            return on + timedelta(days=threshold - 1)
        return _last_of_months(threshold, on, leap_day)
    except (OverflowError, ValueError):
        return None


def crossing(term: Term, threshold: int, day: date, leap_day: LeapDay) -> date:
    """The first as-of day on which a fact lying on `day` has passed the threshold."""
    if term.kind == "age":
        return birthday(day, threshold, leap_day)
    if term.kind == "days_since":
        return day + timedelta(days=threshold)
    if term.kind == "days_until":
        return day - timedelta(days=threshold - 1)
    return _add_months(day, threshold, leap_day)


def _months_since(day: date, on: date, leap_day: LeapDay) -> int:
    months = (on.year - day.year) * 12 + on.month - day.month
    return months if on >= _add_months(day, months, leap_day) else months - 1


def _add_months(day: date, months: int, leap_day: LeapDay) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    if day.day <= last:
        return date(year, month + 1, day.day)
    end = date(year, month + 1, last)
    return end if leap_day == "feb-28" else end + ONE_DAY


def _last_of_months(months: int, on: date, leap_day: LeapDay) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    at_month_end = on.day == monthrange(on.year, on.month)[1]
    return date(year, month + 1, last if leap_day == "feb-28" and at_month_end else min(on.day, last))
