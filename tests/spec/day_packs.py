"""Random packs for the day oracle: several measures of one date, both leap-day readings, events in order,
certain days in force, values that change, records, every modality, exceptions; and rows whose facts are
known well, badly or not at all.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from day_oracle import DAY, Leaf, Provision, months, years

from amana.core.dates import DateSpan
from amana.core.errors import PackFaults
from amana.core.facts import AllOf, Evidence, FactRow, FactValue, Standing
from amana.core.policy import Pack, build_pack

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))
import small_pack

OUTCOMES = ("home", "clinic", "hospital", "nothing")
EVENTS = {
    "first": small_pack.event("2018"),
    "second": small_pack.event("2018-01-01/2019-06-30", after="first"),
}
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
PARAMETERS: dict[str, list[tuple[str, Any]]] = {
    "limit": [("", 3), ("event:first", 2), ("2019-02-28", 4)],
    "reach": [("", 20), ("event:first", 59), ("event:second", 365)],
    "ours": [("", ["IRQ"]), ("event:second", ["IRQ", "TUR"])],
}
BOUNDS = ("event:first", "event:second", "2018-03-01", "2019-02-28")
AS_OF = [
    *(date(2017, 12, 31), date(2018, 1, 1), date(2018, 2, 28), date(2018, 3, 1), date(2018, 12, 30)),
    *(date(2018, 12, 31), date(2019, 2, 28), date(2019, 6, 29), date(2019, 6, 30), date(2020, 2, 29)),
]


def leaf(random: Random) -> Leaf:
    """A random comparison."""
    sign = random.choice(list(COMPARE))
    compare = COMPARE[sign]
    number = random.choice([1, 2, 3, 4])
    span = random.choice([20, 59, 365])
    day = date(2016, 2, 28) + timedelta(days=random.randrange(3))
    if random.random() < 0.2:
        return dated(random, sign)
    nations = frozenset(random.sample(("IRQ", "TUR"), random.choice([1, 2])))
    listed = ", ".join(f"'{nation}'" for nation in sorted(nations))
    return random.choice(
        [
            Leaf(
                f"age {sign} {number}",
                "birth",
                lambda birth, on, leap: compare(years(birth, on, leap), number),
            ),
            Leaf(
                f"age BETWEEN {number} AND {number + 1}",
                "birth",
                lambda birth, on, leap: number <= years(birth, on, leap) <= number + 1,
            ),
            Leaf(
                f"days_since(birth) {sign} {span}",
                "birth",
                lambda birth, on, _: compare((on - birth).days, span),
            ),
            Leaf(
                f"months_since(birth) {sign} {number * 7}",
                "birth",
                lambda birth, on, leap: compare(months(birth, on, leap), number * 7),
            ),
            Leaf(f"birth {sign} '{day}'", "birth", lambda birth, on, _: compare(birth, day)),
            Leaf(
                f"days_since(arrived) {sign} {span}",
                "arrived",
                lambda day, on, _: compare((on - day).days, span),
            ),
            Leaf(
                f"days_until(arrived) {sign} {number}",
                "arrived",
                lambda day, on, _: compare((day - on).days, number),
            ),
            Leaf("seen_by_doctor IS KNOWN", "seen_by_doctor", lambda *_: True),
            Leaf(
                f"days_since(seen_by_doctor) {sign} {span}",
                "seen_by_doctor",
                lambda day, on, _: compare((on - day).days, span),
            ),
            Leaf("ill", "ill", lambda value, *_: value),
            Leaf("alone", "alone", lambda value, *_: value),
            Leaf("sex = 'male'", "sex", lambda value, *_: value == "male"),
            Leaf("sex <> 'male'", "sex", lambda value, *_: value != "male"),
            Leaf(f"siblings {sign} {number}", "siblings", lambda value, *_: compare(value, number)),
            Leaf(f"nationality IN ({listed})", "nationality", lambda value, *_: bool(value & nations)),
            Leaf("nationality <> 'IRQ'", "nationality", lambda value, *_: "IRQ" not in value),
        ]
    )


def dated(random: Random, sign: str) -> Leaf:
    """A random comparison with a value that changes."""
    compare = COMPARE[sign]

    def with_value(text: str, fact: str, name: str, means: Callable[[Any], Any]) -> Leaf:
        variants = tuple(
            (start, Leaf(f"{text} {value}", fact, means(value))) for start, value in PARAMETERS[name]
        )
        return Leaf(text, fact, lambda *_: False, variants)

    return random.choice(
        [
            with_value(
                f"age {sign} :limit",
                "birth",
                "limit",
                lambda value: lambda birth, on, leap: compare(years(birth, on, leap), value),
            ),
            with_value(
                f"days_since(arrived) {sign} :reach",
                "arrived",
                "reach",
                lambda value: lambda day, on, _: compare((on - day).days, value),
            ),
            with_value(
                "nationality IN (:ours)",
                "nationality",
                "ours",
                lambda value: lambda held, *_: bool(held & frozenset(value)),
            ),
        ]
    )


def condition(
    random: Random, depth: int
) -> tuple[str, tuple[Leaf, ...], Callable[[Mapping[str, bool]], bool]]:
    """A random condition: text, leaves, meaning over the truths of its leaves."""
    draw = random.random()
    if depth and draw < 0.35:
        one, left, first = condition(random, depth - 1)
        two, right, second = condition(random, depth - 1)
        if random.random() < 0.5:
            return f"({one} AND {two})", (*left, *right), lambda truths: first(truths) and second(truths)
        return f"({one} OR {two})", (*left, *right), lambda truths: first(truths) or second(truths)
    if depth and draw < 0.45:
        inner, leaves, meant = condition(random, depth - 1)
        return f"NOT ({inner})", leaves, lambda truths: not meant(truths)
    single = leaf(random)
    return single.text, (single,), lambda truths: truths[single.text]


def provisions(random: Random) -> list[Provision]:
    """Two to four rules."""
    made: list[Provision] = []
    for number in range(random.choice([2, 3, 4])):
        text, leaves, meant = condition(random, 2)
        modality = random.choice(["may", "may", "must", "must_not"])
        entry = small_pack.rule(f"r{number}", text, random.choice(OUTCOMES[:3]), modality)
        if made and random.random() < 0.5:
            entry["exception_to"] = [random.choice(made).entry["id"]]
        if random.random() < 0.4:
            entry["in_force"] = {random.choice(["from", "until"]): random.choice(BOUNDS)}
        made.append(Provision(entry, leaves, meant))
    return made


def built(rules: list[Provision], leap_day: str) -> Pack:
    """The pack of those rules; its silent cells are a known gap. Raises `PackFaults`."""
    first = rules[0].entry["when"]
    gaps = [small_pack.gap("silent", f"{first} OR NOT ({first})")]
    refused: PackFaults | None = None
    for known in (gaps, []):
        content = small_pack.files([rule.entry for rule in rules], known, EVENTS, OUTCOMES)
        content["pack.yaml"]["leap_day_birthday"] = leap_day
        content["parameters.yaml"] = {name: a_parameter(values) for name, values in PARAMETERS.items()}
        try:
            return build_pack(content)
        except PackFaults as faults:
            refused = faults
    assert refused is not None
    raise refused


def a_parameter(values: list[tuple[str, Any]]) -> dict[str, Any]:
    """One entry of parameters.yaml."""
    (_, first), *later = values
    changes = [{"from": start, "value": value} for start, value in later]
    return {"value": first, "label": small_pack.texts("label"), "changes": changes}


def a_row(random: Random, number: int) -> FactRow:
    """Facts of a random person: dates near a threshold, codes open, proved or absent."""
    on = random.choice(AS_OF)
    evidence = {}
    nations = random.choice([None, *(frozenset(some) for some in (("IRQ",), ("TUR", "XXA"), ("IRQ", "TUR")))])
    if nations and random.random() < 0.3:
        nations = AllOf(nations)
    elif nations and random.random() < 0.3:
        evidence["nationality"] = Evidence(Standing.CONFIRMED, "papers", disputed=random.random() < 0.5)
    facts: dict[str, FactValue] = {
        "birth": a_span(random, on),
        "sex": random.choice(
            [None, frozenset({"male"}), frozenset({"female"}), frozenset({"male", "female"})]
        ),
        "nationality": nations,
        "ill": random.choice([None, True, False]),
        "alone": random.choice([None, True, False]),
        "siblings": random.choice([None, 0, 1, 2, 3, 4, 5]),
        "arrived": random.choice([None, a_span(random, on, ahead=30)]),
        "seen_by_doctor": random.choice([None, a_span(random, on, ahead=3)]),
    }
    return FactRow(f"row-{number}", on, facts, evidence)


def a_span(random: Random, on: date, ahead: int = 2) -> DateSpan | None:
    """A day known, nearly known, open at one end, or not at all."""
    draw = random.random()
    if draw < 0.1:
        return None
    first = random.choice(
        [
            date(on.year - random.choice([1, 2, 3, 4, 5]), on.month, min(on.day, 28))
            + random.randrange(-2, 3) * DAY,
            date(2016, 2, 27) + random.randrange(4) * DAY,
            on - random.choice([19, 20, 21, 58, 59, 60, 365, 366]) * DAY,
            on + random.randrange(-3, ahead) * DAY,
        ]
    )
    last = first + random.choice([0, 0, 1, 2, 30, 400]) * DAY
    if draw < 0.2:
        return DateSpan(None, last)
    return DateSpan(first, None) if draw < 0.3 else DateSpan(first, last)
