"""Verify a long trail: in the office, from an exported file, from a copy of the database.

`python benchmarks/audit_verify.py [ENTRIES]`. On SQLite unless DATABASE_URL says otherwise. The goal is
30,000 entries a second, payloads and who-saw-whom included. Checks that the trail holds, and that one changed
entry is found, before it times anything. Three rounds each; prints the median with the spread, and the median
of the processor's time, by which a busy machine shows.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
ROUNDS = 3
GOAL = 30_000
AT_ONCE = 2_000


def fill(entries: int) -> None:
    """Entries of about the length of real ones, half written and half seen."""
    from amana.apps.audit.models import ReadSubject
    from amana.apps.audit.trail import READS, WRITES, Line, append

    people, actors = [f"P-{number:06d}" for number in range(entries // 10 + 1)], [uuid4() for _ in range(12)]
    for start in range(0, entries // 2, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, entries // 2))
        at = AT + timedelta(seconds=start)
        told = {"outcome": "with_mother", "pack": "f" * 64, "on": "2018-02-15"}
        append(
            WRITES,
            [Line(at, actors[n % 12], "decision.stored", people[n % len(people)], told) for n in numbers],
        )
        seen = [people[n % len(people)] for n in numbers]
        ids = append(
            READS,
            [Line(at, actors[n % 12], "case:person-show", seen[i], {"subjects": [seen[i]]}) for i, n in
             enumerate(numbers)],
        )  # fmt: skip
        ReadSubject.objects.bulk_create(
            ReadSubject(entry_id=id, ref=ref) for id, ref in zip(ids, seen, strict=True)
        )


def timed(name: str, entries: int, work: Callable[[], int]) -> None:
    """Run it a few times; it says how many faults it found, which must be none."""
    seconds, of_processor = [], []
    for _ in range(ROUNDS):
        begun, cpu = time.perf_counter(), time.process_time()
        assert work() == 0, f"{name}: faults in a whole trail"
        seconds.append(time.perf_counter() - begun)
        of_processor.append(time.process_time() - cpu)
    median, spread = statistics.median(seconds), max(seconds) - min(seconds)
    rate, busy = entries / median, entries / statistics.median(of_processor)
    told = f"{name:<25}{entries:>10,}{median:>8.2f} s ± {spread:.2f}{rate:>9,.0f}/s"
    print(f"{told}{busy:>9,.0f}/s of processor   {'reached' if rate >= GOAL else 'MISSED'}")


def in_the_office() -> int:
    """Both trails, with payloads."""
    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import verify

    return sum(1 for trail in (WRITES, READS) for _ in verify(trail))


def of_a_file(path: Path) -> int:
    """Both trails of an exported file."""
    from amana.core.trail import Tally
    from amana.exchange.trail_file import verify_file

    return sum(1 for _ in verify_file(path, {}, {"writes": Tally(), "reads": Tally()}))


def of_copies(home: Path) -> int:
    """Both trails of copies of the databases, with the key."""
    from amana.core.trail import Tally
    from amana.exchange.trail_copy import verify_copy

    key = bytes.fromhex((home / "keys" / "audit.key").read_text())
    tallies = {"writes": Tally(), "reads": Tally()}
    files = (home / "amana.sqlite3", home / "operations.sqlite3")
    return sum(1 for path in files for _ in verify_copy(path, key, {}, tallies))


def a_change_is_found(path: Path) -> None:
    """One entry of the file changed: exactly that one is named."""
    from amana.core.trail import Tally
    from amana.exchange.trail_file import verify_file

    changed = path.with_name("changed.jsonl")
    changed.write_text(path.read_text().replace("case:person-show", "case:person-shown", 1))
    found = list(verify_file(changed, {}, {"writes": Tally(), "reads": Tally()}))
    assert [fault.reason for _name, fault in found] == ["changed"], found


def main(entries: int, home: Path) -> None:
    """Fill, check, time."""
    from django.core.management import call_command
    from django.db import connection

    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import asking
    from amana.exchange.trail_file import write_trail

    for alias in ("default", "operations"):
        call_command("migrate", database=alias, interactive=False, verbosity=0, skip_checks=True)
    begun = time.perf_counter()
    fill(entries)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {connection.vendor}")
    print(f"{entries:,} entries appended in {time.perf_counter() - begun:.1f} s")
    exported = home / "trail.jsonl"
    begun = time.perf_counter()
    write_trail(exported, {"writes": asking(WRITES), "reads": asking(READS)}, AT)
    print(f"exported in {time.perf_counter() - begun:.1f} s, {exported.stat().st_size / 1e6:.0f} MB")
    a_change_is_found(exported)
    timed("in the office", entries, in_the_office)
    timed("exported file", entries, lambda: of_a_file(exported))
    if connection.vendor == "sqlite":
        timed("copies of the databases", entries, lambda: of_copies(home))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as folder:
        os.environ["AMANA_HOME"] = folder
        from amana.start import start_office

        start_office()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, Path(folder))
