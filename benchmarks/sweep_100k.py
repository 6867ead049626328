"""Hold the safeguards against 1,500 and against 100,000 invented people, after one change and whole.

`python benchmarks/sweep_100k.py [PEOPLE]`. On SQLite unless DATABASE_URL says otherwise. The demonstration's
families, committed as one list; of them some children are moved to a state home as the reported protocol has
it, some are assessed, and for some a separation is determined. Prints seconds and the processor's part beside
the goals: a whole sweep of 1,500 people in 2 s and of 100,000 in 60 s, everything that follows one change in
100 ms, the board's counts in 50 ms. Commit and night have no goal of their own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from import_100k import AT, TODAY, open_register

FEW, MANY, GOAL_FEW, GOAL_MANY = 1_500, 100_000, 2.0, 60.0
CHANGED = 90
"""Of how many children something is recorded before the sweep; a third each moved, assessed, determined."""

GOAL_CHANGE, GOAL_BOARD, TURNS = 0.100, 0.050, 30
Times = tuple[float, float]


def main(people: int) -> None:
    """Measure one office of that many people."""
    registrar, site = open_register()
    cast = officials(registrar)
    _take_in(people, cast["registrar"], site)
    from amana.casework import nightly, sweep

    children = list(children_of_office())
    goal = {FEW: GOAL_FEW, MANY: GOAL_MANY}.get(people)
    timed("first sweep", people, lambda: _whole(sweep, cast), goal)
    record(children[:CHANGED], cast)
    timed("sweep that changes nothing", people, lambda: _whole(sweep, cast), goal)
    timed("  of which tasks", people, lambda: _tasks(cast))
    timed("night", people, lambda: nightly.run(on=TODAY, by=nightly.night(), at=AT))
    _one_change(children[CHANGED : CHANGED + TURNS], cast)
    _board(cast)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def timed(name: str, people: int, work: Callable[[], Any], goal: float | None = None) -> Any:
    """Run and tell how long it took, beside the goal in seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    held_to = "no goal" if goal is None else f"goal {goal:.0f} s"
    print(f"{name}, {people:,} people: {wall:.1f} s ({cpu:.1f} s of processor; {held_to})", flush=True)
    return answer


def _whole(sweep: Any, cast: dict[str, Any]) -> None:
    report = sweep.sweep_all(on=TODAY, by=cast["supervisor"], at=AT)
    standing = report.counts.standing
    print("  " + ", ".join(f"{each} {sum(standing[each].values()):,}" for each in sorted(standing)))


def _tasks(cast: dict[str, Any]) -> None:
    """Tasks of everybody, group by group, as the sweep raises them."""
    from amana.apps.audit.recording import recording
    from amana.apps.oversight.circles import people_after
    from amana.casework.sweep import AT_ONCE
    from amana.casework.tasks import raise_tasks

    after = ""
    while refs := people_after(after, AT_ONCE):
        with recording(cast["supervisor"], AT) as log:
            raise_tasks(refs, on=TODAY, log=log)
        after = refs[-1]


def officials(registrar: Any) -> dict[str, Any]:
    """A caseworker, a supervisor and a monitor beside the registrar, by role: of one team, which takes in
    whoever is listed from now on, with the caseworker holding every case.
    """
    from amana.apps.accounts import commands, queries, teams, viewers

    cast = {"registrar": registrar}
    for role in ("caseworker", "supervisor", "monitor"):
        account = commands.add_user(
            email=f"{role}@office.example", name=role, role=role, by=viewers.installer(), at=AT
        )
        cast[role] = queries.viewer(account.id)
        if role == "caseworker":
            teams.name_first_official(
                team=str(account.team), user_id=account.id, by=viewers.installer(), at=AT
            )
    return cast


def _take_in(people: int, registrar: Any, site: str) -> None:
    """The demonstration's families as a list, read row by row and committed."""
    from small_lists import SENDER, a_list, row

    from amana.casework import intake
    from amana.core.dates import DateSpan
    from amana.exchange.demonstration.population import invent

    rows = []
    for family in invent(people, 1):
        for member in family.members:
            said = {
                "birth": DateSpan.day(member.birth),
                "nationality": frozenset(member.nations),
                "sex": member.sex,
            }
            name = f"{member.name} {len(rows)}"[:80]
            rows.append(row(len(rows) + 2, name, member.relation, family.label, **said))
    timed(
        "commit",
        people,
        lambda: intake.commit(a_list(*rows), facility=site, sender=SENDER, by=registrar, at=AT, on=TODAY),
    )


def children_of_office() -> Iterator[str]:
    """Children from four to fourteen, in the order of their references."""
    from amana.apps.decisions.models import FactsRow

    born = FactsRow.objects.filter(birth_earliest__gte="2004-01-01", birth_latest__lte="2014-01-01")
    yield from born.order_by("person").values_list("person_id", flat=True)[: CHANGED + TURNS]


def record(children: list[str], cast: dict[str, Any]) -> None:
    """Move every third of these children, assess the next, have a separation determined on the last."""
    from determined import assessed, separation

    from amana.apps.placements.commands import add_facility
    from amana.casework import amend, determine

    home = add_facility(name_en="Home", name_ar="دار", kind="state_home", by=cast["registrar"], at=AT)
    begun = time.perf_counter()
    for number, child in enumerate(children):
        if number % 3 == 0:
            amend.move(
                person=child,
                facility=home,
                moved_on=TODAY,
                source="site",
                by=cast["registrar"],
                at=AT,
                on=TODAY,
            )
        elif number % 3 == 1:
            assessed(child, cast["caseworker"])
        else:
            acting = {"at": AT, "on": TODAY}
            ref = determine.ask_determination(child, **separation(), by=cast["caseworker"], **acting)
            determine.approve(
                ref, reason="Well weighed by the panel.", seen_version=None, by=cast["supervisor"], **acting
            )
    print(f"recorded {len(children)} children in {time.perf_counter() - begun:.1f} s")


def _one_change(children: list[str], cast: dict[str, Any]) -> None:
    """Everything that follows one change of a case: decided, swept, tasks raised."""
    from amana.apps.audit.recording import recording
    from amana.casework.decide import decide_people
    from amana.casework.follow import follow_up
    from amana.casework.sweep import sweep_people
    from amana.casework.tasks import raise_tasks

    def followed(work: Any) -> list[Times]:
        def one(child: str) -> None:
            with recording(cast["caseworker"], AT) as log:
                work([child], on=TODAY, log=log)

        return [_timed(lambda: one(child)) for child in children]  # noqa: B023 - called at once

    _told("after one change, all that follows", followed(follow_up), GOAL_CHANGE)
    _told("  of which one person decided", followed(decide_people), GOAL_CHANGE)
    _told("  one person swept", followed(sweep_people), GOAL_CHANGE)
    _told("  one person's tasks", followed(raise_tasks), GOAL_CHANGE)


def _board(cast: dict[str, Any]) -> None:
    from amana.apps.oversight import queries
    from amana.apps.oversight.models import Finding

    print(f"findings that stand: {Finding.objects.filter(until=None).count():,}")
    for role in ("supervisor", "monitor"):
        viewer = cast[role]
        _told(f"board, {role}", _times(lambda: queries.board(viewer, on=TODAY)), GOAL_BOARD)  # noqa: B023 - called at once
    _told("weeks behind", _times(lambda: queries.history(cast["monitor"], TODAY)), GOAL_BOARD)
    page = _times(lambda: queries.findings(cast["monitor"], safeguard="S11", on=TODAY))
    _told("a page of findings", page, GOAL_BOARD)


def _times(work: Callable[[], Any]) -> list[Times]:
    return [_timed(work) for _ in range(TURNS)]


def _timed(work: Callable[[], Any]) -> Times:
    """Seconds and seconds of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _told(name: str, times: list[Times], goal: float) -> None:
    walls, processor = sorted(wall for wall, _ in times), median(cpu for _, cpu in times)
    late = walls[int(len(walls) * 0.95)]
    print(
        f"{name}: median {median(walls) * 1000:.0f} ms, p95 {late * 1000:.0f} ms, processor "
        f"{processor * 1000:.0f} ms (goal {goal * 1000:.0f} ms)",
        flush=True,
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "casework"))
    for count in [int(sys.argv[1])] if len(sys.argv) > 1 else [FEW, MANY]:
        with tempfile.TemporaryDirectory(prefix="amana-bench-") as home:
            os.environ["AMANA_HOME"] = home
            if len(sys.argv) > 1:
                main(count)
                break
            # An office a process: settings and database are fixed when Django starts.
            subprocess.run([sys.executable, __file__, str(count)], check=True)
