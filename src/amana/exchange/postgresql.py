"""Decides rows of facts in PostgreSQL, in temporary tables of its own session; nothing stays behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

import psycopg
from psycopg import sql

from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict
from amana.exchange.sql_rows import Columns, Record, decide_in_batches


class PostgresqlSession:
    """A session of its own on the database at `url`. Raises psycopg's errors if it can't be used."""

    dialect = "postgres"
    types: Mapping[str, str] = {
        "date": "date",
        "boolean": "boolean",
        "code": "text",
        "integer": "bigint",
        "text": "text",
    }

    def __init__(self, url: str) -> None:
        self._database = psycopg.connect(url, autocommit=True)

    def fill(self, table: str, columns: Columns, rows: Iterable[Record]) -> None:
        """See `Session`."""
        name = sql.Identifier(table)
        listed = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind)) for column, kind in columns
        )
        with self._database.transaction(), self._database.cursor() as cursor:
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))
            cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({})").format(name, listed))
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(name)) as copy:
                for row in rows:
                    copy.write_row(row)

    def keep(self, table: str, query: str) -> None:
        """See `Session`."""
        name = sql.Identifier(table)
        with self._database.transaction():
            self._database.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))
            self._database.execute(sql.SQL("CREATE TEMPORARY TABLE {} AS {}").format(name, sql.SQL(query)))

    def read(self, query: str) -> Iterable[Record]:
        """See `Session`."""
        return self._database.execute(query.encode()).fetchall()

    def close(self) -> None:
        """End the session, and with it its tables."""
        self._database.close()


def decide_rows(pack: Pack, decision: str, rows: Iterable[FactRow], url: str) -> Iterator[Verdict]:
    """One verdict for each row, in order, from the database at `url`. Raises psycopg's errors if it can't be
    used.
    """
    with closing(PostgresqlSession(url)) as session:
        yield from decide_in_batches(session, pack, decision, rows)
