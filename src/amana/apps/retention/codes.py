"""The closed lists of retention: grounds of a legal hold and of an erasure, what can be erased, its states.

Codes only; words for them are found where they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

COURT, COMPLAINT, INQUIRY, CLAIM, EVIDENCE, REQUEST = (
    "court", "complaint", "inquiry", "claim", "evidence", "request",
)  # fmt: skip
HOLD_GROUNDS: Final = (COURT, COMPLAINT, INQUIRY, CLAIM, EVIDENCE, REQUEST)
"""Why records must stay: proceedings before a court, a complaint, an inquiry, a claim for redress, evidence
of ill-treatment, a request of the person that is still open.
"""

GROUNDS: Final = ("request", "unlawful", "ordered", "expired")
"""Why something may be erased: the person or her guardian asked; it should never have been written; a court
or the supervisory authority ordered it; the time for which it may be kept is over.
"""

WORDS, ORIGINALS, CLAIMS, FAMILY, STAYS, PAPERS = (
    "words", "originals", "claims", "family", "stays", "papers",
)  # fmt: skip
DECISIONS = "decisions"
"""What goes with CLAIMS and is counted on its own: decisions keep the facts on which they rest."""
PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        WORDS: ("C1", "C2", "C3", "C4", "C7"),
        ORIGINALS: ("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9"),
        CLAIMS: ("C1", "C3", "C4", "C7"),
        FAMILY: ("C4",),
        STAYS: ("C2",),
        PAPERS: ("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9"),
    }
)
"""What can be erased of a person -> the classes it may tell of: the words that the trail holds; the rows of
lists as their sender wrote them, remarks and all; what sources state of her, with her names and the decisions
that rest on it; how she stands to others; where she stayed; papers. The longest period of these classes
counts.
"""

REGISTER: Final = (CLAIMS, FAMILY, STAYS)
"""Parts of the register itself: the law is asked about what they say."""

ALONG: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(dict.fromkeys(REGISTER, (WORDS, ORIGINALS)))
"""What goes with a part because it says the same over again: nothing is erased that still stands beside."""


def with_all_along(parts: Iterable[str]) -> tuple[str, ...]:
    """These parts with whatever goes along with them, in their order."""
    asked = set(parts)
    asked.update(*(ALONG.get(part, ()) for part in asked))
    return tuple(part for part in PARTS if part in asked)


CLASSES: Final = ("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9")
"""The classes for which an office may set a period. Allegations (C6) are evidence and have none; counts (C10)
are of nobody.
"""

ASKED, DONE, REFUSED, WITHDRAWN = "asked", "done", "refused", "withdrawn"

LONGEST_HOLD_DAYS: Final = 366
"""For how long a hold may stand before somebody looks at it again, in days (a product rule): looking at it
again places it anew, and its end alone erases nothing.
"""
MOST_MONTHS: Final = 1200
"""The longest period that can be written, in months: a slip of the hand is refused."""
