"""Facts as they are written in files, read by the pack's own definitions.

Empty means not known. Booleans are `true` and `false`, dates EDTF, codes separated by `;` (one or more of
them) or `+` (all of them). A text outside a fact's domain becomes a `Contradiction`, which makes the row
invalid and names the fact.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.facts import AllOf, Contradiction, FactRow, FactValue
from amana.core.policy.domains import domain, parse_codes
from amana.core.policy.model import FactDef, Pack

_NUMBER = re.compile(r"-?[0-9]{1,18}")
_BOOLEANS = {"true": True, "false": False}


def read_fact(fact: FactDef, text: str, approximate_years: int = 1) -> FactValue:
    """The value that a text stands for."""
    text = text.strip()
    if not text:
        return None
    if fact.type == "date":
        try:
            return parse_edtf(text, approximate_years)
        except InvalidDate as error:
            return Contradiction(str(error))
    if fact.type == "boolean":
        return _BOOLEANS.get(text, Contradiction("This is neither true nor false."))
    if fact.type == "integer":
        return int(text) if _NUMBER.fullmatch(text) else Contradiction("This is no whole number.")
    return _codes(fact, text)


def _codes(fact: FactDef, text: str) -> FactValue:
    codes = parse_codes(text)
    if not codes or not codes <= domain(fact):
        return Contradiction("This is no code of the fact's domain.")
    if isinstance(codes, AllOf) and not fact.several:
        return Contradiction("Only one code can be true.")
    return codes


def read_row(pack: Pack, ref: str, on: date, facts: Mapping[str, str]) -> FactRow:
    """A row of facts from texts by fact name; names the pack doesn't know are left out."""
    values = {
        name: read_fact(pack.facts[name], text, pack.approximate_years)
        for name, text in facts.items()
        if name in pack.facts
    }
    return FactRow(ref, on, values)
