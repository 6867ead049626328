"""What a safeguard is, what it watches, and what is found. Frozen data; no evaluation here.

A safeguard speaks of *occasions* of one kind (a stay, a separation planned or done, a determination, the
person alone), never of what a decision of a pack answers. Clocks are whole days. Knows no wording: texts
come from packs, and verdicts are codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from amana.core.dates import DateSpan
from amana.core.facts import Evidence, FactValue
from amana.core.policy.model import InForce, SourceRef, Texts

if TYPE_CHECKING:
    from amana.core.policy.nodes import Node

Severity = Literal["breach", "duty", "warn"]
AgeInDoubt = Literal["open", "youngest"]
PERSON = "person"
"""The kind of record that is the person alone; its facts marked `kind: person` may be read everywhere."""


class SafeguardVerdict(StrEnum):
    """What was found of one occasion. There is no word for "all is well": only no breach found."""

    NO_BREACH = "no_breach_found"
    OPEN = "duty_open"
    OVERDUE = "overdue"
    BREACH = "breach"
    WARN = "warn"
    UNDETERMINED = "undetermined"


CAN_FIND: Mapping[Severity, tuple[SafeguardVerdict, ...]] = MappingProxyType(
    {
        "breach": (SafeguardVerdict.BREACH,),
        "duty": (SafeguardVerdict.OPEN, SafeguardVerdict.OVERDUE),
        "warn": (SafeguardVerdict.WARN,),
    }
)
"""What a safeguard of each severity can find, beside no breach and undetermined."""

STOPPING = frozenset({SafeguardVerdict.BREACH, SafeguardVerdict.UNDETERMINED})
"""What stops an act that a safeguard blocks: a breach, and not being able to tell."""


@dataclass(frozen=True)
class Remedy:
    """An act that is owed. `only_if`: the gate that must be open first, for acts that disclose."""

    act: str
    only_if: str = ""


@dataclass(frozen=True)
class Duty:
    """One clock, as written: where `when` holds (empty: always), and `done` doesn't, the act is owed by the
    day `start + clock`, which is the last day in time. `days`: the clock in days in each period.
    """

    start: str
    clock: str
    when: str = ""
    done: str = ""
    days: tuple[tuple[InForce, int], ...] = ()


@dataclass(frozen=True)
class Clock:
    """One clock of a duty, parsed: when it counts (None: always), when it is done (None: never before the
    condition itself ends), in time, and past it.
    """

    when: Node | None
    done: Node | None
    in_time: Node
    past: Node


@dataclass(frozen=True)
class Conditions:
    """The conditions of one safeguard, parsed. Of a duty `breach` is None, of others `clocks` is empty."""

    applies: Node
    breach: Node | None
    clocks: tuple[Clock, ...]


@dataclass(frozen=True)
class Safeguard:
    """One safeguard. `applies` and `breach` as written; `basis` in the order written, `weight` that of the
    strongest. Not `alive`: it waits for records of `needs_records`, which nobody keeps yet.

    `counts_from`: the date of the record since which what it finds is so (empty: the day of the act).
    `facts_read`: every fact that its conditions and clocks name. `conditions`: those of one alive, parsed.
    """

    id: str
    title: Texts
    asks: Texts
    clears: Texts
    severity: Severity
    basis: tuple[SourceRef, ...]
    weight: str
    watches: str = ""
    applies: str = ""
    breach: str = ""
    duties: tuple[Duty, ...] = ()
    remedy: tuple[Remedy, ...] = ()
    alerts: tuple[str, ...] = ()
    blocks: bool = False
    waivable: bool = True
    conflicts_with: tuple[str, ...] = ()
    needs_records: tuple[str, ...] = ()
    age_in_doubt: AgeInDoubt = "open"
    judged_on: str = ""
    counts_from: str = ""
    in_force: InForce = field(default_factory=InForce)
    facts_read: frozenset[str] = frozenset()
    conditions: Conditions | None = field(default=None, repr=False, compare=False)
    file: str = ""

    @property
    def alive(self) -> bool:
        """Whether it watches anything today."""
        return bool(self.watches)


@dataclass(frozen=True)
class RecordKind:
    """A kind of record that safeguards watch, and the facts that one of it has."""

    id: str
    title: Texts
    facts: tuple[str, ...]


_NO_EVIDENCE: Mapping[str, Evidence] = MappingProxyType({})


def _no_evidence() -> Mapping[str, Evidence]:
    return _NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Occasion:
    """One record as it stands on a day: `person` (empty for a kind without one), a stable `key` (`stay:12`,
    `person`), and the values of the kind's facts. A value that isn't on record is None or left out.
    """

    kind: str
    person: str
    key: str
    values: Mapping[str, FactValue]
    evidence: Mapping[str, Evidence] = field(default_factory=_no_evidence)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a safeguard finds of one occasion. `due`: the last day in time, where a clock runs or may run.

    `possible`: every verdict that some answer to the open questions gives. `needs`: what to ask first, as in
    `Verdict.needs`; of facts that contradict themselves, those.
    """

    safeguard: str
    person: str
    key: str
    verdict: SafeguardVerdict
    due: DateSpan | None
    possible: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class SafeguardCase:
    """A worked case of a safeguard: facts as written, the day, and what must be found. `due` (EDTF) empty:
    not stated.
    """

    id: str
    file: str
    safeguard: str
    on: date
    facts: Mapping[str, str]
    verdict: str
    due: str
    needs: tuple[str, ...]
    note: str = ""
