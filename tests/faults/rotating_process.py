"""Exchanges of keys that are killed midway: `python rotating_process.py TIMES SEED`.

Forks a process for each exchange (of the office key, then of the data keys, by turns), kills it after a
random time, and has another process read every sealed value. Prints one JSON object.
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
from typing import Any

from amana.start import start_office

start_office()

from django.db import connections  # noqa: E402 - Django must be ready first

from amana.apps.accounts.viewers import installer  # noqa: E402
from amana.apps.attachments import commands, store  # noqa: E402
from amana.apps.attachments.models import Attachment  # noqa: E402
from amana.apps.attachments.queries import part_of  # noqa: E402
from amana.apps.attachments.resealing import encrypt_anew  # noqa: E402
from amana.apps.audit import casekeys, office_key, resealing  # noqa: E402
from amana.apps.audit.key_models import CaseKey  # noqa: E402
from amana.apps.audit.recording import recording  # noqa: E402
from amana.apps.oversight.models import Waiver  # noqa: E402
from amana.apps.registry.models import Person  # noqa: E402
from amana.core.papers import CLEAN, ORIGINAL, Examined  # noqa: E402

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
PEOPLE, PAPERS, LONGEST = 120, 12, 0.25
LONG = timedelta(hours=3)
LETTER = Examined("text", b"a letter of hers", b"a letter of hers", None, 1, ())


def main(times: int, seed: int) -> dict[str, Any]:
    """Seal, exchange and kill, read; at last exchange undisturbed."""
    resealing.AT_ONCE = 5
    chance = random.Random(seed)
    wait_for(fork(fill))
    ends, read = [], []
    for turn in range(times):
        child = fork(by_turns(turn))
        time.sleep(chance.uniform(0.0, LONGEST))
        os.kill(child, signal.SIGKILL)
        ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        read.append(wait_for(fork(all_open)))
    finished = [wait_for(fork(by_turns(turn))) for turn in range(2)]
    return {
        "killed": sum(end == -signal.SIGKILL for end in ends),
        "read": read,
        "finished": finished,
        "last": wait_for(fork(all_settled)),
    }


def by_turns(turn: int) -> Callable[[], int]:
    """The office key, or the data keys."""
    return exchange_office if turn % 2 == 0 else exchange_data


def exchange_office() -> int:
    """A new office key; the old one is destroyed."""
    resealing.exchange_office_key(old=None, by=installer(), at=AT, progress=lambda *_told: None)
    return 0


def exchange_data() -> int:
    """New data keys, every value encrypted anew; how many did not open."""

    def files() -> tuple[int, int]:
        found = encrypt_anew(by=installer(), at=AT, progress=lambda *_told: None)
        return found.papers, found.lost

    done = resealing.exchange_data_keys(by=installer(), at=AT, progress=lambda *_told: None, files=files)
    return done.unreadable + done.lost


def fill() -> int:
    """A waiver with a sealed ground for each of many people."""
    with recording(installer(), AT) as log:
        for number in range(PEOPLE):
            ref = f"P-{number:07d}"
            Person.objects.create(ref=ref, folded=" x", registered_at=AT)
            Waiver.objects.create(
                person_id=ref,
                safeguard="S11",
                key="k",
                verdict="overdue",
                ground=f"ground of {ref}",
                made_on=date(2018, 2, 15),
                until=date(2018, 3, 1),
                by=installer().audit_id,
                at=AT,
            )
        for number in range(PAPERS):
            commands.add(
                f"P-{number:07d}", ("person", ""), "C1", LETTER, words="A letter of hers.", name="a.txt",
                others=False, on=date(2018, 2, 15), log=log, token="",
            )  # fmt: skip
    return 0


def all_open() -> int:
    """How many values don't say what was sealed."""
    casekeys.forget()
    papers = list(Attachment.objects.all())
    lost = PAPERS - len(papers)
    for paper in papers:
        lost += any(part_of(paper, part) != LETTER.original for part in (CLEAN, ORIGINAL))
    return lost + sum(row.ground != f"ground of {row.person_id}" for row in Waiver.objects.all())


def all_settled() -> int:
    """How many keys are left over: data keys beyond one a case, or under another office key, and values that
    don't open.
    """
    stray = CaseKey.objects.exclude(closed_by=office_key.ring().newest).count()
    store.sweep(frozenset(Attachment.objects.values_list("stored", flat=True)), datetime.now(UTC) + LONG)
    stray += abs(len(list(store.folder().iterdir())) - 2 * PAPERS)
    stray += len({row.about["round"] for row in Attachment.objects.all()}) - 1
    return all_open() + stray + CaseKey.objects.count() - PEOPLE + len(office_key.ring().keys) - 1


def fork(work: Callable[[], int]) -> int:
    """A process that does this and ends with what it gives; its own connections."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            os._exit(work())
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(99)
    return child


def wait_for(child: int) -> int:
    """How a process ended."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
