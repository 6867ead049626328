"""Words and marks for the codes that several areas show."""

from __future__ import annotations

from typing import Final

from amana.wording.terms import status_in_words

WEIGHT_CLASSES: Final = {
    "treaty-binding-here": "w-t",
    "national-law": "w-l",
    "soft-law": "w-s",
    "binding-on-origin": "w-s",
    "reported-practice": "w-p",
    "product-rule": "w-p",
}
"""Style class for the weight of a norm: a bar from full (treaty) to empty (product rule)."""


def standing_of_pack(status: str) -> tuple[str, str, str]:
    """Return (badge kind, words, icon) for the review status of a pack."""
    if status == "unreviewed":
        return "due", status_in_words(status), "warn"
    return "ok", status_in_words(status), "check"
