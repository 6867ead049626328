"""Decides rows of facts in SQLite, in memory. Days are kept as ISO text, booleans as 0 and 1."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date

from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict
from amana.exchange.sql_rows import Columns, Record, decide_in_batches


class SqliteSession:
    """A database in memory."""

    dialect = "sqlite"
    types: Mapping[str, str] = {
        "date": "TEXT",
        "boolean": "INTEGER",
        "code": "TEXT",
        "integer": "INTEGER",
        "text": "TEXT",
    }

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", isolation_level=None)

    def fill(self, table: str, columns: Columns, rows: Iterable[Record]) -> None:
        """See `Session`."""
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns)
        marks = ", ".join("?" for _ in columns)
        self._database.execute(f'DROP TABLE IF EXISTS "{table}"')
        self._database.execute(f'CREATE TABLE "{table}" ({listed})')
        self._database.execute("BEGIN")
        self._database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', map(_as_text, rows))  # noqa: S608  # a constant name
        self._database.execute("COMMIT")

    def keep(self, table: str, query: str) -> None:
        """See `Session`."""
        self._database.execute(f'DROP TABLE IF EXISTS "{table}"')
        self._database.execute(f'CREATE TABLE "{table}" AS {query}')

    def read(self, query: str) -> Iterable[Record]:
        """See `Session`."""
        return self._database.execute(query).fetchall()

    def close(self) -> None:
        """Forget everything."""
        self._database.close()


def decide_rows(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    """One verdict for each row, in order."""
    with closing(SqliteSession()) as session:
        yield from decide_in_batches(session, pack, decision, rows)


def _as_text(record: Record) -> Record:
    return tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in record)
