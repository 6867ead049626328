"""Commit 100,000 invented people with facts, decisions and trail into a fresh office, and take them back.

`python benchmarks/import_100k.py [PEOPLE]`. On SQLite unless DATABASE_URL says otherwise. The goal is
3,000 people a second on SQLite, 4,500 on PostgreSQL. Prints seconds, people a second, and the memory used.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

AT, TODAY = datetime(2018, 2, 15, 9, 0, tzinfo=UTC), date(2018, 2, 15)


def open_register():
    """A fresh office with its tables: a registrar as viewer, and the reference of its one place."""
    from amana.start import start_office

    start_office()
    from django.core.management import call_command

    from amana.apps.accounts import commands, queries, viewers
    from amana.apps.placements.commands import add_facility

    for alias in ("default", "operations"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    office = {
        "name_en": "Benchmark",
        "name_ar": "قياس",
        "demonstration": True,
        "stands_on": TODAY,
        "pack": "iraq_2018",
    }
    commands.open_office(**office, by=viewers.installer(), at=AT)
    account = commands.add_user(
        email="registrar@office.example", name="R", role="registrar", by=viewers.installer(), at=AT
    )
    registrar = queries.viewer(account.id)
    assert registrar
    return registrar, add_facility(name_en="Site A", name_ar="", kind="detention", by=registrar, at=AT)


def main(people: int) -> None:
    """Measure one commit, the same list sent again, and the undo."""
    registrar, site = open_register()
    from small_lists import SENDER, many

    from amana.casework import intake

    listed = many(people // 3)
    what = {"facility": site, "sender": SENDER, "by": registrar, "at": AT, "on": TODAY}
    result = timed("commit", people, lambda: intake.commit(listed, **what))
    timed("sent again", people, lambda: intake.commit(listed, **what))
    timed("undo", people, lambda: intake.undo(result.batch, by=registrar, at=AT))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def timed(name: str, people: int, work):
    """Run and tell how long it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name}: {wall:.1f} s ({cpu:.1f} s of processor), {people / wall:,.0f} people a second")
    return answer


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "casework"))
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as home:
        os.environ["AMANA_HOME"] = home
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
