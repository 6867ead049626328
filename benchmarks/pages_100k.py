"""Server and database time of every page at 100,000 people, through Django's test client.

`python benchmarks/pages_100k.py [PEOPLE] [REQUESTS]`. A fresh office on SQLite unless DATABASE_URL says
otherwise, one list, every page asked for REQUESTS times (30) by a supervisor. Prints p50 and p95 of the
whole answer and of the database's part in milliseconds, and the slowest statement. The goals are 200 ms for
an answer and 20 ms for the database's part of a list.
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

WARM = 2


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
    }


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

    from amana.apps.accounts import commands, viewers
    from amana.apps.registry.models import Person
    from amana.casework import intake

    listed = many(people // 3)
    intake.commit(listed, facility=site, sender=SENDER, by=registrar, at=AT, on=TODAY)
    account = commands.add_user(
        email="supervisor@office.example", name="S", role="supervisor", by=viewers.installer(), at=AT
    )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(get_user_model().objects.get(pk=account.id))
    middle = Person.objects.order_by("folded")[people // 2].ref
    print(f"{'page':20}{'answer p50':>12}{'p95':>8}{'database p50':>14}{'p95':>8}  slowest statement")
    for name, address in pages(middle).items():
        print(measured(name, address, client, requests), flush=True)


def measured(name: str, address: str, client: Any, requests: int) -> str:
    """One line of the table, after a few requests that are not counted."""
    answers, parts, slowest = [], [], (0.0, "")
    for turn in range(requests + WARM):
        with clocked() as clock:
            begun = time.perf_counter()
            status = client.get(address).status_code
            taken = time.perf_counter() - begun
        assert status in (200, 302), f"{address} answers {status}"
        if turn >= WARM:
            answers.append(taken)
            parts.append(clock.seconds)
            slowest = max(slowest, clock.slowest)
    figures = "".join(
        f"{part(times, at) * 1000:{width}.0f}"
        for times, at, width in ((answers, 0.5, 12), (answers, 0.95, 8), (parts, 0.5, 14), (parts, 0.95, 8))
    )
    words = slowest[1][:300] if os.environ.get("AMANA_SHOW_SQL") else ""
    return f"{name:20}{figures}  {slowest[0] * 1000:.0f} ms {words}"


def part(times: Sequence[float], share: float) -> float:
    """The value that this share of the times does not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "casework"))
    given = [int(text) for text in sys.argv[1:3]]
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as home:
        os.environ.update(AMANA_HOME=home, AMANA_PLAIN_HTTP="1")
        main(*(given + [100_000, 30][len(given) :]))
