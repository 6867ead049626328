"""Uncertain dates: what each EDTF form means, what is refused, and how ages follow."""

from __future__ import annotations

import contextlib
import io
from datetime import date, timedelta

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.dates import (
    LEAP_DAYS,
    DateSpan,
    LeapDay,
    age_on,
    age_span,
    birthday,
    clip,
    last_birth_of_age,
    next_birthdays,
    parse_edtf,
)
from amana.core.errors import InvalidDate

DAYS = st.dates(date(1950, 1, 1), date(2050, 12, 31))
RULES: st.SearchStrategy[LeapDay] = st.sampled_from(LEAP_DAYS)

READ = {
    "2014": ("2014-01-01", "2014-12-31"),
    "2014-05": ("2014-05-01", "2014-05-31"),
    "2014-05-12": ("2014-05-12", "2014-05-12"),
    "2012-02-29": ("2012-02-29", "2012-02-29"),
    "2014~": ("2013-01-01", "2015-12-31"),
    "2014?": ("2013-01-01", "2015-12-31"),
    "2014%": ("2013-01-01", "2015-12-31"),
    "2014-05~": ("2013-05-01", "2015-05-31"),
    "~2014": ("2013-01-01", "2015-12-31"),
    "2014-~05": ("2013-05-01", "2015-05-31"),
    "2012-02-29~": ("2011-02-28", "2013-03-01"),
    "201X": ("2010-01-01", "2019-12-31"),
    "2014-XX": ("2014-01-01", "2014-12-31"),
    "2015-02-XX": ("2015-02-01", "2015-02-28"),
    "2014-XX-03": ("2014-01-03", "2014-12-03"),
    "2014-1X": ("2014-10-01", "2014-12-31"),
    "2014-0X-03": ("2014-01-03", "2014-09-03"),
    "2014-02-2X": ("2014-02-20", "2014-02-28"),
    "20XX-02-29": ("2000-02-29", "2096-02-29"),
    "20XX~": ("1999-01-01", "2100-12-31"),
    "201X-05?": ("2009-05-01", "2020-05-31"),
    "XXXX": (None, None),
    "XXXX-12": (None, None),
    "0001~": ("0001-01-01", "0002-12-31"),
    "9999~": ("9998-01-01", "9999-12-31"),
    "../2000-03-01": (None, "2000-03-01"),
    "2010-01-01/..": ("2010-01-01", None),
    "/2014": (None, "2014-12-31"),
    "2014/": ("2014-01-01", None),
    "../..": (None, None),
    "2013/2014": ("2013-01-01", "2014-12-31"),
    "[2013..2014]": ("2013-01-01", "2014-12-31"),
    "[2013,2015]": ("2013-01-01", "2015-12-31"),
    "[..2014]": (None, "2014-12-31"),
    "[2014..]": ("2014-01-01", None),
    "[2013, 2015..2016]": ("2013-01-01", "2016-12-31"),
    "../2014~": (None, "2015-12-31"),
    "2014?/2016": ("2013-01-01", "2016-12-31"),
    "2014/2016~": ("2014-01-01", "2017-12-31"),
    " 2014 ": ("2014-01-01", "2014-12-31"),
}
REFUSED = {
    "{2013,2014}": "several days",
    "2014-21": "season",
    "2014-21/2015": "season",
    "Y20140": "more than four digits",
    "-0044": "before year 1",
    "2014S2": "significant digits",
    "2014-05-12T10:00:00": "time of day",
    "2014-02-30": "no such day",
    "2014-02-29": "no such day",
    "2014-13": "no such day",
    "2014/2013": "after the latest",
    "Y12345": "more than four digits",
    "2014-33": "season",
    "0000": "no such day",
    "2014-02-3X": "no such day",
    "2014-1X-32": "no such day",
    "": "no date",
    "/": "no date",
    "//": "no date",
    "..": "no date",
    "[]": "no date",
    "[..]": "no date",
    "[2014,..]": "no date",
    "2014/2015/2016": "no date",
    "2014..2015": "no date",
    "2014~~": "no date",
    "../.0": "no date",
    "٢٠١٤": "no date",
    "unknown": "no date",
    "13/05/2014": "no date",
    "2014-5": "no date",
}


@pytest.mark.parametrize(("text", "ends"), READ.items())
def test_a_text_means_some_day_from_earliest_to_latest(
    text: str, ends: tuple[str | None, str | None]
) -> None:
    earliest, latest = (date.fromisoformat(end) if end else None for end in ends)
    assert parse_edtf(text) == DateSpan(earliest, latest)


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_other_texts_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidDate, match=reason):
        parse_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        "2014",
        "2014-05",
        "2014-05-12",
        "2012-02",
        "201X",
        "20XX",
        "2014-XX",
        "2013/2014",
        "2013-05/2014-02-03",
    ],
)
def test_strict_bounds_are_those_of_the_edtf_library(text: str) -> None:
    theirs = edtf.parse_edtf(text)
    ends = (theirs.lower_strict(), theirs.upper_strict())
    earliest, latest = (date(end.tm_year, end.tm_mon, end.tm_mday) for end in ends)
    assert parse_edtf(text) == DateSpan(earliest, latest)


@given(st.text(alphabet="0129-X~?%/[].,{}SYT ", max_size=14))
def test_any_text_is_a_span_or_refused_and_nothing_is_printed(text: str) -> None:
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(InvalidDate):
        assert isinstance(parse_edtf(text), DateSpan)
    assert not said.getvalue()


@given(st.sampled_from(sorted(READ)), st.integers(0, 13), st.sampled_from("0129-X~?%/[].,{}SYT"))
def test_a_mistyped_date_never_ends_in_anything_but_a_refusal(text: str, place: int, typed: str) -> None:
    with contextlib.suppress(InvalidDate):
        parse_edtf(text[:place] + typed + text[place + 1 :])


def test_the_pack_says_how_far_approximate_reaches() -> None:
    assert parse_edtf("2014~", approximate_years=2) == parse_edtf("2012/2016")
    assert parse_edtf("2014~", approximate_years=0) == parse_edtf("2014")


@pytest.mark.parametrize(
    ("on", "leap_day", "age"),
    [
        ("2018-02-28", "mar-01", 1),
        ("2018-03-01", "mar-01", 2),
        ("2018-02-27", "feb-28", 1),
        ("2018-02-28", "feb-28", 2),
        ("2020-02-28", "feb-28", 3),
        ("2020-02-28", "mar-01", 3),
        ("2020-02-29", "mar-01", 4),
        ("2020-02-29", "feb-28", 4),
    ],
)
def test_a_leap_birth_completes_its_years_on_the_day_the_pack_states(
    on: str, leap_day: LeapDay, age: int
) -> None:
    assert age_on(date(2016, 2, 29), date.fromisoformat(on), leap_day) == age


@given(DAYS, DAYS, RULES)
def test_age_counts_the_birthdays_that_have_come(birth: date, on: date, leap_day: LeapDay) -> None:
    age = age_on(birth, on, leap_day)
    assert birthday(birth, age, leap_day) <= on < birthday(birth, age + 1, leap_day)


@given(DAYS, st.integers(0, 30), RULES)
def test_the_last_birth_of_an_age_is_the_boundary(on: date, age: int, leap_day: LeapDay) -> None:
    last = last_birth_of_age(age, on, leap_day)
    assert last is not None
    assert age_on(last, on, leap_day) >= age
    assert age_on(last + timedelta(days=1), on, leap_day) < age


@given(DAYS, st.integers(0, 900), DAYS, RULES)
def test_an_age_span_holds_the_age_of_every_day_within(
    first: date, width: int, on: date, leap_day: LeapDay
) -> None:
    span = DateSpan(first, first + timedelta(days=width))
    youngest, oldest = age_span(span, on, leap_day)
    assert youngest is not None and oldest is not None
    for step in range(0, width + 1, 37):
        assert youngest <= age_on(first + timedelta(days=step), on, leap_day) <= oldest


def test_an_open_end_leaves_the_age_open() -> None:
    assert age_span(parse_edtf("../2014-01-01"), date(2018, 1, 1)) == (4, None)
    assert age_span(parse_edtf("2014-01-01/.."), date(2018, 1, 1)) == (None, 4)


def test_the_next_birthday_is_a_first_and_a_last_possible_day() -> None:
    assert next_birthdays(parse_edtf("2014-02"), 4) == parse_edtf("2018-02")
    assert next_birthdays(parse_edtf("../2014-02-01"), 4) == parse_edtf("../2018-02-01")


def test_a_birth_is_clipped_to_the_day_it_is_looked_at() -> None:
    on = date(2018, 2, 15)
    assert clip(parse_edtf("2018"), on) == DateSpan(date(2018, 1, 1), on)
    assert clip(parse_edtf("2010/.."), on) == DateSpan(date(2010, 1, 1), on)
    assert clip(parse_edtf("2019"), on) is None
