"""The records of a facts file, from CSV or Parquet, as texts: what every engine reads the same.

CSV is UTF-8, comma separated, with a heading row and as many cells in each line. A Parquet column is text, a
boolean, a day or a whole number, and reads as the text that CSV would hold; other columns are refused if a
fact stands in them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import duckdb
from django.utils.translation import gettext as _

from amana.core.errors import AmanaError
from amana.exchange.population.workbench import quoted, workbench

PARQUET = ".parquet"
Record = tuple[int, Sequence[str]]
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_KINDS = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "DATE": "day",
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT"), "number"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"), "number"),
}


class UnusableFacts(AmanaError):
    """The facts file can't be read at all."""


class Records(Protocol):
    """A file of records, each with the number it is known by."""

    @property
    def path(self) -> Path:
        """Where the file is."""

    @property
    def headings(self) -> Sequence[str]:
        """The names of the columns, in order."""

    def rows(self, wanted: Sequence[str]) -> Iterator[Record]:
        """Each record as cells in the order of the headings; those not wanted may be empty."""

    def about(self) -> int:
        """About how many records there are, for a progress bar."""

    def need(self, heading: str, kinds: Sequence[str]) -> None:
        """Raise `UnusableFacts` if that column holds another kind of value."""


def records(path: Path) -> Records:
    """The records of a file, by its ending. Raises `UnusableFacts`."""
    if path.suffix.lower() == PARQUET:
        return ParquetRecords.opened(path)
    return CsvRecords.opened(path)


@dataclass(frozen=True)
class CsvRecords:
    """Records of a CSV file, known by their line. Blank lines are no records."""

    path: Path
    headings: Sequence[str]

    @classmethod
    def opened(cls, path: Path) -> CsvRecords:
        """Read the headings. Raises `UnusableFacts`."""
        _no_workbook(path)
        with opened_csv(path) as stream:
            return cls(path, [heading.strip() for heading in next(csv.reader(stream, strict=True), [])])

    def rows(self, wanted: Sequence[str]) -> Iterator[Record]:
        """Each record with its last line's number. Raises `UnusableFacts` at one that is not as wide as the
        headings, because its cells may stand under the wrong ones; empty cells past the last are nothing.
        """
        width = len(self.headings)
        with opened_csv(self.path) as stream:
            lines = csv.reader(stream, strict=True)
            next(lines)
            for cells in lines:
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) < width or any(cell.strip() for cell in cells[width:]):
                    raise UnusableFacts(_ragged(lines.line_num, len(cells), width))
                yield lines.line_num, cells

    def about(self) -> int:
        """How many lines follow the headings."""
        with self.path.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b"")) - 1

    def need(self, heading: str, kinds: Sequence[str]) -> None:
        """Everything in a CSV file is text."""


@dataclass(frozen=True)
class ParquetRecords:
    """Records of a Parquet file, known by their row, from 1. `types`: what each column holds."""

    path: Path
    headings: Sequence[str]
    types: Sequence[str]

    @classmethod
    def opened(cls, path: Path) -> ParquetRecords:
        """Read the columns."""
        with workbench() as bench, parquet_errors(path):
            query = f"DESCRIBE SELECT * FROM read_parquet({bench.link(path)})"  # noqa: S608  # a quoted text
            found = bench.run(query).fetchall()
        return cls(path, [row[0] for row in found], [row[1] for row in found])

    def kind(self, heading: str) -> str:
        """`text`, `boolean`, `day`, `number`, or empty for anything else."""
        held = self.types[list(self.headings).index(heading)]
        return "text" if held.startswith("ENUM") else _KINDS.get(held, "")

    def rows(self, wanted: Sequence[str]) -> Iterator[Record]:
        """Each record with its number."""
        cells = ", ".join(
            f"COALESCE(CAST({quoted(name)} AS VARCHAR), '')" if name in wanted else "''"
            for name in self.headings
        )
        with workbench() as bench, parquet_errors(self.path):
            query = f"SELECT {cells} FROM read_parquet({bench.link(self.path)})"  # noqa: S608  # quoted names
            for number, row in enumerate(bench.rows(query), start=1):
                yield number, [str(cell) for cell in row]

    def about(self) -> int:
        """How many rows there are."""
        with workbench() as bench, parquet_errors(self.path):
            (rows,) = bench.one(f"SELECT count(*) FROM read_parquet({bench.link(self.path)})")  # noqa: S608
        return int(str(rows))

    def need(self, heading: str, kinds: Sequence[str]) -> None:
        """Compare what the column holds with what can stand there."""
        if self.kind(heading) in kinds:
            return
        held = self.types[list(self.headings).index(heading)]
        raise UnusableFacts(
            _("%(file)s: the column %(column)s holds %(held)s. Write it as %(right)s.")
            % {"file": self.path, "column": heading, "held": held, "right": _wanted(kinds[-1])}
        )


def _ragged(line: int, cells: int, width: int) -> str:
    return _(
        "Line %(line)s has %(cells)s cells and the headings are %(width)s: its values may stand under the "
        "wrong headings. Give each line one cell for each heading, and write a comma inside a cell between "
        "quotation marks."
    ) % {"line": line, "cells": cells, "width": width}


def _no_workbook(path: Path) -> None:
    """Raise `UnusableFacts` for a workbook, whatever its name."""
    try:
        with path.open("rb") as stream:
            begins = stream.read(8)
    except OSError:
        return  # said by whoever opens it next
    if begins.startswith(_WORKBOOKS):
        raise UnusableFacts(
            _("%(file)s is a workbook or an archive. Save its sheet as “CSV UTF-8”, or as Parquet.")
            % {"file": path}
        )


def _wanted(kind: str) -> str:
    if kind == "boolean":
        return _("BOOLEAN, or text with true and false")
    if kind == "day":
        return _("DATE, or text with ISO dates")
    if kind == "number":
        return _("a whole number, or text")
    return _("text (VARCHAR); several codes are one text, IRQ;UZB")


@contextmanager
def parquet_errors(path: Path) -> Iterator[None]:
    """What DuckDB or the disk say against a Parquet file, in our words."""
    try:
        path.open("rb").close()
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise UnusableFacts(
            _("%(file)s can't be read as Parquet: it is damaged, encrypted or another kind of file.")
            % {"file": path}
        ) from error
    except OSError as error:
        raise UnusableFacts(
            _("%(file)s can't be opened: %(problem)s.") % {"file": path, "problem": error.strerror}
        ) from error


@contextmanager
def opened_csv(path: Path) -> Iterator[IO[str]]:
    """A CSV file as a stream; what is wrong with it in our words."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield stream
    except UnicodeDecodeError as error:
        raise UnusableFacts(_("%(file)s is not UTF-8. Save it as “CSV UTF-8”.") % {"file": path}) from error
    except csv.Error as error:
        raise UnusableFacts(
            _("%(file)s can't be read as CSV: %(problem)s.") % {"file": path, "problem": error}
        ) from error
    except OSError as error:
        raise UnusableFacts(
            _("%(file)s can't be opened: %(problem)s.") % {"file": path, "problem": error.strerror}
        ) from error
