"""A DuckDB of its own for one command: in memory, spilling under a temporary folder, never on the network.

DuckDB reads patterns and addresses where a path is meant, so every file reaches it through a link of our own
naming.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
from django.utils.translation import gettext as _

from amana.core.errors import AmanaError

_SETTINGS: dict[str, str | bool] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
FETCHED = 10_000


class NoRoom(AmanaError):
    """DuckDB could not finish its work on this machine."""


@dataclass(frozen=True)
class Workbench:
    """A connection and the folder of what it needs for a while."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def run(self, query: str, values: Sequence[object] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement. Raises `duckdb.Error`."""
        return self.connection.execute(query, list(values)) if values else self.connection.execute(query)

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """The rows of a query, some thousand at a time; nothing else may run until the last is read."""
        found = self.connection.execute(query)
        while fetched := found.fetchmany(FETCHED):
            yield from fetched

    def one(self, query: str) -> tuple[object, ...]:
        """The one row of a query."""
        row = self.run(query).fetchone()
        assert row is not None, "a query without a row"
        return row

    def column(self, query: str) -> list[object]:
        """The first column of a query."""
        return [row[0] for row in self.run(query).fetchall()]

    def link(self, path: Path) -> str:
        """A file under a name without surprises, as an SQL text."""
        link = self.folder / f"linked-{len(list(self.folder.iterdir()))}{path.suffix.lower()}"
        link.symlink_to(path.resolve())
        return quoted_text(str(link))

    def table(self, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[object]]) -> None:
        """Make a small table of rows, given its columns with their types."""
        parts = ", ".join(
            f"unnest(${place}::{kind}[]) AS {quoted(column)}"
            for place, (column, kind) in enumerate(columns, start=1)
        )
        given = [[row[place] for row in rows] for place in range(len(columns))]
        self.run(f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT {parts}", given)


@contextmanager
def workbench(threads: int = 0) -> Iterator[Workbench]:
    """A workbench that leaves nothing behind. `threads`: how many, 0 for all cores. Raises `NoRoom`."""
    with tempfile.TemporaryDirectory(prefix="amana-") as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {**_SETTINGS, "temp_directory": folder}
        if threads:
            settings["threads"] = threads
        with closing(duckdb.connect(":memory:", config=settings)) as connection:
            try:
                yield Workbench(connection, Path(folder))
            except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
                raise NoRoom(
                    _(
                        "DuckDB has not enough memory or disk for this file, or can't read it to its end. "
                        "What does not fit in memory is kept under %(folder)s; make room there or set TMPDIR."
                    )
                    % {"folder": Path(folder).parent}
                ) from error


def quoted(name: str) -> str:
    """A column's or table's name."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: str) -> str:
    """A text constant."""
    return "'" + text.replace("'", "''") + "'"
