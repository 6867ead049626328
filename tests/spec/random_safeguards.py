"""Random safeguards, and what they mean by the words of the design: every completion judged by itself.

A condition is made twice, as text for the pack and as a Python function over one fully known occasion. The
clock runs from the day of arrival, which is always certain here; the other facts are often not known.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from random_packs import EVENTS, Condition, World, condition, worlds

from amana.core.dates import DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Pack, build_pack
from amana.core.safeguards import Occasion

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import watched_pack
from small_pack import FACTS

KIND = "visit"
RECORDED = ("arrived", "seen_by_doctor")
KINDS = {
    KIND: {
        "title": watched_pack.texts("visit"),
        "class": "C1",
        "purpose": "test",
        "retention": "case",
        "facts": {name: watched_pack.record_fact("date") for name in RECORDED},
    }
}
OWN_FACTS = {name: fact for name, fact in FACTS.items() if name not in RECORDED}
CLOCKS = (0, 14, 90)


@dataclass(frozen=True)
class Guard:
    """One random safeguard: what the pack says, and what it finds in one world."""

    entry: dict[str, Any]
    found: Callable[[World, int], str]

    def in_world(self, world: World, days: int) -> str:
        """The verdict where everything is known; `days` since arrival."""
        period = self.entry.get("in_force", {})
        begun = world["law:" + period["from"].removeprefix("event:")] if "from" in period else True
        ended = world["law:" + period["until"].removeprefix("event:")] if "until" in period else False
        return self.found(world, days) if begun and not ended else "no_breach_found"


def guard(random: Random, number: int) -> Guard:
    """A random safeguard of any severity."""
    severity = random.choice(["breach", "warn", "duty", "duty"])
    applies = condition(random)
    entry = watched_pack.safeguard(f"s{number}", KIND, severity, applies=applies[0])
    if random.random() < 0.3:
        entry["in_force"] = {random.choice(["from", "until"]): f"event:{random.choice(list(EVENTS))}"}
    return _clocked(random, entry, applies) if severity == "duty" else _broken(random, entry, applies)


def _broken(random: Random, entry: dict[str, Any], applies: Condition) -> Guard:
    text, broken = condition(random)
    entry["breach"] = text
    return Guard(
        entry,
        lambda world, _: entry["severity"] if applies[1](world) and broken(world) else "no_breach_found",
    )


def _clocked(random: Random, entry: dict[str, Any], applies: Condition) -> Guard:
    """Up to three clocks; the first whose `when` holds counts."""
    clocks = []
    entry["duty"] = []
    for place in reversed(range(random.choice([1, 1, 2, 3]))):
        days = random.choice(CLOCKS)
        when = condition(random) if place or random.random() < 0.3 else ("", lambda _: True)
        done = condition(random) if random.random() < 0.4 else ("", lambda _: False)
        written = {"start": "arrived", "clock": days, "when": when[0], "done": done[0]}
        entry["duty"].append({key: value for key, value in written.items() if value != ""})
        clocks.append((days, when[1], done[1]))

    def found(world: World, days: int) -> str:
        counting = next(((clock, done) for clock, when, done in clocks if when(world)), None)
        if not applies[1](world) or counting is None or counting[1](world):
            return "no_breach_found"
        return "overdue" if days > counting[0] else "duty_open"

    return Guard(entry, found)


def a_pack(random: Random, count: int) -> tuple[Pack, list[Guard]]:
    """A pack with so many random safeguards."""
    guards = [guard(random, number) for number in range(count)]
    content = watched_pack.watched_files([each.entry for each in guards], kinds=KINDS, events=EVENTS)
    return build_pack(content | {"facts.yaml": OWN_FACTS}), guards


def an_occasion(random: Random, row: FactRow) -> tuple[FactRow, Occasion]:
    """The person's facts of a row, and a record of what is left of it with a certain day of arrival."""
    arrived = DateSpan.day(row.on - timedelta(days=random.choice([-3, 0, 1, 14, 15, 90, 91])))
    person = {name: value for name, value in row.values.items() if name not in RECORDED}
    record = {"arrived": arrived, "seen_by_doctor": row.values.get("seen_by_doctor")}
    return FactRow(row.ref, row.on, person), Occasion(KIND, row.ref, f"{KIND}:{row.ref}", record)


def possible(guard: Guard, row: FactRow, occasion: Occasion, read: set[str]) -> set[str]:
    """Every verdict that some completion gives."""
    whole = FactRow(row.ref, row.on, {**row.values, **occasion.values})
    arrived = occasion.values["arrived"]
    assert isinstance(arrived, DateSpan) and arrived.earliest
    days = (row.on - arrived.earliest).days
    return {guard.in_world(world, days) for world in worlds(whole, read)}
