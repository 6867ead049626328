"""A facts file as a table in DuckDB, typed as the queries of a decision want it, without a loop over rows.

Each distinct text of a column is read once, by the same readers as everywhere, and joined to the rows; a
column whose texts already stand as they are written needs not even that. DuckDB reads plain CSV; whatever
it refuses, or may read otherwise than Python does (a blank beside a quotation mark), is read record by
record. Tables: `source` as the file has it, `facts` as the queries want it; `place` is a row's number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from amana.core.dates import DateSpan
from amana.core.facts import Contradiction
from amana.core.policy import FactDef, write_codes
from amana.exchange.facts_file import FactsFile, read_cell, read_span
from amana.exchange.population.records import ParquetRecords, parquet_errors
from amana.exchange.population.workbench import Workbench, quoted, quoted_text

SOURCE, FACTS, CONTRADICTIONS = "source", "facts", "contradictions"
PLACE, GIVEN = "place in file", "ref as given"
_BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
_BLANK = "[" + "".join(f"\\x{{{ord(character):x}}}" for character in _BLANKS) + "]"
_BLANK_BY_QUOTE = re.compile(rb'[ \t]"|"[ \t]')
_CHUNK = 1 << 22
_TYPES = {"boolean": "BOOLEAN", "code": "VARCHAR", "integer": "BIGINT"}


@dataclass
class FactsTable:
    """The tables made of one file. `contradictions`: whether `facts` has a column of that name, which lists
    the facts whose text contradicts itself. `days`: the as-of dates met, if each row has its own.
    """

    bench: Workbench
    opened: FactsFile
    facts: Sequence[FactDef]
    contradictions: bool = False
    days: list[date] = field(default_factory=list)


def load_facts(bench: Workbench, opened: FactsFile, read: Sequence[str]) -> FactsTable:
    """Make the tables for the facts that a decision reads. Raises `UnusableFacts`."""
    table = FactsTable(bench, opened, [opened.pack.facts[name] for name in read])
    columns = _columns_wanted(table)
    if isinstance(opened.records, ParquetRecords):
        with parquet_errors(opened.path):
            _view_of_parquet(bench, opened.records, columns)
            _finish(table)
    else:
        _table_of_csv(bench, opened, columns)
        _finish(table)
    return table


def _finish(table: FactsTable) -> None:
    _check_refs(table)
    _make_facts(table)


def _columns_wanted(table: FactsTable) -> list[str]:
    wanted = ["ref"]
    for fact in table.facts:
        wanted += [name for name in _names(fact) if name in table.opened.columns]
    if (column := table.opened.on_column) and column not in wanted:
        wanted.append(column)
    return wanted


def _names(fact: FactDef) -> tuple[str, ...]:
    """The columns in which a fact may stand in a file."""
    both = (f"{fact.name}_earliest", f"{fact.name}_latest")
    return (fact.name, *both) if fact.type == "date" else (fact.name,)


def _view_of_parquet(bench: Workbench, records: ParquetRecords, columns: Sequence[str]) -> None:
    number = records.kind("ref") == "number"
    ref = "CAST(ref AS VARCHAR)" if number else _trimmed("CAST(ref AS VARCHAR)")
    cells = ", ".join(quoted(name) for name in columns if name != "ref")
    bench.run(
        f"CREATE TEMP VIEW {SOURCE} AS SELECT file_row_number AS {quoted(PLACE)}, {ref} AS ref,"  # noqa: S608  # quoted
        f" {'ref' if number else ref} AS {quoted(GIVEN)}{', ' if cells else ''}{cells}"
        f" FROM read_parquet({bench.link(records.path)}, file_row_number = true)"
    )


def _trimmed(text: str) -> str:
    """A text without blanks around it, of every kind that Python knows; most have none, which is seen at
    once.
    """
    around, blanks = quoted_text(f"^{_BLANK}|{_BLANK}$"), quoted_text(_BLANKS)
    return f"CASE WHEN regexp_matches({text}, {around}) THEN trim({text}, {blanks}) ELSE {text} END"


def _table_of_csv(bench: Workbench, opened: FactsFile, columns: Sequence[str]) -> None:
    if not _blank_by_quote(opened.path):
        try:
            _copy_csv(bench, opened.path, opened.columns, columns, width=len(opened.records.headings))
        except duckdb.Error:
            pass
        else:
            return
    path = bench.folder / "read.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(columns)
        writer.writerows(opened.cells(columns))
    _copy_csv(bench, path, {name: place for place, name in enumerate(columns)}, columns)
    path.unlink()


def _blank_by_quote(path: Path) -> bool:
    with path.open("rb") as stream:
        last = b""
        while chunk := stream.read(_CHUNK):
            if _BLANK_BY_QUOTE.search(last + chunk):
                return True
            last = chunk[-1:]
    return False


def _copy_csv(
    bench: Workbench, path: Path, where: Mapping[str, int], columns: Sequence[str], *, width: int = 0
) -> None:
    """Copy columns of a CSV file into `source`, without blank lines. `width`: how many columns the file has;
    0 if it has those wanted and no others. Raises `duckdb.Error`, as at a line that lacks cells.
    """
    width = width or len(columns)
    typed = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    ref = _trimmed(f"COALESCE(c{where['ref']}, '')")
    cells = [ref if name == "ref" else f"c{where[name]}" for name in columns]
    listed = ", ".join(f"{cell} AS {quoted(name)}" for cell, name in zip(cells, columns, strict=True))
    all_cells = ", ".join(f"c{place}" for place in range(width))
    bench.run(f"""CREATE OR REPLACE TEMP TABLE "{SOURCE} rows" AS SELECT {listed}
        FROM read_csv({bench.link(path)}, auto_detect = false, header = true, delim = ',', quote = '"',
          escape = '"', columns = {{{typed}}}, null_padding = false, strict_mode = true, nullstr = '')
        WHERE {ref} <> '' OR {_trimmed(f"concat({all_cells})")} <> ''""")  # noqa: S608  # quoted names
    own = f"rowid AS {quoted(PLACE)}, ref AS {quoted(GIVEN)}"
    bench.run(f'CREATE TEMP VIEW {SOURCE} AS SELECT {own}, * FROM "{SOURCE} rows"')  # noqa: S608  # quoted names


def _check_refs(table: FactsTable) -> None:
    """Leave it to the reader of records to say which ref is missing or stands twice."""
    given, bench = quoted(GIVEN), table.bench
    rising = f"SELECT {given} AS ref, lag({given}) OVER () AS before FROM {SOURCE}"  # noqa: S608  # a quoted name
    counted = "count(*), count(*) FILTER (WHERE before < ref), CAST(min(ref) AS VARCHAR)"
    rows, rises, least = bench.one(f"SELECT {counted} FROM ({rising})")  # noqa: S608  # constant names
    if least and rows == int(str(rises)) + 1:
        return  # in ascending order, so each stands once; far quicker seen than by comparing all
    missing = f"count(*) FILTER (WHERE {given} IS NULL OR CAST({given} AS VARCHAR) = '')"
    rows, refs, missed = bench.one(f"SELECT count(*), count(DISTINCT {given}), {missing} FROM {SOURCE}")  # noqa: S608
    if rows != refs or missed:
        table.opened.check_refs()


def _make_facts(table: FactsTable) -> None:
    """Make the view `facts`: place and ref in one, a column or two for each fact, and the as-of day."""
    cells = [f"struct_pack(place := s.{quoted(PLACE)}, ref := s.ref) AS ref"]
    joins: list[str] = []
    wrong: list[str] = []
    for fact in table.facts:
        found = _date(table, fact) if fact.type == "date" else _other(table, fact)
        cells += found.cells
        joins += found.joins
        if found.wrong:
            wrong.append(f"CASE WHEN {found.wrong} THEN {quoted_text(fact.name)} END")
    if table.opened.on_column:
        day = _as_of(table, table.opened.on_column)
        cells += day.cells
        joins += day.joins
    if wrong:
        table.contradictions = True
        cells.append(f"concat_ws(';', {', '.join(wrong)}) AS {CONTRADICTIONS}")
    selected = f"SELECT {', '.join(cells)} FROM {SOURCE} AS s {' '.join(joins)}"  # noqa: S608  # quoted names
    table.bench.run(f"CREATE TEMP VIEW {FACTS} AS {selected}")


@dataclass(frozen=True)
class Read:
    """A fact in the view: its columns, the tables of texts to join, and when it contradicts itself (SQL)."""

    cells: Sequence[str]
    joins: Sequence[str] = ()
    wrong: str = ""


def _date(table: FactsTable, fact: FactDef) -> Read:
    early, late = _names(fact)[1:]
    given = table.opened.columns
    if fact.name in given and not _is_day(table, fact.name):
        return _dates_in_texts(table, fact)
    columns = (fact.name, fact.name) if fact.name in given else (early, late)
    ends = [_day(table, column) for column in columns]
    names = (quoted(early), quoted(late))
    cells = [f"{cell} AS {name}" for (cell, _, _), name in zip(ends, names, strict=True)]
    joins = dict.fromkeys(join for _, join, _ in ends if join)
    return Read(cells, list(joins), " OR ".join(dict.fromkeys(wrong for _, _, wrong in ends if wrong)))


def _dates_in_texts(table: FactsTable, fact: FactDef) -> Read:
    def read(text: str) -> tuple[object, ...]:
        value = read_cell(fact, text, table.opened.pack)
        span = value if isinstance(value, DateSpan) else DateSpan(None, None)
        return span.earliest, span.latest, isinstance(value, Contradiction)

    texts = _texts(table, fact.name, (("earliest", "DATE"), ("latest", "DATE")), read)
    early, late = (quoted(name) for name in _names(fact)[1:])
    cells = [f"{texts.name}.earliest AS {early}", f"{texts.name}.latest AS {late}"]
    return Read(cells, [texts.join], texts.wrong)


def _day(table: FactsTable, column: str) -> tuple[str, str, str]:
    """One end of a date: its SQL, what to join, and when it is wrong."""
    if column not in table.opened.columns:
        return "CAST(NULL AS DATE)", "", ""
    name = f"s.{quoted(column)}"
    if _is_day(table, column):
        within = f"{name} BETWEEN DATE '{date.min}' AND DATE '{date.max}'"
        (sound,) = table.bench.one(f"SELECT COALESCE(bool_and({within}), TRUE) FROM {SOURCE} AS s")  # noqa: S608
        return (name, "", "") if sound else (f"CASE WHEN {within} THEN {name} END", "", f"NOT {within}")

    def read(text: str) -> tuple[object, ...]:
        value = read_span(text.strip(), "")
        return value.earliest if isinstance(value, DateSpan) else None, isinstance(value, Contradiction)

    texts = _texts(table, column, (("day", "DATE"),), read)
    return f"{texts.name}.day", texts.join, texts.wrong


def _as_of(table: FactsTable, column: str) -> Read:
    """The day of each row; a day that can't be read is missing."""
    cell, join, _ = _day(table, column)
    read = Read([f"{cell} AS {quoted(column)}"], [join] if join else [])
    met = f"SELECT DISTINCT {cell} FROM {SOURCE} AS s {join}"  # noqa: S608  # quoted names
    table.days = [day for day in table.bench.column(met) if isinstance(day, date)]
    return read


def _other(table: FactsTable, fact: FactDef) -> Read:
    name = quoted(fact.name)
    if fact.name not in table.opened.columns:
        return Read([f"CAST(NULL AS {_TYPES[fact.type]}) AS {name}"])
    if _kind(table, fact.name) != "text":
        return Read([f"s.{name}"])
    pack = table.opened.pack

    def read(text: str) -> tuple[object, ...]:
        value = read_cell(fact, text, pack)
        if isinstance(value, Contradiction):
            return None, True
        return (write_codes(value) if isinstance(value, frozenset) else value), False

    texts = _texts(table, fact.name, (("value", _TYPES[fact.type]),), read)
    if texts.plain and fact.type == "code":
        return Read([f"CAST(s.{name} AS VARCHAR) AS {name}"])
    return Read([f"{texts.name}.value AS {name}"], [texts.join], texts.wrong)


@dataclass(frozen=True)
class Texts:
    """A table of the distinct texts of a column, read. `plain`: each reads as itself."""

    name: str
    join: str
    wrong: str
    plain: bool


def _texts(
    table: FactsTable,
    column: str,
    types: Sequence[tuple[str, str]],
    read: Callable[[str], tuple[object, ...]],
) -> Texts:
    """Read each distinct text of a column once; `read` gives the values and whether the text is wrong."""
    name = f"{column} texts"
    bench = table.bench
    query = (
        f"SELECT DISTINCT CAST({quoted(column)} AS VARCHAR) FROM {SOURCE} WHERE {quoted(column)} IS NOT NULL"  # noqa: S608
    )
    rows = [(text, *read(str(text))) for text in bench.column(query)]
    bench.table(name, [("text", "VARCHAR"), *types, ("wrong", "BOOLEAN")], rows)
    return Texts(
        quoted(name),
        f"LEFT JOIN {quoted(name)} ON {quoted(name)}.text = CAST(s.{quoted(column)} AS VARCHAR)",
        f"{quoted(name)}.wrong" if any(row[-1] for row in rows) else "",
        all(row[0] == row[1] and not row[-1] for row in rows),
    )


def _is_day(table: FactsTable, column: str) -> bool:
    return column in table.opened.columns and _kind(table, column) == "day"


def _kind(table: FactsTable, column: str) -> str:
    found = table.opened.records
    return found.kind(column) if isinstance(found, ParquetRecords) else "text"
