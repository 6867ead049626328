"""The closed lists of the export gate: kinds of files, columns, recipients, purposes, and how many approve.

There is no kind for an outcome of the protocol, no column of a nationality, and no recipient that is another
state, a security service or a prosecutor. Codes only; words for them are found where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ROWS, ROLL_CALL = "rows", "roll_call"
KIND_OF: Final[Mapping[str, str]] = MappingProxyType({"rows_25": ROWS, "roll_call": ROLL_CALL})
"""What a role may take out (`Role.export`) -> the kind of file; what stands in no line is not offered."""

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ref": "C1", "name_ar": "C1", "name_latin": "C1", "sex": "C1", "age": "C1", "birth": "C1",
        "place": "C2", "since": "C2", "family": "C4",
    }
)  # fmt: skip
"""Column -> its class. The reference always stands first: by it a copy can be traced."""
ALWAYS: Final = "ref"
FIRST_CHOICE: Final = ("ref", "name_ar", "name_latin", "age")
OF_ROLL_CALL: Final = ("ref", "name_ar", "name_latin", "sex", "age", "since")

FILTERS: Final = ("group", "sex", "facility", "family", "batch")
"""Filters of the people list by which a file may be narrowed. Not by nation, age band, outcome or finding: a
list by these is what is asked for by whoever would persecute or detain.
"""
GROUPS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "children": {"age": ("0-3", "4-14", "15-17")},
        "women": {"age": ("18+",), "sex": ("female",)},
    }
)

OFFICE, PLACE, COURT, HEALTH, SCHOOL, PROTECTION = (
    "office", "place", "court", "health", "school", "protection",
)  # fmt: skip
RECIPIENTS: Final = (OFFICE, PLACE, COURT, HEALTH, SCHOOL, PROTECTION)
PURPOSES: Final = ("headcount", "care", "hearing", "schooling", "supervision", "duty")

XLSX, CSV = "xlsx", "csv"
FORMS: Final = (XLSX, CSV)

ASKED, REFUSED, WITHDRAWN, STALE, TAKEN = "asked", "refused", "withdrawn", "stale", "taken"
YES, NO = "yes", "no"

SECOND, OFFICER = "second", "officer"
MOST_ROWS: Final = 25
"""People that a file of rows holds at most, and beyond which any file needs a second person."""
MANY: Final = 200
"""People beyond which the data-protection officer approves as well."""
COUNTED_DAYS: Final = 7
"""What one account asked for within so many days counts together, so that no list leaves in slices."""
OPEN_HOURS: Final = 72
"""How long a file may be asked for, approved and taken, in hours; then it is asked for anew."""


def approvers_needed(kind: str, counted: int) -> tuple[str, ...]:
    """Who approves a file: SECOND somebody else, OFFICER the data-protection officer besides her. `counted`:
    its people and those whom the same account asked for within COUNTED_DAYS.
    """
    second = (SECOND,) if kind == ROWS or counted > MOST_ROWS else ()
    return (*second, *((OFFICER,) if counted > MANY else ()))
