"""Uncertain dates and ages in completed years.

Knows EDTF (ISO 8601-2) as far as a birth or an event needs it: a text becomes the closed interval of days
on which the one day meant may lie. Units: calendar days (proleptic Gregorian), completed years. Refuses,
with a reason: sets of several days `{...}`, seasons, long and negative years, significant digits, times of
day, and days that no calendar has. Ages are found by comparing whole dates, never by dividing days or by an
engine's interval function.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import product
from typing import Literal

from amana.core.errors import InvalidDate

LeapDay = Literal["mar-01", "feb-28"]
"""When someone born on 29 February completes a year in a common year."""

LEAP_DAYS: tuple[LeapDay, LeapDay] = ("mar-01", "feb-28")
ONE_DAY = timedelta(days=1)

_END = re.compile(
    r"(?P<q1>[?~%]?)(?P<year>[0-9X]{4})(?P<q2>[?~%]?)"
    r"(?:-(?P<q3>[?~%]?)(?P<month>[0-9X]{2})(?P<q4>[?~%]?)"
    r"(?:-(?P<q5>[?~%]?)(?P<day>[0-9X]{2})(?P<q6>[?~%]?))?)?"
)
_OPEN = ("", "..")
_ANY = "XX"
_NOT_A_DATE = (
    "This is no date in EDTF; write for example "
    "2014, 2014-05, 2014-05-12, 2014~, 201X, 2013/2014 or ../2000-03-01."
)
_REFUSED = (
    (re.compile(r"\{"), "several days at once; write [..] for one day out of several"),
    (re.compile(r"[Tt:]"), "a time of day; write the day only"),
    (re.compile(r"[YE]"), "a year of more than four digits"),
    (re.compile(r"\dS\d"), "a year with significant digits; write X for an unknown digit"),
    (re.compile(r"(?:^|[\[/,.])[?~%]*-"), "a year before year 1"),
    (
        re.compile(r"[0-9X]{4}[?~%]*-[?~%]*(?:2[1-9]|[34]\d)"),
        "a season; write months, as in 2014-03/2014-05",
    ),
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """One day that lies somewhere from `earliest` to `latest`, both included; None leaves that end open."""

    earliest: date | None
    latest: date | None

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise InvalidDate("The earliest day lies after the latest; write the earlier one first.")

    @property
    def certain(self) -> bool:
        """Whether exactly one day is meant."""
        return self.earliest is not None and self.earliest == self.latest

    @classmethod
    def day(cls, on: date) -> DateSpan:
        """The span of one certain day."""
        return cls(on, on)


def parse_edtf(text: str, approximate_years: int = 1) -> DateSpan:
    """The days an EDTF text may mean. Each end marked `~`, `?` or `%` is moved outwards by
    `approximate_years`.

    >>> parse_edtf("2014")
    DateSpan(earliest=datetime.date(2014, 1, 1), latest=datetime.date(2014, 12, 31))
    >>> parse_edtf("2014-05~")
    DateSpan(earliest=datetime.date(2013, 5, 1), latest=datetime.date(2015, 5, 31))
    >>> parse_edtf("../2000-03-01")
    DateSpan(earliest=None, latest=datetime.date(2000, 3, 1))

    Raises `InvalidDate`, saying what is wrong and what would be right; never the text, which may be a birth.
    Source: ISO 8601-2:2019, levels 0 to 2, without the forms the module refuses.
    """
    return _parse_cached(text.strip(), approximate_years)


@lru_cache(maxsize=65536)
def _parse_cached(text: str, approximate_years: int) -> DateSpan:
    for pattern, what in _REFUSED:
        if pattern.search(text):
            raise InvalidDate(f"This date is {what}.")
    lows: list[date | None] = []
    highs: list[date | None] = []
    for low, high in _split_ends(text):
        lows.append(_bound(low, 0, -approximate_years))
        highs.append(_bound(high, 1, approximate_years))
    earliest = None if None in lows else min(day for day in lows if day)
    latest = None if None in highs else max(day for day in highs if day)
    return DateSpan(earliest, latest)


def _split_ends(text: str) -> list[tuple[str, str]]:
    """The (low, high) texts that one day lies between; several of them for a list of alternatives."""
    if text.startswith("[") and text.endswith("]"):
        members = [member.strip().partition("..") for member in text[1:-1].split(",")]
        if any(not low and not high for low, _, high in members):
            raise InvalidDate(_NOT_A_DATE)
        return [(low, high if dots else low) for low, dots, high in members]
    low, slash, high = text.partition("/")
    if (not slash and low in _OPEN) or text == "/":
        raise InvalidDate(_NOT_A_DATE)
    return [(low, high if slash else low)]


def _bound(end: str, side: Literal[0, 1], widen_years: int) -> date | None:
    """The first (side 0) or last (side 1) day of one end; None where it is open."""
    if end in _OPEN:
        return None
    parts = _END.fullmatch(end)
    if parts is None:
        raise InvalidDate(_NOT_A_DATE)
    year, month, day = parts["year"], parts["month"] or _ANY, parts["day"] or _ANY
    if year == "XXXX":
        return None
    bound = next(_agreeing(year, month, day, -1 if side else 1), None)
    if bound is None:
        raise InvalidDate("The calendar has no such day; check year, month and day.")
    qualified = any(parts[place] for place in ("q1", "q2", "q3", "q4", "q5", "q6"))
    return _shift_years(bound, widen_years) if qualified else bound


def _agreeing(year: str, month: str, day: str, step: Literal[1, -1]) -> Iterator[date]:
    """Every day whose digits agree, upwards or downwards."""
    for years in _numbers(year, 1, 9999)[::step]:
        for months in _numbers(month, 1, 12)[::step]:
            for days in _numbers(day, 1, monthrange(years, months)[1])[::step]:
                yield date(years, months, days)


def _numbers(digits: str, least: int, greatest: int) -> list[int]:
    """The numbers from `least` to `greatest` that some digits may stand for, in order.

    >>> _numbers("1X", 1, 12)
    [10, 11, 12]
    """
    if "X" not in digits:
        return [int(digits)] if least <= int(digits) <= greatest else []
    choices = ["0123456789" if digit == "X" else digit for digit in digits]
    found = (int("".join(chosen)) for chosen in product(*choices))
    return [number for number in found if least <= number <= greatest]


def _shift_years(day: date, years: int) -> date:
    """The same day `years` later; 29 February moves outwards where the year has none."""
    year = min(max(day.year + years, 1), 9999)
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28) if years < 0 else date(year, 3, 1)
    return day.replace(year=year)


def clip(span: DateSpan, on: date) -> DateSpan | None:
    """The part of `span` up to `on`, as for a birth known by that day; None if it lies wholly after it."""
    if span.earliest is not None and span.earliest > on:
        return None
    if span.latest is None or span.latest > on:
        return DateSpan(span.earliest, on)
    return span


def birthday(birth: date, age: int, leap_day: LeapDay = "mar-01") -> date:
    """The day on which someone born on `birth` completes `age` years.

    >>> birthday(date(2016, 2, 29), 2)
    datetime.date(2018, 3, 1)
    >>> birthday(date(2016, 2, 29), 2, "feb-28")
    datetime.date(2018, 2, 28)
    """
    year = birth.year + age
    if (birth.month, birth.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1) if leap_day == "mar-01" else date(year, 2, 28)
    return birth.replace(year=year)


def age_on(birth: date, on: date, leap_day: LeapDay = "mar-01") -> int:
    """Completed years on the day `on` (negative before birth).

    >>> age_on(date(2014, 6, 1), date(2018, 5, 31)), age_on(date(2014, 6, 1), date(2018, 6, 1))
    (3, 4)
    """
    years = on.year - birth.year
    return years if on >= birthday(birth, years, leap_day) else years - 1


def age_span(span: DateSpan, on: date, leap_day: LeapDay = "mar-01") -> tuple[int | None, int | None]:
    """(youngest, oldest) completed years on the day `on`; None where that end of the birth is open."""
    youngest = None if span.latest is None else age_on(span.latest, on, leap_day)
    oldest = None if span.earliest is None else age_on(span.earliest, on, leap_day)
    return youngest, oldest


def last_birth_of_age(age: int, on: date, leap_day: LeapDay = "mar-01") -> date | None:
    """The latest birth day on which one has completed `age` years by `on`; None before the calendar begins.

    >>> last_birth_of_age(4, date(2018, 1, 15))
    datetime.date(2014, 1, 15)
    """
    year = on.year - age
    if not 1 <= year <= 9999:
        return None
    if (on.month, on.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    if leap_day == "feb-28" and (on.month, on.day) == (2, 28) and not isleap(on.year) and isleap(year):
        return date(year, 2, 29)
    return on.replace(year=year)


def next_birthdays(span: DateSpan, age: int, leap_day: LeapDay = "mar-01") -> DateSpan:
    """The days on which `age` may be completed: first and last possible, either end open where the birth is.

    >>> next_birthdays(parse_edtf("2014-05"), 4)
    DateSpan(earliest=datetime.date(2018, 5, 1), latest=datetime.date(2018, 5, 31))
    """
    first = None if span.earliest is None else birthday(span.earliest, age, leap_day)
    last = None if span.latest is None else birthday(span.latest, age, leap_day)
    return DateSpan(first, last)
