"""The closed lists of determinations: what may be decided, weighed, named as ground, or given as the reason
why nobody was heard. Codes only; words for them are found where they are shown.

Custody is not among the places: no determination of best interests opens it. A child can't be passed over
because nobody asked; what may stand instead of a view is a short list, and each is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ASSESSMENT, DETERMINATION, OUTCOME = "assessment", "determination", "outcome"
CARE_REFUSAL, REPORTED = "care_refusal", "reported"
KINDS = (ASSESSMENT, DETERMINATION, OUTCOME, CARE_REFUSAL, REPORTED)
RECORDED_KINDS = (ASSESSMENT, REPORTED)
"""Kinds that are in force when recorded; the others wait for a second person."""

STAGES = ("first", "periodic")

STAYS, SEPARATION, CARE, NO_CHANGE = "stays_with_mother", "separation", "care_placement", "no_change"
REFUSED, RETURN = "care_refused", "return"
DECIDES = (STAYS, SEPARATION, CARE, NO_CHANGE, REFUSED, RETURN)

ADVERSE, PROTECTIVE, NEUTRAL = "adverse", "protective", "neutral"
EFFECTS = (ADVERSE, PROTECTIVE, NEUTRAL)
EFFECT_OF: Mapping[str, str] = MappingProxyType(
    {
        STAYS: PROTECTIVE,
        SEPARATION: ADVERSE,
        CARE: NEUTRAL,
        NO_CHANGE: NEUTRAL,
        REFUSED: ADVERSE,
        RETURN: ADVERSE,
    }
)
"""Return is weighed like what is adverse: an appeal suspends it. Alone it sends nobody (see `gates`)."""

PLACE_KINDS = ("family", "state_home", "camp", "other")
"""Where a determination may send a child; never a place of custody."""
REPORTED_PLACE_KINDS = (*PLACE_KINDS, "detention", "juvenile")
CUSTODY = tuple(kind for kind in REPORTED_PLACE_KINDS if kind not in PLACE_KINDS)
PLACED = (SEPARATION, CARE)
"""What is decided with a kind of place."""

OPTION_CODES = (
    "stays_with_mother",
    "mother_released",
    "kinship",
    "foster",
    "kafala",
    "state_home",
    "independent_living",
    "other",
)
FAMILY_OPTIONS = ("kinship", "foster", "kafala")

FUNCTIONS = (
    "child_protection",
    "social_work",
    "psychology",
    "health",
    "law",
    "education",
    "guardian",
    "community",
    "other",
)

GROUNDS = (
    "age_threshold",
    "protocol",
    "family_tie",
    "nationality",
    "suspicion",
    "best_interests",
    "own_acts",
    "medical",
    "own_wish",
    "safety",
    "caregiver_absent",
)

OF_MANY = frozenset({"age_threshold", "protocol"})
"""Grounds that speak of everybody of an age."""
OF_THIS_CHILD = frozenset({"own_acts", "medical", "own_wish", "safety", "caregiver_absent"})
"""Grounds that carry a decision about this child whatever the child's age."""
OF_ONE = OF_THIS_CHILD | {"best_interests"}
"""Grounds that speak of one person; the others speak of many."""

CHILD_NOT_HEARD = ("infant", "declined", "harmful")
PARENT_NOT_HEARD = ("unknown", "dead", "unreachable", "declined", "harmful")
NOT_HEARD: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"child": CHILD_NOT_HEARD, "mother": PARENT_NOT_HEARD, "father": PARENT_NOT_HEARD}
)
"""Whom -> the reasons that may stand in place of a view."""
TOLD_WHY = frozenset({"declined", "harmful", "unreachable", "dead"})
"""Those of them that are told in words, too. Why a father is not known is nobody's to ask here."""

CONSULATE = ("consulted", "mother_refused", "protection_flag")
STANCES = ("adopt", "not_adopt", "depart")
LABELS = ("suspect", "terrorist")

APPELLANTS = ("child", "mother", "father", "guardian", "counsel", "other")
APPEAL_BODIES = ("court", "panel", "authority")
APPEAL_OUTCOMES = ("upheld", "overturned")

JUDICIAL_KINDS = ("separation_order", "placement_order", "custody_order", "guardian", "charge", "review")
