"""What a pack means, worked out from the words of the design one day at a time.

Shares nothing with the engine but the dataclasses that carry facts in: own ages, months and windows, a
condition as text beside a Python function over one fully known person, every completion tried, and every
set of facts tried for `needs`; of a value that changes, the last whose day has come counts. Births that no
condition can tell apart are tried once; which those are is found by asking every condition about every day.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations, product
from typing import Any

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Evidence, FactRow, Standing

World = dict[str, Any]
DAY = timedelta(days=1)
YEARS_TRIED = 7
NATIONS = ("IRQ", "TUR", "XXA")
ORDER = ("birth", "sex", "nationality", "ill", "alone", "siblings", "arrived", "seen_by_doctor")
WINDOWS = {"law:first": ("2018-01-01", "2018-12-31"), "law:second": ("2018-01-01", "2019-06-30")}
AFTER = {"law:second": "law:first"}


@dataclass(frozen=True)
class Leaf:
    """One comparison: its text, the fact it reads, and what it means of that fact's value.

    A comparison with a value that changes has `variants` instead: each with the day or event from which it
    counts (the first from ever), until the next one counts.
    """

    text: str
    fact: str
    means: Callable[[Any, date, str], bool]
    variants: tuple[tuple[str, Leaf], ...] = ()


@dataclass(frozen=True)
class Provision:
    """One rule: its entry in the pack, the leaves it reads and its meaning over their truths."""

    entry: Mapping[str, Any]
    leaves: tuple[Leaf, ...]
    means: Callable[[Mapping[str, bool]], bool]


@dataclass
class Oracle:
    """The law of one pack."""

    rules: list[Provision]
    leap_day: str
    default: str
    leaves: tuple[Leaf, ...] = field(init=False)
    dated: tuple[Leaf, ...] = field(init=False)

    def __post_init__(self) -> None:
        read = [leaf for rule in self.rules for leaf in rule.leaves]
        self.dated = tuple(leaf for leaf in read if leaf.variants)
        plain = [leaf for leaf in read if not leaf.variants]
        plain += [variant for leaf in self.dated for _, variant in leaf.variants]
        self.leaves = tuple({leaf.text: leaf for leaf in plain}.values())

    def answer(self, row: FactRow) -> tuple[Any, ...]:
        """(outcome, rules, possible, needs)."""
        birth = row.values.get("birth")
        reads_birth = any(leaf.fact == "birth" for leaf in self.leaves)
        if reads_birth and isinstance(birth, DateSpan) and birth.earliest and birth.earliest > row.on:
            return "invalid", (), (), (self.name("birth"),)
        results = [(world, *self.judge(world, row.on)) for world in self.worlds(row)]
        possible = tuple(sorted({outcome for _, outcome, _ in results}))
        if len(possible) > 1:
            return "undetermined", (), possible, self.needs(results)
        return possible[0], tuple(sorted(set().union(*(rules for *_, rules in results)))), possible, ()

    def needs(self, results: list[tuple[World, str, set[str]]]) -> tuple[str, ...]:
        """Of all sets of facts, by size and then by the order of facts.yaml, the first that settles it."""
        askable = [*ORDER, *WINDOWS]
        for size in range(1, len(askable) + 1):
            for chosen in combinations(askable, size):
                left: dict[tuple[Any, ...], str] = {}
                if all(
                    left.setdefault(tuple(world[name] for name in chosen), outcome) == outcome
                    for world, outcome, _ in results
                ):
                    return tuple(sorted(self.name(name) for name in chosen))
        raise AssertionError("two outcomes for one fully known person")

    def name(self, fact: str) -> str:
        """What a fact is called in `needs`."""
        asks_age = any(leaf.text.startswith("age") for leaf in self.leaves)
        return "age" if fact == "birth" and asks_age else fact

    def worlds(self, row: FactRow) -> Iterator[World]:
        """Every completion of what is not known, facts and law."""
        choices = [self.choices(name, row) for name in ORDER]
        for known in product(*choices, *(happened(event, row.on) for event in WINDOWS)):
            world = dict(zip((*ORDER, *WINDOWS), known, strict=True))
            if all(world[earlier] or not world[later] for later, earlier in AFTER.items()):
                yield world

    def choices(self, name: str, row: FactRow) -> list[Any]:
        """What one fact may be, as the truths of every leaf that reads it."""
        readers = [leaf for leaf in self.leaves if leaf.fact == name]
        if not readers:
            return [()]
        tried = values(name, row)
        seen = set(zip(*(self.truths(leaf, tried, row) for leaf in readers), strict=True))
        return sorted(tuple(zip((leaf.text for leaf in readers), truths, strict=True)) for truths in seen)

    def truths(self, leaf: Leaf, tried: Sequence[Any], row: FactRow) -> list[bool]:
        """Whether a comparison holds of each value; what is on record is never open."""
        if "IS KNOWN" in leaf.text:
            return [row.values.get(leaf.fact) is not None] * len(tried)
        means, on, leap_day = leaf.means, row.on, self.leap_day
        return [means(value, on, leap_day) for value in tried]

    def judge(self, world: World, on: date) -> tuple[str, set[str]]:
        """The rules against each other for one fully known person under one known law."""
        truths = {text: truth for name in ORDER for text, truth in world[name]}
        for leaf in self.dated:
            counting = [variant for start, variant in leaf.variants if not start or come(start, world, on)]
            truths[leaf.text] = truths[counting[-1].text]
        counts = {rule.entry["id"]: False for rule in self.rules}
        for _ in self.rules:
            counts = {rule.entry["id"]: self.counts(rule, counts, truths, world, on) for rule in self.rules}
        speaking = [rule.entry for rule in self.rules if counts[rule.entry["id"]]]
        removed = {entry["outcome"] for entry in speaking if entry["modality"] == "must_not"}
        left = [e for e in speaking if e["modality"] != "must_not" and e["outcome"] not in removed]
        left = [entry for entry in left if entry["modality"] == "must"] or left
        outcomes = {entry["outcome"] for entry in left}
        if len(outcomes) > 1:
            raise Conflicting(sorted(entry["id"] for entry in left))
        return (outcomes.pop(), {entry["id"] for entry in left}) if left else (self.default, {"default"})

    def counts(
        self, rule: Provision, counts: dict[str, bool], truths: dict[str, bool], world: World, on: date
    ) -> bool:
        """Whether a rule holds and no exception to it does."""
        ident = rule.entry["id"]
        excepted = any(
            counts[other.entry["id"]] for other in self.rules if ident in other.entry.get("exception_to", ())
        )
        period = rule.entry.get("in_force", {})
        begun = "from" not in period or come(period["from"], world, on)
        ended = "until" in period and come(period["until"], world, on)
        return begun and not ended and rule.means(truths) and not excepted


class Conflicting(Exception):
    """Two rules of one modality give different outcomes to one person."""


def come(bound: str, world: World, on: date) -> bool:
    """Whether an event or a certain day has come."""
    if bound.startswith("event:"):
        return bool(world["law:" + bound.removeprefix("event:")])
    return on >= date.fromisoformat(bound)


def happened(event: str, on: date) -> list[bool]:
    """What may be true of an event on a day."""
    earliest, latest = (date.fromisoformat(day) for day in WINDOWS[event])
    if latest <= on:
        return [True]
    return [False] if earliest > on else [False, True]


@lru_cache(maxsize=256)
def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from the first to the last."""
    return tuple(date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))


def values(name: str, row: FactRow) -> Sequence[Any]:
    """Every value one fact may have, dates day by day."""
    value = row.values.get(name)
    if name in ("birth", "arrived", "seen_by_doctor"):
        span = value if isinstance(value, DateSpan) else DateSpan(None, None)
        reach = 366 * YEARS_TRIED * DAY
        first = span.earliest or min(row.on, span.latest or row.on) - reach
        last = span.latest or max(row.on, first) + (0 * DAY if name == "birth" else reach)
        last = min(last, row.on) if name == "birth" else last
        return days_between(first, last)
    if name == "nationality":
        return nationalities(value, row.evidence.get(name))
    if value is None:
        anything: dict[str, list[Any]] = {"sex": ["male", "female"], "siblings": list(range(9))}
        return anything.get(name, [True, False])
    return sorted(value) if isinstance(value, frozenset) else [value]


def nationalities(value: Any, evidence: Evidence | None) -> list[frozenset[str]]:
    """One or more of those listed; all of them where they are proved."""
    listed = sorted(value or NATIONS)
    proved = evidence and evidence.standing is Standing.CONFIRMED and not evidence.disputed
    if value and (proved or isinstance(value, AllOf)):
        return [frozenset(listed)]
    return [frozenset(some) for size in range(1, len(listed) + 1) for some in combinations(listed, size)]


def years(birth: date, on: date, leap_day: str) -> int:
    """Completed years: birthdays that have come."""
    turns = (birth.month, birth.day)
    if turns == (2, 29) and leap_day == "feb-28" and not isleap(on.year):
        turns = (2, 28)
    return on.year - birth.year - ((on.month, on.day) < turns)


def months(since: date, on: date, leap_day: str) -> int:
    """Whole months: the same day of a later month has come; where that month has no such day, its last day
    (`feb-28`) or the first of the next (`mar-01`).
    """
    short = since.day > on.day and leap_day == "feb-28" and (on + DAY).month != on.month
    return 12 * (on.year - since.year) + on.month - since.month - (on.day < since.day and not short)
