"""Moves and sweeps that are killed midway: `python moving_process.py moves|sweep TIMES SEED`.

`moves`: each try carries out the plan of another mother and her children in a forked process that is killed
after a random time; the answer tells of each try what is written. `sweep`: each try sweeps everybody anew in
small groups; the answer tells who was found and how far the run says that it came. Prints one JSON object.
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
from pathlib import Path
from typing import Any

from amana.start import start_office

start_office()
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))

from small_lists import SENDER, many  # noqa: E402 - Django must be ready first

from amana.apps.accounts import queries  # noqa: E402
from amana.apps.audit.models import AuditEntry  # noqa: E402
from amana.apps.decisions.office_pack import pack_named  # noqa: E402
from amana.apps.oversight.models import Finding, Sweep  # noqa: E402
from amana.apps.placements.commands import add_facility  # noqa: E402
from amana.apps.placements.models import PlannedMove, Stay, StayGround  # noqa: E402
from amana.apps.placements.moves.planned import companions  # noqa: E402
from amana.apps.registry.models import KinLink  # noqa: E402
from amana.casework import intake, moves, sweep  # noqa: E402

AT, TODAY = datetime(2018, 1, 16, 9, 0, tzinfo=UTC), date(2018, 1, 16)
FAMILIES = 20
sweep.AT_ONCE = 6


def viewer(role: str) -> Any:
    """An account of the office."""
    return queries.viewer_by_email(f"{role}@office.example")


def answer(work: Callable[[], object]) -> Any:
    """What a forked process answers; nothing is connected before the fork."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


def killed(work: Callable[[], object], after: float) -> bool:
    """Do it in a forked process that is killed so many seconds later; whether it had ended by then."""
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    ended = os.waitpid(child, os.WNOHANG)[0] != 0
    if not ended:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return ended


def prepare() -> dict[str, str]:
    """Families at a place of detention and a plan for each to a camp; mother -> plan."""
    registrar, caseworker = viewer("registrar"), viewer("caseworker")
    site = add_facility(name_en="Site A", name_ar="", kind="detention", by=registrar, at=AT)
    camp = add_facility(name_en="Camp", name_ar="", kind="camp", by=registrar, at=AT)
    told: dict[str, Any] = {"facility": site, "sender": SENDER, "by": registrar, "at": AT, "on": TODAY}
    intake.commit(many(FAMILIES), **told)
    mothers = KinLink.objects.filter(role="mother").values_list("parent_id", flat=True).distinct()
    return {
        ref: moves.plan_move(
            ref,
            facility=camp,
            planned_for=TODAY,
            grounds=("safety",),
            reason="The roof came down in the storm.",
            together=True,
            by=caseworker,
            at=AT,
            on=TODAY,
        )
        for ref in mothers.order_by("parent_id")
    }


def carry_out(plan: str) -> None:
    """What the caseworker does."""
    moves.carry_out(plan, moved_on=TODAY, by=viewer("caseworker"), at=AT, on=TODAY)


def written(plan: str, group: list[str]) -> list[int]:
    """Of how many of the group each table says that they moved; the plan and the trail once for all."""
    at_camp = Stay.objects.filter(person__in=group, until=None, facility__kind="camp").count()
    left = Stay.objects.filter(person__in=group, until=TODAY).count()
    told = StayGround.objects.filter(plan=plan).count()
    done = PlannedMove.objects.filter(ref=plan, state="done").count()
    entries = AuditEntry.objects.filter(kind="move.carried_out", subject__in=group).count()
    return [at_camp, left, told, done * len(group), entries * len(group)]


def in_moves(times: int, chance: random.Random) -> dict[str, Any]:
    """Kill moves of one family after the other."""
    plans = answer(prepare)
    groups = answer(lambda: {ref: [ref, *companions(ref, TODAY)] for ref in plans})
    (first, plan), *rest = plans.items()
    began = time.monotonic()
    answer(lambda: carry_out(plan))
    whole, seen = (
        time.monotonic() - began,
        [(len(groups[first]), answer(lambda: written(plan, groups[first])))],
    )
    for ref, mref in rest[:times]:
        ended = killed(lambda mref=mref: carry_out(mref), chance.uniform(0.05, 0.9) * whole)
        whole *= 0.85 if ended else 1.05  # the machine's pace changes while other tests run
        seen.append((len(groups[ref]), answer(lambda ref=ref, mref=mref: written(mref, groups[ref]))))
    return {"seen": seen}


def look(day: date) -> None:
    """A whole sweep as of a day."""
    sweep.sweep_all(on=day, by=viewer("operator"), at=AT)


def found() -> dict[str, Any]:
    """How far the last run says that it came, and the findings that stand."""
    run = Sweep.objects.order_by("-pk").first()
    rows = Finding.objects.filter(until=None, person__isnull=False).order_by("person", "safeguard", "key")
    keys = ("person_id", "safeguard", "key", "verdict")
    return {"after": run.after if run else "", "rows": [list(row) for row in rows.values_list(*keys)]}


def in_sweeps(times: int, chance: random.Random) -> dict[str, Any]:
    """Kill a sweep of the same day, taken up again and again, until one ends; then another."""
    answer(prepare)
    day = TODAY + timedelta(days=60)
    before, seen, waits, ended = answer(found), [], 0.3, False
    while not ended and len(seen) < times:
        ended = killed(lambda: look(day), chance.uniform(0.2, 1.0) * waits)
        waits *= 1.1
        seen.append(answer(found))
    answer(lambda: look(day))
    whole = answer(found)
    answer(lambda: look(day))
    return {"before": before, "seen": seen, "ended": whole, "again": answer(found)}


if __name__ == "__main__":
    pack_named("iraq_2018")  # read once here, so that the forked processes spend their time in the work
    does = {"moves": in_moves, "sweep": in_sweeps}[sys.argv[1]]
    print(json.dumps(does(int(sys.argv[2]), random.Random(int(sys.argv[3])))))
