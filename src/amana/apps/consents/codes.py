"""The closed lists of the country gate: steps, who consents and what they answer, claims, channels.

Codes only; words for them are found where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ENQUIRY, PAPERS, HANDOVER = "enquiry", "papers", "handover"
STEPS: Final = (ENQUIRY, PAPERS, HANDOVER)
"""What a country may be told for: to ask who somebody is, to ask for papers, to hand over."""

RETURN: Final = "return"
PURPOSES: Final = (ENQUIRY, RETURN)
PURPOSE_OF: Mapping[str, str] = MappingProxyType({ENQUIRY: ENQUIRY, PAPERS: RETURN, HANDOVER: RETURN})
"""Step -> the purpose for which consent is asked, which is also the decision of the pack that opens it."""

PERSON, GUARDIAN = "person", "guardian"
GIVERS: Final = (PERSON, GUARDIAN)

GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"
ANSWERS: Final = (GIVEN, REFUSED)
"""What may be answered; *withdrawn* is what a given consent becomes."""

OWN_WORD, PROVED, DENIED = "own_word", "proved", "denied"

HEARD, OBJECTS, INFANT = "heard", "objects", "infant"
CHILD_SAID: Final = (HEARD, OBJECTS, INFANT)

CLAIM_STATES: Final = ("none", "pending", "recognised", "ended")

CHANNELS: Final = ("letter", "meeting", "desk", "file")
"""By which way a country is told. Each passes through `casework.disclose` alone."""

PLANNED, DONE, STOPPED = "planned", "done", "stopped"

LONGEST_CONSENT_DAYS: Final = 180
"""For how long a consent may hold, in days (a product rule): then it is asked for anew."""
LONGEST_HOLD_DAYS: Final = 365
"""For how long a hold may stand before somebody looks at it again, in days (a product rule)."""
FARTHEST_STEP_DAYS: Final = 180

DESK: Final = "desk"
"""The channel by which a dossier is laid on the desk of a mission, and each look at it there."""

RECEIVED, CONFIRMED, NOT_CONFIRMED, DOCUMENTS, ASKS = (
    "received", "confirmed", "not_confirmed", "documents", "asks",
)  # fmt: skip
REPLIES: Final = (RECEIVED, CONFIRMED, NOT_CONFIRMED, DOCUMENTS, ASKS)
"""What a mission may answer: received, the nationality confirmed or not, documents promised, a question."""

TAKEN_UP, NOTED, SET_ASIDE = "taken_up", "noted", "set_aside"
JUDGEMENTS: Final = (TAKEN_UP, NOTED, SET_ASIDE)
"""What an official makes of an answer: a claim beside the others, a note, or nothing, with a reason."""
