"""Which SQL each test sends, so that the second database runs every statement without running every test.

The first run of the suite writes, under AMANA_TEST_SHARED, what each test sent: not the values, only the
shape of each statement. The second, on the other database, runs every test outside `COVERED` folders, and of
those inside the quickest that together send every shape that any of them sent and no other test sends. A test
without a record, of transactions of its own or of a database by name runs always.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

SHARED = "AMANA_TEST_SHARED"
COVERED = ("tests/web/",)
"""What is above the apps asks them: their own tests, and those of casework, run whole on both."""
VALUES = re.compile(r"\(\s*%s(?:\s*,\s*%s)*\s*\)")
ROWS = re.compile(r"\(%s\)(?:\s*,\s*\(%s\))+")
SAVEPOINT = re.compile(r"SAVEPOINT .*")


@dataclass(frozen=True)
class Sent:
    """What one test sent and how many seconds it took."""

    test: str
    seconds: float
    shapes: frozenset[str]


@lru_cache(maxsize=65_536)
def shape(statement: str) -> str:
    """The statement without how many values it lists and how many rows it writes."""
    short = ROWS.sub("(%s)", VALUES.sub("(%s)", statement))
    return SAVEPOINT.sub("SAVEPOINT", short)


class Recorder:
    """Writes a line for every test that sends anything: `{test: [seconds, [number of a shape, ...]]}`; the
    shapes by number stand in the last line.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.now = file, set[str]()
        self.numbers: dict[str, int] = {}
        self.lines: list[str] = []

    def listen(self) -> None:
        """Hear every statement of every connection of this process."""
        from django.db.backends.utils import CursorWrapper

        for name in ("execute", "executemany"):
            self._listen_to(CursorWrapper, name)

    def _listen_to(self, wrapper: Any, name: str) -> None:
        send = getattr(wrapper, name)

        def heard(cursor: Any, sql: Any, *values: Any, **named: Any) -> Any:
            self.now.add(shape(str(sql)))
            return send(cursor, sql, *values, **named)

        setattr(wrapper, name, heard)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """One test with its setting up and taking down."""
        self.now.clear()
        begun = time.monotonic()
        answer = yield
        if self.now:
            numbers = sorted(self.numbers.setdefault(each, len(self.numbers)) for each in self.now)
            self.lines.append(json.dumps({item.nodeid: [round(time.monotonic() - begun, 3), numbers]}))
        return answer

    def pytest_sessionfinish(self) -> None:
        """All at the end: a run that was killed leaves no record."""
        self.file.write_text("\n".join([*self.lines, json.dumps(list(self.numbers))]), encoding="utf-8")


def folder() -> Path | None:
    """Where runs of one suite leave things for each other, if they do."""
    place = os.environ.get(SHARED)
    return Path(place) if place else None


def read(place: Path) -> list[Sent]:
    """The records of every process of the first run."""
    found = []
    for file in sorted(place.glob("statements.*.jsonl")):
        *lines, last = file.read_text(encoding="utf-8").splitlines()
        shapes = json.loads(last)
        for line in lines:
            for test, (seconds, numbers) in json.loads(line).items():
                found.append(Sent(test, seconds, frozenset(shapes[at] for at in numbers)))
    return found


def spared(sent: Iterable[Sent], always: set[str]) -> set[str]:
    """The tests that need not run again: every shape that one of them sent, a test that runs sends too.

    `always` are the tests that run whatever they send. The slowest are spared first.
    """
    told = {each.test: each for each in sent}
    senders = Counter(each for one in told.values() for each in one.shapes)
    without = set()
    for each in sorted(told.values(), key=lambda one: (-one.seconds, one.test)):
        if each.test not in always and all(senders[one] > 1 for one in each.shapes):
            senders.subtract(each.shapes)
            without.add(each.test)
    return without


def runs_always(item: pytest.Item) -> bool:
    """Whether a test says more about the database than its statements do."""
    mark = item.get_closest_marker("django_db")
    own = bool(mark and mark.kwargs.get("transaction"))
    own = own or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))
    return own or not item.nodeid.startswith(COVERED)
