"""The list as a workbook: titles, mixed headers, blank family cells, totals, mistakes, missing numbers.

Beside the invented families the sheet holds, when the list is long enough, one row for each of `MISTAKES`
(held back until corrected; their people are counted nowhere else) and one family written twice.
The file depends on its arguments alone, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random

import xlsxwriter

from amana.exchange.demonstration import cells
from amana.exchange.demonstration.cells import Cell
from amana.exchange.demonstration.population import LISTED_ON, Family, Member

TITLES = (
    "قائمة العوائل الأجنبية - الرصافة (بيانات تجريبية)",
    "List of foreign families, al-Rusafa. DEMONSTRATION: nobody in it exists.",
    f"Listed on {LISTED_ON:%d/%m/%Y}",
)
HEADERS = (
    "ت / No",
    "رقم العائلة Family No",
    "الاسم الثلاثي",
    "Name (English)",
    "صلة القرابة / Relation",
    "الجنس / Sex",
    "تاريخ الميلاد / Date of birth",
    "العمر Age",
    "الجنسية / Nationality",
    "حامل / Pregnant",
    "تاريخ الوصول / Arrival",
    "الملاحظات / Remarks",
)
SERIAL, FAMILY, ARABIC, LATIN, BIRTH = 0, 1, 2, 3, 6
REMARKS = ("", "", "", "no documents", "لا توجد مستمسكات")
FATHER_NOT_KNOWN = ("father not known", "الاب غير معروف")
MISTAKES = {
    "impossible_date": {BIRTH: "31/02/2014"},
    "birth_after_listing": {BIRTH: "15/08/2018"},
    "name_missing": {ARABIC: "", LATIN: ""},
    "bidi_control": {ARABIC: "محمد\u202e علي"},
    "not_a_name": {ARABIC: "", LATIN: '=HYPERLINK("x")'},
}
FEWEST_FOR_MISTAKES = 40

Line = list[Cell]


@dataclass(frozen=True)
class WrittenList:
    """What the file holds: people once each, rows held back by a mistake, rows written twice."""

    path: Path
    people: int
    held_back: tuple[str, ...]
    repeated: int


def write_list(path: Path, families: Sequence[Family], seed: int = 1) -> WrittenList:
    """Write `families` to `path` (.xlsx) as an office would; returns what a good reader must find."""
    rng = Random(f"list {seed}")  # noqa: S311 - habits of writing, not secrets
    people = sum(len(family.members) for family in families)
    mistakes = tuple(MISTAKES) if people >= FEWEST_FOR_MISTAKES else ()
    order = _by_nation(rng, families)
    sheet = _Sheet(rng, order, mistakes)
    _save(path, list(sheet.lines()), sheet.merged)
    return WrittenList(path, people, mistakes, sheet.repeated)


def _by_nation(rng: Random, families: Sequence[Family]) -> list[Family]:
    """Families as they were counted, with every seventh put where there was room on the page."""
    order = list(families)
    for place in range(0, len(order), 7):
        order.insert(rng.randrange(len(order)), order.pop(place))
    return order


class _Sheet:
    """The lines of the sheet while they are being written."""

    def __init__(self, rng: Random, families: Sequence[Family], mistakes: Sequence[str]) -> None:
        self.rng, self.families = rng, families
        self.mistakes = _placed(rng, families, mistakes)
        self.doubled = _largest(families[: len(families) // 2]) if mistakes else None
        self.serial = 0
        self.repeated = 0
        self.merged: list[tuple[int, int]] = []
        self.count = 0

    def lines(self) -> Iterator[Line]:
        """Every line from the titles on; afterwards `merged` has the (first, last) rows of merged cells."""
        for line in self._lines():
            self.count += 1
            yield line

    def _lines(self) -> Iterator[Line]:
        for title in TITLES:
            yield [title]
        yield []
        yield list(HEADERS)
        listed = 0
        for place, family in enumerate(self.families):
            block = [self._row(member) for member in family.members]
            block += [self._mistaken(family.unread, code) for code in self.mistakes.get(place, ())]
            yield from self._laid_out(family, block)
            if family is self.doubled:
                self.repeated = len(family.members)
                yield from self._laid_out(family, [list(line) for line in block[: self.repeated]])
            listed += len(block)
            if place % 60 == 59:
                yield [None, self.rng.choice(("المجموع", "Subtotal", "Total")), listed]
                yield []
        yield ["المجموع الكلي", None, listed]

    def _laid_out(self, family: Family, block: list[Line]) -> Iterator[Line]:
        """Number the rows, and write the family once: merged, at the top only, or on every row."""
        habit = self.rng.choice(("merged", "top", "top", "each"))
        for line in block:
            self.serial += 1 if self.rng.random() > 0.002 else 2
            line[SERIAL] = self.serial
            line[FAMILY] = family.label if habit == "each" or line is block[0] else None
        if habit == "merged" and len(block) > 1:
            self.merged.append((self.count, self.count + len(block) - 1))
        yield from block

    def _row(self, member: Member) -> Line:
        rng = self.rng
        arabic, latin = cells.names(rng, member)
        birth, age = cells.birth_and_age(rng, member.birth, LISTED_ON)
        if isinstance(birth, date) and rng.random() < 0.03:
            age = cells.wrong_age(rng, member.birth, LISTED_ON)
        return [
            None,
            None,
            arabic,
            latin,
            cells.relation(rng, member),
            cells.sex(rng, member),
            birth,
            age,
            cells.nationality(rng, member),
            "x" if member.relation == "son" and rng.random() < 0.004 else cells.pregnant(rng, member),
            cells.arrival(rng, member.arrived),
            rng.choice(REMARKS if member.father_named else REMARKS + FATHER_NOT_KNOWN),
        ]

    def _mistaken(self, member: Member, code: str) -> Line:
        """The row of one more child, with a mistake that holds it back."""
        line = self._row(member)
        for column, text in MISTAKES[code].items():
            line[column] = text
        return line


def _placed(rng: Random, families: Sequence[Family], mistakes: Sequence[str]) -> dict[int, list[str]]:
    chosen = rng.sample(range(len(families)), min(len(mistakes), len(families)))
    placed: dict[int, list[str]] = {}
    for position, code in enumerate(mistakes):
        placed.setdefault(chosen[position % len(chosen)], []).append(code)
    return placed


def _largest(families: Sequence[Family]) -> Family:
    return max(families, key=lambda family: len(family.members))


def _save(path: Path, lines: Sequence[Line], merged: Sequence[tuple[int, int]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": TITLES[1], "created": datetime.combine(LISTED_ON, time())})
    sheet = book.add_worksheet("القائمة")
    sheet.right_to_left()
    sheet.set_column(1, len(HEADERS) - 1, 18)
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    middle = book.add_format({"valign": "vcenter"})
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, dated)
            elif value not in (None, ""):
                sheet.write(row, column, value)
    for first, last in merged:
        sheet.merge_range(first, FAMILY, last, FAMILY, lines[first][FAMILY], middle)
    book.add_worksheet("ملاحظات").write(0, 0, "نسخة للعمل الداخلي - بيانات تجريبية")
    book.close()
