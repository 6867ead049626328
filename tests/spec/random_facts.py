"""Random rows of facts for the decision `placement`: certain, uncertain, open, contradictory; on days around
the law window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactRow, FactValue

LEAP_BIRTHS = [date(year, 2, 29) for year in (1996, 2000, 2004, 2012, 2016)]
EDGES = [
    *(date(2016, 2, 28), date(2016, 2, 29), date(2016, 3, 1), date(2018, 2, 28), date(2018, 3, 1)),
    *(date(2017, 6, 30), date(2017, 7, 1), date(2017, 7, 2)),
    *(date(2018, 1, 15), date(2018, 1, 30), date(2018, 1, 31), date(2018, 2, 15)),
]


def rows(seed: int, count: int, days: list[date] | None = None) -> Iterator[FactRow]:
    """`count` rows; the same for the same seed. `days`: the as-of dates to choose from, else any of 2015 to
    2020.
    """
    random = Random(seed)
    for number in range(count):
        on = random.choice(days) if days else a_day(random)
        values: dict[str, FactValue] = {
            "birth": a_birth(random, on),
            "sex": random.choice(
                [None, *(frozenset({sex}) for sex in ("male", "female")), frozenset({"male", "female"})]
            ),
            "nationality": a_nationality(random),
            "mother_present": random.choice([True, False, None]),
        }
        known = {name: value for name, value in values.items() if value is not None or random.random() < 0.5}
        yield FactRow(f"row-{number}", on, known)


def a_day(random: Random) -> date:
    """An as-of date, often within the window or on an edge."""
    draw = random.random()
    if draw < 0.3:
        return random.choice(EDGES)
    if draw < 0.6:
        return date(2017, 7, 1) + timedelta(days=random.randrange(214))
    return date(2015, 1, 1) + timedelta(days=random.randrange(6 * 365))


def a_birth(random: Random, on: date) -> DateSpan | None:
    """A birth as lists give it: a day, a month, a year, a guess, an open end, nothing; often near a deciding
    birthday.
    """
    draw = random.random()
    if draw < 0.12:
        return None
    if draw < 0.2:
        return DateSpan.day(random.choice(LEAP_BIRTHS))
    middle = on - timedelta(days=random.randrange(-200, 20 * 365))
    if random.random() < 0.5:
        years = random.choice([4, 15, 18])
        middle = date(on.year - years, on.month, min(on.day, 28)) + timedelta(days=random.randrange(-3, 4))
    width = timedelta(days=random.choice([0, 0, 0, 1, 30, 365, 1100]))
    earliest = middle - width * random.random()
    latest = max(earliest, middle + width * random.random())
    if draw < 0.26:
        return DateSpan(None, latest)
    if draw < 0.32:
        return DateSpan(earliest, None)
    return DateSpan(earliest, latest)


def a_nationality(random: Random) -> frozenset[str] | None:
    """None, one or several codes; sometimes several that are all proved."""
    codes = random.sample(["IRQ", "PSE", "TUR", "UZB", "XXA"], random.choice([1, 1, 1, 2, 3]))
    draw = random.random()
    if draw < 0.25:
        return None
    return AllOf(codes) if draw < 0.4 and len(codes) > 1 else frozenset(codes)
