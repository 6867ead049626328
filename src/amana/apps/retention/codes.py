"""The closed lists of retention: grounds of a legal hold and of an erasure, what can be erased, its states.

Codes only; words for them are found where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
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

WORDS, ORIGINALS = "words", "originals"
PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        WORDS: ("C1", "C2", "C3", "C4", "C7"),
        ORIGINALS: ("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9"),
    }
)
"""What can be erased of a person -> the classes it may tell of: the words that the trail holds, and the rows
of lists as their sender wrote them, remarks and all. The longest period of these classes counts.
"""

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
