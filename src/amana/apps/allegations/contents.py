"""What stands in the envelope of an allegation: a few named texts, as JSON, filled up so that the length of
an envelope doesn't tell how much was said.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

FIELDS: Final = (
    "person", "name_ar", "name_latin", "pseudonym", "kind", "told_by", "agreed", "place", "place_en",
    "place_ar", "when", "words", "against", "taken_by", "taken_name", "taken_role", "told_at", "asked",
    "asked_names", "closing",
)  # fmt: skip
"""The person's reference, names and pseudonym; codes of what and who; the place's reference and names; when,
in words; what was said, and against whom; who took it: trail id, name, role; the instant; trail ids and names
of the examiners asked, a line each; what was found at the close.
"""

BLOCK: Final = 16 * 1024
"""Bytes: envelopes come in this length or a multiple of it."""


def packed(told: Mapping[str, str]) -> str:
    """The content as the text to be sealed."""
    plain = {name: told.get(name, "") for name in FIELDS}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text + " " * (-len(text.encode()) % BLOCK)


def unpacked(text: str) -> dict[str, str]:
    """The content of a text that was sealed; a field it doesn't hold is empty."""
    told = json.loads(text)
    return {name: str(told.get(name, "")) for name in FIELDS}


def place_of(ref: str, number: int) -> str:
    """What an envelope is bound to."""
    return f"allegation {ref} {number}"
