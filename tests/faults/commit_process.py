"""Commits that are killed or looked at midway: `python commit_process.py kill TIMES SEED`, `... read`.

`kill` forks a process for each commit of 300 people, kills it after a random time, and counts every table
in another process: either the list is there whole or nothing of it. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))

from small_lists import many  # noqa: E402 - Django must be ready first

from amana.apps.accounts import queries  # noqa: E402
from amana.apps.audit.models import AuditEntry, AuditPayload  # noqa: E402
from amana.apps.audit.recording import recording  # noqa: E402
from amana.apps.decisions.models import Decision, FactsRow  # noqa: E402
from amana.apps.decisions.office_pack import pack_named  # noqa: E402
from amana.apps.decisions.versions import keep_office_pack  # noqa: E402
from amana.apps.placements.commands import add_facility  # noqa: E402
from amana.apps.placements.models import Stay  # noqa: E402
from amana.apps.registry.models import Batch, Claim, Family, KinLink, ListedRow, Person  # noqa: E402
from amana.casework import intake  # noqa: E402

AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)
FAMILIES = 100
A_LIST = {
    Batch: 1,
    Family: 100,
    Person: 300,
    Claim: 1200,
    KinLink: 200,
    ListedRow: 300,
    Stay: 300,
    FactsRow: 300,
    Decision: 300,
    AuditEntry: 301,
    AuditPayload: 301,
}
"""What one list of 100 families adds to each table."""


def commit(seed: int, progress: Callable[[int, int, str], None] = intake.quiet) -> None:
    """Commit the list of that seed."""
    viewer = queries.viewer_by_email("registrar@office.example")
    assert viewer
    what: dict[str, Any] = {"facility": None, "sender": f"Sender {seed}", "by": viewer, "at": AT, "on": TODAY}
    intake.commit(many(FAMILIES, seed), progress=progress, **what)


def in_child(work: Callable[[], object]) -> tuple[int, int]:
    """Run in a forked process; its id and the pipe its answer comes through. Nothing is connected before
    the fork.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        os.write(writing, json.dumps(work()).encode())
    finally:
        os._exit(0)


def answer(work: Callable[[], object]) -> Any:
    """What a forked process answers."""
    child, reading = in_child(work)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


def lists_per_table() -> list[float]:
    """How many whole lists each table holds, entries made before the first counted off."""
    before = {AuditEntry: OFFSET, AuditPayload: OFFSET}
    return [(model.objects.count() - before.get(model, 0)) / size for model, size in A_LIST.items()]


def kill(times: int, seed: int) -> dict[str, object]:
    """Commit and kill; counts after each."""
    pack_named("iraq_2018")  # read once here, so that the forked processes spend their time in the commit
    chance = random.Random(seed)
    began = time.monotonic()
    answer(lambda: commit(0))
    whole = time.monotonic() - began
    counted: list[list[float]] = []
    for attempt in range(1, times + 1):
        child, reading = in_child(lambda attempt=attempt: commit(attempt))
        time.sleep(chance.uniform(0.02, whole * 0.9))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)
        counted.append(answer(lists_per_table))
        ended_before = counted[-1][0] > (counted[-2][0] if attempt > 1 else 1)
        whole *= 0.85 if ended_before else 1.02  # the machine's pace changes while other tests run
    return {"seconds": whole, "counted": counted}


def read() -> dict[str, object]:
    """Read the register on another connection while a commit has written but not ended."""
    seen: list[int] = []

    def look(done: int, total: int, step: str) -> None:
        if step == "decide":
            with ThreadPoolExecutor(1) as elsewhere:
                seen.append(elsewhere.submit(Person.objects.count).result())

    commit(0)
    before = Person.objects.count()
    commit(1, progress=look)
    return {"before": before, "during": seen, "after": Person.objects.count()}


def prepare() -> int:
    """Open the only place and keep the text of the law, as the first decision does; the number of entries in
    the trail.
    """
    viewer = queries.viewer_by_email("registrar@office.example")
    assert viewer
    add_facility(name_en="Site A", name_ar="", kind="detention", by=viewer, at=AT)
    with recording(viewer, AT) as log:
        keep_office_pack(pack_named("iraq_2018"), log)
    return AuditEntry.objects.count()


if __name__ == "__main__":
    OFFSET = answer(prepare)
    print(json.dumps(kill(int(sys.argv[2]), int(sys.argv[3])) if sys.argv[1] == "kill" else read()))
