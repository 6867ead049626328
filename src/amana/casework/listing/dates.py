"""Dates as lists write them, to closed intervals of days.

Knows: day first (`d/m/yyyy`, `d.m.yyyy`, `d-m-yyyy`), ISO, month names, month and year, year, two years,
*about* (one year wider on each side), Hijri (Umm al-Qura), date cells and date serials, three digit systems.
Stand-in days (1 January, 1 July) mean the whole year. Refuses to guess a calendar: a bare 1390 may be a
Hijri or a Persian year, and is left unread with `calendar_not_said`. Units: Gregorian days, proleptic. No
clock: whatever depends on time takes the day of the list.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Hijri
from hijridate.ummalqura import HIJRI_RANGE

from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Cell, written
from amana.core.dates import DateSpan
from amana.core.names import fold

YEARS_READ = range(1900, 3000)
YEARS_AS_NUMBER = range(1900, 2101)
YEARS_OF_OTHER_CALENDARS = range(1280, 1520)
SERIALS = range(3654, 80000)
"""Spreadsheet day numbers from 1910 to 2119; day 0 is 30 December 1899."""

_EPOCH = date(1899, 12, 30)
_SEP = r"\s*[-/.\u2013\u2014\\,،]\s*"
_TIME = r"(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*Z?)?"
_YMD = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}}){_TIME}")
_DMY = re.compile(rf"(\d{{1,2}})(?:{_SEP}|\s+)(\d{{1,2}})(?:{_SEP}|\s+)(\d{{4}}|\d{{2}}){_TIME}")
_MY = re.compile(rf"(\d{{1,2}})(?:{_SEP}|\s+)(\d{{4}})")
_YM = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})")
_Y = re.compile(r"\d{4}")
_YY = re.compile(rf"(\d{{4}})(?:{_SEP}|\s+)(\d{{4}}|\d{{2}})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_PLACEHOLDER = re.compile(r"(?<![^\W_])(?:xx|\?\?|__|--|\*\*)(?=[-/.])", re.IGNORECASE)
ABOUT_SIGNS = "~≈±?؟∼"


@dataclass(frozen=True, slots=True)
class StatedDate:
    """What a date cell says: a span, or None with the reason in `problem` (`blank`, `unread`,
    `impossible_date`, ...).

    certain_day: one Gregorian day was written out; hijri: the span was converted; note: a finding that goes
    with the reading.
    """

    span: DateSpan | None = None
    problem: str | None = None
    certain_day: bool = False
    hijri: bool = False
    note: str | None = None


BLANK = StatedDate(problem="blank")
UNREAD = StatedDate(problem="unread")
IMPOSSIBLE = StatedDate(problem="impossible_date")


def plain(text: str) -> str:
    """Return a cell's text with digits of three systems as ASCII, without marks that only steer display,
    trimmed.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = [
        str(unicodedata.decimal(char)) if char.isdecimal() else char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) not in {"Cf", "Cc"} or char.isspace()
    ]
    return " ".join("".join(kept).replace("٫", ".").replace("ـ", "").split())


def is_unknown(text: str, words: Vocabulary) -> bool:
    """Say whether a text stands for *not known*: a dash, a question mark, or a word such as مجهول."""
    folded = fold(text)
    return folded in words.unknown or not any(char.isalnum() for char in text)


def shift_years(day: date, years: int) -> date:
    """Return the same day some years on or back; 29 February becomes the 28th, and years stay within
    1..9999.
    """
    year = min(max(day.year + years, 1), 9999)
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def read_date(cell: Cell, words: Vocabulary, listed_on: date) -> StatedDate:
    """Read one cell as a date; never raises."""
    if cell is None or isinstance(cell, bool):
        return BLANK if cell is None else UNREAD
    if isinstance(cell, date):
        return StatedDate(DateSpan.day(cell), certain_day=True)
    text = plain(written(cell))
    if not isinstance(cell, str) and text.isdigit():
        return _number(int(text))
    if is_unknown(text, words):
        return BLANK
    return _text(text, words, listed_on)


def _number(number: int) -> StatedDate:
    """Read a bare number: a year, else a day serial."""
    if number in YEARS_AS_NUMBER:
        return StatedDate(_year(number))
    if number in YEARS_OF_OTHER_CALENDARS:
        return StatedDate(problem="calendar_not_said")
    if number in SERIALS:
        return StatedDate(DateSpan.day(_EPOCH + timedelta(days=number)), certain_day=True)
    return UNREAD


def _text(text: str, words: Vocabulary, listed_on: date) -> StatedDate:
    about, hijri, bare = _qualifiers(text, words)
    stated = _hijri(bare) if hijri else _gregorian(bare, words, listed_on)
    if about and stated.span is not None and stated.span.earliest and stated.span.latest:
        wider = DateSpan(shift_years(stated.span.earliest, -1), shift_years(stated.span.latest, 1))
        return replace(stated, span=wider, certain_day=False)
    return stated


def _qualifiers(text: str, words: Vocabulary) -> tuple[bool, bool, str]:
    """Return whether the date is approximate, whether it is Hijri, and the text without the words that say
    so.
    """
    text = _PLACEHOLDER.sub("00", text)
    about = any(sign in text for sign in ABOUT_SIGNS)
    for sign in ABOUT_SIGNS:
        text = text.replace(sign, " ")
    hijri = False
    for phrase, marks in (("about", words.about), ("hijri", words.hijri), ("gregorian", words.gregorian)):
        text, found = without(text, marks)
        about = about or (found and phrase == "about")
        hijri = hijri or (found and phrase == "hijri")
    return about, hijri, text.strip(" .،,:;()[]")


def without(text: str, marks: frozenset[str]) -> tuple[str, bool]:
    """Return a text without the marks in it, and whether there was one; letters touching digits count as
    words.
    """
    spans = [(match.start(), match.end(), fold(match.group())) for match in _LETTERS.finditer(text)]
    if not spans:
        return text, False
    for size in range(min(_longest(marks), len(spans)), 0, -1):
        for at in range(len(spans) - size + 1):
            if " ".join(word for _, _, word in spans[at : at + size]) in marks:
                rest = text[: spans[at][0]] + " " + text[spans[at + size - 1][1] :]
                return without(rest, marks)[0], True
    return " ".join(text.split()), False


@lru_cache(maxsize=64)
def _longest(marks: frozenset[str]) -> int:
    """Return the number of words in the longest mark."""
    return max((mark.count(" ") + 1 for mark in marks), default=1)


def _gregorian(text: str, words: Vocabulary, listed_on: date) -> StatedDate:
    """Try the forms in figures from the fullest to the barest, then months as words."""
    return _full_date(text, listed_on) or _part_of_date(text) or _spelled(text, words)


def _full_date(text: str, listed_on: date) -> StatedDate | None:
    if match := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(*_ints(match, 1, 2, 3))
    if match := _DMY.fullmatch(text):
        return _two_digit_year(match, listed_on) if len(match[3]) == 2 else _day(*_ints(match, 3, 2, 1))
    return None


def _part_of_date(text: str) -> StatedDate | None:
    """Read a month, a year, two years, or a day serial; None when the text has none of these forms."""
    if match := _MY.fullmatch(text):
        return _month(int(match[2]), int(match[1]))
    if _Y.fullmatch(text):
        year = int(text)
        return _other_year(year) if year > YEARS_AS_NUMBER[-1] else _number(year)
    if match := _YY.fullmatch(text):
        years = _two_years(match)
        if years.span is not None or len(match[2]) == 4:
            return years
    if match := _YM.fullmatch(text):
        return _month(int(match[1]), int(match[2]))
    return _number(int(text)) if text.isdigit() and len(text) == 5 else None


def _ints(match: re.Match[str], *groups: int) -> tuple[int, int, int]:
    first, second, third = (int(match[group]) for group in groups)
    return first, second, third


def _other_year(year: int) -> StatedDate:
    if year in YEARS_OF_OTHER_CALENDARS:
        return StatedDate(problem="calendar_not_said")
    return StatedDate(_year(year)) if year in YEARS_READ else UNREAD


def _year(year: int) -> DateSpan:
    return DateSpan(date(year, 1, 1), date(year, 12, 31))


def _month(year: int, month: int) -> StatedDate:
    if year not in YEARS_READ:
        return _other_year(year)
    if month == 0:
        return StatedDate(_year(year))
    if month > 12:
        return IMPOSSIBLE
    return StatedDate(DateSpan(date(year, month, 1), date(year, month, monthrange(year, month)[1])))


def _day(year: int, month: int, day: int) -> StatedDate:
    """Read a full date; a day or month written as 00 is an unknown one."""
    if year not in YEARS_READ:
        return _other_year(year)
    if day == 0 or month == 0:
        return _month(year, month) if day == 0 else IMPOSSIBLE
    try:
        return StatedDate(DateSpan.day(date(year, month, day)), certain_day=True)
    except ValueError:
        return IMPOSSIBLE


def _two_digit_year(match: re.Match[str], listed_on: date) -> StatedDate:
    """Read `d/m/yy` in the latest century that is not after the list."""
    year = listed_on.year - (listed_on.year - int(match[3])) % 100
    return replace(_day(year, int(match[2]), int(match[1])), note="two_digit_year")


def _two_years(match: re.Match[str]) -> StatedDate:
    """Read `2013/2014` and `2013/14`: from the first day of the one to the last of the other."""
    first, text = int(match[1]), match[2]
    second = int(text) if len(text) == 4 else first - first % 100 + int(text)
    if len(text) == 2 and (int(text) <= 12 or second <= first):
        return UNREAD
    if first not in YEARS_READ or second not in YEARS_READ:
        return _other_year(first)
    first, second = sorted((first, second))
    return StatedDate(DateSpan(date(first, 1, 1), date(second, 12, 31)))


def _spelled(text: str, words: Vocabulary) -> StatedDate:
    """Read a date with the month as a word, or two years joined by a word; anything else is unread."""
    parts = [fold(part) for part in _WORDS.findall(text)]
    numbers = [part for part in parts if part.isdigit()]
    named = [part for part in parts if not part.isdigit()]
    years = [int(number) for number in numbers if len(number) == 4]
    if len(years) == 2 == len(numbers) and all(
        name in words.to | words.between | words.conjunctions for name in named
    ):
        first, second = sorted(years)
        return (
            StatedDate(DateSpan(date(first, 1, 1), date(second, 12, 31))) if first in YEARS_READ else UNREAD
        )
    month = words.months.get(" ".join(named)) or words.months.get("".join(named))
    if month is None or len(years) != 1 or len(numbers) > 2:
        return UNREAD
    days = [int(number) for number in numbers if len(number) <= 2]
    if len(days) != len(numbers) - 1:
        return UNREAD
    return _day(years[0], month, days[0]) if days else _month(years[0], month)


def _hijri(text: str) -> StatedDate:
    """Read a Hijri day, month or year (Umm al-Qura, 1343 to 1500); days first, as in the Gregorian forms."""
    if match := _YMD.fullmatch(text):
        return _hijri_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DMY.fullmatch(text):
        return _hijri_day(int(match[3]), int(match[2]), int(match[1]))
    if match := _MY.fullmatch(text):
        return _hijri_span((int(match[2]), int(match[1])), (int(match[2]), int(match[1])))
    if match := _YY.fullmatch(text):
        first, second = sorted((int(match[1]), int(match[2])))
        return _hijri_span((first, 1), (second, 12))
    if _Y.fullmatch(text):
        return _hijri_span((int(text), 1), (int(text), 12))
    return UNREAD


def _hijri_day(year: int, month: int, day: int) -> StatedDate:
    whole = _hijri_span((year, month), (year, month))
    if whole.span is None or not whole.span.earliest or not whole.span.latest:
        return whole
    if not 1 <= day <= 30:
        return IMPOSSIBLE
    stated = whole.span.earliest + timedelta(days=day - 1)
    # A month of 29 days in the table may have had 30 by local sighting: the 30th is then this day or the one
    # before.
    first = min(stated, whole.span.latest)
    return StatedDate(DateSpan(first, stated), hijri=True)


def _hijri_span(first: tuple[int, int], last: tuple[int, int]) -> StatedDate:
    """Return the days from the first day of one Hijri month to the last of another."""
    if not (HIJRI_RANGE[0][0] <= first[0] and last[0] <= HIJRI_RANGE[1][0]):
        return UNREAD
    if not (1 <= first[1] <= 12 and 1 <= last[1] <= 12):
        return IMPOSSIBLE
    start = _plain_day(Hijri(*first, 1))
    end = _plain_day(Hijri(*last, Hijri(*last, 1).month_length()))
    return StatedDate(DateSpan(start, end), hijri=True)


def _plain_day(day: Hijri) -> date:
    found = day.to_gregorian()
    return date(found.year, found.month, found.day)
