"""Writers of a SQLite file take turns, in the order in which they came."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction

from amana.apps.audit.turns import EXTENSION, transaction_in_turn

ALIAS = "turns"


@pytest.fixture
def written(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A SQLite file of one table that every thread opens for itself under `ALIAS`."""
    path = tmp_path / "one.sqlite3"
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.2}
    told = connections.configure_settings({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}})
    connections.databases[ALIAS] = {**told["default"], "OPTIONS": options}
    with django_db_blocker.unblock():
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("CREATE TABLE words (word TEXT)")
        yield path
        connections[ALIAS].close()
    del connections[ALIAS], connections.databases[ALIAS]


def write(word: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("INSERT INTO words VALUES (%s)", [word])


def words() -> list[str]:
    with connections[ALIAS].cursor() as cursor:
        return [word for (word,) in cursor.execute("SELECT word FROM words ORDER BY rowid").fetchall()]


def beside(work: Callable[[], None]) -> threading.Thread:
    """Begin some work in a thread of its own, which leaves its connection closed."""

    def whole() -> None:
        try:
            work()
        finally:
            connections[ALIAS].close()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


def test_the_next_writer_begins_when_the_one_before_is_done(written: Path) -> None:
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with transaction_in_turn(ALIAS):
            write("second")

    with transaction_in_turn(ALIAS):
        thread = beside(second)
        begun.wait(5)
        thread.join(0.05)
        assert thread.is_alive()
        write("first")
    thread.join(5)
    assert words() == ["first", "second"]


def test_whoever_waits_longer_than_the_timeout_is_told_that_it_is_locked(written: Path) -> None:
    refused: list[str] = []

    def second() -> None:
        try:
            with transaction_in_turn(ALIAS):
                write("second")
        except OperationalError as error:
            refused.append(str(error))

    with transaction_in_turn(ALIAS):
        write("first")
        beside(second).join(5)
    assert refused == ["database is locked"] and words() == ["first"]


def test_after_a_turn_a_single_statement_waits_as_the_settings_say(written: Path) -> None:
    with transaction_in_turn(ALIAS):
        write("first")
    with connections[ALIAS].cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (200,)


def test_a_turn_that_fails_takes_its_writes_back_and_leaves_the_queue(written: Path) -> None:
    with pytest.raises(ValueError, match="a mistake"), transaction_in_turn(ALIAS):
        write("first")
        raise ValueError("a mistake")
    with transaction_in_turn(ALIAS):
        write("second")
    assert words() == ["second"]


def test_inside_an_open_transaction_nobody_queues(written: Path) -> None:
    with transaction.atomic(using=ALIAS), transaction_in_turn(ALIAS):
        write("first")
    assert words() == ["first"] and not Path(f"{written}{EXTENSION}").exists()
