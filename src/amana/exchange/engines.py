"""The engines that can decide a file of facts, and one way to call them; each keeps the order of the rows.

Python decides row by row; SQLite works in memory; PostgreSQL needs DATABASE_URL. All give the same answers,
which the tests prove. A row without a readable day of its own is invalid on every engine and never reaches
one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from amana.core.errors import AmanaError
from amana.core.facts import FactRow
from amana.core.policy import INVALID, Pack, Verdict, decide
from amana.exchange import postgresql, sqlite
from amana.exchange.facts_file import UndatedRow

Decided = tuple[str, Verdict]
Decide = Callable[[Pack, str, Iterable[FactRow]], Iterator[Decided]]


class NoDatabase(AmanaError):
    """PostgreSQL was asked for without an address."""


def decide_rows(
    engine: str, pack: Pack, decision: str, rows: Iterable[FactRow | UndatedRow]
) -> Iterator[Decided]:
    """A verdict for each row, in order. Raises `NoDatabase`."""
    undated: list[tuple[int, Decided]] = []
    answers = _ENGINES[engine](pack, decision, _dated(rows, undated))
    place = 0
    for answer in answers:
        while undated and undated[0][0] <= place:
            yield undated.pop(0)[1]
            place += 1
        yield answer
        place += 1
    yield from (answer for _place, answer in undated)


def _dated(rows: Iterable[FactRow | UndatedRow], undated: list[tuple[int, Decided]]) -> Iterator[FactRow]:
    """The rows an engine can decide; the others are set aside with their place."""
    for place, row in enumerate(rows):
        if isinstance(row, FactRow):
            yield row
        else:
            undated.append((place, (row.ref, Verdict(INVALID, (), (), (row.column,), ()))))


def _python(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Decided]:
    for row in rows:
        yield row.ref, decide(pack, decision, row)


def _sqlite(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Decided]:
    return sqlite.decide_rows(pack, decision, rows)


def _postgresql(pack: Pack, decision: str, rows: Iterable[FactRow]) -> Iterator[Decided]:
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        raise NoDatabase("The engine postgresql needs DATABASE_URL=postgresql://user@host/name.")
    return postgresql.decide_rows(pack, decision, rows, url)


_ENGINES: dict[str, Decide] = {"python": _python, "sqlite": _sqlite, "postgresql": _postgresql}
ENGINES = tuple(_ENGINES)
