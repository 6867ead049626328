"""What the demonstration's assessments, determinations and reports say. Every word of it is invented."""

from __future__ import annotations

from typing import Any

from amana.casework.determine import Option, PanelMember, View, Views

_PANEL = (
    PanelMember("child_protection", "Hanan K. (demonstration)"),
    PanelMember("psychology", "Zaynab R. (demonstration)"),
    PanelMember("law", "Yusuf M. (demonstration)"),
)
_INFANT = View(given=False, reason="infant")
_MOTHER = View(given=True, text="She wants to keep the child with her and can care for it (demonstration).")
_NO_FATHER = View(given=False, reason="unknown")
_OPTIONS = (
    Option("stays_with_mother", "A close bond; she cares for the child daily (demonstration)."),
    Option("kinship", "A grandmother abroad is named; she has not been reached (demonstration)."),
)

ASSESSED: dict[str, Any] = {
    "options": _OPTIONS,
    "views": Views(_INFANT, _MOTHER, _NO_FATHER),
    "findings": "The child is well attached and growing; the room is crowded (demonstration).",
    "recommendation": "Together; more time outdoors; seek an alternative to detention (demonstration).",
}
"""A first assessment of a small child."""

DETERMINED: dict[str, Any] = {
    "decides": "stays_with_mother",
    "panel": _PANEL,
    "options": _OPTIONS,
    "child_view": _INFANT,
    "mother_view": _MOTHER,
    "father_view": _NO_FATHER,
    "evidence": ("note of the visit (demonstration)",),
    "grounds": ("best_interests",),
    "reasons": "No care outside is known that would serve the child as well as the mother's (demonstration).",
    "citations": ("crc/3", "bangkok-rules/49"),
    "appeal_route": "juvenile court (demonstration)",
    "care_identified": True,
}
"""A determination that a child stays with the mother."""

REPORTED: dict[str, dict[str, Any]] = {
    "refused": {
        "body": "state home (demonstration)",
        "decides": "care_refused",
        "grounds": ("nationality",),
        "reasons": "Only for nationals (demonstration).",
    },
    "label": {
        "body": "site command (demonstration)",
        "effect": "adverse",
        "grounds": ("suspicion",),
        "label_used": "suspect",
    },
    "kinship": {
        "body": "site command (demonstration)",
        "effect": "adverse",
        "grounds": ("family_tie",),
        "reasons": "Because of the father (demonstration).",
    },
}
"""Decisions of other bodies, by what is wrong with them."""
