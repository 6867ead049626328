"""The closed lists of requests. Codes only; words for them are found where they are shown."""

from __future__ import annotations

from typing import Final

SEE, CORRECT, OBJECT = "see", "correct", "object"
KINDS: Final = (SEE, CORRECT, OBJECT)
"""To see or be told the record, to have it corrected, to object to what is decided or planned."""

PERSON, GUARDIAN, COUNSEL, RELATIVE = "person", "guardian", "counsel", "relative"
ASKERS: Final = (PERSON, GUARDIAN, COUNSEL, RELATIVE)
WITH_AUTHORITY: Final = frozenset({GUARDIAN, COUNSEL, RELATIVE})
"""Who asks for another says by which authority."""

TOPICS: Final = ("record", "decision", "move", "return", "place", "contact")
"""What an objection is about."""

GRANTED, PARTLY, REFUSED = "granted", "partly", "refused"
ANSWERS: Final = (GRANTED, PARTLY, REFUSED)

ALOUD, PAPER = "aloud", "paper"
WAYS: Final = (ALOUD, PAPER)
"""How what was asked for came to her: read aloud, or on paper. A paper can be found on her."""

LANGUAGES: Final = (
    "ar",
    "en",
    "ckb",
    "kmr",
    "tr",
    "az",
    "ru",
    "tg",
    "uz",
    "ky",
    "kk",
    "tk",
    "fa",
    "fr",
    "de",
)
"""Languages offered first for what she asks in and wants to be answered in; any other is named in words."""

LONGEST_PERIOD_DAYS: Final = 180
"""The longest period that may be set for answering, in days (a product rule): no period is a way to be
silent.
"""
