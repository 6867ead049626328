"""Cells that hold one word out of few: sex, relation to the family, pregnancy.

Each reader returns the value and whether the cell was understood; a blank or *unknown* cell is understood as
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amana.casework.listing.ages import has_age_unit
from amana.casework.listing.dates import is_unknown, plain
from amana.casework.listing.vocabulary import Vocabulary, WordTable
from amana.casework.listing.workbook import Cell, written
from amana.core.names import fold

FEMALE_RELATIONS = frozenset({"wife_mother", "daughter"})
_PARTS = re.compile(r"[/|()\[\]\\,،;؛+&:]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class StatedWord:
    """The meaning of a cell (empty: not known) and whether it was understood."""

    value: str = ""
    understood: bool = True


def read_sex(cell: Cell, words: Vocabulary) -> StatedWord:
    """Return `male`, `female` or nothing."""
    text = plain(written(cell))
    if is_unknown(text, words):
        return StatedWord()
    found = _meaning(text, words.sex)
    return StatedWord(found or "", found is not None)


def read_relation(cell: Cell, words: Vocabulary) -> StatedWord:
    """Return `wife_mother`, `son`, `daughter`, `other` (any other relation), or nothing."""
    text = plain(written(cell))
    if is_unknown(text, words):
        return StatedWord()
    return StatedWord(_meaning(re.sub(r"\d+", " ", text), words.relation) or "other")


def sex_of(relation: str) -> str:
    """Return the sex that son, daughter, wife or mother implies, or nothing."""
    if relation in FEMALE_RELATIONS:
        return "female"
    return "male" if relation == "son" else ""


def read_pregnant(cell: Cell, words: Vocabulary) -> StatedWord:
    """Return `true`, `false` or nothing; a number of months or weeks says yes."""
    if cell is None:
        return StatedWord()
    raw = written(cell)
    if raw in words.marks_yes or raw in words.marks_no:
        return StatedWord("true" if raw in words.marks_yes else "false")
    text = plain(raw)
    folded = fold(text)
    for word in (folded, folded.split(" ")[0]):
        if word in words.yes or word in words.no:
            return StatedWord("true" if word in words.yes else "false")
        if is_unknown(text, words):
            return StatedWord()
    stage = has_age_unit(text, words) or re.fullmatch(r"[1-9]", folded)
    return StatedWord("true") if stage else StatedWord(understood=False)


def _meaning(text: str, table: WordTable) -> str | None:
    """Look a cell up as a whole, then by its parts, which must agree (`Wife / زوجة`)."""
    whole = table.get(fold(text))
    if whole is not None:
        return str(whole)
    parts = [fold(part) for part in _PARTS.split(text)]
    found = [table.get(part) for part in parts if part]
    if found and found[0] is not None and len(set(found)) == 1:
        return str(found[0])
    return None
