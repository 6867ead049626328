"""Codes in one text column: empty or NULL, one, several with `;` (one or more of them) or `+` (all of them).

Each distinct text is read once, in a common table of its own, and rows are joined with what it says; so
the usual few texts cost nothing, and any text outside the domain is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amana.core.policy.axes import CodeCells
from amana.core.policy.domains import domain
from amana.core.policy.sql.dialects import Dialect


@dataclass(frozen=True)
class CodeTexts:
    """The texts of one code fact. No fact's name holds a space, so its columns never clash with those of a
    table of facts.
    """

    dialect: Dialect
    cells: CodeCells

    @property
    def fact(self) -> str:
        """The fact's name, which is its column."""
        return self.cells.fact.name

    def name(self, part: str) -> str:
        """A column or table of this fact's own."""
        return self.dialect.identifier(f"{self.fact} {part}")

    @property
    def column(self) -> str:
        """The column of the table of facts."""
        return self.dialect.identifier(self.fact)

    @property
    def given(self) -> str:
        """The column that carries the text until it is read."""
        return self.name("given")

    @property
    def number(self) -> str:
        """The number of a text that was joined."""
        return f"COALESCE({self.name('number')}, 0)"

    @property
    def outside(self) -> str:
        """Whether a text that was joined holds anything but codes of the domain."""
        return self.name("outside")

    @property
    def join(self) -> str:
        """Joins rows that carry `given` with what the text says."""
        return f" LEFT JOIN {self.name('read')} ON {self.name('text')} = {self.given}"

    def common(self, source: str, column: str) -> list[str]:
        """The common tables that read each distinct text of `column` in `source` once."""
        codes = [self.dialect.text(code) for code in sorted(domain(self.cells.fact))]
        columns = f"{self.name('text')}, {self.name('number')}, {self.name('outside')}"
        return [
            self.dialect.values(self._domain, ["code"], codes),
            f"{self.name('read')} ({columns}) AS {self.dialect.materialized}(SELECT {column},\n"  # noqa: S608  # quoted names
            f"  {self._number(column)},\n  {self._outside(column)}\n"
            f"  FROM (SELECT DISTINCT {column} FROM {source} WHERE {column} <> '') AS distinct_texts)",
        ]

    def read(self, text: str | None) -> tuple[int, bool]:
        """The number of one text and whether it is outside the domain: what `common` finds in SQL."""
        if not text:
            return 0, False
        found = {code for code in text.replace("+", ";").split(";") if code}
        number = sum(1 << place for place, codes in enumerate(self.cells.classes) if found & set(codes))
        several = self.cells.fact.several
        if "+" in text and several:
            number |= 1 << len(self.cells.classes)
        mixed = "+" in text and (";" in text or not several)
        parts = text.replace("+", ";").split(";")
        return number, mixed or not domain(self.cells.fact).issuperset(parts)

    def masks(self) -> tuple[int, ...]:
        """What each number stands for; 0 stands for an empty text."""
        cells = self.cells
        listings = range(1, 1 << len(cells.classes))
        open_masks = [(1 << len(cells.cells)) - 1, *(cells.mask(listed) for listed in listings)]
        all_masks = [0, *(cells.mask(listed, all_true=True) for listed in listings)]
        return (*open_masks, *all_masks) if cells.fact.several else tuple(open_masks)

    @property
    def _domain(self) -> str:
        return f"domain_of_{self.fact}"

    def _number(self, column: str) -> str:
        """A bit for each class of codes a text lists, and one more if all of them are true."""
        classes, contains = self.cells.classes, self.dialect.contains
        padded = _padded(column)
        rest = max(range(len(classes)), key=lambda place: len(classes[place]))
        parts = []
        for place, codes in enumerate(classes):
            if place != rest:
                found = " OR ".join(contains(padded, f";{code};") for code in codes)
                parts.append(f"CASE WHEN {found} THEN {1 << place} ELSE 0 END")
        named = [code for place, codes in enumerate(classes) if place != rest for code in codes]
        parts.append(f"CASE WHEN {self._without(padded, named)} <> '' THEN {1 << rest} ELSE 0 END")
        if self.cells.fact.several:
            parts.append(f"CASE WHEN {contains(column, '+')} THEN {1 << len(classes)} ELSE 0 END")
        return " + ".join(parts)

    def _without(self, text: str, codes: Sequence[str]) -> str:
        for code in codes:
            text = f"REPLACE({text}, {self.dialect.text(f';{code};')}, '')"
        return text

    def _outside(self, column: str) -> str:
        """Whether a text holds anything but codes of the domain. One known code, the usual case, is seen at
        once.
        """
        padded = _padded(column)
        each = f"(LENGTH({padded}) - LENGTH(REPLACE({padded}, ';' || d.code || ';', '')))"
        covered = f"(SELECT SUM({each}) FROM {self._domain} AS d)"  # noqa: S608  # checked names
        mixed = self.dialect.contains(column, "+")
        if self.cells.fact.several:
            mixed = f"{mixed} AND {self.dialect.contains(column, ';')}"
        return (
            f"CASE WHEN {column} IN (SELECT code FROM {self._domain}) THEN FALSE "  # noqa: S608  # checked names
            f"WHEN {mixed} THEN TRUE ELSE {covered} <> LENGTH({padded}) END"
        )


def _padded(column: str) -> str:
    """Every code between two separators of its own, so that taking one out leaves the others whole."""
    return f"(';' || REPLACE(REPLACE({column}, '+', ';'), ';', ';;') || ';')"
