"""A facts file decided inside DuckDB: one query finds each row's state of knowledge, each state met is judged
once by the core, and the verdicts are joined back, or only counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from amana.core.policy import Verdict
from amana.core.policy.sql import Encoding, fact_columns, from_texts
from amana.exchange import sql_rows
from amana.exchange.duckdb import DuckDbSession
from amana.exchange.facts_file import VERDICT_COLUMNS, FactsFile, write_verdicts
from amana.exchange.population.facts_table import CONTRADICTIONS, FACTS, load_facts
from amana.exchange.population.workbench import Workbench, quoted_text, workbench

_WRITTEN = VERDICT_COLUMNS[1:]
_ODD = r"[^\p{L}\p{N}_./:-]"


class Answers:
    """One decision for the table `facts` of a workbench."""

    def __init__(self, bench: Workbench, encoding: Encoding) -> None:
        self._bench = bench
        self._encoding = encoding
        self._session = DuckDbSession(bench.connection)

    def counts(self) -> dict[tuple[str, str], int]:
        """How many rows have each outcome and needs."""
        return sql_rows.counted(self._session, self._encoding)

    def decided(self) -> Iterator[tuple[str, Verdict]]:
        """Each row's reference with its verdict, in the order of the file."""
        for ref, *cells in self._bench.rows(self._rows("exact")):
            yield str(ref), from_texts(cells)

    def write_parquet(self, path: Path) -> None:
        """Write the verdicts as Parquet, in the order of the file of facts."""
        self._bench.run(f"COPY ({self._rows()}) TO {quoted_text(str(path))} (FORMAT parquet)")

    def write_csv(self, path: Path) -> None:
        """Write the verdicts as CSV, in the order of the file of facts; every file in the same form."""
        if self._oddly_named():
            with path.open("w", encoding="utf-8", newline="") as stream:
                write_verdicts(stream, self.decided())
            return
        cells = ", ".join(f"NULLIF({name}, '') AS {name}" for name in _WRITTEN)
        query = f"SELECT ref, {cells} FROM ({self._rows()})"  # noqa: S608  # constant names
        self._bench.run(f"COPY ({query}) TO {quoted_text(str(path))} (FORMAT csv, HEADER, NULLSTR '')")

    def _oddly_named(self) -> bool:
        """Whether a ref holds anything that DuckDB may quote where Python doesn't."""
        odd = f"COALESCE(bool_or(regexp_matches(ref.ref, {quoted_text(_ODD)})), FALSE)"
        (found,) = self._bench.one(f"SELECT {odd} FROM {FACTS}")  # noqa: S608  # constant names
        return bool(found)

    def _rows(self, *more: str) -> str:
        """The query of all verdicts in order."""
        decided = sql_rows.decided(self._session, self._encoding)
        cells = ", ".join((*_WRITTEN, *more))
        return f"SELECT ref.ref AS ref, {cells} FROM ({decided}) AS decided ORDER BY decided.ref.place"  # noqa: S608


def fits(opened: FactsFile, decision: str) -> bool:
    """Whether the file can be decided here: its as-of column must not be the column of a fact too."""
    columns = {name.casefold() for name in (*fact_columns(opened.pack, decision), "ref", CONTRADICTIONS)}
    return not opened.on_column or opened.on_column.casefold() not in columns


@contextmanager
def answers(opened: FactsFile, decision: str) -> Iterator[Answers]:
    """The answers for a facts file. Raises `UnusableFacts`."""
    with workbench() as bench:
        table = load_facts(bench, opened, tuple(opened.pack.engines[decision].read))
        encoding = Encoding(
            opened.pack,
            decision,
            DuckDbSession.dialect,
            FACTS,
            opened.on or table.days,
            on_column=opened.on_column or "",
            days_table=sql_rows.DAYS if opened.on_column else "",
            contradictions=CONTRADICTIONS if table.contradictions else "",
        )
        yield Answers(bench, encoding)
