"""One row of a list, read: what it says about a person, what is wrong with it, and the row as it was written.

A row is `ok`, `warning` (committed, flagged), `error` (held back until corrected), `duplicate` (of an
earlier row) or `skipped`. Nothing is guessed: what is not understood stays unknown and carries a message.
Units as in `dates` and `ages`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from amana.casework.listing.ages import has_age_unit, read_age
from amana.casework.listing.dates import StatedDate, is_unknown, read_date, shift_years
from amana.casework.listing.layout import Layout
from amana.casework.listing.messages import ERROR, WEIGHT, Message, heaviest
from amana.casework.listing.nationality import read_nationality
from amana.casework.listing.people_names import StatedNames, read_names
from amana.casework.listing.vocabulary import Vocabulary
from amana.casework.listing.words import StatedWord, read_pregnant, read_relation, read_sex, sex_of
from amana.casework.listing.workbook import Cell, Row, written
from amana.core.dates import DateSpan

CONVENTIONAL_DAYS = {(1, 1), (7, 1)}


@dataclass(frozen=True)
class RowRead:
    """What one row says. Empty text, empty set or None: not known. `original` holds every kept cell by
    heading, as written.

    birth_stated: the birth or age as written; birth_from: `birth`, `age` or empty.
    """

    number: int
    status: str
    messages: tuple[Message, ...] = ()
    original: Mapping[str, str] = field(default_factory=dict)
    name_ar: str = ""
    name_latin: str = ""
    sex: str = ""
    birth: DateSpan | None = None
    birth_stated: str = ""
    nationality: frozenset[str] = frozenset()
    family: str = ""
    relation: str = ""
    pregnant: bool | None = None
    arrived: date | None = None
    birth_from: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The message codes, each once, sorted."""
        return tuple(sorted({message.code for message in self.messages}))

    def identity(self, sender: str, listed_on: date) -> str:
        """Return the SHA-256 (hex) of sender, day of the list and what was read, health left out, which could
        be found by trying: the same for a list re-saved or re-ordered.
        """
        return self._digest(sender, listed_on, "")

    def earlier_identity(self, sender: str, listed_on: date) -> str:
        """Return the identity that rows had while a pregnancy was part of it: lists of then are known by
        it.
        """
        return self._digest(sender, listed_on, "" if self.pregnant is None else str(self.pregnant))

    def _digest(self, sender: str, listed_on: date, health: str) -> str:
        read = [sender, listed_on.isoformat(), self.name_ar, self.name_latin, self.sex, *_ends(self.birth)]
        read += [";".join(sorted(self.nationality)), self.family, self.relation]
        read += [health, self.arrived.isoformat() if self.arrived else ""]
        return hashlib.sha256(json.dumps(read, ensure_ascii=False).encode()).hexdigest()


def _ends(span: DateSpan | None) -> tuple[str, str]:
    if span is None:
        return "", ""
    return (
        span.earliest.isoformat() if span.earliest else "",
        span.latest.isoformat() if span.latest else "",
    )


@dataclass(frozen=True, slots=True)
class _Birth:
    """The birth of one row: days, words, where from, and the findings as (code, field)."""

    span: DateSpan | None = None
    stated: str = ""
    source: str = ""
    codes: tuple[tuple[str, str], ...] = ()


class RowReader:
    """Reads the rows of one list in order; knows its layout, vocabulary and day."""

    def __init__(self, layout: Layout, words: Vocabulary, listed_on: date) -> None:
        self._layout, self._words, self._on = layout, words, listed_on

    def person(self, row: Row, family: str) -> RowRead:
        """Read one row that speaks of a person; duplicates are found by the caller, who sees all rows."""
        names = self._names(row)
        found = [(code, "name") for code in names.errors]
        birth = self._birth(row)
        relation = read_relation(self._first(row, "relation"), self._words).value
        sex, sex_codes = self._sex(row, relation)
        nationality = read_nationality(self._first(row, "nationality"), self._words)
        pregnant, pregnant_codes = self._pregnant(row, sex)
        arrived, arrived_codes = self._arrived(row)
        found += [*birth.codes, *sex_codes, *pregnant_codes, *arrived_codes]
        found += [(code, "nationality") for code in nationality.notes]
        if any(WEIGHT[code] == ERROR for code, _ in found):
            found = [(code, column) for code, column in found if WEIGHT[code] == ERROR]
        return RowRead(
            number=row.number,
            status=heaviest(code for code, _ in found),
            messages=tuple(self._message(row, code, column) for code, column in sorted(set(found))),
            original=self._layout.original(row),
            name_ar=names.arabic,
            name_latin=names.latin,
            sex=sex,
            birth=birth.span,
            birth_stated=birth.stated,
            nationality=nationality.codes,
            family=family,
            relation=relation,
            pregnant=pregnant,
            arrived=arrived,
            birth_from=birth.source,
        )

    def _names(self, row: Row) -> StatedNames:
        whole = read_names(self._cells(row, "name"), self._words)
        parts = self._layout.name_parts
        if not parts or (whole.errors and whole.errors != ("name_missing",)):
            return whole
        joined = read_names([row.cell(at) for at in parts], self._words, parts=True)
        if joined.errors == ("name_missing",):
            return whole
        return StatedNames(whole.arabic or joined.arabic, whole.latin or joined.latin, joined.errors)

    def _birth(self, row: Row) -> _Birth:
        """Read birth and age: the birth stands, the age is used only without one."""
        stated, cell, unread = self._birth_date(row)
        age_cell = self._age_cell(row, cell if stated.span is None else None)
        age = read_age(age_cell, self._words, self._on)
        if age.problem == "year" and stated.span is None:
            stated, cell = read_date(age_cell, self._words, self._on), age_cell
        if stated.problem == "impossible_date":
            return _Birth(codes=(("impossible_date", "birth"),))
        if stated.span is None:
            codes = [(unread, "birth")] if unread and cell is not age_cell else []
            if age.problem == "unread":
                codes.append(("age_unread", "age"))
            source = "age" if age.span else ""
            return _Birth(age.span, written(age_cell) if age.span else "", source, tuple(codes))
        span, codes = self._settle(stated)
        if span is None:
            return _Birth(codes=(("birth_after_listing", "birth"),))
        if age.span is not None and _years_apart(span, age.span):
            codes.append(("age_conflicts_with_birth", "age"))
        if age.problem == "unread":
            codes.append(("age_unread", "age"))
        return _Birth(span, written(cell), "birth", tuple(codes))

    def _birth_date(self, row: Row) -> tuple[StatedDate, Cell, str]:
        """Return the first birth cell that can be read, the cell, and the code to give if none can."""
        unread = ""
        last: tuple[StatedDate, Cell] = (StatedDate(problem="blank"), None)
        for cell in self._cells(row, "birth"):
            stated = read_date(cell, self._words, self._on)
            if stated.span is not None or stated.problem == "impossible_date":
                return stated, cell, ""
            if stated.problem != "blank":
                unread = unread or (
                    "calendar_not_said" if stated.problem == "calendar_not_said" else "birth_unread"
                )
                last = (stated, cell)
        return *last, unread

    def _age_cell(self, row: Row, birth_cell: Cell) -> Cell:
        """Return the age cell; an age written into the birth column counts where the age column says
        nothing.
        """
        cell = self._first(row, "age")
        if not is_unknown(written(cell), self._words) or birth_cell is None:
            return cell
        if self._layout.ages_among_births or has_age_unit(birth_cell, self._words):
            return birth_cell
        return cell

    def _settle(self, stated: StatedDate) -> tuple[DateSpan | None, list[tuple[str, str]]]:
        """Widen a stand-in day to its year and cut the span at the day of the list; None: wholly after it."""
        span = stated.span or DateSpan(None, None)
        codes = [(stated.note, "birth")] if stated.note else []
        day = span.earliest
        if stated.certain_day and not stated.hijri and day and (day.month, day.day) in CONVENTIONAL_DAYS:
            span = DateSpan(date(day.year, 1, 1), date(day.year, 12, 31))
            codes.append(("conventional_birthday", "birth"))
        if span.earliest and span.earliest > self._on:
            return None, []
        return DateSpan(span.earliest, min(span.latest or self._on, self._on)), codes

    def _sex(self, row: Row, relation: str) -> tuple[str, list[tuple[str, str]]]:
        stated = read_sex(self._first(row, "sex"), self._words)
        implied = sex_of(relation)
        codes = [] if stated.understood else [("sex_unread", "sex")]
        if stated.value and implied and stated.value != implied:
            codes.append(("sex_conflicts_with_relation", "sex"))
        return stated.value or implied, codes

    def _pregnant(self, row: Row, sex: str) -> tuple[bool | None, list[tuple[str, str]]]:
        stated: StatedWord = read_pregnant(self._first(row, "pregnant"), self._words)
        if sex == "male":
            return None, [("pregnant_male", "pregnant")] if stated.value == "true" else []
        codes = [] if stated.understood else [("pregnant_unread", "pregnant")]
        return {"true": True, "false": False}.get(stated.value), codes

    def _arrived(self, row: Row) -> tuple[date | None, list[tuple[str, str]]]:
        stated = read_date(self._first(row, "arrived"), self._words, self._on)
        if stated.problem == "blank":
            return None, []
        if stated.span is None or not stated.span.certain or stated.span.earliest is None:
            return None, [("arrival_unread", "arrived")]
        late = stated.span.earliest > self._on
        return stated.span.earliest, [("arrival_after_listing", "arrived")] if late else []

    def _cells(self, row: Row, name: str) -> Sequence[Cell]:
        return [row.cell(at) for at in self._layout.places.get(name, ())]

    def _first(self, row: Row, name: str) -> Cell:
        """Return the first filled cell among the columns of a field."""
        return next((cell for cell in self._cells(row, name) if written(cell)), None)

    def _message(self, row: Row, code: str, name: str) -> Message:
        places = self._layout.places.get(name, ()) or self._layout.name_parts
        place = next((at for at in places if written(row.cell(at))), places[0] if places else None)
        if place is None:
            return Message(code, "", "")
        return Message(code, self._layout.headings[place], written(row.cell(place)))


def _years_apart(birth: DateSpan, age: DateSpan) -> bool:
    """Say whether a birth and the birth days an age allows lie more than a year apart."""
    first, second = sorted((birth, age), key=lambda span: span.earliest or date.min)
    if first.latest is None or second.earliest is None:
        return False
    return shift_years(first.latest, 1) < second.earliest
