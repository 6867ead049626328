"""Random packs that use every operation of the rule language.

Nothing here knows what a pack means; the packs are for comparing engines with each other. What occurs in a
pack is told by walking its parsed trees (`operations`), never by looking at its text. A *wide* pack has
more cells than the cap, and more states than one whole number of a key holds.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from amana.core.dates import LEAP_DAYS
from amana.core.policy import Pack, build_pack, nodes
from amana.core.policy.nodes import Node

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import small_pack

OUTCOMES = ("home", "clinic", "hospital", "nothing")
NATIONS = ("IRQ", "TUR", "UZB", "XXA")
SIGNS = ("=", "<>", "<", "<=", ">", ">=")
EVENTS = {"first": small_pack.event("2018"), "second": small_pack.event("2018/2019-06", after="first")}
BOUNDS = ("event:first", "event:second", "2018-03-01", "2019-02-28")
OPERATIONS = frozenset(
    {
        *("AND", "OR", "NOT", "flag", "NOT flag", "BETWEEN", "IN", *SIGNS),
        *("age", "age_at", "days_since", "days_until", "months_since", "IS KNOWN", "IS NOT KNOWN"),
        *("date against a day", "date against a date", "integer", "one code", "several codes"),
        *("parameter", "parameter dated by a day", "parameter dated by an event"),
        *("event", "event after another", "certain day", "exception", "must", "may", "must_not"),
    }
)


def leaf(random: Random) -> str:
    """A random comparison."""
    sign, number = random.choice(SIGNS), random.randrange(5)
    day = date(2016, 2, 28) + timedelta(days=random.randrange(3))
    nations = ", ".join(f"'{nation}'" for nation in random.sample(NATIONS[:3], random.choice([1, 2])))
    date_fact = random.choice(["arrived", "seen_by_doctor", "birth"])
    high = number + random.randrange(3)
    return random.choice(
        [
            *(random.choice(["ill", "alone", "visited", "NOT ill", "NOT alone"]), f"age {sign} {number}"),
            *(f"age BETWEEN {number} AND {high}", f"age IN ({number}, {number + 2})"),
            *(
                f"age {sign} :grown",
                f"age {sign} :small",
                f"siblings {sign} :few",
                f"siblings {sign} {number}",
            ),
            *(f"age_at(arrived) {sign} {number}", f"age_at(seen_by_doctor) {sign} {number}"),
            *(f"birth {sign} arrived", f"seen_by_doctor {sign} arrived", f"{date_fact} {sign} '{day}'"),
            f"days_since({date_fact}) {sign} {random.choice([20, 59, 365])}",
            f"days_until({date_fact}) BETWEEN {number - 2} AND {high}",
            f"months_since({date_fact}) {sign} {number * 5}",
            *(f"nationality IN ({nations})", "nationality IN (:listed)", "nationality <> 'IRQ'"),
            random.choice(["sex = 'male'", "sex <> 'male'", "sex IN ('female')", "ward = 'east'"]),
            f"{random.choice(['seen_by_doctor', 'visited', 'ward'])} IS {random.choice(['', 'NOT '])}KNOWN",
        ]
    )


def condition(random: Random, depth: int = 2) -> str:
    """A random condition."""
    draw = random.random()
    if depth and draw < 0.35:
        joint = random.choice([" AND ", " OR "])
        return f"({condition(random, depth - 1)}{joint}{condition(random, depth - 1)})"
    if depth and draw < 0.45:
        return f"NOT ({condition(random, depth - 1)})"
    return leaf(random)


def many(random: Random, text: str, most: int) -> str:
    """A comparison with so many numbers that the fact has many cells."""
    odd = ", ".join(str(2 * number + 1) for number in range(random.randrange(most - 5, most)))
    return f"{text} IN ({odd})"


def rules(random: Random, wide: bool) -> list[dict[str, Any]]:
    """Two to four rules of every modality, some excepted, some in force for a time."""
    made: list[dict[str, Any]] = []
    whens = [condition(random) for _ in range(random.choice([2, 3, 4]))]
    if wide:
        measures = ("siblings", "days_since(arrived)", "months_since(seen_by_doctor)", "age")
        whens += [f"{many(random, measure, 30)} OR ill" for measure in measures]
    for number, when in enumerate(whens):
        modality = random.choice(["may", "may", "must", "must_not"])
        # Rules of a wide pack seldom fail to meet somewhere; those of one outcome can't conflict.
        outcome = random.choice(OUTCOMES[:1] if wide and modality != "must_not" else OUTCOMES[:3])
        entry = small_pack.rule(f"r{number}", when, outcome, modality)
        if made and random.random() < 0.5:
            entry["exception_to"] = [random.choice(made)["id"]]
        if random.random() < 0.4:
            entry["in_force"] = {random.choice(["from", "until"]): random.choice(BOUNDS)}
        made.append(entry)
    return made


def parameters(random: Random) -> dict[str, Any]:
    """Numbers and codes that rules name, one changed by a day, one by an event."""

    def of(value: Any, **more: Any) -> dict[str, Any]:
        return {"value": value, "label": small_pack.texts("value"), **more}

    low, high = random.sample(range(1, 6), 2)
    return {
        "few": of(random.randrange(1, 4)),
        "listed": of(random.sample(NATIONS[:3], 2)),
        "grown": of(low, changes=[{"from": random.choice(["event:first", "event:second"]), "value": high}]),
        "small": of(low, changes=[{"from": random.choice(BOUNDS[2:]), "value": high}]),
    }


def content(random: Random, wide: bool = False) -> dict[str, Any]:
    """A random pack as the content of its files."""
    made = rules(random, wide)
    gaps = [small_pack.gap("silent", f"{made[0]['when']} OR NOT ({made[0]['when']})")]
    files = small_pack.files(made, gaps, EVENTS, OUTCOMES)
    files["pack.yaml"]["leap_day_birthday"] = random.choice(LEAP_DAYS)
    files["parameters.yaml"] = parameters(random)
    for name in ("arrived", "seen_by_doctor"):
        files["facts.yaml"][name]["past"] = random.random() < 0.5
    files["facts.yaml"]["visited"] = small_pack.fact("boolean", kind="record")
    values = {"east": small_pack.texts("east"), "west": small_pack.texts("west")}
    files["facts.yaml"]["ward"] = small_pack.fact("code", kind="record", values=values)
    return files


def packs(seed: int, wide_every: int = 20) -> Iterator[Pack | None]:
    """Random packs without end, every so many a wide one; None for one that is refused."""
    random = Random(seed)
    for number in count(1):
        yield built(content(random, wide=number % wide_every == 0))


def built(files: dict[str, Any]) -> Pack | None:
    """The pack; None if its rules conflict. What else a check would find is no fault here."""
    pack = build_pack(files, draft=True)
    return None if any(finding.kind == "conflict" for finding in pack.findings) else pack


def operations(pack: Pack) -> Counter[str]:
    """What occurs in the rules of a pack, found in their parsed trees."""
    found: Counter[str] = Counter()
    for rule in pack.rules.values():
        found.update(_of_node(rule.condition, pack))
        found.update([rule.modality, *(["exception"] if rule.exception_to else [])])
        for bound in (rule.in_force.start, rule.in_force.end):
            if bound and bound.event:
                found.update(["event", *(["event after another"] if pack.events[bound.event].after else [])])
            elif bound:
                found.update(["certain day"])
    return found


def _of_node(node: Node, pack: Pack) -> Iterator[str]:
    if isinstance(node, nodes.Not):
        kinds = {nodes.Flag: "NOT flag", nodes.Known: "IS NOT KNOWN"}
        yield kinds.get(type(node.child), "NOT")
        yield from _of_node(node.child, pack) if type(node.child) not in kinds else ()
    elif isinstance(node, nodes.All | nodes.Any):
        yield "AND" if isinstance(node, nodes.All) else "OR"
        for child in node.children:
            yield from _of_node(child, pack)
    elif isinstance(node, nodes.During):
        bounds = [bound for bound in (node.period.start, node.period.end) if bound]
        yield from (f"parameter dated by {'an event' if bound.event else 'a day'}" for bound in bounds)
    elif isinstance(node, nodes.Test):
        yield node.operator.upper()
        yield _asked(node, pack)
        yield from ("parameter" for _ in node.parameters)
    else:
        yield "flag" if isinstance(node, nodes.Flag) else "IS KNOWN"


def _asked(test: nodes.Test, pack: Pack) -> str:
    if test.term.kind == "order":
        return "date against a date"
    fact = pack.facts[test.term.fact]
    if test.term.kind != "fact":
        return test.term.kind
    if fact.type == "code":
        return "several codes" if fact.several else "one code"
    return "date against a day" if fact.type == "date" else fact.type
