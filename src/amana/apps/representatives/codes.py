"""The closed lists of guardians and counsel. Codes only; words for them are found where they are shown."""

from __future__ import annotations

from typing import Final

GUARDIAN, COUNSEL = "guardian", "counsel"
CAPACITIES: Final = (GUARDIAN, COUNSEL)
"""As what somebody stands by a person: a guardian is named for a child, a counsel chosen or named."""

ASKED, STANDS, REFUSED, ENDED = "asked", "stands", "refused", "ended"
STATES: Final = (ASKED, STANDS, REFUSED, ENDED)
OPEN: Final = (ASKED, STANDS)

PLAIN: Final = ("C1", "C2", "C3", "C4", "C7", "C8", "C9")
"""What is opened to every representative: decisions, consents and their reasons are not among it."""
NAMED: Final = (*PLAIN, "C5")
"""What is opened to one who is named for what is sealed as well. Allegations (C6) are in no row: they are
sealed to keys that the office doesn't hold.
"""
