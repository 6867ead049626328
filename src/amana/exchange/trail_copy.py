"""Copies of an office's SQLite files, as from a backup, verified where they lie: no settings, and nothing is
written beside them. With the audit key their payloads are held against what was committed to, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amana.apps.audit import stored
from amana.apps.audit.stored import TABLES, Ask
from amana.core.errors import AmanaError
from amana.core.trail import ChainFault, Kept, Tally

MAGIC = b"SQLite format 3\0"
TABLES_THERE = "SELECT name FROM sqlite_master WHERE type = 'table'"


class BadCopy(AmanaError):
    """A file is no copy of an office's database that can be read."""


def is_copy(path: Path) -> bool:
    """Whether a file is an SQLite database."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def trails_in(path: Path) -> tuple[str, ...]:
    """Which trails a copy holds. Raises `BadCopy` where it holds none."""
    with _asking(path) as ask:
        there = {name for (name,) in ask(TABLES_THERE, ())}
    found = tuple(name for name, tables in TABLES.items() if tables.entry in there)
    if not found:
        raise BadCopy(f"{path.name} holds no trail: it is no copy of an office's database.")
    return found


def verify_copy(
    path: Path, key: bytes | None, kept: Mapping[str, Mapping[int, Kept]], tallies: Mapping[str, Tally]
) -> Iterator[tuple[str, ChainFault]]:
    """Every fault of a copy, with the name of its trail; payloads only with the audit key."""
    for name in trails_in(path):
        with _asking(path) as ask:
            found = stored.verify(ask, TABLES[name], key=key, kept=kept.get(name, {}), tally=tallies[name])
            for fault in found:
                yield name, fault


@contextmanager
def _asking(path: Path) -> Iterator[Ask]:
    """How a copy is asked. One with a log beside it is read with its log, any other as it lies."""
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path.resolve()))}?{how}", uri=True)) as copy:

            def ask(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
                return copy.execute(statement, parameters).fetchall()

            yield ask
    except sqlite3.DatabaseError as error:
        raise BadCopy(f"{path.name} can't be read as a copy of an office's database: {error}.") from error
