"""Which columns a list has: the header found under its titles, each column guessed by its heading and by its
values.

A guess can be corrected by a mapping (heading or column letter to field). A column that scores people by
risk or threat, or gives a relative's affiliation or rank, is refused in words: its values are neither read
nor kept nor shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amana.casework.listing.evidence import field_by_values
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.workbook import Row, Sheet, written
from amana.core.errors import AmanaError
from amana.core.names import fold


def _(text: str) -> str:
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return text


NAME_PARTS = ("name_given", "name_father", "name_grandfather", "name_last")
NAMES = ("name", "name_ar", "name_latin")
PERSON_FIELDS = ("relation", "sex", "birth", "age", "nationality", "pregnant", "arrived")
FIELDS = (*NAMES, *NAME_PARTS, *PERSON_FIELDS, "family", "number", "remarks", "other")
REFUSED = "refused"
REFUSAL = _(
    "This column rates a person, or tells of a relative's affiliation or rank. "
    "Amana keeps no score about a child or a mother; "
    "the column was not read and its values are not kept."
)
HEADER_WITHIN = 60
HEADING_LENGTH = 80
"""Longer texts in the first rows are titles and notes, not headings."""
_HEADING_PARTS = re.compile(r"[/|()\[\]\n:;،,]|\s[-–—]\s")


class BadMapping(AmanaError):
    """A mapping names a column or field that does not exist, or a refused column."""


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column: its place from 0, heading as written, field, why (`heading`, `values`, `mapping`,
    `refused`, `none`), up to three examples, and whether the guess is sure. `also` is a second field the
    heading names (age or birth in one column).
    """

    index: int
    heading: str
    field: str
    reason: str
    examples: tuple[str, ...]
    sure: bool
    also: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: its field, a second one it names, and how well it fits (0 none, 1 near, 2 phrase,
    3 whole).
    """

    field: str = ""
    fit: int = 0
    also: str = ""


def read_heading(text: str, words: Vocabulary) -> Heading:
    """Match one heading, whole and part by part, against the vocabulary."""
    if is_refused(text, words):
        return Heading(REFUSED, 3)
    whole = words.headings.exact(fold(text))
    if whole:
        return Heading(str(whole), 3)
    found: list[tuple[int, int, str]] = []
    for place, part in enumerate(_HEADING_PARTS.split(text)):
        matched = _match_part(fold(part), words)
        if matched:
            found.append((matched[0], -place, matched[1]))
    if not found:
        matched = _match_part(fold(text), words)
        return Heading(matched[1], matched[0]) if matched else Heading()
    fit, _, field = max(found)
    others = [other for other_fit, _, other in found if other != field and other_fit >= 2]
    return Heading(field, fit, others[0] if others else "")


def is_refused(text: str, words: Vocabulary) -> bool:
    """Say whether a heading names a score of risk or threat, or a relative's affiliation or rank."""
    folded = fold(text)
    if any(phrase in folded for phrase in words.refused_not):
        return False
    tokens = folded.split(" ")
    for stem in words.refused_stems:
        if " " in stem:
            if stem in folded:
                return True
        elif any(_begins(token, stem) or _begins(token.removeprefix("ال"), stem) for token in tokens):
            return True
    return False


def _begins(token: str, stem: str) -> bool:
    """Say whether a word begins with a stem; a stem of three letters or fewer must be the whole word."""
    return token == stem or (len(stem) > 3 and token.startswith(stem))


def _match_part(part: str, words: Vocabulary) -> tuple[int, str] | None:
    """Return fit and field of one folded part of a heading: whole, else its longest known phrase, else a
    near word.
    """
    if not part:
        return None
    exact = words.headings.exact(part)
    if exact:
        return 3, str(exact)
    tokens = part.split(" ")
    for size in range(len(tokens), 0, -1):
        for at in range(len(tokens) - size + 1):
            phrase = " ".join(tokens[at : at + size])
            found = words.headings.exact(phrase)
            if found and (size > 1 or len(phrase) > 2):
                return 2, str(found)
    near = words.headings.get(part)
    return (1, str(near)) if near else None


def find_header(sheet: Sheet, words: Vocabulary, named: Iterable[str] = ()) -> tuple[int, int]:
    """Return the place (in `sheet.rows`) of the row that reads best as a header, and how many fields it
    names; -1 if none. `named`: headings that a mapping gives, which count like known ones.
    """
    given = {fold(name) for name in named}
    best, best_score = -1, 0
    for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        fields = set()
        for cell in row.cells:
            if not isinstance(cell, str) or len(cell) > HEADING_LENGTH:
                continue
            heading = read_heading(cell, words)
            if fold(cell) in given:
                fields.add(fold(cell))
            elif heading.fit >= 2 and heading.field not in {"other", ""}:
                fields.add("name" if heading.field in NAME_PARTS else heading.field)
        if len(fields) > best_score:
            best, best_score = at, len(fields)
    return (best, best_score) if best_score >= 2 else (-1, best_score)


def is_second_header(row: Row, words: Vocabulary) -> bool:
    """Say whether a row only divides the headings above it (Arabic and English under Name)."""
    filled = [cell for cell in row.cells if written(cell)]
    return bool(filled) and all(isinstance(cell, str) and fold(cell) in words.subheadings for cell in filled)


def guess_columns(
    headings: Sequence[str], body: Sequence[Row], words: Vocabulary, mapping: Mapping[str, str] | None
) -> tuple[ColumnGuess, ...]:
    """Guess every column: by mapping, else by its heading, weighed with its values, else by these alone."""
    chosen = _mapped(headings, mapping or {}, words)
    guesses: list[ColumnGuess] = []
    taken = set(chosen.values())
    read = [read_heading(text, words) for text in headings]
    taken |= {heading.field for heading in read if heading.fit >= 2}
    for index, text in enumerate(headings):
        if index not in chosen and read[index].field == REFUSED:
            guesses.append(ColumnGuess(index, text, REFUSED, REFUSED, (), sure=True))
            continue
        values = [row.cell(index) for row in body]
        examples = tuple(dict.fromkeys(w for value in values[:200] if (w := written(value))))[:3]
        if index in chosen:
            guesses.append(ColumnGuess(index, text, chosen[index], "mapping", examples, sure=True))
            continue
        field, reason, sure = _weigh(read[index], field_by_values(values, words), taken)
        guesses.append(ColumnGuess(index, text, field, reason, examples, sure, also=read[index].also))
        taken.add(field)
    return tuple(guesses)


def _weigh(heading: Heading, by_values: str, taken: set[str]) -> tuple[str, str, bool]:
    """Return field, reason and sureness from what heading and values say."""
    if heading.fit >= 2:
        return heading.field, "heading", heading.fit == 3 or heading.field == by_values
    if heading.fit == 1 and (heading.field == by_values or not by_values):
        return heading.field, "heading", heading.field == by_values
    if by_values and by_values not in taken:
        return by_values, "values", False
    if heading.fit == 1 and heading.field not in taken:
        return heading.field, "heading", False
    return "other", "none", False


def column_letter(index: int) -> str:
    """Return a spreadsheet's name of a column counted from 0: A, B, ..., Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _mapped(headings: Sequence[str], mapping: Mapping[str, str], words: Vocabulary) -> dict[int, str]:
    """Resolve a mapping of headings or letters to fields; a refused column stays refused whatever the
    mapping says.
    """
    chosen: dict[int, str] = {}
    folded = [fold(text) for text in headings]
    for key, field in mapping.items():
        if field not in FIELDS:
            raise BadMapping(
                f"The mapping gives the field '{field}', which does not exist. Fields: {', '.join(FIELDS)}."
            )
        places = [
            at
            for at, text in enumerate(headings)
            if text and (text.strip() == key.strip() or folded[at] == fold(key))
        ]
        letters = [at for at in range(len(headings)) if column_letter(at) == key.strip().upper()]
        found = places or letters
        if not found:
            raise BadMapping(
                f"The mapping names the column '{key}', which this list does not have. "
                "Give a heading or a letter."
            )
        for at in found:
            if is_refused(headings[at], words):
                raise BadMapping(f"The column {column_letter(at)} can't be mapped. {REFUSAL}")
            chosen[at] = field
    return chosen
