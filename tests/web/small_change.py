"""A change of law for the tests of the desk: children leave the mother a year earlier, from 1 February 2018.

The two thresholds belong together: lowered alone, the first leaves children of three without a rule. The
change is invented to move people; no text says so.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from amana.apps.decisions.packs import find_pack
from amana.core.policy.editing.edits import Edit
from amana.core.policy.editing.reach import sentences
from amana.web.law.sentences import KEEP, field_of

FROM = date(2018, 2, 1)
READING = {"en": "In completed years.", "ar": "بالسنوات المكتملة."}
TITLE, WHY = "A year earlier", "Told by the ministry."


def lowered(parameter: str, value: int, source: str) -> Edit:
    """A threshold with another value from the first of February."""
    return Edit("parameter", parameter, FROM, {"value": value, "source": source, "reading": READING})


def shift() -> tuple[Edit, Edit]:
    """Both thresholds, so that nobody falls between them."""
    return (
        lowered("stay_with_mother_max", 2, "iq-protocol-2018/infants"),
        lowered("state_home_min", 3, "iq-protocol-2018/state-home"),
    )


def gap_opened() -> Edit:
    """The first threshold alone: children of three fall silent."""
    return shift()[0]


def told(parameter: str = "stay_with_mother_max", **more: Any) -> dict[str, str]:
    """The form of a threshold, by default the first, filled in; every sentence is said to stay true."""
    kept = sentences(find_pack("iraq_2018"), parameter, FROM)
    return {
        **{field_of(each): KEEP for each in kept},
        "value": "2",
        "reading_en": READING["en"],
        "reading_ar": READING["ar"],
        "from_day": FROM.isoformat(),
        "source": "iq-protocol-2018/infants",
        "title": TITLE,
        "why": WHY,
        **more,
    }
