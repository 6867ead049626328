"""Nationality chips: one for each code that may be true, marked where it is not known which, or one that says
that nationality is not shown to the reader's role.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from amana.core.need_to_know import Withheld
from amana.wording.languages import state_in_words
from amana.wording.withheld import withheld_in_words


@dataclass(frozen=True)
class Nation:
    """A nationality by ISO 3166-1 alpha-3 code; `sure` when no other is in question. `hidden`: words in place
    of all of them.
    """

    code: str
    name: str
    sure: bool
    hidden: str = ""


def nations(codes: Collection[str] | Withheld, *, named: bool = False) -> tuple[Nation, ...]:
    """The chips for a set of codes, in order; empty when nothing is known."""
    if isinstance(codes, Withheld):
        return (Nation("", "", sure=True, hidden=withheld_in_words()),)
    sure = len(codes) == 1
    return tuple(Nation(code, state_in_words(code) if named else "", sure) for code in sorted(codes))
