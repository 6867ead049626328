"""What keeps the records of a person from being erased: a legal hold, an open breach or overdue duty, an
appeal that is not decided.

One question, asked by whatever erases anything, in the transaction that erases. A hold wins over every
ground, an order included: who ordered it has the hold ended first, by somebody other than its author.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final

from amana.apps.determinations.queries import contested
from amana.apps.oversight.evidence import against
from amana.apps.retention.queries import held

KEEPERS: Final[Mapping[str, Callable[[Collection[str], date], frozenset[str]]]] = {
    "hold": held,
    "breach": lambda refs, on: against(refs),
    "appeal": lambda refs, on: contested(refs),
}
"""Why records must stay -> whom of these people it concerns on a day."""


def kept_by(ref: str, on: date) -> tuple[str, ...]:
    """The keys of KEEPERS that keep the records of a person; empty where nothing does."""
    return tuple(why for why, among in KEEPERS.items() if among([ref], on))


def free_of_all(refs: Iterable[str], on: date) -> frozenset[str]:
    """Those of these people whose records nothing keeps."""
    asked = list(refs)
    return frozenset(asked).difference(*(among(asked, on) for among in KEEPERS.values()))
