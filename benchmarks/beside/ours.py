"""The same people, decided by us: columns in memory, as the peers have theirs, or the encoded store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import duckdb

from amana.core.policy import Pack
from amana.core.policy.sql import Encoding
from amana.exchange import sql_rows
from amana.exchange.duckdb import DuckDbSession
from amana.exchange.facts_file import open_facts
from amana.exchange.population.store import Store, encode, open_store
from amana.exchange.population.store_counts import count_store_in
from amana.exchange.population.workbench import workbench
from beside.people import NATIONS, SEXES

DECISION = "placement"


class Columns:
    """Columns in memory; the codes as enumerations, as polars has them."""

    def __init__(self, pack: Pack, path: Path, on: date) -> None:
        database = duckdb.connect()
        codes = ", ".join(
            f"CAST({name} AS ENUM({', '.join(map(repr, sorted(codes)))})) AS {name}"
            for name, codes in (("sex", SEXES), ("nationality", NATIONS))
        )
        database.execute(f"CREATE TABLE person AS SELECT * REPLACE ({codes}) FROM '{path}'")
        self._session = DuckDbSession(database)
        self._encoding = Encoding(pack, DECISION, "duckdb", "person", on)

    def count(self) -> Mapping[str, int]:
        """How many have each outcome."""
        return by_outcome(sql_rows.counted(self._session, self._encoding))

    def outcomes(self) -> list[str]:
        """Everyone's outcome in the order of the refs."""
        query = sql_rows.decided(self._session, self._encoding)
        return [outcome for (outcome,) in self._session.read(f"SELECT outcome FROM ({query}) ORDER BY ref")]


class Encoded:
    """The encoded store: its file is read at each count, in a DuckDB that stays open."""

    def __init__(self, pack: Pack, path: Path, on: date) -> None:
        self._asked = (store_of(pack, path), pack, DECISION, on)
        self._kept = ExitStack()
        self._bench = self._kept.enter_context(workbench())

    def count(self) -> Mapping[str, int]:
        """How many have each outcome."""
        return by_outcome(count_store_in(self._bench, *self._asked))


def store_of(pack: Pack, path: Path) -> Store:
    """The store of a file of facts, beside it."""
    out = path.with_suffix(".store.parquet")
    encode(open_facts(path, pack), DECISION, out)
    store = open_store(out)
    assert store
    return store


def by_outcome(counts: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """Counts without the needs."""
    found: Counter[str] = Counter()
    for (outcome, _needs), count in counts.items():
        found[outcome] += count
    return dict(found)
