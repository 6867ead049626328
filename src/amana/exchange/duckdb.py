"""Decides rows of facts in DuckDB, in memory. Rows reach it as one JSON text a batch: typed on arrival, never
on disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date

import duckdb

from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict
from amana.core.policy.sql import to_sql
from amana.exchange.sql_rows import CONTRADICTIONS, Record, column_types, decide_in_batches

TABLE = "facts"
_TYPES = {"date": "DATE", "boolean": "BOOLEAN", "code": "VARCHAR", "integer": "BIGINT", "text": "VARCHAR"}


def decide_rows(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    """One verdict for each row, in order. Raises `NotInSql` for a decision that has no table of verdicts."""
    columns = column_types(pack, decision, _TYPES)
    cells = ", ".join(f"CAST(row ->> {place} AS {kind})" for place, (_, kind) in enumerate(columns))
    with closing(duckdb.connect(":memory:")) as database:
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns)
        database.execute(f"CREATE TABLE {TABLE} ({listed})")

        def answer(on: date, records: Sequence[Record]) -> Iterable[tuple[str, ...]]:
            database.execute(f"TRUNCATE {TABLE}")
            given = json.dumps(records, default=str)
            taken = "(SELECT unnest(CAST($1 AS JSON[])) AS row)"
            database.execute(f"INSERT INTO {TABLE} SELECT {cells} FROM {taken}", [given])  # noqa: S608  # constants
            query = to_sql(pack, decision, "duckdb", TABLE, on, contradictions=CONTRADICTIONS)
            return database.execute(query).fetchall()

        yield from decide_in_batches(pack, decision, rows, answer)
