"""Deciding everybody anew, killed midway: `python redeciding_process.py SEED KILLS`.

Commits a list, adopts a change, then starts the work of the adoption in forked processes, each killed a
random moment after its first groups, until one ends by itself. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parent))

from law_changes import until_three  # noqa: E402 - Django must be ready first
from small_lists import SENDER, many  # noqa: E402

from amana.apps.accounts import queries  # noqa: E402
from amana.apps.accounts.viewers import Viewer  # noqa: E402
from amana.apps.decisions.models import Decision  # noqa: E402
from amana.apps.decisions.office_pack import office_pack, pack_named  # noqa: E402
from amana.apps.placements.commands import add_facility  # noqa: E402
from amana.casework import intake, proposals, redecide  # noqa: E402
from amana.casework.entering import Progress, quiet  # noqa: E402

AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)
FAMILIES = 120
redecide.AT_ONCE = 30


def role(name: str) -> Viewer:
    """An account of the office."""
    found = queries.viewer_by_email(f"{name}@office.example")
    assert found is not None
    return found


def prepare() -> None:
    """Everybody decided under the shipped text, and another adopted."""
    registrar = role("registrar")
    site = add_facility(name_en="Site A", name_ar="", kind="detention", by=registrar, at=AT)
    told: dict[str, Any] = {"facility": site, "sender": SENDER, "by": registrar, "at": AT, "on": TODAY}
    intake.commit(many(FAMILIES), **told)
    words = {"title": "Until three", "reason": "Said so.", "by": role("rules_editor"), "at": AT}
    ref = proposals.propose(until_three(), **words)
    proposals.adopt(ref, reason="Agreed.", by=role("policy_approver"), at=AT)


def decide_anew(progress: Progress = quiet) -> None:
    """What the worker does."""
    redecide.decide_anew(by=role("policy_approver"), at=AT, on=TODAY, progress=progress)


def killed_after(groups: int, seconds: float) -> None:
    """Decide anew in a forked process, killed so long after that many groups are done."""
    reading, writing = os.pipe()

    def tell(done: int, total: int, step: str) -> None:
        os.write(writing, b".")

    child = os.fork()
    if not child:
        try:
            decide_anew(tell)
        finally:
            os._exit(0)
    os.close(writing)
    for _ in range(groups + 1):
        os.read(reading, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)


def forked(work: Callable[[], object]) -> None:
    """Run in a forked process to its end."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def look() -> dict[str, Any]:
    """How everybody stands."""
    standing = Decision.objects.filter(superseded_at__isnull=True)
    law = office_pack().hash
    chains = Counter(Decision.objects.values_list("person", flat=True))
    return {
        "people": standing.values("person").distinct().count(),
        "standing": standing.count(),
        "new": standing.filter(pack_hash=law, supersedes__isnull=False).count(),
        "decisions": Decision.objects.count(),
        "most": max(chains.values()),
    }


def looked(pipe: int) -> None:
    """`look`, through a pipe."""
    os.write(pipe, json.dumps(look()).encode())


def answer() -> dict[str, Any]:
    """`look` in another process, so that nothing is connected here when one is forked."""
    reading, writing = os.pipe()
    forked(lambda: looked(writing))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        return dict(json.loads(pipe.read()))


if __name__ == "__main__":
    pack_named("iraq_2018")
    chance = random.Random(int(sys.argv[1]))
    forked(prepare)
    seen = [answer()]
    for _ in range(int(sys.argv[2])):
        killed_after(chance.randrange(2), chance.uniform(0, 0.03))
        seen.append(answer())
    forked(decide_anew)
    print(json.dumps([*seen, answer()]))
