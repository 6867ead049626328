"""Facts in from CSV or Parquet, verdicts out as CSV: the two files of `amana decide`.

A facts file has named columns: `ref`, unique, and one for each fact. An empty cell is unknown. Booleans are
`true` or `false`, codes are separated by `;`, a date fact is EDTF in its own column, or ISO dates in
`<fact>_earliest` and `<fact>_latest`, never both forms; digits of a date or a number may be Arabic-Indic or
Persian; Parquet may hold days, booleans and whole numbers as such. A value outside its domain makes that row
invalid; it never stops the file. What stops the file: its headings, a ref that is empty or stands twice, a
line with more or fewer cells than headings, a CSV file that is not UTF-8, a Parquet column of a kind in which
the fact can't stand.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from amana.core.dates import DateSpan
from amana.core.facts import Contradiction, FactRow, FactValue
from amana.core.policy import FactDef, Pack, Verdict, read_fact
from amana.exchange.facts_headings import columns_of, notes_on, read_headings
from amana.exchange.population.records import PARQUET, Records, UnusableFacts, records

VERDICT_COLUMNS = ("ref", "outcome", "rule", "possible", "needs", "citations")
COUNT_COLUMNS = ("outcome", "needs", "count")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True)
class UndatedRow:
    """A row whose own as-of date can't be read; `column` is where it should stand."""

    ref: str
    column: str


@dataclass(frozen=True)
class FactsFile:
    """A facts file whose headings have been read; `notes` are to be said once, on standard error."""

    records: Records
    pack: Pack
    columns: Mapping[str, int]
    notes: tuple[str, ...]
    on: date | None
    on_column: str | None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.records.path

    def rows(self) -> Iterator[FactRow | UndatedRow]:
        """The rows in file order. Raises `UnusableFacts` at a ref that is missing or stands twice."""
        wanted = [column for column in self.columns if column in columns_of(self.pack, self.on_column)]
        for ref, cells in self._with_refs(wanted):
            yield self._row(ref, cells)

    def check_refs(self) -> None:
        """Raise `UnusableFacts` at the first ref that is missing or stands twice."""
        for _ref, _cells in self._with_refs(["ref"]):
            pass

    def cells(self, wanted: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The cells of some columns, record by record, with no blanks around them."""
        for _number, cells in self.records.rows(wanted):
            yield tuple(self._cell(cells, column) for column in wanted)

    def _with_refs(self, wanted: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
        first_seen: dict[str, int] = {}
        for number, cells in self.records.rows(wanted):
            ref = self._cell(cells, "ref")
            _check_ref(ref, number, first_seen, rows=self.path.suffix.lower() == PARQUET)
            yield ref, cells

    def _row(self, ref: str, cells: Sequence[str]) -> FactRow | UndatedRow:
        on = self.on
        if self.on_column:
            try:
                on = date.fromisoformat(western(self._cell(cells, self.on_column)))
            except ValueError:
                return UndatedRow(ref, self.on_column)
        if on is None:
            raise ValueError("a facts file needs an as-of date or the column that holds it")
        values = {name: self._value(fact, cells) for name, fact in self.pack.facts.items()}
        return FactRow(ref=ref, on=on, values=values)

    def _value(self, fact: FactDef, cells: Sequence[str]) -> FactValue:
        if fact.type == "date" and fact.name not in self.columns:
            return read_span(
                self._cell(cells, f"{fact.name}_earliest"), self._cell(cells, f"{fact.name}_latest")
            )
        return read_cell(fact, self._cell(cells, fact.name), self.pack)

    def _cell(self, cells: Sequence[str], column: str) -> str:
        index = self.columns.get(column, len(cells))
        return cells[index].strip() if index < len(cells) else ""


def open_facts(path: Path, pack: Pack, *, on: date | None = None, on_column: str | None = None) -> FactsFile:
    """Read the columns of a facts file. Raises `UnusableFacts`, or `MixedDateForms`."""
    found = records(path)
    columns = read_headings(path, found.headings, pack, on_column)
    _check_kinds(found, columns, pack, on_column)
    return FactsFile(found, pack, columns, notes_on(columns, pack, on_column), on, on_column)


_KINDS = {"date": "day", "boolean": "boolean", "integer": "number", "code": "text"}


def _check_kinds(found: Records, columns: Mapping[str, int], pack: Pack, on_column: str | None) -> None:
    for name, fact in columns_of(pack, on_column).items():
        if name in columns:
            kind = _KINDS[fact.type] if fact else "number" if name == "ref" else "day"
            found.need(name, ["text", kind])


def read_cell(fact: FactDef, text: str, pack: Pack) -> FactValue:
    """One cell as the fact's value; spreadsheets write booleans in capitals, which are read all the same.

    A cell that can't be read is kept with the contradiction, so that an explanation can repeat it.
    """
    if fact.type == "boolean":
        written = text.lower()
    else:
        written = western(text) if fact.type in ("date", "integer") else text
    value = read_fact(fact, written, pack.approximate_years)
    return replace(value, stated=text) if isinstance(value, Contradiction) else value


def read_span(earliest: str, latest: str) -> FactValue:
    """Two ISO dates, each possibly empty, as a span; None when both are."""
    if not earliest and not latest:
        return None
    stated = f"{earliest}/{latest}" if latest else earliest
    try:
        first = date.fromisoformat(western(earliest)) if earliest else None
        last = date.fromisoformat(western(latest)) if latest else None
    except ValueError:
        return Contradiction("not an ISO date", stated)
    if first and last and first > last:
        return Contradiction("the earliest day is after the latest", stated)
    return DateSpan(first, last)


def western(text: str) -> str:
    """Arabic-Indic and Persian digits as 0 to 9.

    >>> western("٢٠٠٢-۰۶")
    '2002-06'
    """
    return text if text.isascii() else text.translate(_DIGITS)


def write_verdicts(stream: IO[str], decided: Iterable[tuple[str, Verdict]]) -> None:
    """Write one line a person; lists are sorted and `;`-separated."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(VERDICT_COLUMNS)
    for ref, verdict in decided:
        writer.writerow((ref, verdict.outcome, *(";".join(part) for part in verdict_lists(verdict))))


def verdict_lists(verdict: Verdict) -> tuple[Sequence[str], ...]:
    """Rules, possible outcomes, needs and citations, each sorted."""
    return tuple(sorted(part) for part in (verdict.rules, verdict.possible, verdict.needs, verdict.citations))


def write_counts(stream: IO[str], counts: Mapping[tuple[str, str], int]) -> None:
    """Write how many persons have each outcome and each set of needs, sorted."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COUNT_COLUMNS)
    writer.writerows((*key, count) for key, count in sorted(counts.items()))


def _check_ref(ref: str, number: int, first_seen: dict[str, int], *, rows: bool) -> None:
    if not ref:
        said = (
            _("Row %(line)s has no ref. Every row needs a reference of its own.")
            if rows
            else _("Line %(line)s has no ref. Every row needs a reference of its own.")
        )
        raise UnusableFacts(said % {"line": number})
    if ref in first_seen:
        said = (
            _("Rows %(first)s and %(second)s have the same ref. Every row needs a reference of its own.")
            if rows
            else _(
                "Lines %(first)s and %(second)s have the same ref. Every row needs a reference of its own."
            )
        )
        raise UnusableFacts(said % {"first": first_seen[ref], "second": number})
    first_seen[ref] = number
