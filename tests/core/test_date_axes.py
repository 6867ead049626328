"""The calendar as it is cut for several comparisons at once: every day lies in a cell of its own truths."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from amana.core.dates import LEAP_DAYS, LeapDay
from amana.core.policy import nodes
from amana.core.policy.date_axes import Calendar
from amana.core.policy.measures import holds, measure
from amana.core.policy.model import FactDef
from amana.core.policy.nodes import Operator, Term, TermKind

SIGNS: tuple[Operator, ...] = ("=", "<>", "<", "<=", ">", ">=")
KINDS: tuple[TermKind, ...] = ("age", "days_since", "days_until", "months_since", "fact")
DAYS = (date(2016, 2, 28), date(2016, 2, 29), date(2016, 3, 1), date(2017, 2, 28), date(2018, 2, 15))


def comparison(random: Random) -> nodes.Test:
    """A random comparison over one date."""
    kind, sign = random.choice(KINDS), random.choice(SIGNS)
    number = random.choice([0, 1, 2, 3, 14, 28, 59, 365]) if kind != "age" else random.randrange(6)
    operand = random.choice(DAYS) if kind == "fact" else number
    return nodes.Test(f"{kind} {sign} {operand}", Term(kind, "day"), sign, (operand,))


@pytest.mark.parametrize("past", [True, False])
@pytest.mark.parametrize("leap_day", LEAP_DAYS)
def test_every_day_lies_in_a_cell_whose_truths_are_its_own(leap_day: LeapDay, past: bool) -> None:
    random, tried = Random(67), 0
    fact = FactDef("day", "date", "person", {}, past=past)
    for _ in range(60):
        tests = [comparison(random) for _ in range(random.randrange(1, 6))]
        calendar = Calendar(fact, tests, leap_day)
        for on in random.sample(DAYS, 3):
            axis = calendar.axis(on)
            assert all(one != other for one, other in pairwise(axis.profiles))
            for step in [*range(-70, 70, 3), *(random.randrange(-2500, 900) for _ in range(40))]:
                day = on + timedelta(days=step)
                if past and day > on:
                    continue
                truths = tuple(holds(test, measure(test.term, day, on, leap_day)) for test in tests)
                assert axis.profiles[bisect_left(axis.ends, day)] == truths, (tests, on, day)
                tried += 1
    assert tried > 8_000


@pytest.mark.parametrize("on", [date.min, date(1, 1, 2), date(9999, 12, 30), date.max])
def test_a_threshold_beyond_the_calendar_cuts_nothing(on: date) -> None:
    grown = nodes.Test("age >= 18", Term("age", "day"), ">=", (18,))
    soon = nodes.Test("days_until(day) > 9", Term("days_until", "day"), ">", (9,))
    axis = Calendar(FactDef("day", "date", "person", {}), [grown, soon], "mar-01").axis(on)
    assert set(axis.profiles) == (
        {(False, False), (False, True)} if on.year == 1 else {(True, False), (False, False)}
    )
