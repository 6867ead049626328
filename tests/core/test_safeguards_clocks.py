"""Clocks are exact to the day, by a calendar walked by hand: over leap days, month ends and centuries."""

from __future__ import annotations

from datetime import date

import hand_calendar as hand
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watched_pack import safeguard, watched

from amana.core.dates import DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Pack
from amana.core.safeguards import Finding, Occasion, find

CLOCKS = (0, 1, 3, 14, 28, 29, 30, 31, 90, 365, 366)
STARTS: list[hand.Day] = [
    (2016, 2, 28),
    (2016, 2, 29),
    (2016, 3, 1),
    (2017, 2, 28),
    (2017, 12, 31),
    (2018, 1, 31),
    (2018, 4, 30),
    (1900, 2, 28),
    (2000, 2, 29),
    (2099, 12, 31),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    clocks = {days: {"start": "stay_since", "clock": days} for days in CLOCKS}
    return watched(
        *(
            safeguard(f"within-{days}", "stay", "duty", applies="age >= 0", duty=duty)
            for days, duty in clocks.items()
        )
    )


def judged(pack: Pack, days: int, start: DateSpan, on: hand.Day) -> Finding:
    """What the clock of so many days finds on a day."""
    row = FactRow("p", date(*on), {"birth": DateSpan.day(date(1880, 1, 1))})
    return find(pack, f"within-{days}", row, Occasion("stay", "p", "stay:1", {"stay_since": start}))


@pytest.mark.parametrize("days", CLOCKS)
@pytest.mark.parametrize("start", STARTS)
def test_a_duty_is_open_through_its_last_day_and_overdue_from_the_next(
    pack: Pack, start: hand.Day, days: int
) -> None:
    last = hand.later(start, days)
    since = DateSpan.day(date(*start))
    assert judged(pack, days, since, start).verdict == "duty_open"
    assert judged(pack, days, since, last).verdict == "duty_open"
    assert judged(pack, days, since, last).due == DateSpan.day(date(*last))
    assert judged(pack, days, since, hand.later(last, 1)).verdict == "overdue"


@given(
    days=st.sampled_from(CLOCKS),
    first=st.integers(36_500, 60_000),
    width=st.integers(0, 60),
    after=st.integers(-5, 500),
)
def test_an_uncertain_start_is_overdue_only_when_its_last_possible_day_is(
    pack: Pack, days: int, first: int, width: int, after: int
) -> None:
    early, late, on = (hand.DAYS[first + step] for step in (0, width, after))
    finding = judged(pack, days, DateSpan(date(*early), date(*late)), on)
    ends = {hand.later(early, days), hand.later(late, days)}
    expected = {"overdue" if hand.NUMBER[on] > hand.NUMBER[end] else "duty_open" for end in ends}
    assert set(finding.possible) == expected
    assert finding.verdict == (expected.pop() if len(expected) == 1 else "undetermined")
    assert finding.due == DateSpan(date(*min(ends)), date(*max(ends)))


def test_a_clock_that_would_run_past_the_calendar_ends_with_it(pack: Pack) -> None:
    finding = judged(pack, 366, DateSpan.day(date(9999, 6, 1)), (2018, 2, 15))
    assert (finding.verdict, finding.due) == ("duty_open", DateSpan.day(date.max))
