"""Nationality chips: one for each code that may be true, marked where it is not known which."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from amana.wording.languages import state_in_words


@dataclass(frozen=True)
class Nation:
    """A nationality by ISO 3166-1 alpha-3 code; `sure` when no other is in question."""

    code: str
    name: str
    sure: bool


def nations(codes: Collection[str], *, named: bool = False) -> tuple[Nation, ...]:
    """The chips for a set of codes, in order; empty when nothing is known."""
    sure = len(codes) == 1
    return tuple(Nation(code, state_in_words(code) if named else "", sure) for code in sorted(codes))
