"""Erasing what the trail holds in words about one person, with a ground; the entries stay and still verify.

What officials did to a child is no word about the child: payloads that tell of moves, waivers, determinations
and courts hold codes, dates and numbers, and are never erased, so that an erasure can't make evidence
disappear. While something keeps the records of the person (`holding`) nothing is erased at all. The
register's own records are not touched here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit import queries as audit
from amana.apps.audit.commands import erase_words
from amana.apps.audit.recording import recording
from amana.casework.holding import kept_by
from amana.core.errors import AmanaError

MAY: Final = "audit.erase"

GROUNDS: Final = ("request", "unlawful", "ordered", "expired")
"""Why something may be erased: the person or her guardian asked; it should never have been written; a court
or the supervisory authority ordered it; the time for which it may be kept is over.
"""

EVIDENCE: Final = (
    "move.", "waiver.", "determination.", "judicial.", "question.", "allegation.", "disclosure.", "consent.",
    "retention.", "erasure.", "paper.",
    "representative.", "record_request.",
)  # fmt: skip
"""How the kinds of entries begin whose payloads tell what officials did."""


class ErasureRefused(AmanaError):
    """Nothing was erased; `code` says why: `ground`, `nothing` or `needed`."""

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        super().__init__(words)


@dataclass(frozen=True)
class Erasable:
    """How many payloads about a person would go, and how many would stay as evidence."""

    words: int
    evidence: int


def erasable(ref: str, *, by: Viewer) -> Erasable:
    """What an erasure would take; shows nothing of it. Raises `NotForYou`."""
    by.require(MAY)
    by.saw(ref)
    kinds = audit.kinds_with_words(ref)
    kept = sum(count for kind, count in kinds.items() if kind.startswith(EVIDENCE))
    return Erasable(sum(kinds.values()) - kept, kept)


def erase(ref: str, *, ground: str, by: Viewer, at: datetime) -> int:
    """Erase the words; how many payloads went. Raises `NotForYou`, `ErasureRefused`."""
    by.require(MAY)
    if ground not in GROUNDS:
        raise ErasureRefused("ground", f"Give a ground: {', '.join(GROUNDS)}.")
    with recording(by, at) as log:
        if kept_by(ref, office().day_of(at)):
            raise ErasureRefused(
                "needed",
                "A legal hold, a breach, an overdue duty or an appeal stands here, for which the trail is "
                "evidence. Erase when it has ended.",
            )
        if not erasable(ref, by=by).words:
            raise ErasureRefused("nothing", "The trail holds no words about this reference.")
        lasting = [kind for kind in audit.kinds_with_words(ref) if kind.startswith(EVIDENCE)]
        return erase_words(of=[ref], told_of=ref, reason=ground, log=log, lasting=lasting)
