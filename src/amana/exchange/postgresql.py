"""Decides rows of facts in PostgreSQL, in a temporary table of its own session; nothing stays behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import psycopg
from psycopg import sql

from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict
from amana.core.policy.sql import to_sql
from amana.exchange.sql_rows import CONTRADICTIONS, Record, column_types, decide_in_batches

TABLE = "amana_facts"
_TYPES = {"date": "date", "boolean": "boolean", "code": "text", "integer": "bigint", "text": "text"}


def decide_rows(pack: Pack, decision: str, rows: Iterable[FactRow], url: str) -> Iterator[Verdict]:
    """One verdict for each row, in order, from the database at `url`.

    Raises `NotInSql` for a decision that has no table of verdicts, and psycopg's errors if the database
    can't be used.
    """
    columns = column_types(pack, decision, _TYPES)
    table = sql.Identifier(TABLE)
    with psycopg.connect(url) as database:
        listed = sql.SQL(", ").join(
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in columns
        )
        database.execute(sql.SQL("CREATE TEMPORARY TABLE {} ({}) ON COMMIT DROP").format(table, listed))

        def answer(on: date, records: Sequence[Record]) -> Iterable[tuple[str, ...]]:
            with database.cursor() as cursor:
                cursor.execute(sql.SQL("TRUNCATE {}").format(table))
                with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(table)) as copy:
                    for record in records:
                        copy.write_row(record)
                query = to_sql(pack, decision, "postgres", TABLE, on, contradictions=CONTRADICTIONS)
                return cursor.execute(query.encode()).fetchall()

        yield from decide_in_batches(pack, decision, rows, answer)
