"""Ages as lists write them, to the days on which the person may have been born.

Units: completed years, months, weeks or days on the day of the list. Age n = born after (list − (n+1) units)
up to (list − n units); *about* widens by one year on each side; the latest end never lies after the list.
Refuses a date cell in an age column (a spreadsheet turns `3-4` into a day) and ages above 125 years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from amana.casework.listing.dates import ABOUT_SIGNS, YEARS_AS_NUMBER, is_unknown, plain, shift_years, without
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Cell, written
from amana.core.dates import DateSpan
from amana.core.names import fold

OLDEST = {"years": 125, "months": 600, "weeks": 520, "days": 1000}
_PARTS = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+|[<>≤≥+\-–—/&]")
_DASHES = frozenset("-–—/")


@dataclass(frozen=True, slots=True)
class StatedAge:
    """The birth days an age allows, or None with `problem`: `blank`, `unread`, or `year` (a birth year in an
    age column).
    """

    span: DateSpan | None = None
    problem: str | None = None


BLANK = StatedAge(problem="blank")
UNREAD = StatedAge(problem="unread")


def read_age(cell: Cell, words: Vocabulary, listed_on: date) -> StatedAge:
    """Read one cell as an age on the day of the list; never raises."""
    if cell is None or isinstance(cell, bool | date):
        return BLANK if cell is None else UNREAD
    text = plain(written(cell))
    if is_unknown(text, words):
        return BLANK
    if text.isdigit() and int(text) in YEARS_AS_NUMBER:
        return StatedAge(problem="year")
    about = any(sign in text for sign in ABOUT_SIGNS)
    for sign in ABOUT_SIGNS:
        text = text.replace(sign, " ")
    text, worded = without(text, words.about)
    span = _span(text, words, listed_on)
    if span is None:
        return UNREAD
    if about or worded:
        earliest = shift_years(span.earliest, -1) if span.earliest else None
        span = DateSpan(earliest, shift_years(span.latest, 1) if span.latest else None)
    return StatedAge(DateSpan(span.earliest, min(span.latest or listed_on, listed_on)))


def has_age_unit(cell: Cell, words: Vocabulary) -> bool:
    """Say whether a text names a unit of age beside a number (`3 سنوات` in a birth column)."""
    if not isinstance(cell, str):
        return False
    parts = _PARTS.findall(plain(cell))
    return any(part[0].isdigit() for part in parts) and any(fold(part) in words.units for part in parts[1:])


def _span(text: str, words: Vocabulary, listed_on: date) -> DateSpan | None:
    """Return the birth days of an age written without *about*, or None when it can't be read."""
    folded = fold(text)
    if folded in words.fixed_ages:
        unit, number = words.fixed_ages[folded]
        return _born(number, number, unit, listed_on)
    text, under = without(text, words.under)
    text, over = without(text, words.over)
    text, _ = without(text, words.between)
    parts = [part if part[0].isdigit() else fold(part) or part for part in _PARTS.findall(text)]
    under = under or any(sign in parts for sign in "<≤")
    over = over or any(sign in parts for sign in ">≥+")
    parts = [part for part in parts if part not in {"<", "≤", ">", "≥", "+"}]
    ends = _ends(parts, words)
    if ends is None:
        return None
    low, high, unit = ends
    if low > OLDEST[unit] or high > OLDEST[unit] or (under and over):
        return None
    if under:
        return _born(0, max(high - 1, 0), unit, listed_on)
    if over:
        return DateSpan(None, _born(low, low, unit, listed_on).latest)
    return _born(low, high, unit, listed_on)


def _ends(parts: list[str], words: Vocabulary) -> tuple[int, int, str] | None:
    """Return lowest and highest age and the unit of `3`, `3 years`, `3-4 years`, `2 years and 3 months`."""
    numbers = [_whole(part) for part in parts if part[0].isdigit()]
    named = [part for part in parts if not part[0].isdigit() and part not in _DASHES]
    joined = [part for part in named if part in words.to]
    units = _units([part for part in named if part not in words.to or part in words.units], words)
    if units is None or not numbers or len(numbers) > 2 or not parts[0][0].isdigit():
        return None
    if len(numbers) == 1:
        return (numbers[0], numbers[0], units[0] if units else "years") if len(units) <= 1 else None
    if units == ["years", "months"] and numbers[1] < 12:
        total = numbers[0] * 12 + numbers[1]
        return total, total, "months"
    if len(set(units)) <= 1 and (joined or any(part in _DASHES for part in parts)):
        return min(numbers), max(numbers), units[0] if units else "years"
    return None


def _whole(number: str) -> int:
    """Return the completed part: at 1.5 years one year is completed."""
    return int(re.split(r"[.,]", number)[0][:6])


def _units(named: list[str], words: Vocabulary) -> list[str] | None:
    """Return the units named, joining `years old`; None when a word is neither unit nor conjunction."""
    phrase = " ".join(named)
    if phrase in words.units:
        return [words.units[phrase]]
    units = []
    for word in named:
        bare = word if word in words.units else word.removeprefix("و")
        if bare in words.units:
            units.append(words.units[bare])
        elif word not in words.conjunctions and word not in {"old", "age", "of"}:
            return None
    return units


def _born(low: int, high: int, unit: str, listed_on: date) -> DateSpan:
    """Return the birth days of everyone whose age lies from `low` to `high` completed units on the day of
    the list.
    """
    earliest = _back(listed_on, high + 1, unit) + timedelta(days=1)
    return DateSpan(min(earliest, listed_on), _back(listed_on, low, unit))


def _back(day: date, number: int, unit: str) -> date:
    if unit == "years":
        return shift_years(day, -number)
    if unit == "months":
        year, month = divmod(day.year * 12 + day.month - 1 - number, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day - timedelta(days=number * (7 if unit == "weeks" else 1))
