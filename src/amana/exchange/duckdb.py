"""Decides rows of facts in DuckDB, in memory. Rows reach it as one JSON text a table: typed on arrival,
never on disk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing

import duckdb

from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict
from amana.exchange.sql_rows import Columns, Record, decide_in_batches


class DuckDbSession:
    """A database, in memory unless one is given."""

    dialect = "duckdb"
    types: Mapping[str, str] = {
        "date": "DATE",
        "boolean": "BOOLEAN",
        "code": "VARCHAR",
        "integer": "BIGINT",
        "text": "VARCHAR",
    }

    def __init__(self, database: duckdb.DuckDBPyConnection | None = None) -> None:
        self._database = database or duckdb.connect(":memory:")

    def fill(self, table: str, columns: Columns, rows: Iterable[Record]) -> None:
        """See `Session`."""
        cells = ", ".join(
            f'CAST(given ->> {place} AS {kind}) AS "{name}"' for place, (name, kind) in enumerate(columns)
        )
        given = json.dumps(list(rows), default=str)
        self._database.execute(
            f'CREATE OR REPLACE TEMP TABLE "{table}" AS SELECT {cells}'  # noqa: S608  # quoted names
            " FROM (SELECT unnest(CAST($1 AS JSON[])) AS given)",
            [given],
        )

    def keep(self, table: str, query: str) -> None:
        """See `Session`."""
        self._database.execute(f'CREATE OR REPLACE TEMP TABLE "{table}" AS {query}')

    def read(self, query: str) -> Iterable[Record]:
        """See `Session`."""
        return self._database.execute(query).fetchall()

    def close(self) -> None:
        """Forget everything that was only in memory."""
        self._database.close()


def decide_rows(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    """One verdict for each row, in order."""
    with closing(DuckDbSession()) as session:
        yield from decide_in_batches(session, pack, decision, rows)
