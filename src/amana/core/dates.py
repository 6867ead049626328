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
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from edtf import parse_edtf as _parse
from edtf.parser.edtf_exceptions import EDTFParseException

from amana.core.errors import InvalidDate

LeapDay = Literal["mar-01", "feb-28"]
"""When someone born on 29 February completes a year in a common year."""

LEAP_DAYS: tuple[LeapDay, LeapDay] = ("mar-01", "feb-28")
ONE_DAY = timedelta(days=1)

_END = re.compile(r"[0-9X]{4}(?:-[0-9X]{2}(?:-[0-9X]{2})?)?")
_QUALIFIERS = str.maketrans("", "", "~?%")
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

    Raises `InvalidDate`, saying what was meant by what would be right.
    """
    return _parse_cached(text.strip(), approximate_years)


@lru_cache(maxsize=65536)
def _parse_cached(text: str, approximate_years: int) -> DateSpan:
    for pattern, what in _REFUSED:
        if pattern.search(text):
            raise InvalidDate(f"This date is {what}.")
    ends = _split_ends(text)
    if len(ends) > 1 or not _END.fullmatch(text) or "X" in text:
        _check_form(text)
    lows = [_bound(low, 0, -approximate_years) for low, _ in ends]
    highs = [_bound(high, 1, approximate_years) for _, high in ends]
    earliest = None if None in lows else min(day for day in lows if day)
    latest = None if None in highs else max(day for day in highs if day)
    return DateSpan(earliest, latest)


def _split_ends(text: str) -> list[tuple[str, str]]:
    """The (low, high) texts that one day lies between; several of them for a list of alternatives."""
    if text.startswith("[") and text.endswith("]"):
        members = [member.strip() for member in text[1:-1].split(",")]
        return [
            (low, high if dots else low) for low, dots, high in (member.partition("..") for member in members)
        ]
    low, slash, high = text.partition("/")
    return [(low, high if slash else low)]


def _check_form(text: str) -> None:
    try:
        _parse(text)
    except (EDTFParseException, ValueError, IndexError) as error:
        raise InvalidDate(_NOT_A_DATE) from error


def _bound(end: str, side: Literal[0, 1], widen_years: int) -> date | None:
    """The first (side 0) or last (side 1) day of one end; None where it is open."""
    if end in ("", "..") or end.startswith("XXXX"):
        return None
    bare = end.translate(_QUALIFIERS)
    if not _END.fullmatch(bare):
        raise InvalidDate(_NOT_A_DATE)
    day = _unspecified(bare, side) if "X" in bare else _first_or_last(bare, side)
    return day if bare == end else _shift_years(day, widen_years)


def _first_or_last(bare: str, side: Literal[0, 1]) -> date:
    year, month, day = (int(part) for part in f"{bare}-00-00"[:10].split("-"))
    try:
        if side and not day:
            return _last_of_month(year, month or 12)
        return date(year, month or 1, day or 1)
    except ValueError as error:
        raise InvalidDate("The calendar has no such day; check year, month and day.") from error


def _unspecified(bare: str, side: Literal[0, 1]) -> date:
    """Strict bound of a date with X digits, as the EDTF library gives it; a day no month has is moved
    inside the month.
    """
    parsed = _parse(bare)
    bound = parsed.upper_strict() if side else parsed.lower_strict()
    year = min(max(bound.tm_year, 1), 9999)
    return min(
        date(year, bound.tm_mon, 1) + timedelta(days=bound.tm_mday - 1), _last_of_month(year, bound.tm_mon)
    )


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


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
