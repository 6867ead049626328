"""Writers of a SQLite file take turns, in the order in which they came.

SQLite lets one write at a time, and whoever finds it busy sleeps, ever longer, and looks again: of sixteen
writers at once the newest wins and one in a hundred waits for seconds. A lock on a file beside the database
is a queue of the kernel's: only its head asks SQLite, and a process that dies leaves it by itself. On
PostgreSQL, inside an open transaction and on a database in memory nobody queues.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import OperationalError, connections, transaction

EXTENSION = "-turn"
PAUSE = 0.001
"""Seconds between two looks of the head of the queue."""


@contextmanager
def transaction_in_turn(alias: str = "default") -> Iterator[None]:
    """`transaction.atomic`, begun when the turn comes. Raises `OperationalError` where somebody writes for
    longer than the timeout of the database's settings.
    """
    path = _queue(alias)
    with ExitStack() as stack:
        if path is None:
            stack.enter_context(transaction.atomic(using=alias))
        else:
            with _head_of(path):
                _begin(stack, alias)
        yield


def _queue(alias: str) -> str | None:
    """The file of the queue, or None where nobody queues."""
    connection = connections[alias]
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():  # type: ignore[attr-defined]  # SQLite's
        return None
    return f"{connection.settings_dict['NAME']}{EXTENSION}"


@contextmanager
def _head_of(path: str) -> Iterator[None]:
    """Hold the head of the queue; left when the block ends, or the process."""
    queue = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(queue, fcntl.LOCK_EX)
        yield
    finally:
        os.close(queue)


def _begin(stack: ExitStack, alias: str) -> None:
    """Begin as soon as whoever writes is done: SQLite's own pauses, made for many, are too long for one."""
    connection = connections[alias]
    timeout = connection.settings_dict["OPTIONS"]["timeout"]
    tries = int(timeout / PAUSE)
    _wait_in_sqlite(alias, 0)
    try:
        while True:
            try:
                stack.enter_context(transaction.atomic(using=alias))
                return
            except OperationalError as error:
                tries -= 1
                if "locked" not in str(error) or tries < 0:
                    raise
                time.sleep(PAUSE)
    finally:
        _wait_in_sqlite(alias, timeout)


def _wait_in_sqlite(alias: str, seconds: float) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
