"""Invented families: who they are on the day the demonstration office stands at.

Ages are completed years on `STANDS_ON`; every birth is on or before `LISTED_ON`. Counts by nation follow
`nationality-mix.csv`, ages follow `AGE_BANDS` (both are assumptions for a demonstration, not statistics).
A family may lack its mother, and may hold two wives; a father is known by name for two children in three.
Refuses fewer than `FEWEST` people, which could not show what the office is for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import TypeVar

from amana.exchange.demonstration.nations import Name, Nation, Share, nationality_mix, nations

STANDS_ON = date(2018, 2, 15)
LISTED_ON = date(2018, 1, 28)
FEWEST = 12
AGE_BANDS: Mapping[tuple[int, int], float] = {(0, 3): 40, (4, 8): 33, (9, 13): 19, (14, 14): 3, (15, 17): 5}
CAME_FIRST, CAME_LAST = date(2017, 8, 30), date(2017, 12, 20)
Key = TypeVar("Key", bound=Hashable)
NEIGHBOURS = ("TUR", "AZE", "RUS", "SYR", "UZB")
SPACING = timedelta(days=300)

FATHER_KNOWN = 0.65
TWO_WIVES = 0.02
WITHOUT_MOTHER = 0.02
SECOND_NATION = 0.03
PREGNANT = 0.09


@dataclass(frozen=True)
class Member:
    """One invented person.

    `nations` holds ISO alpha-3 codes; `pregnant` is months, or None; `father_named` is False for a child
    whose father is not known, an ordinary state.
    """

    name: Name
    relation: str
    sex: str
    birth: date
    nations: tuple[str, ...]
    pregnant: int | None
    arrived: date
    father_named: bool

    @property
    def is_woman(self) -> bool:
        """True for a wife or mother, False for a child."""
        return self.relation == "wife_mother"


@dataclass(frozen=True)
class Family:
    """People listed under one family number; wives first, then children from the oldest.

    `unread` is a further child, counted nowhere: whoever appears only in a row that can't be read.
    """

    label: str
    nation: str
    members: tuple[Member, ...]
    unread: Member


def invent(people: int = 1500, seed: int = 1) -> tuple[Family, ...]:
    """`people` invented persons in families, a third of them women; the same for the same arguments.

    Raises:
        ValueError: fewer than 12 people asked for.
    """
    if people < FEWEST:
        raise ValueError(f"A demonstration office needs at least {FEWEST} people, not {people}.")
    rng = Random(seed)  # noqa: S311 - invented people, not secrets
    mix = nationality_mix()
    women = apportion(round(people / 3), {share.code: share.women for share in mix})
    children = apportion(people - round(people / 3), {share.code: share.children for share in mix})
    ages = _ages(rng, sum(children.values()))
    families: list[Family] = []
    for share in mix:
        for wives, count in _households(rng, women[share.code], children[share.code]):
            label = f"F-{len(families) + 1:03d}"
            own_ages = _draw_ages(ages, count)
            families.append(_Household(rng, nations()[share.code], wives, own_ages).family(label))
    return tuple(families)


def apportion(total: int, weights: Mapping[Key, float]) -> dict[Key, int]:
    """Whole numbers summing to `total` in proportion to `weights` (largest remainder, earlier first)."""
    scale = total / sum(weights.values())
    shares = {key: int(weight * scale) for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: shares[key] - weights[key] * scale)
    for key in by_remainder[: total - sum(shares.values())]:
        shares[key] += 1
    return shares


def _ages(rng: Random, count: int) -> list[int]:
    bands = apportion(count, AGE_BANDS)
    ages = [rng.randint(*band) for band, size in bands.items() for _ in range(size)]
    rng.shuffle(ages)
    return ages


def _draw_ages(pool: list[int], count: int) -> list[int]:
    """Take `count` ages out of the pool, different ones as far as its next twelve allow; oldest first."""
    drawn: list[int] = []
    for _ in range(count):
        place = next((i for i, age in enumerate(pool[:12]) if age not in drawn), 0)
        drawn.append(pool.pop(place))
    return sorted(drawn, reverse=True)


def _households(rng: Random, women: int, children: int) -> Iterator[tuple[int, int]]:
    """(wives, children) of each household of one nation; some have two wives, some no mother."""
    shared = min(round(women * TWO_WIVES), women // 2)
    orphaned = min(children, max(round(children * WITHOUT_MOTHER), 0 if women else 1))
    wives = [2] * shared + [1] * (women - 2 * shared) + [0] * orphaned
    counts = [0] * (len(wives) - orphaned) + [1] * orphaned
    for _ in range(children - orphaned):
        room = [1 / (1 + count) if count < 6 else 0.01 for count in counts]
        counts[rng.choices(range(len(counts)), room)[0]] += 1
    order = list(zip(wives, counts, strict=True))
    rng.shuffle(order)
    yield from order


class _Household:
    """One household while it is being invented."""

    def __init__(self, rng: Random, nation: Nation, wives: int, ages: Sequence[int]) -> None:
        self.rng, self.nation, self.wives = rng, nation, wives
        self.births = _births(rng, ages)
        self.oldest = max(ages, default=0)
        self.stem = rng.choice(nation.family)
        self.father = rng.choice(nation.male) if rng.random() < FATHER_KNOWN else None
        self.came = CAME_FIRST + timedelta(days=rng.randrange((CAME_LAST - CAME_FIRST).days))
        self.nations: tuple[str, ...] = (nation.code,)
        if rng.random() < SECOND_NATION:
            self.nations = (nation.code, rng.choice([code for code in NEIGHBOURS if code != nation.code]))

    def family(self, label: str) -> Family:
        taken = {self.father} if self.father else set()
        women = [self._woman(taken) for _ in range(self.wives)]
        children = [self._child(birth, taken) for birth in self.births]
        unread = self._child(_birth(self.rng, self.rng.randint(4, 12)), taken)
        return Family(label, self.nation.code, tuple(women + children), unread)

    def _woman(self, taken: set[Name]) -> Member:
        rng, code = self.rng, self.nation.code
        age = min(48, max(18, self.oldest + rng.randint(17, 27)))
        name = self._named("female", taken, rng.choice(self.nation.male), rng.choice(self.nation.family))
        months = rng.randint(2, 9) if rng.random() < PREGNANT else None
        return Member(name, "wife_mother", "female", _birth(rng, age), (code,), months, self.came, True)

    def _child(self, birth: date, taken: set[Name]) -> Member:
        sex = self.rng.choice(("male", "female"))
        name = self._named(sex, taken, self.father, self.stem)
        relation = "son" if sex == "male" else "daughter"
        arrived = max(self.came, birth)
        return Member(name, relation, sex, birth, self.nations, None, arrived, self.father is not None)

    def _named(self, sex: str, taken: set[Name], father: Name | None, stem: Name) -> Name:
        given = self.nation.given(sex, self.rng, taken)
        taken.add(given)
        first = given + father if father else given
        return first + self.nation.family_name(stem, sex)


def _birth(rng: Random, age: int) -> date:
    """A day of birth that makes `age` completed years on `STANDS_ON`, at least a week before the list."""
    latest = min(_years_before(age), LISTED_ON - timedelta(days=7))
    earliest = _years_before(age + 1) + timedelta(days=1)
    return earliest + timedelta(days=rng.randrange((latest - earliest).days + 1))


def _years_before(years: int) -> date:
    return STANDS_ON.replace(year=STANDS_ON.year - years)


def _births(rng: Random, ages: Sequence[int]) -> list[date]:
    """Births of siblings, oldest first: at least 300 days apart, equal for equal ages (twins)."""
    for _ in range(60):
        days = {age: _birth(rng, age) for age in ages}
        ordered = sorted(days.values())
        if all(later - earlier >= SPACING for earlier, later in pairwise(ordered)):
            break
    return [days[age] for age in ages] if ages else []


__all__ = ["LISTED_ON", "STANDS_ON", "Family", "Member", "Share", "apportion", "invent", "nationality_mix"]
