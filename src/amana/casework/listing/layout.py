"""Where a list keeps what: the columns of each field, the headings, and which rows speak of no person.

Skipped rows: blank ones, totals, the header repeated on a later page, and rows filled only in columns that
say nothing about a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amana.casework.listing.columns import (
    NAME_PARTS,
    NAMES,
    PERSON_FIELDS,
    REFUSED,
    ColumnGuess,
    column_letter,
)
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Row, written
from amana.core.names import fold, script_of


@dataclass(frozen=True)
class Layout:
    """The columns of one list. `places`: column numbers by field (`name` holds every name column);
    `name_parts`: in the order joined.
    """

    headings: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    name_parts: tuple[int, ...]
    kept: tuple[int, ...]
    ages_among_births: bool
    header: tuple[str, ...]

    def original(self, row: Row) -> dict[str, str]:
        """Return every filled cell of a row by heading, as written; refused columns are left out."""
        return {self.headings[at]: text for at in self.kept if (text := written(row.cell(at)))}

    def family_cell(self, row: Row) -> str:
        """Return the family as written, or the empty text for *as above* (blank, or a ditto mark)."""
        for at in self.places.get("family", ()):
            text = written(row.cell(at))
            if any(char.isalnum() for char in text):
                return text
        return ""


def build_layout(columns: Sequence[ColumnGuess], body: Sequence[Row]) -> Layout:
    """Arrange guessed columns; a short name beside a father's name is the given name."""
    places: dict[str, list[int]] = {}
    for column in columns:
        key = "name" if column.field in NAMES else column.field
        places.setdefault(key, []).append(column.index)
    parts = [at for part in NAME_PARTS for at in places.get(part, ())]
    whole = places.get("name", [])
    if parts and whole and "name_given" not in places and all(_single_words(at, body) for at in whole):
        parts, places["name"] = [*whole, *parts], []
    headings: list[str] = []
    for column in columns:
        text = " ".join(column.heading.split()) or column_letter(column.index)
        headings.append(f"{text} ({column_letter(column.index)})" if text in headings else text)
    return Layout(
        headings=tuple(headings),
        places={name: tuple(found) for name, found in places.items()},
        name_parts=tuple(parts),
        kept=tuple(column.index for column in columns if column.field != REFUSED),
        ages_among_births=any("age" in {c.field, c.also} and "birth" in {c.field, c.also} for c in columns),
        header=tuple(fold(column.heading) for column in columns),
    )


def _single_words(at: int, body: Sequence[Row]) -> bool:
    texts = [fold(text) for row in body[:200] if (text := written(row.cell(at)))]
    return bool(texts) and sum(" " not in text for text in texts) >= 0.7 * len(texts)


def names_by_script(columns: Sequence[ColumnGuess], body: Sequence[Row]) -> dict[int, str]:
    """Return `name_ar` or `name_latin` for each whole-name column, by the letters most of its cells are
    written in.
    """
    found: dict[int, str] = {}
    for column in columns:
        if column.field == "name":
            scripts = [script_of(text) for row in body[:200] if (text := written(row.cell(column.index)))]
            arabic = sum(script == "arabic" for script in scripts)
            mixed = sum(script == "mixed" for script in scripts)
            if scripts and mixed * 2 <= len(scripts):
                found[column.index] = "name_ar" if arabic * 2 >= len(scripts) else "name_latin"
    return found


def speaks_of_nobody(row: Row, layout: Layout, words: Vocabulary) -> bool:
    """Say whether a row is blank, a total, the header again, or filled only where nothing is said about a
    person.
    """
    texts = [written(cell) for cell in row.cells]
    filled = [(at, text) for at, text in enumerate(texts) if text]
    if not filled:
        return True
    if _is_total([text for _, text in filled], words):
        return True
    folded = [(at, fold(text)) for at, text in filled if fold(text)]
    repeated = sum(at < len(layout.header) and text == layout.header[at] for at, text in folded)
    if repeated >= 2 and repeated * 2 > len(folded):
        return True
    personal = {at for name in ("name", *PERSON_FIELDS) for at in layout.places.get(name, ())} | set(
        layout.name_parts
    )
    return not any(at in personal for at, _ in filled)


def _is_total(texts: Sequence[str], words: Vocabulary) -> bool:
    """Say whether some cell is a word for total (with or without a figure) and no other cell holds words."""
    totals = lettered = 0
    for text in texts:
        bare = " ".join(part for part in fold(text).split(" ") if not part.isdigit())
        totals += bare in words.totals
        lettered += bool(bare) and bare not in words.totals
    return totals > 0 and lettered == 0
