"""Three-valued truth: strong Kleene logic, the logic of SQL's `AND`, `OR` and `NOT`.

Knows nothing of facts or law. UNKNOWN means "not known", never "probably" and never a default; asking a
`Truth` for its plain truth value (`if truth:`) is refused, so that UNKNOWN can't slip through as true.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("A Truth has three values: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN.")


def all_of(values: Iterable[Truth]) -> Truth:
    """Conjunction: FALSE if any is FALSE, else UNKNOWN if any is UNKNOWN, else TRUE (also of nothing).

    >>> all_of([Truth.UNKNOWN, Truth.FALSE])
    <Truth.FALSE: 'false'>
    """
    answer = Truth.TRUE
    for value in values:
        if value is Truth.FALSE:
            return Truth.FALSE
        if value is Truth.UNKNOWN:
            answer = Truth.UNKNOWN
    return answer


def any_of(values: Iterable[Truth]) -> Truth:
    """Disjunction: TRUE if any is TRUE, else UNKNOWN if any is UNKNOWN, else FALSE (also of nothing).

    >>> any_of([Truth.UNKNOWN, Truth.FALSE])
    <Truth.UNKNOWN: 'unknown'>
    """
    return negate(all_of(negate(value) for value in values))


def negate(value: Truth) -> Truth:
    """Negation: UNKNOWN stays UNKNOWN."""
    if value is Truth.UNKNOWN:
        return Truth.UNKNOWN
    return Truth.FALSE if value is Truth.TRUE else Truth.TRUE
