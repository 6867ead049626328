"""The engines that can decide a file of facts, and one way to call them; each keeps the order of the rows.

Python decides row by row; SQLite and DuckDB work in memory; PostgreSQL needs DATABASE_URL. All give the same
answers, which the tests prove. A row without a readable day of its own is invalid on every engine and never
reaches one.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator

import psycopg

from amana.core.errors import AmanaError
from amana.core.facts import FactRow
from amana.core.policy import INVALID, Pack, Verdict, decide
from amana.exchange import duckdb, postgresql, sqlite
from amana.exchange.facts_file import UndatedRow

Decided = tuple[str, Verdict]
Decide = Callable[[Pack, str, Iterable[FactRow]], Iterator[Verdict]]


class NoDatabase(AmanaError):
    """PostgreSQL was asked for, and has no address or does not answer."""


def decide_rows(
    engine: str, pack: Pack, decision: str, rows: Iterable[FactRow | UndatedRow]
) -> Iterator[Decided]:
    """Each row's reference with its verdict, in order. Raises `NoDatabase`."""
    waiting: deque[FactRow | UndatedRow] = deque()
    return _in_order(_ENGINES[engine](pack, decision, _dated(rows, waiting)), waiting)


def engines_at_hand() -> tuple[str, ...]:
    """The engines that can be used here and now: PostgreSQL only where DATABASE_URL names one."""
    return tuple(name for name in ENGINES if name != "postgresql" or _address())


def _in_order(verdicts: Iterator[Verdict], waiting: deque[FactRow | UndatedRow]) -> Iterator[Decided]:
    for verdict in verdicts:
        yield from _undated(waiting)
        yield waiting.popleft().ref, verdict
    yield from _undated(waiting)


def _dated(rows: Iterable[FactRow | UndatedRow], waiting: deque[FactRow | UndatedRow]) -> Iterator[FactRow]:
    """The rows an engine can decide; all of them wait in order for their verdict."""
    for row in rows:
        waiting.append(row)
        if isinstance(row, FactRow):
            yield row


def _undated(waiting: deque[FactRow | UndatedRow]) -> Iterator[Decided]:
    while waiting and isinstance(row := waiting[0], UndatedRow):
        yield row.ref, Verdict(INVALID, (), (), (row.column,), ())
        waiting.popleft()


def _python(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    return (decide(pack, decision, row) for row in rows)


def _postgresql(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    url = _address()
    if not url:
        raise NoDatabase("The engine postgresql needs DATABASE_URL=postgresql://user@host/name.")
    return _at(url, pack, decision, rows)


def _address() -> str:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def _at(url: str, pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Verdict]:
    try:
        yield from postgresql.decide_rows(pack, decision, rows, url)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise NoDatabase(f"The database of DATABASE_URL can't be used: {reason}") from error


_ENGINES: dict[str, Decide] = {
    "python": _python,
    "sqlite": sqlite.decide_rows,
    "postgresql": _postgresql,
    "duckdb": duckdb.decide_rows,
}
ENGINES = tuple(_ENGINES)
