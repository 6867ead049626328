"""The closed lists of an allegation: what kind, who tells, whether she agreed, and where it stands.

Codes only; words for them are found where they are shown.
"""

from __future__ import annotations

from typing import Final

ILL_TREATMENT, FORCED_STATEMENT, BOTH = "ill_treatment", "forced_statement", "both"
KINDS: Final = (ILL_TREATMENT, FORCED_STATEMENT, BOTH)

TELLERS: Final = ("person", "relative", "another_held", "staff", "own_eyes", "other")
"""Who tells: the person herself, a relative, somebody else held there, staff, whoever takes it, other."""

AGREES, COUNSEL, NOT_ASKED = "agrees", "counsel", "not_asked"
AGREED: Final = (AGREES, COUNSEL, NOT_ASKED)
"""The person agrees that it is passed on; her counsel is there; she could not be asked."""

TOLD, ACKNOWLEDGED, CLOSED = "told", "acknowledged", "closed"
STATES: Final = (TOLD, ACKNOWLEDGED, CLOSED)

FIRST, ASKED, ENDED = "told", "asked", "closed"
ABOUT: Final = (FIRST, ASKED, ENDED)
"""What an envelope was sealed for: as it was told, for an examiner who is asked, at its close."""
