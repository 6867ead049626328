"""Situations before a gate, and an oracle that knows neither the pack nor the engine.

A situation is a plain dictionary, None where nothing is known. Most are near the open gate, where a mistake
would do harm; some are far from it. The oracle opens only where every completion of what is not known, of the
age alone, has its consent; all else must be known.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from amana.core.dates import DateSpan
from amana.core.facts import FactRow, FactValue

ON = date(2018, 2, 15)
GIVEN = {
    "own_nation": ("own_word", "proved", "denied"),
    "screened": (True, False),
    "fear_found": (False, True),
    "protection_claim": ("none", "ended", "pending", "recognised"),
    "hold_stands": (False, True),
    "own_consent": ("given", "refused", "withdrawn"),
    "guardian_consent": ("given", "refused", "withdrawn"),
    "child_said": ("heard", "infant", "objects"),
    "with_counsel": (True, False),
    "with_interpreter": (True, False),
    "unheard": (True, False),
    "assessment": (True, False),
    "determination": ("return", "other"),
    "dossier_released": (True, False),
}
"""Fact -> what it may be, the first as an open gate has it."""

BIRTHS = (
    (date(1987, 5, 2), date(1987, 5, 2)),
    (date(2008, 11, 20), date(2008, 11, 20)),
    (date(2015, 2, 15), date(2015, 2, 15)),
    (date(2015, 2, 16), date(2015, 2, 16)),
    (date(2016, 1, 1), date(2016, 12, 31)),
    (date(2015, 1, 1), date(2015, 12, 31)),
    (date(2000, 2, 15), date(2000, 2, 15)),
    (date(2000, 2, 16), date(2000, 2, 16)),
    (date(1999, 1, 1), date(2001, 12, 31)),
    (None, date(1999, 12, 31)),
    (date(2000, 3, 1), None),
    None,
)
UNTIL = (ON, ON + timedelta(days=90), ON - timedelta(days=1), None)


def situations(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """That many situations; each spoils none to all of the facts of an open gate."""
    chance = random.Random(seed)
    names = [*GIVEN, "until"]
    for _ in range(count):
        told: dict[str, Any] = {name: values[0] for name, values in GIVEN.items()}
        told["birth"], told["until"] = chance.choice(BIRTHS), UNTIL[0]
        told["child_said"] = chance.choice(("heard", "infant"))
        for name in chance.sample(names, chance.choice((0, 1, 1, 1, 2, 2, 3, 4, len(names)))):
            told[name] = chance.choice((None, *(UNTIL if name == "until" else GIVEN[name])))
        yield told


def opens(told: Mapping[str, Any], step: str) -> bool:
    """Whether the gate may be open, by the words of the specification."""
    always = (
        told["own_nation"] in ("own_word", "proved")
        and told["screened"] is True
        and told["fear_found"] is False
        and told["protection_claim"] in ("none", "ended")
        and told["hold_stands"] is False
        and told["with_counsel"] is True
        and told["with_interpreter"] is True
        and told["unheard"] is True
        and told["until"] is not None
        and told["until"] >= ON
        and told["dossier_released"] is True
    )
    ages = possible_ages(told["birth"])
    return always and all(_of_age(told, age, step) for age in ages)


def _of_age(told: Mapping[str, Any], age: str, step: str) -> bool:
    if age == "adult":
        return bool(told["own_consent"] == "given")
    heard = told["child_said"] == "heard" or (told["child_said"] == "infant" and age == "infant")
    weighed = told["assessment"] is True if step == "enquiry" else told["determination"] == "return"
    return bool(told["guardian_consent"] == "given" and heard and weighed)


def possible_ages(birth: tuple[date | None, date | None] | None) -> set[str]:
    """`infant` (under 3), `child` (3 to 17), `adult`, as far as the birth leaves them possible."""
    first, last = birth or (None, None)
    last = min(last or ON, ON)
    found = set()
    if last > date(2015, 2, 15):
        found.add("infant")
    if last > date(2000, 2, 15) and (first is None or first <= date(2015, 2, 15)):
        found.add("child")
    if first is None or first <= date(2000, 2, 15):
        found.add("adult")
    return found


def row(told: Mapping[str, Any]) -> FactRow:
    """The situation as the engine reads it."""
    values: dict[str, FactValue] = {}
    for name in GIVEN:
        if told[name] is not None:
            values[name] = frozenset({told[name]}) if isinstance(told[name], str) else told[name]
    if told["birth"] is not None:
        values["birth"] = DateSpan(*told["birth"])
    if told["until"] is not None:
        values["consent_until"] = DateSpan.day(told["until"])
    return FactRow("P-AAAAAA", ON, values)
