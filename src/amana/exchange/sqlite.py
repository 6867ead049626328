"""Decides rows of facts in SQLite, in memory. Days are kept as ISO text, booleans as 0 and 1."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date

from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict
from amana.core.policy.sql import to_sql
from amana.exchange.sql_rows import CONTRADICTIONS, Record, column_types, decide_in_batches

TABLE = "facts"
_TYPES = {"date": "TEXT", "boolean": "INTEGER", "code": "TEXT", "integer": "INTEGER", "text": "TEXT"}


def decide_rows(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    """One verdict for each row, in order. Raises `NotInSql` for a decision that has no table of verdicts."""
    columns = column_types(pack, decision, _TYPES)
    with closing(sqlite3.connect(":memory:")) as database:
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns)
        database.execute(f"CREATE TABLE {TABLE} ({listed})")

        def answer(on: date, records: Sequence[Record]) -> Iterable[tuple[str, ...]]:
            database.execute(f"DELETE FROM {TABLE}")  # noqa: S608  # a constant name
            marks = ", ".join("?" for _ in columns)
            database.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", map(_as_text, records))  # noqa: S608  # likewise
            query = to_sql(pack, decision, "sqlite", TABLE, on, contradictions=CONTRADICTIONS)
            return database.execute(query)

        yield from decide_in_batches(pack, decision, rows, answer)


def _as_text(record: Record) -> Record:
    return tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in record)
