"""Verdicts and counts as Parquet, from any engine; some thousand rows are held at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

from amana.core.policy import Verdict
from amana.exchange.facts_file import COUNT_COLUMNS, VERDICT_COLUMNS, verdict_lists
from amana.exchange.population.records import PARQUET
from amana.exchange.population.workbench import quoted, quoted_text, workbench

_BATCH = 50_000
_COUNTED = {"count": "BIGINT"}


def is_parquet(path: Path | None) -> bool:
    """Whether a file of that name is to be Parquet."""
    return path is not None and path.suffix.lower() == PARQUET


def verdicts_to_parquet(path: Path, decided: Iterable[tuple[str, Verdict]]) -> None:
    """Write one row a person; lists are sorted and `;`-separated texts, empty where there is nothing."""
    rows = (
        (ref, verdict.outcome, *(";".join(part) for part in verdict_lists(verdict)))
        for ref, verdict in decided
    )
    _to_parquet(path, VERDICT_COLUMNS, rows)


def counts_to_parquet(path: Path, counts: Mapping[tuple[str, str], int]) -> None:
    """Write how many persons have each outcome and each set of needs, sorted."""
    _to_parquet(path, COUNT_COLUMNS, ((*key, count) for key, count in sorted(counts.items())))


def _to_parquet(path: Path, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    columns = [(name, _COUNTED.get(name, "VARCHAR")) for name in names]
    source = iter(rows)
    with workbench() as bench:
        typed = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
        bench.run(f"CREATE TEMP TABLE written ({typed})")
        while batch := list(islice(source, _BATCH)):
            bench.table("batch", columns, batch)
            bench.run("INSERT INTO written SELECT * FROM batch")
        bench.run(f"COPY written TO {quoted_text(str(path))} (FORMAT parquet)")
