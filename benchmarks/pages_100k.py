"""Server and database time of every page at 100,000 people, through Django's test client.

`python benchmarks/pages_100k.py [PEOPLE] [REQUESTS]`. A fresh office on SQLite unless DATABASE_URL says
otherwise, one list swept once, some children moved, assessed and determined on. Every page asked for REQUESTS
times (30) by a supervisor, the pages of a case for one of these children too, then the pages whose content
hangs on the desk by a caseworker and the board by the monitor. Prints p50 and p95 of the whole answer, of the
processor's time (which a busy machine stretches least) and of the database's part in milliseconds, and the
slowest statement. The goals are 200 ms for an answer, beyond which a line ends in `over 200 ms`, and 20 ms
for the database's part of a list.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from import_100k import AT, TODAY, open_register
from sweep_100k import children_of_office, officials, record

WARM, GOAL = 2, 0.200
RECORDED = 30
"""Of how many children something is recorded after the sweep; a third each moved, assessed, determined."""

HEADING = (
    f"{'page':28}{'answer p50':>12}{'p95':>8}{'processor p95':>16}{'database p50':>14}{'p95':>8}"
    "  slowest statement"
)
DESKS = {
    "caseworker": {
        "Today, caseworker": "/",
        "Tasks, caseworker": "/tasks/",
        "Tasks, her desk": "/tasks/?whose=desk",
        "Board, caseworker": "/oversight/",
    },
    "monitor": {"Board, monitor": "/oversight/", "Findings, monitor": "/oversight/S11/"},
}
"""Pages that other roles see otherwise than the supervisor."""


def pages(ref: str) -> dict[str, str]:
    """Name -> address, for one registered person."""
    return {
        "Today": "/",
        "People": "/people/",
        "People, one word": "/people/?q=daughter",
        "People, two words": "/people/?q=son+9999",
        "People, rare word": "/people/?q=987654",
        "People, nobody": "/people/?q=zzzz",
        "People, reference": f"/people/?q={ref}",
        "People, sex": "/people/?sex=female",
        "People, age band": "/people/?age=4-14",
        "People, nation": "/people/?nation=TJK",
        "People, open": "/people/?outcome=undetermined",
        "People, with mother": "/people/?outcome=with_mother",
        "People, later page": f"/people/?after={ref}",
        "Case": f"/people/{ref}/",
        "Case, identity": f"/people/{ref}/identity/",
        "Case, family": f"/people/{ref}/family/",
        "Case, placement": f"/people/{ref}/placement/",
        "Case, history": f"/people/{ref}/history/",
        "Register": "/register/",
        "Law": "/law/",
        "Law, the pack": "/law/iraq_2018/",
        "People, overdue": "/people/?finding=overdue",
        "Case, safeguards": f"/people/{ref}/safeguards/",
        "Case, decisions": f"/people/{ref}/determinations/",
        "Case, moves": f"/people/{ref}/moves/",
        "Decisions waiting": "/determinations/",
        "Board": "/oversight/",
        "Board, breaches": "/oversight/?state=breach",
        "Board, one weight": "/oversight/?weight=treaty-binding-here",
        "Board, clocks": "/oversight/?soon=7",
        "Findings": "/oversight/S11/",
        "Findings, overdue": "/oversight/S11/?state=overdue",
        "Findings, siblings": "/oversight/S15/",
        "Tasks, mine": "/tasks/",
        "Tasks, nobody's": "/tasks/?whose=free",
        "Tasks, my desk": "/tasks/?whose=desk",
        "Tasks, all": "/tasks/?whose=all",
        "Tasks, reviews": "/tasks/?whose=all&what=reviews",
        "Tasks, nobody's q.": "/tasks/?whose=free&what=questions",
        "Tasks, late": "/tasks/?whose=desk&within=late",
    }


def case_pages(ref: str) -> dict[str, str]:
    """The pages of the case of somebody of whom more is on record."""
    return {f"{name}, on record": each for name, each in pages(ref).items() if name.startswith("Case")}


def later_pages() -> dict[str, str]:
    """Pages in the middle of long lists, named by what stands there."""
    from amana.apps.oversight.models import Finding
    from amana.apps.tasks.models import Task

    found = {}
    standing = Finding.objects.filter(safeguard="S11", until__isnull=True)
    ids = list(standing.order_by("since", "id").values_list("id", flat=True))
    if ids:
        found["Findings, later page"] = f"/oversight/S11/?after={ids[len(ids) // 2]}"
    task = Task.objects.order_by("pk")[Task.objects.count() // 2 :].first()
    if task is not None:
        found["Tasks, later page"] = f"/tasks/?whose=all&after={task.pk}"
        found["Task"] = f"/tasks/{task.pk}/"
    return found


class Clock:
    """The database's part of one answer."""

    def __init__(self) -> None:
        self.seconds, self.slowest = 0.0, (0.0, "")

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            taken = time.perf_counter() - begun
            self.seconds += taken
            self.slowest = max(self.slowest, (taken, sql))


@contextmanager
def clocked() -> Iterator[Clock]:
    """Clock every statement on both databases."""
    from django.db import connections

    clock = Clock()
    with connections["default"].execute_wrapper(clock), connections["operations"].execute_wrapper(clock):
        yield clock


def main(people: int, requests: int) -> None:
    """Register the list and ask for every page."""
    registrar, site = open_register()
    from django.contrib.auth import get_user_model
    from django.test import Client
    from small_lists import SENDER, many

    from amana.apps.registry.models import Person
    from amana.casework import intake
    from amana.casework.sweep import sweep_all

    listed = many(people // 3)
    cast = officials(registrar)
    intake.commit(listed, facility=site, sender=SENDER, by=registrar, at=AT, on=TODAY)
    children = list(children_of_office())
    begun = time.perf_counter()
    sweep_all(on=TODAY, by=cast["supervisor"], at=AT)
    print(f"swept in {time.perf_counter() - begun:.0f} s")
    record(children[:RECORDED], cast)
    middle = Person.objects.order_by("folded")[people // 2].ref
    print(HEADING)
    for role, addresses in {
        "supervisor": {**pages(middle), **case_pages(children[RECORDED - 1]), **later_pages()},
        **DESKS,
    }.items():
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(get_user_model().objects.get(email=f"{role}@office.example"))
        for name, address in addresses.items():
            print(measured(name, address, client, requests), flush=True)


def measured(name: str, address: str, client: Any, requests: int) -> str:
    """One line of the table, after a few requests that are not counted."""
    answers, own, parts, slowest = [], [], [], (0.0, "")
    for turn in range(requests + WARM):
        with clocked() as clock:
            begun, worked = time.perf_counter(), time.process_time()
            status = client.get(address).status_code
            taken, worked = time.perf_counter() - begun, time.process_time() - worked
        assert status in (200, 302), f"{address} answers {status}"
        if turn >= WARM:
            answers.append(taken)
            own.append(worked)
            parts.append(clock.seconds)
            slowest = max(slowest, clock.slowest)
    columns = ((answers, 0.5, 12), (answers, 0.95, 8), (own, 0.95, 16), (parts, 0.5, 14), (parts, 0.95, 8))
    figures = "".join(f"{part(times, at) * 1000:{width}.0f}" for times, at, width in columns)
    words = slowest[1][:300] if os.environ.get("AMANA_SHOW_SQL") else ""
    late = f"  over {GOAL * 1000:.0f} ms" if part(answers, 0.95) > GOAL else ""
    return f"{name:28}{figures}  {slowest[0] * 1000:.0f} ms {words}{late}"


def part(times: Sequence[float], share: float) -> float:
    """The value that this share of the times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "casework"))
    given = [int(text) for text in sys.argv[1:3]]
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as home:
        os.environ.update(AMANA_HOME=home, AMANA_PLAIN_HTTP="1")
        main(*(given + [100_000, 30][len(given) :]))
