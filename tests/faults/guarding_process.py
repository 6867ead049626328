"""Guarded acts that are killed midway: `python guarding_process.py TIMES SEED`.

Each try adds a paper, opens a case in an emergency and takes a file of people out, in a forked process; all
but the first are killed after a random part of the time that it took. Prints one JSON object: what is torn
after each try, and how much was done.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))

from django.conf import settings  # noqa: E402 - Django must be ready first
from django.db import connections  # noqa: E402
from small_lists import SENDER, many  # noqa: E402

from amana.apps.accounts import queries  # noqa: E402
from amana.apps.attachments import store  # noqa: E402
from amana.apps.attachments.models import Attachment  # noqa: E402
from amana.apps.attachments.queries import part_of, stored_names  # noqa: E402
from amana.apps.audit.models import AuditEntry  # noqa: E402
from amana.apps.exports.models import Export, ExportCopy  # noqa: E402
from amana.apps.guards.alerting import ALERT_JOB, OPENING  # noqa: E402
from amana.apps.guards.models import Opening  # noqa: E402
from amana.apps.jobs.models import Job  # noqa: E402
from amana.apps.placements.commands import add_facility  # noqa: E402
from amana.apps.registry.models import Person, Reach  # noqa: E402
from amana.casework import exporting, intake, openings, papers  # noqa: E402
from amana.core.papers import CLEAN, ORIGINAL, Examined  # noqa: E402

AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)
LETTER = Examined("text", b"a letter of hers " * 9000, b"a letter of hers " * 9000, None, 1, ())


def viewer(role: str) -> Any:
    """An account of the office."""
    return queries.viewer_by_email(f"{role}@office.example")


def fork(work: Callable[[], object]) -> int:
    """A process that does this; its own connections."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(99)
    return child


def acts(people: list[str], asked: Any, at: datetime) -> None:
    """A paper, an emergency opening, a file of people."""
    caseworker, health, supervisor = viewer("caseworker"), viewer("health_worker"), viewer("supervisor")
    told: dict[str, Any] = {"words": "A letter that she wrote herself.", "name": "a.txt", "others": False}
    papers.add(people[0], "person:C1", LETTER, **told, by=caseworker, at=at, on=TODAY)
    openings.begin(people[1], reason="She is said to bleed heavily.", hours=1, by=health, at=at)
    exporting.take(asked, write=lambda leaving: repr(leaving).encode(), by=supervisor, at=at, on=TODAY)


def ask_for_file(at: datetime) -> Any:
    """A file asked for and approved, ready to be taken."""
    supervisor, why = viewer("supervisor"), "The doctor asks whom to see first."
    wish = exporting.Wish(
        ("ref",), {"sex": ("female",)}, "csv", "health", "The clinic of the town", "care", why
    )
    number = exporting.count(wish, by=supervisor, on=TODAY)
    asked = exporting.ask(wish, people=number, by=supervisor, at=at, on=TODAY)
    officer = viewer("data_protection")
    exporting.answer(asked, yes=True, people=number, reason=why, by=officer, at=at, on=TODAY)
    return asked


def torn() -> list[str]:
    """What is half done."""
    kinds = list(AuditEntry.objects.values_list("kind", flat=True))
    rows = list(Attachment.objects.all())
    spoilt = any(part_of(row, part) != LETTER.original for row in rows for part in (CLEAN, ORIGINAL))
    opened = Opening.objects.count()
    copies = ExportCopy.objects.count()
    checks = {
        "a paper that doesn't open": not spoilt,
        "a paper without its entry": kinds.count("paper.added") == len(rows),
        "an opening without its entry": kinds.count("opening.begun") == opened,
        "an opening without its reach": Reach.objects.filter(source="opening").count()
        == Opening.objects.filter(ended_at=None).count(),
        "an opening of which nobody was told": [
            job.arguments["kind"] for job in Job.objects.filter(kind=ALERT_JOB)
        ].count(OPENING)
        == opened,
        "a file without its entry": kinds.count("export.taken") == copies,
        "a file taken and still open": Export.objects.filter(state="taken").count() == copies,
    }
    return [what for what, whole in checks.items() if not whole]


def main(times: int, seed: int) -> dict[str, Any]:
    """Kill and look; at last clear the folder of papers."""
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, "https://office.example"
    chance = random.Random(seed)
    registrar = viewer("registrar")
    site = add_facility(name_en="Site A", name_ar="", kind="detention", by=registrar, at=AT)
    intake.commit(many(4), facility=site, sender=SENDER, by=registrar, at=AT, on=TODAY)
    people = list(Person.objects.order_by("ref").values_list("ref", flat=True))
    killed, seen, whole = 0, [], 0.0
    for turn in range(times):
        at = AT + timedelta(days=8 * turn)
        child = fork(partial(acts, people, ask_for_file(at), at))
        began = time.monotonic()
        if turn:
            time.sleep(chance.uniform(0.0, whole))
            os.kill(child, signal.SIGKILL)
        fell = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        killed += fell
        # What was done before the kill fell took less time than this.
        whole = whole if fell else min(whole or 60.0, time.monotonic() - began) * (0.7 if turn else 1.0)
        seen.append(torn())
    store.sweep(stored_names(), datetime.now(UTC) + timedelta(hours=2))
    left = len(list(store.folder().iterdir())) - 2 * Attachment.objects.count()
    done = [Attachment.objects.count(), Opening.objects.count(), ExportCopy.objects.count()]
    return {"killed": killed, "torn": seen, "left": left, "done": done}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
