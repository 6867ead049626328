"""An office on SQLite, copied file by file while it works, and put back.

Each file is copied by SQLite's own backup in one step, which sees one moment and makes nobody wait; the copy
is then written anew without the pages that deletions left, so that what was erased is not carried along.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connections

from amana.apps.audit.stored import TABLES, Ask
from amana.exchange.backup import papers
from amana.exchange.backup.cipher import BadBackup
from amana.exchange.backup.container import Manifest, settle
from amana.exchange.backup.proof import ENDED_AT_RESTORE, OCCUPIED, Occupied, heads

ENGINE = "sqlite"
PATIENCE = 60
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"


def places() -> dict[str, Path]:
    """Where each database of this office lies."""
    return {alias: Path(connections[alias].settings_dict["NAME"]) for alias in connections}


def copy(folder: Path) -> None:
    """Copy both databases into `folder`."""
    for alias, place in places().items():
        target = folder / "databases" / f"{alias}.sqlite3"
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with (
            closing(sqlite3.connect(_uri(place, "ro"), uri=True, timeout=PATIENCE)) as source,
            closing(sqlite3.connect(target)) as copied,
        ):
            source.backup(copied, pages=-1)
            copied.execute("PRAGMA journal_mode=DELETE")
            copied.execute("VACUUM")
        target.chmod(0o600)


def state(folder: Path) -> dict[str, Any]:
    """The rows, migrations and trails of copied databases, as a manifest holds them."""
    found: dict[str, Any] = {"tables": {}, "migrations": {}, "trails": {}, "papers": []}
    found["demonstration"] = None
    for alias, database in opened(folder):
        ask = asking(database)
        names = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'", ())]
        names = sorted(name for name in names if not name.startswith("sqlite_"))
        found["tables"][alias] = {name: ask(f'SELECT count(*) FROM "{name}"', ())[0][0] for name in names}  # noqa: S608 - names of the schema
        found["migrations"][alias] = [list(row) for row in ask(MIGRATIONS, ())]
        found["trails"] |= heads(ask, names)
        found["papers"] += papers.named(ask, names)
        if "accounts_office" in names and (office := ask("SELECT demonstration FROM accounts_office", ())):
            found["demonstration"] = bool(office[0][0])
    return found


def trails(folder: Path) -> Iterator[tuple[str, Ask]]:
    """How each trail of copied databases is asked, while it is the turn of its database."""
    for _alias, database in opened(folder):
        ask = asking(database)
        names = {name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table'", ())}
        yield from ((trail, ask) for trail, tables in TABLES.items() if tables.entry in names)


def faults(folder: Path) -> list[str]:
    """What SQLite itself finds wrong with copied files."""
    wrong = []
    for alias, database in opened(folder):
        told = [str(line) for (line,) in database.execute("PRAGMA integrity_check(5)")]
        wrong += [f"database {alias}: {line}" for line in told if line != "ok"]
        if database.execute("PRAGMA foreign_key_check").fetchone():
            wrong.append(f"database {alias}: a row points at one that is not there")
    return wrong


def opened(folder: Path) -> Iterator[tuple[str, sqlite3.Connection]]:
    """Each copied database, one after the other. Raises `BadBackup` for a file that is none."""
    for path in sorted((folder / "databases").glob("*.sqlite3")):
        with closing(sqlite3.connect(_uri(path, "ro"), uri=True)) as database:
            try:
                yield path.stem, database
            except sqlite3.DatabaseError as error:
                raise BadBackup(f"{path.name} in the backup can't be read: {error}.") from error


def asking(database: sqlite3.Connection) -> Ask:
    """How a database is asked in plain SQL."""
    return lambda statement, parameters: database.execute(statement, tuple(parameters)).fetchall()


def refuse_occupied(home: Path) -> None:
    """Raise `Occupied` where files of this office hold anything; not where a restore was interrupted."""
    if (home / MARK).exists():
        return
    for place in places().values():
        if place.exists() and place.stat().st_size and _holds_something(place):
            raise Occupied(
                f"{place} holds an office. Nothing was changed. Restore into an empty folder: set AMANA_HOME."
            )


MARK = ".restoring"
"""A file in AMANA_HOME while the databases are put in their places; an office that has it does not open."""


def put_back(folder: Path, home: Path, _manifest: Manifest) -> None:
    """Put copied databases in the places of the office. Killed midway it can be done again."""
    forget_sessions(folder)
    mark = home / MARK
    mark.touch(0o600)
    settle(home)
    for alias, place in places().items():
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for ending in ("-wal", "-shm"):
            Path(f"{place}{ending}").unlink(missing_ok=True)
        (folder / "databases" / f"{alias}.sqlite3").replace(place)
        settle(place.parent)
    mark.unlink()
    settle(home)


def forget_sessions(folder: Path) -> None:
    """Nobody stays signed in over a restore."""
    for path in (folder / "databases").glob("*.sqlite3"):
        with closing(sqlite3.connect(path)) as database, database:
            names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            for table in ENDED_AT_RESTORE & names:
                database.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name of ours


def _holds_something(place: Path) -> bool:
    with closing(sqlite3.connect(_uri(place, "ro"), uri=True, timeout=PATIENCE)) as database:
        try:
            names = {
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
            }
            return any(
                database.execute(f'SELECT 1 FROM "{table}" WHERE {told} LIMIT 1').fetchone()  # noqa: S608 - ours
                for table, told in OCCUPIED.items()
                if table in names
            )
        except sqlite3.DatabaseError:
            return True


def _uri(path: Path, mode: str) -> str:
    return f"file:{quote(str(path))}?mode={mode}"
