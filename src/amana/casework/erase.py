"""Erasing what is kept of one person in words: asked for by data protection with a ground and a reason, done
when a second person confirms. The entries of the trail stay and still verify.

What officials did to a child is no word about the child: payloads that tell of moves, waivers, determinations
and courts hold codes, dates and numbers, and are never erased, so that an erasure can't make evidence
disappear. While something keeps the records of the person (`holding`) nothing is erased at all, whatever was
asked for or confirmed. What each part takes, and what stands against it, is said in `erase_parts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from amana.apps.accounts.humans import same_human
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.retention import codes, commands
from amana.apps.retention import queries as retention
from amana.apps.retention.codes import GROUNDS
from amana.apps.retention.queries import narrow_holds
from amana.casework.erase_parts import EVIDENCE, counts_of, erase, evidence_of, keeps, register_free
from amana.casework.holding import kept_by
from amana.casework.legal_holds import HoldRefused, require_reason
from amana.core.errors import AmanaError

__all__ = ["CONFIRM", "EVIDENCE", "GROUNDS", "MAY", "ErasureRefused", "ask_erasure", "confirm", "erasable"]

MAY: Final = "audit.erase"
CONFIRM: Final = "erasure.confirm"

FAULTS: Final = {
    "ground": "Give a ground: request, unlawful, ordered, expired.",
    "parts": "Say what is to be erased: words, originals, claims, family, stays, papers.",
    "reason": "Say in a sentence why.",
    "nothing": "Nothing is kept in words about this reference.",
    "needed": (
        "A legal hold, a breach, an overdue duty or an appeal stands here, for which the trail is evidence. "
        "Erase when it has ended."
    ),
    "held": "A legal hold keeps a class of what is asked for. Ask for less, or erase when it has ended.",
    "here": (
        "She, or a parent, child, brother or sister of hers, stays somewhere or has records that must stay. "
        "What the register says bears on all of them. Erase when none of it is so any more."
    ),
    "waits": "An erasure of this person waits for a second person already.",
    "own": "Another official than who asks confirms or refuses an erasure.",
    "over": "This erasure has been decided already.",
}


class ErasureRefused(AmanaError):
    """Nothing was erased; `code` is a key of FAULTS."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(FAULTS[code])


@dataclass(frozen=True)
class Erasable:
    """How much about a person would go, by part, and how many payloads would stay as evidence."""

    evidence: int
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def words(self) -> int:
        """How many payloads would go."""
        return self.counts.get(codes.WORDS, 0)

    @property
    def originals(self) -> int:
        """How many rows as sent would go."""
        return self.counts.get(codes.ORIGINALS, 0)


def erasable(ref: str, *, by: Viewer, on: date) -> Erasable:
    """What an erasure would take; shows nothing of it. Raises `NotForYou`."""
    by.require(MAY)
    by.saw(ref)
    return Erasable(evidence_of(ref), counts_of(ref, on))


def ask_erasure(
    ref: str, *, ground: str, words: str, parts: Sequence[str], by: Viewer, at: datetime, on: date
) -> UUID:
    """Ask to erase parts of what is kept of a person; the erasure's id. Nothing goes before somebody else
    confirms. What says the same over again goes along (`codes.ALONG`). Raises `NotForYou`, `ErasureRefused`.
    """
    by.require(MAY)
    if ground not in GROUNDS:
        raise ErasureRefused("ground")
    if not parts or not set(parts) <= set(codes.PARTS):
        raise ErasureRefused("parts")
    _require_reason(words)
    with recording(by, at) as log:
        if not commands.take_turn(ref):
            raise ErasureRefused("nothing")
        ordered = codes.with_all_along(parts)
        _require_free(ref, ordered, on)
        if retention.asked_for(ref):
            raise ErasureRefused("waits")
        found = counts_of(ref, on, ground)
        if not any(found[part] for part in parts):
            raise ErasureRefused("nothing")
        kept = commands.store_erasure(ref, parts=ordered, ground=ground, words=words.strip(), on=on, log=log)
    return UUID(kept)


def confirm(erasure: UUID, *, words: str, by: Viewer, at: datetime, on: date) -> Mapping[str, int]:
    """Erase what somebody else asked to have erased; part -> how much went. It can't be taken back. Raises
    `NotForYou`, `ErasureRefused`.
    """
    _require_reason(words)
    with recording(by, at) as log:
        row = _waiting(erasure, by)
        commands.take_turn(row.person_id)
        parts = row.parts.split(";")
        _require_free(row.person_id, parts, on)
        counts = erase(row.person_id, parts, row.ground, on=on, log=log)
        commands.close_erasure(row, state=codes.DONE, words=words.strip(), counts=counts, on=on, log=log)
    return counts


def refuse(erasure: UUID, *, words: str, by: Viewer, at: datetime, on: date) -> None:
    """Refuse what somebody else asked to have erased. Raises `NotForYou`, `ErasureRefused`."""
    _require_reason(words)
    with recording(by, at) as log:
        row = _waiting(erasure, by)
        commands.close_erasure(row, state=codes.REFUSED, words=words.strip(), counts={}, on=on, log=log)


def withdraw(erasure: UUID, *, by: Viewer, at: datetime, on: date) -> None:
    """Take back what one asked for oneself. Raises `NotForYou`, `ErasureRefused`."""
    by.require(MAY)
    retention.erasure(by, erasure)
    with recording(by, at) as log:
        row = commands.waiting_erasure(erasure)
        if row is None:
            raise ErasureRefused("over")
        if row.asked_by != by.audit_id:
            raise NotForYou(by.role, MAY)
        commands.close_erasure(row, state=codes.WITHDRAWN, words="", counts={}, on=on, log=log)


def _waiting(erasure: UUID, by: Viewer) -> Any:
    """The row of an erasure that waits for this viewer, held. Raises `NotForYou`, `ErasureRefused`."""
    by.require(CONFIRM)
    found = retention.erasure(by, erasure)
    row = commands.waiting_erasure(erasure)
    if row is None:
        raise ErasureRefused("over")
    if same_human(by.audit_id, found.asked_by):
        raise ErasureRefused("own")
    return row


def _require_free(ref: str, parts: Sequence[str], on: date) -> None:
    if kept_by(ref, on):
        raise ErasureRefused("needed")
    if keeps(narrow_holds([ref], on).get(ref), parts):
        raise ErasureRefused("held")
    if set(parts) & set(codes.REGISTER) and not register_free([ref], on):
        raise ErasureRefused("here")


def _require_reason(words: str) -> None:
    try:
        require_reason(words, "words")
    except HoldRefused as refused:
        raise ErasureRefused("reason") from refused
