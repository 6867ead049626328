"""A nationality cell to ISO 3166-1 alpha-3 codes.

Several nationalities in one cell are all kept. A region counts as its state, with a note. An ethnicity is no
nationality: unknown, with a note. Stateless is `XXA`, never the same as unknown. Refuses to guess: a word
that is not found, or lies near two nations, is unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from amana.casework.listing.dates import is_unknown, plain
from amana.casework.listing.vocabulary import Nation, Vocabulary
from amana.casework.listing.workbook import Cell, written
from amana.core.names import fold

_BREAKS = re.compile(r"[/|\\,،;؛+&()\[\]\n]|\s[-–—]\s")


@dataclass(frozen=True, slots=True)
class StatedNationality:
    """Codes named (several: side by side) and the notes that go with them, sorted."""

    codes: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def read_nationality(cell: Cell, words: Vocabulary) -> StatedNationality:
    """Read one cell; never raises. An unknown word gives the note `nationality_unread` beside whatever was
    understood.
    """
    text = plain(written(cell))
    if is_unknown(text, words):
        return StatedNationality()
    nations, unread = _whole_or_parts(text, words)
    notes = {f"{nation.kind}_given" for nation in nations if nation.kind != "state"}
    if unread:
        notes.add("nationality_unread")
    return StatedNationality(frozenset(n.code for n in nations if n.code), tuple(sorted(notes)))


def names_nation(cell: Cell, words: Vocabulary) -> bool:
    """Say whether a cell reads as a nationality, a region or a people, wholly."""
    stated = read_nationality(cell, words)
    return bool(stated.codes or stated.notes) and "nationality_unread" not in stated.notes


def _whole_or_parts(text: str, words: Vocabulary) -> tuple[list[Nation], bool]:
    """Look the cell up as one name; else break it at signs, then at conjunctions, then into words."""
    whole = _lookup(text, words)
    if whole is not None:
        return [whole], False
    found: list[Nation] = []
    unread = False
    for part in _BREAKS.split(text):
        if is_unknown(part, words):
            continue
        nations = _phrase(fold(part), words)
        found += nations or []
        unread = unread or nations is None
    return found, unread


def _phrase(phrase: str, words: Vocabulary) -> list[Nation] | None:
    """Return the nations of a phrase without signs, or None when any word of it is left over."""
    nation = _lookup(phrase, words)
    if nation is not None:
        return [nation]
    tokens = phrase.split(" ")
    for at in range(1, len(tokens)):
        head = _lookup(" ".join(tokens[:at]), words)
        rest = tokens[at:]
        if head is None:
            continue
        if rest[0] in words.conjunctions and len(rest) > 1:
            rest = rest[1:]
        elif rest[0].startswith("و") and _lookup(" ".join(rest), words) is None:
            rest = [rest[0][1:], *rest[1:]]
        tail = _phrase(" ".join(rest), words)
        if tail is not None:
            return [head, *tail]
    return None


def _lookup(text: str, words: Vocabulary) -> Nation | None:
    folded = fold(text)
    short = " ".join(word for word in folded.split(" ") if word not in words.state_forms)
    joined = " ".join(word for word in folded.split(" ") if word not in words.conjunctions)
    for form in (folded, folded.removeprefix("ال"), joined, short, short.removeprefix("ال")):
        nation = words.nations.get(form) if len(form) > 1 else None
        if isinstance(nation, Nation):
            return nation
    return None
