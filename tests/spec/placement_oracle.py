"""The decision `placement` by brute force, written from the design alone: tries every completion of what is
not known.

Shares no code with the engine but the dataclasses that carry facts in. Every day of an uncertain birth is
tried, every set of nationalities, both answers to every question, both states of the law in its window.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations, product
from typing import Any

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactRow

OLDEST_TRIED = 30
WINDOW = (date(2017, 7, 1), date(2018, 1, 31))
NATIONS = ("IRQ", "PSE", "TUR")
ASKED = ("age", "sex", "nationality", "mother_present", "law:amend-1980")
SOURCES = {
    "infant-with-mother": "iq-protocol-2018/infants",
    "state-home-1980": "iq-law-126-1980/admission-1980",
    "state-home-foreign": "iq-law-126-1980/admission",
    "adolescent": "iq-protocol-2018/adolescents",
    "adult": "iq-jwl-76-1983/art-3",
}
Completion = tuple[int, str, frozenset[str], bool, bool]
Answer = dict[str, Any]


def answer(row: FactRow) -> Answer:
    """Outcome, rules, possible, needs and citations of one row."""
    birth = row.values.get("birth")
    if isinstance(birth, DateSpan) and birth.earliest and birth.earliest > row.on:
        return verdict("invalid", needs=("age",))
    results = {world: judge(*world) for world in completions(row)}
    possible = sorted({outcome for outcome, _ in results.values()})
    if len(possible) > 1:
        return verdict("undetermined", possible=possible, needs=smallest_needs(results))
    rules = sorted(set(chain.from_iterable(rules for _, rules in results.values())))
    return verdict(
        possible[0],
        rules=rules,
        possible=possible,
        citations=sorted({SOURCES[rule] for rule in rules if rule != "default"}),
    )


def verdict(outcome: str, **lists: Any) -> Answer:
    """The five parts of an answer, empty where not given."""
    parts = {name: tuple(lists.get(name, ())) for name in ("rules", "possible", "needs", "citations")}
    return {"outcome": outcome, **parts}


def judge(
    age: int, sex: str, nations: frozenset[str], mother_present: bool, amended: bool
) -> tuple[str, list[str]]:
    """The table of the design for one fully known person under one text of the law."""
    if age >= 18:
        return "not_a_child", ["adult"]
    if age <= 3 and mother_present:
        return "with_mother", ["infant-with-mother"]
    if 4 <= age <= 14 and amended:
        return "state_home", ["state-home-foreign"]
    if 4 <= age <= 14 and nations & {"IRQ", "PSE"}:
        return "state_home", ["state-home-1980"]
    if 15 <= age <= 17 and sex == "male":
        return "reported_detention_possible", ["adolescent"]
    return "no_lawful_placement", ["default"]


def completions(row: FactRow) -> Iterator[Completion]:
    """Everything the row leaves possible."""
    values = row.values
    mother = values.get("mother_present")
    yield from product(
        sorted(ages(values.get("birth"), row.on)),
        values.get("sex") or ("male", "female"),
        sets_of(values.get("nationality")),
        (True, False) if mother is None else (mother,),
        amended_on(row.on),
    )


def ages(birth: Any, on: date) -> set[int]:
    """The completed years of every possible birth day, one day after another."""
    span = birth or DateSpan(None, None)
    first = span.earliest or date(on.year - OLDEST_TRIED, 1, 1)
    last = min(span.latest or on, on)
    return {completed_years(first + timedelta(days=step), on) for step in range((last - first).days + 1)}


def completed_years(birth: date, on: date) -> int:
    """Birthdays passed; a 29 February is passed on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def sets_of(nations: Any) -> list[frozenset[str]]:
    """One or more of the listed nationalities; all of them if they are proved."""
    if isinstance(nations, AllOf):
        return [frozenset(nations)]
    listed = sorted(nations or NATIONS)
    return [frozenset(some) for size in range(1, len(listed) + 1) for some in combinations(listed, size)]


def amended_on(on: date) -> tuple[bool, ...]:
    """Whether the law of 1980 was amended by then."""
    if on < WINDOW[0]:
        return (False,)
    return (True,) if on >= WINDOW[1] else (True, False)


def smallest_needs(results: dict[Completion, tuple[str, list[str]]]) -> tuple[str, ...]:
    """A smallest set of questions whose every answer leaves one outcome; ties to those asked earlier."""
    places = range(len(ASKED))
    for size in range(1, len(ASKED) + 1):
        for chosen in combinations(places, size):
            groups: dict[tuple[Any, ...], set[str]] = {}
            for world, (outcome, _) in results.items():
                groups.setdefault(tuple(world[place] for place in chosen), set()).add(outcome)
            if all(len(outcomes) == 1 for outcomes in groups.values()):
                return tuple(sorted(ASKED[place] for place in chosen))
    raise AssertionError("two outcomes for one fully known person")
