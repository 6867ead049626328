"""Ages, months, days and birthdays against a calendar that was walked day by day: more than 20,000 cases
around leap days, month ends and centuries.
"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hand_calendar import DAYS, NUMBER, Day, birthday, is_leap, later, length, month_mark
from small_pack import files, rule

from amana.core import dates
from amana.core.dates import LEAP_DAYS, DateSpan, LeapDay
from amana.core.facts import FactRow
from amana.core.policy import Pack, build_pack, decide
from amana.core.policy.measures import last_day_below, measure
from amana.core.policy.nodes import Term

YEARS = (1892, 1896, 1899, 1900, 1901, 1904, 1996, 1999, 2000, 2001, 2014, 2015, 2016, 2018, 2096, 2100, 2104)
IN_YEAR = ((1, 1), (1, 30), (1, 31), (2, 27), (2, 28), (2, 29), (3, 1), (3, 31), (4, 30), (12, 31))
EDGES = [(year, *day) for year, day in product(YEARS, IN_YEAR) if day[1] <= length(year, day[0])]
PAIRS = [(birth, on) for birth, on in product(EDGES, EDGES) if birth <= on]
BOTH = pytest.mark.parametrize("leap_day", LEAP_DAYS)
MONTHS = Term("months_since", "birth")


def test_there_are_twenty_thousand_cases_and_more() -> None:
    assert len(PAIRS) * len(LEAP_DAYS) > 20_000
    assert {is_leap(year) for year in (1900, 2100)} == {False} and is_leap(2000)


def test_the_walked_calendar_has_the_days_that_python_has() -> None:
    assert len(DAYS) == (date(2140, 12, 31) - date(1850, 1, 1)).days + 1


@BOTH
def test_an_age_is_the_number_of_birthdays_that_have_come(leap_day: LeapDay) -> None:
    for birth, on in PAIRS:
        age = dates.age_on(date(*birth), date(*on), leap_day)
        assert birthday(birth, age, leap_day) <= on < birthday(birth, age + 1, leap_day), (birth, on)


@BOTH
def test_months_are_completed_on_their_marks(leap_day: LeapDay) -> None:
    for birth, on in PAIRS:
        if on[0] - birth[0] > 20:
            continue
        months = measure(MONTHS, date(*birth), date(*on), leap_day)
        assert isinstance(months, int)
        assert month_mark(birth, months, leap_day) <= on < month_mark(birth, months + 1, leap_day), (
            birth,
            on,
        )


def test_days_are_counted_one_by_one() -> None:
    for birth, on in PAIRS:
        days = NUMBER[on] - NUMBER[birth]
        since, until = Term("days_since", "birth"), Term("days_until", "birth")
        assert measure(since, date(*birth), date(*on), "mar-01") == days
        assert measure(until, date(*on), date(*birth), "mar-01") == days


@BOTH
@pytest.mark.parametrize("age", [1, 2, 4, 9, 15, 18])
def test_the_latest_birth_of_an_age_is_the_last_whose_birthday_has_come(leap_day: LeapDay, age: int) -> None:
    for on in EDGES:
        found = dates.last_birth_of_age(age, date(*on), leap_day)
        assert found is not None
        birth = (found.year, found.month, found.day)
        assert birthday(birth, age, leap_day) <= on < birthday(later(birth, 1), age, leap_day), on


@BOTH
@pytest.mark.parametrize("months", [1, 2, 6, 12, 13, 24, 37])
def test_the_cut_of_months_is_the_last_day_whose_mark_has_come(leap_day: LeapDay, months: int) -> None:
    for on in EDGES:
        found = last_day_below(MONTHS, months, date(*on), leap_day)
        assert found is not None
        day = (found.year, found.month, found.day)
        assert month_mark(day, months, leap_day) <= on < month_mark(later(day, 1), months, leap_day), on


@BOTH
def test_next_birthdays_of_an_uncertain_birth_are_those_of_its_ends(leap_day: LeapDay) -> None:
    for birth, (age, width) in product(EDGES, [(0, 0), (1, 1), (4, 30), (18, 366)]):
        last = later(birth, width)
        found = dates.next_birthdays(DateSpan(date(*birth), date(*last)), age, leap_day)
        expected = [date(*birthday(end, age, leap_day)) for end in (birth, last)]
        assert [found.earliest, found.latest] == expected


CONDITIONS = {
    "age >= 2": lambda birth, on, leap_day: birthday(birth, 2, leap_day) <= on,
    "age >= 18": lambda birth, on, leap_day: birthday(birth, 18, leap_day) <= on,
    "months_since(birth) >= 1": lambda birth, on, leap_day: month_mark(birth, 1, leap_day) <= on,
    "months_since(birth) >= 24": lambda birth, on, leap_day: month_mark(birth, 24, leap_day) <= on,
    "days_since(birth) > 59": lambda birth, on, _: NUMBER[on] - NUMBER[birth] > 59,
    "days_until(birth) <= -366": lambda birth, on, _: NUMBER[birth] - NUMBER[on] <= -366,
}
REACH = {"age >= 2": 730, "age >= 18": 6574, "months_since(birth) >= 1": 30, "months_since(birth) >= 24": 730}


def opened(leap_day: str) -> Pack:
    """One decision for each condition: `home` where it is met."""
    content = files([])
    care = content["pack.yaml"]["decisions"].pop("care")
    content["pack.yaml"] |= {"leap_day_birthday": leap_day, "decisions": {}}
    for number, condition in enumerate(CONDITIONS):
        content["pack.yaml"]["decisions"][f"c{number}"] = care
        asked = rule(f"r{number}", condition, "home") | {"decision": f"c{number}"}
        content["rules/rules.yaml"].append(asked)
    return build_pack(content, draft=True)


def near(condition: str, on: Day) -> list[Day]:
    """Births around the day on which the condition turns."""
    middle = NUMBER[on] - REACH.get(condition, 60 if "59" in condition else 366)
    return [DAYS[middle + step] for step in (-3, -2, -1, 0, 1, 2, 3)]


@BOTH
def test_the_engine_cuts_the_calendar_where_the_walked_one_does(leap_day: LeapDay) -> None:
    pack, cases = opened(leap_day), 0
    for on, (number, (condition, met)) in product(EDGES, enumerate(CONDITIONS.items())):
        births = near(condition, on)
        truths = [met(birth, on, leap_day) for birth in births]
        for first, last in [*((place, place) for place in range(7)), (0, 1), (2, 3), (3, 4), (1, 6)]:
            span = DateSpan(date(*births[first]), date(*births[last]))
            verdict = decide(pack, f"c{number}", FactRow("x", date(*on), {"birth": span}))
            said = {truths[place] for place in range(first, last + 1)}
            expected = "undetermined" if len(said) > 1 else "home" if True in said else "nothing"
            assert verdict.outcome == expected, (condition, births[first], births[last], on)
            cases += 1
    assert cases > 5_000
