"""What a paper belongs to, and of which class of data it is: always that of its record.

A paper about the person herself is of the class of what it tells (her identity, her health …); one that bears
out a record is of that record's. Allegations (C6) are no records of this table: what is said there is sealed
to the monitor, and so are the papers that go with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PERSON, CLAIM, DETERMINATION, JUDICIAL, MOVE, CONSENT = (
    "person", "claim", "determination", "judicial", "move", "consent",
)  # fmt: skip

ABOUT_PERSON: Final = ("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9")
"""Classes of papers about the person herself."""

OF_RECORD: Final[Mapping[str, str]] = {
    DETERMINATION: "C5",
    JUDICIAL: "C8",
    MOVE: "C2",
    CONSENT: "C5",
}
"""The class of a paper that goes with a record of this kind; with a claim, that of its attribute."""

KINDS: Final = (PERSON, CLAIM, *OF_RECORD)

ERASABLE: Final = (PERSON, CLAIM)
"""What papers go with that an erasure may take; those of the others bear out what officials did."""

SEALED: Final = frozenset({"C5", "C7", "C8"})
"""Classes whose papers open only to who has proved within ten minutes that it is she."""

GROUNDS: Final = ("court", "genuine", "harm", "owner", "spoiled")
"""Why the original of a paper is asked for: a court wants it, to see whether it is genuine, to bear out harm
that was done, its owner wants it back, the cleaned copy can't be read.
"""
