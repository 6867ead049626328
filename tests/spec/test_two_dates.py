"""Two uncertain dates compared: never fewer outcomes than the days allow, and said to be inexact where it may
be more.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

import pytest

from amana.core.dates import DateSpan
from amana.core.facts import FactRow, FactValue
from amana.core.policy import Pack, decide, explain

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import small_pack

ON = date(2018, 2, 15)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    rules = [
        small_pack.rule("infant", "age_at(arrived) < 1", "home"),
        small_pack.rule("before", "birth > arrived", "clinic", exception_to=["infant"]),
        small_pack.rule("older", "age_at(arrived) >= 1 AND age >= 3", "clinic"),
    ]
    return small_pack.open_pack(rules)


def years(birth: date, on: date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def outcome(birth: date, arrived: date) -> str:
    """The rules in words: born after the arrival, clinic; arrived before one, home; from three, clinic."""
    if birth > arrived:
        return "clinic"
    if years(birth, arrived) < 1:
        return "home"
    return "clinic" if years(birth, ON) >= 3 else "nothing"


def span(random: Random) -> DateSpan:
    first = ON - random.randrange(30, 4 * 365) * DAY
    return DateSpan(first, first + random.choice([0, 3, 20, 90]) * DAY)


def days(found: DateSpan) -> list[date]:
    assert found.earliest and found.latest
    return [found.earliest + step * DAY for step in range((found.latest - found.earliest).days + 1)]


def test_two_dates_never_leave_out_an_outcome_and_say_where_they_are_inexact(pack: Pack) -> None:
    assert not pack.exact("care")
    random = Random(61)
    exact = inexact = 0
    for _ in range(800):
        birth = span(random)
        arrived = random.choice(
            [span(random), DateSpan.day(days(birth)[0] + random.randrange(-3, 400) * DAY)]
        )
        values: dict[str, FactValue] = {"birth": birth, "arrived": arrived}
        row = FactRow("x", ON, values)
        found = decide(pack, "care", row)
        really = {outcome(*pair) for pair in product(days(birth), days(arrived)) if pair[0] <= ON}
        assert really <= set(found.possible), row
        assert explain(pack, "care", row).exact == found.exact
        if found.exact:
            exact += 1
            assert really == set(found.possible), row
        else:
            inexact += 1
    assert exact >= 100 and inexact >= 30
