"""Random rows for the packs of `language_packs`: every type of fact, known well, badly or not at all, proved,
open at one end, contradictory, or of no type the fact can have.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from day_oracle import DAY
from day_packs import AS_OF

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, Evidence, FactRow, FactValue, Standing

CONFIRMED = Evidence(Standing.CONFIRMED, "two passports seen")
DISPUTED = Evidence(Standing.CONFIRMED, "two passports seen", disputed=True)
WRONG: list[FactValue] = [Contradiction("two at once"), frozenset({"QQQ"}), frozenset({"IRQ;TUR"}), True, 7]


def a_row(random: Random, number: int) -> FactRow:
    """A random row."""
    on = random.choice(AS_OF) if random.random() < 0.8 else AS_OF[0] + random.randrange(800) * DAY
    values = {name: value(random, on) for name, value in VALUES.items()}
    if random.random() < 0.03:
        values[random.choice(list(values))] = random.choice(WRONG)
    known = {name: value for name, value in values.items() if value is not None or random.random() < 0.5}
    evidence = {"nationality": random.choice([CONFIRMED, DISPUTED])} if random.random() < 0.1 else {}
    return FactRow(f"row-{number}", on, known, evidence)


def a_span(random: Random, on: date) -> DateSpan | None:
    """A day known, nearly known, open at one end, or not at all; often on the edge of a threshold."""
    draw = random.random()
    if draw < 0.1:
        return None
    first = random.choice(
        [
            date(on.year - random.randrange(1, 6), on.month, min(on.day, 28)) + random.randrange(-2, 3) * DAY,
            date(2016, 2, 27) + random.randrange(4) * DAY,
            on - random.choice([19, 20, 21, 58, 59, 60, 365, 366]) * DAY,
            on + random.randrange(-4, 4) * DAY,
        ]
    )
    last = first + random.choice([0, 0, 0, 0, 1, 2, 30, 400]) * DAY
    if draw < 0.2:
        return DateSpan(None, last)
    return DateSpan(first, None) if draw < 0.3 else DateSpan(first, last)


def a_birth(random: Random, on: date) -> DateSpan | None:
    """As other days, but seldom after the as-of date."""
    span = a_span(random, on)
    late = span is not None and span.earliest is not None and span.earliest > on
    return a_span(random, on) if late else span


def some_nations(random: Random, on: date) -> frozenset[str] | None:
    """None, one or several, open or all true."""
    codes = random.sample(["IRQ", "TUR", "UZB", "XXA"], random.choice([1, 1, 1, 2, 3]))
    draw = random.random()
    if draw < 0.2:
        return None
    return AllOf(codes) if draw < 0.35 else frozenset(codes)


def _one_of(*options: FactValue) -> Callable[[Random, date], FactValue]:
    return lambda random, on: random.choice(options)


MALE, FEMALE = frozenset({"male"}), frozenset({"female"})
VALUES: dict[str, Callable[[Random, date], FactValue]] = {
    "birth": a_birth,
    "arrived": a_span,
    "seen_by_doctor": a_span,
    "sex": _one_of(None, MALE, FEMALE, MALE | FEMALE),
    "nationality": some_nations,
    "ill": _one_of(None, True, False),
    "alone": _one_of(None, True, False),
    "siblings": _one_of(None, 0, 1, 2, 3, 4, 5, 29, -1),
    "visited": _one_of(None, True, False),
    "ward": _one_of(None, frozenset({"east"}), frozenset({"west"}), frozenset({"east", "west"}), frozenset()),
}
