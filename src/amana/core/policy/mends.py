"""What would be right in place of a refused part of a condition: the fact that was meant, quotes around a
code or a day, brackets around a list.

Texts only; whoever refuses says what is wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from sqlglot import exp

from amana.core.policy.domains import domain
from amana.core.policy.model import FactDef

AGE = "age"
_DAY = re.compile(r"(\d{4})\s*[-/]\s*(\d{1,2})\s*[-/]\s*(\d{1,2})")
_LISTED = 12
"""So many allowed codes are listed at most; longer lists are described."""


def instead_of_name(name: str, facts: Mapping[str, FactDef], birth: str) -> str:
    """What to write where no fact is called `name`."""
    known = [*facts, *([AGE] if birth in facts else [])]
    if name.lower() in known and name.lower() != name:
        return f"Did you mean {name.lower()}? Names are written in small letters."
    owner = next((fact for fact in facts.values() if is_code(name, fact)), None)
    if owner is not None:
        return f"If the code of {owner.name} is meant, write it in single quotes: '{_as_code(name, owner)}'."
    close = get_close_matches(name.lower(), known, n=1)
    guess = f"Did you mean {close[0]}? " if close else ""
    return f"{guess}Use one of: {', '.join(known)}; or declare it in facts.yaml."


def is_code(name: str, fact: FactDef) -> bool:
    """Whether `name` is a code of this fact, written in whichever letters."""
    return fact.type == "code" and _as_code(name, fact) in domain(fact)


def _as_code(name: str, fact: FactDef) -> str:
    return name.upper() if fact.scheme else name.lower() if name not in fact.values else name


def instead_of_operand(name: str, fact: FactDef) -> str:
    """What to write for `name`, which stands bare or in double quotes where a value of `fact` belongs."""
    if fact.type == "date":
        return "Write a day in single quotes, such as '2005-01-01', or the name of another date fact."
    if fact.type != "code":
        return "Write a whole number or a :parameter."
    return f"Write codes in single quotes: '{_as_code(name, fact)}'."


def instead_of_value(written: str, tree: exp.Expr) -> str:
    """What to write for something that is no value: `2005-01-01`, `('TUR', 'RUS')`."""
    if isinstance(tree, exp.Tuple):
        return f"To compare with several values write IN {written}."
    day = _DAY.fullmatch(written)
    if day:
        year, month, of_month = day.groups()
        return f"Write a day in single quotes: '{year}-{month:0>2}-{of_month:0>2}'."
    return (
        "Write a whole number, a code in single quotes such as 'male', "
        "a day in single quotes such as '2005-01-01', or a :parameter."
    )


def instead_of_list(tree: exp.In) -> str:
    """What to write for IN without brackets."""
    field = tree.args["field"]
    written = field.sql() if isinstance(field, exp.Placeholder) else f"'{field.name}'"
    return f"Write the values in brackets: IN ({written})."


def instead_of_code(fact: FactDef, written: str) -> str:
    """What to write where `written` is no code of this fact."""
    parts = [part for part in re.split(r"[\s,;+|]+", written) if part]
    if len(parts) > 1 and all(is_code(part, fact) for part in parts):
        codes = ", ".join(f"'{_as_code(part, fact)}'" for part in parts)
        return f"Write each code in quotes of its own: IN ({codes})."
    if is_code(written, fact):
        return f"Write '{_as_code(written, fact)}': small and capital letters differ."
    if fact.scheme:
        return f"Use three letters of {fact.scheme.upper()} such as 'TUR'; of several, IN ('TUR', 'RUS')."
    allowed = sorted(fact.values)
    more = ", …" if len(allowed) > _LISTED else ""
    return f"Use one of: {', '.join(allowed[:_LISTED])}{more}."
