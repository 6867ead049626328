"""Databases with every table, migrated once a suite and copied after that: migrating takes seven seconds.

Only SQLite is copied; PostgreSQL is migrated by each process. Processes wait for each other by a lock.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import statements


def place(session: str) -> Path:
    """The folder of the whole suite, or of the session where a person runs tests by hand."""
    return statements.folder() or Path(os.environ[session])


@contextmanager
def one_at_a_time(folder: Path, name: str) -> Iterator[None]:
    """Hold the lock of that name."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrating(folder: Path, call_command: Callable[..., Any]) -> Callable[..., Any]:
    """Django's `call_command`, except that a test database is migrated once and copied from then on."""
    from django.db import connections

    def call(name: str, *arguments: Any, **options: Any) -> Any:
        connection = connections[options.get("database") or "default"]
        if name != "migrate" or connection.vendor != "sqlite":
            return call_command(name, *arguments, **options)
        kept = folder / f"migrated-{connection.alias}.sqlite3"
        with one_at_a_time(folder, kept.name):
            connection.ensure_connection()
            if kept.exists():
                with closing(sqlite3.connect(kept)) as file:
                    file.backup(connection.connection)
                return None
            done = call_command(name, *arguments, **options)
            copied = kept.with_suffix(".part")
            with closing(sqlite3.connect(copied)) as file:
                connection.connection.backup(file)
            copied.rename(kept)
            return done

    return call


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """A home that `make` makes for the first process that asks."""
    home = folder / "home-once"
    with one_at_a_time(folder, home.name):
        if not home.exists():
            part = folder / "home-part"
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(home)
    return home
