"""Facts: what is known about one person on one day, the one bridge between the register and the law.

Units: dates as closed intervals (`DateSpan`), codes as sets of texts, whole numbers, booleans. A missing
fact is None and means "not known", never a default. Knows nothing of law: which facts there are, and which
values they take, stands in a policy pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from amana.core.dates import DateSpan


class Standing(StrEnum):
    """How well a claim is supported. `refuted` never counts as a fact."""

    CLAIMED = "claimed"
    SUPPORTED = "supported"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"

    @property
    def rank(self) -> int:
        """Order of strength: refuted 0 < claimed 1 < supported 2 < confirmed 3."""
        return _RANKS[self]


_RANKS = {Standing.REFUTED: 0, Standing.CLAIMED: 1, Standing.SUPPORTED: 2, Standing.CONFIRMED: 3}


def weakest(standings: Iterable[Standing]) -> Standing | None:
    """The weakest of them; None of none.

    >>> weakest([Standing.CONFIRMED, Standing.CLAIMED])
    <Standing.CLAIMED: 'claimed'>
    """
    return min(standings, key=lambda standing: standing.rank, default=None)


class AllOf(frozenset[str]):
    """Codes that are *all* true (a dual nationality proved on both sides), unlike a frozenset of several,
    of which one or more is true without knowing which. Written `IRQ+UZB` in files, where `IRQ;UZB` is the
    open question.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A claim that contradicts itself or its fact's domain; `reason` holds no personal data.

    `stated` is what was written, for an explanation to repeat; it may be personal, so no `repr` shows it.
    """

    reason: str
    stated: str = field(default="", repr=False, compare=False)


FactValue = DateSpan | frozenset[str] | bool | int | Contradiction | None
"""A fact's value; None where it is not known (for a record fact: not on record)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a fact rests on: standing, source and the words as stated; `disputed` if claims of equal
    standing disagree.
    """

    standing: Standing
    source: str = ""
    stated: str = ""
    disputed: bool = False


_NO_EVIDENCE: Mapping[str, Evidence] = MappingProxyType({})


def _no_evidence() -> Mapping[str, Evidence]:
    return _NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class FactRow:
    """The facts of one person (`ref`, opaque) as they stand on the day `on`. Facts not named in `values`
    are not known.
    """

    ref: str
    on: date
    values: Mapping[str, FactValue]
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)
