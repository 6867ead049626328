"""Random packs, and what they mean by the words of the design: every rule judged in every completion, one
after another.

A condition is made twice, as text for the pack and as a Python function over one fully known person.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

from amana.core.dates import DateSpan
from amana.core.facts import FactRow

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import small_pack

World = dict[str, Any]
Condition = tuple[str, Callable[[World], bool]]
OUTCOMES = ("home", "clinic", "hospital", "nothing")
ORDER = ("birth", "nationality", "ill", "alone", "siblings", "law:first", "law:second")
NATIONS = ("IRQ", "TUR", "UZB")
WINDOW = (date(2018, 1, 1), date(2018, 12, 31))
EVENTS = {"first": small_pack.event("2018"), "second": small_pack.event("2018", after="first")}


@dataclass(frozen=True)
class Provision:
    """One random rule: what the pack says, and what it means."""

    entry: dict[str, Any]
    met: Callable[[World], bool]

    def in_force(self, world: World) -> bool:
        period = self.entry.get("in_force", {})
        begun = world["law:" + period["from"].removeprefix("event:")] if "from" in period else True
        ended = world["law:" + period["until"].removeprefix("event:")] if "until" in period else False
        return begun and not ended


def condition(random: Random, depth: int = 2) -> Condition:
    """A random condition."""
    draw = random.random()
    if depth and draw < 0.3:
        (one, first), (other, second) = condition(random, depth - 1), condition(random, depth - 1)
        if random.random() < 0.5:
            return f"({one} AND {other})", lambda world: first(world) and second(world)
        return f"({one} OR {other})", lambda world: first(world) or second(world)
    if depth and draw < 0.4:
        inner, met = condition(random, depth - 1)
        return f"NOT ({inner})", lambda world: not met(world)
    return leaf(random)


def leaf(random: Random) -> Condition:
    """A random comparison."""
    number = random.choice([1, 2, 3, 4])
    high = number + random.choice([0, 1, 2])
    nations = frozenset(random.sample(NATIONS, random.choice([1, 2])))
    listed = ", ".join(f"'{nation}'" for nation in sorted(nations))
    return random.choice(
        [
            ("ill", lambda world: world["ill"]),
            ("alone", lambda world: world["alone"]),
            (f"age <= {number}", lambda world: world["age"] <= number),
            (f"age > {number}", lambda world: world["age"] > number),
            (f"age BETWEEN {number} AND {high}", lambda world: number <= world["age"] <= high),
            (f"age <> {number}", lambda world: world["age"] != number),
            (f"siblings >= {number}", lambda world: world["siblings"] >= number),
            (f"siblings = {number}", lambda world: world["siblings"] == number),
            (f"nationality IN ({listed})", lambda world: bool(world["nationality"] & nations)),
            (f"age IN ({number}, {high + 1})", lambda world: world["age"] in (number, high + 1)),
            ("seen_by_doctor IS KNOWN", lambda world: world["seen_by_doctor"]),
            ("seen_by_doctor IS NOT KNOWN", lambda world: not world["seen_by_doctor"]),
        ]
    )


def provisions(random: Random) -> list[Provision]:
    """A handful of rules of every modality, some with exceptions, some in force for a time."""
    made: list[Provision] = []
    for number in range(random.choice([2, 3, 4])):
        text, met = condition(random)
        modality = random.choice(["may", "may", "must", "must_not"])
        entry = small_pack.rule(f"r{number}", text, random.choice(OUTCOMES[:3]), modality)
        if made and random.random() < 0.5:
            entry["exception_to"] = [random.choice(made).entry["id"]]
        if random.random() < 0.4:
            entry["in_force"] = {random.choice(["from", "until"]): f"event:{random.choice(list(EVENTS))}"}
        made.append(Provision(entry, met))
    return made


def a_row(random: Random, number: int) -> FactRow:
    """A random row of facts, much of it unknown."""
    on = random.choice([date(2017, 6, 1), date(2018, 6, 1), date(2018, 6, 1), date(2019, 6, 1)])
    first = on - timedelta(days=random.randrange(7 * 365))
    values = {
        "birth": random.choice([None, DateSpan(first, first + timedelta(days=random.choice([0, 20, 500])))]),
        "nationality": random.choice([None, frozenset(random.sample(NATIONS, random.choice([1, 2])))]),
        "ill": random.choice([None, True, False]),
        "alone": random.choice([None, True, False]),
        "siblings": random.choice([None, 0, 1, 2, 3, 4, 5, 6]),
        "seen_by_doctor": random.choice([None, DateSpan(None, None), DateSpan.day(first)]),
    }
    return FactRow(f"row-{number}", on, values)


def worlds(row: FactRow, read: set[str]) -> Iterator[World]:
    """Every completion of the facts that the rules read."""
    choices: dict[str, list[Any]] = {}
    for name in ORDER[:5]:
        choices[name] = options(name, row) if name in read else [None]
    for name in ("law:first", "law:second"):
        choices[name] = [row.on >= WINDOW[1]] if not WINDOW[0] <= row.on < WINDOW[1] else [True, False]
    for chosen in product(*choices.values()):
        world = dict(zip(choices, chosen, strict=True))
        world["age"] = world["birth"]
        world["seen_by_doctor"] = row.values.get("seen_by_doctor") not in (None, DateSpan(None, None))
        if world["law:first"] or not world["law:second"]:
            yield world


def options(name: str, row: FactRow) -> list[Any]:
    """What one fact may be. Births that give one age are alike to every rule, so each age is tried once."""
    value = row.values.get(name)
    if name == "birth":
        span = value or DateSpan(date(row.on.year - 8, 1, 1), row.on)
        days = ((min(span.latest, row.on)) - span.earliest).days
        return sorted({years(span.earliest + timedelta(days=step), row.on) for step in range(days + 1)})
    if name == "nationality":
        listed = sorted(value or NATIONS)
        return [frozenset(some) for size in range(1, len(listed) + 1) for some in combinations(listed, size)]
    if value is not None:
        return [value]
    return list(range(8)) if name == "siblings" else [True, False]


def years(birth: date, on: date) -> int:
    """Completed years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def judge(rules: list[Provision], world: World) -> tuple[str, set[str]]:
    """The rules against each other in one world."""
    holding: dict[str, Provision] = {}
    for rule in reversed(rules):
        excepted = any(rule.entry["id"] in other.entry.get("exception_to", ()) for other in holding.values())
        if rule.in_force(world) and rule.met(world) and not excepted:
            holding[rule.entry["id"]] = rule
    speaking = {ident: rule.entry for ident, rule in holding.items()}
    forbidden = {entry["outcome"] for entry in speaking.values() if entry["modality"] == "must_not"}
    left = {
        ident: entry
        for ident, entry in speaking.items()
        if entry["modality"] != "must_not" and entry["outcome"] not in forbidden
    }
    if any(entry["modality"] == "must" for entry in left.values()):
        left = {ident: entry for ident, entry in left.items() if entry["modality"] == "must"}
    outcomes = {entry["outcome"] for entry in left.values()}
    assert len(outcomes) <= 1, "a conflict that the check of the pack should have found"
    return (outcomes.pop(), set(left)) if left else (OUTCOMES[-1], {"default"})


def answer(rules: list[Provision], row: FactRow, read: set[str]) -> tuple[Any, ...]:
    """Outcome, rules, possible and needs."""
    results = [(world, *judge(rules, world)) for world in worlds(row, read)]
    possible = tuple(sorted({outcome for _, outcome, _ in results}))
    if len(possible) == 1:
        return (
            possible[0],
            tuple(sorted(set().union(*(speaking for _, _, speaking in results)))),
            possible,
            (),
        )
    for size in range(1, len(ORDER) + 1):
        for chosen in combinations(ORDER, size):
            groups: dict[tuple[Any, ...], set[str]] = {}
            for world, outcome, _ in results:
                groups.setdefault(tuple(world[name] for name in chosen), set()).add(outcome)
            if all(len(outcomes) == 1 for outcomes in groups.values()):
                needs = sorted("age" if name == "birth" else name for name in chosen)
                return "undetermined", (), possible, tuple(needs)
    raise AssertionError("two outcomes for one fully known person")
