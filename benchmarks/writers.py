"""Sixteen writers at once: no error to anybody, no lost update, and how long each write takes.

`python benchmarks/writers.py [SECONDS] [--postgresql] [--commit] [--pause=SECONDS]`. A fresh home with 1,600
invented people; 16 processes correct cases (each correction a claim, a decision anew, tasks, safeguards and
the entry in the trail, in one transaction), and in four of ten writes all 16 are at the same few families,
where a write carries the version it saw and the loser of a race is told so and looks again. SECONDS: 600
unless given; 20 for a quick look. They write without a breath unless --pause says how long each waits, on
average, between two writes. With --commit a list of 5,000 people is committed meanwhile, and a reader asks
for cases.

Prints writes, races told, errors, lost updates, and p50, p95, p99 and the longest in milliseconds. Ends with
1 where an error reached anybody, an acknowledged write is not in the register or the trail does not hold.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import office_home as homes
import postgres

WRITERS, PEOPLE, LISTED, SHARED = 16, 1600, 5000, 8
WRITTEN_AT = "2018-02-15T09:30:00+00:00"
AIM = {"sqlite": 500, "postgresql": 150}
"""Milliseconds for p99."""
PAUSE = "AMANA_BENCH_PAUSE"
"""The seconds between two writes, told to the writers' processes."""


def main(seconds: float, on_postgresql: bool, committing: bool, pause: float) -> int:
    """Exit status 0 where nothing was lost and nobody met an error."""
    with tempfile.TemporaryDirectory(prefix="amana-bench-") as folder:
        home, environment = Path(folder) / "home", dict[str, str]()
        if on_postgresql:
            server = postgres.Server().start()
            environment = {"DATABASE_URL": postgres.fresh_database(server.url, "amana_writers")}
        try:
            homes.make(home, **environment)
            done = homes.run(home, __file__, "prepare", **environment)
            assert done.returncode == 0, done.stderr
            return measure(home, seconds, {**environment, PAUSE: str(pause)}, committing)
        finally:
            if on_postgresql:
                server.stop()


def measure(home: Path, seconds: float, environment: dict[str, str], committing: bool) -> int:
    """Start the writers, wait, and compare what they were told with what is there."""
    roles = [("write", str(number)) for number in range(WRITERS)]
    roles += [("commit", "0"), ("read", "0")] if committing else []
    children = {
        role: subprocess.Popen(
            [sys.executable, __file__, *role, str(seconds), str(len(roles))],
            env=homes.environment(home, **environment),
            stdout=subprocess.PIPE,
            text=True,
        )
        for role in roles
    }
    told = {role: json.loads(child.communicate()[0] or "null") for role, child in children.items()}
    writers = [told[role] or {"errors": ["it ended by itself"], "times": [], "claims": [], "raced": 0}
               for role in roles if role[0] == "write"]  # fmt: skip
    errors = [error for each in writers for error in each["errors"]]
    claims = [claim for each in writers for claim in each["claims"]]
    # Ten minutes of claims are more than a command line holds.
    told_of = home.with_name("claims.json")
    told_of.write_text(json.dumps(claims), encoding="utf-8")
    checked = homes.run(home, __file__, "check", str(told_of), **environment)
    lost = json.loads(checked.stdout) if checked.returncode == 0 else {"lost": -1, "trail": checked.stderr}
    times = sorted(time_of for each in writers for time_of in each["times"])
    engine = "postgresql" if "DATABASE_URL" in environment else "sqlite"
    print(f"{engine}: {len(times):,} writes by {WRITERS} in {seconds:.0f} s, pause {environment[PAUSE]} s "
          f"({len(times) / seconds:.0f}/s), "
          f"{sum(each['raced'] for each in writers):,} races told, {len(errors)} errors, "
          f"{lost['lost']} lost updates, trail: {lost['trail']}")  # fmt: skip
    print(percentiles("write", times) + f"   aim: p99 {AIM[engine]} ms")
    if committing:
        print(f"committed meanwhile: {told['commit', '0']}")
        reader = told["read", "0"]
        print(percentiles("read meanwhile", sorted(reader["times"])) + f"   errors {len(reader['errors'])}")
        errors += reader["errors"]
    for error in errors[:5]:
        print(error)
    return 0 if times and not errors and lost == {"lost": 0, "trail": "holds"} else 1


def percentiles(name: str, times: list[float]) -> str:
    """One line of milliseconds."""
    if not times:
        return f"{name}: none"
    p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * part))] for part in (0.5, 0.95, 0.99))
    return (
        f"{name:14} n={len(times):6,}  p50 {p50 * 1000:6.0f}  p95 {p95 * 1000:6.0f}  p99 {p99 * 1000:6.0f}  "
        f"max {times[-1] * 1000:6.0f} ms"
    )


def start() -> Any:
    """The registrar of the prepared office, as a viewer."""
    from amana.start import open_office

    open_office()
    from datetime import date

    from amana.apps.accounts.queries import viewer_by_email

    return viewer_by_email("caseworker@office.example", date(2018, 2, 15))


def prepare() -> None:
    """Bring the invented people in, as a list."""
    from small_office import settle

    start()
    from amana.apps.accounts.queries import viewer_by_email

    with tempfile.TemporaryDirectory() as folder:
        settle(viewer_by_email("registrar@office.example"), Path(folder), PEOPLE)


def together(name: str, seconds: float, parties: int) -> float:
    """Wait until everybody is ready; when it is over, as the clock counts."""
    ready = Path(os.environ["AMANA_HOME"]) / "ready"
    ready.mkdir(exist_ok=True)
    (ready / name).touch()
    while len([*ready.iterdir()]) < parties:
        time.sleep(0.05)
    return time.time() + seconds


def write(number: int, seconds: float, parties: int) -> None:
    """One writer: correct cases until the time is over; tell how long each took and what was acknowledged."""
    import random
    from datetime import date, datetime

    by = start()
    from amana.apps.registry import queries
    from amana.apps.registry.commands import ChangedMeanwhile
    from amana.casework import amend

    day, chance = date(2018, 2, 15), random.Random(number)
    refs = [line.ref for line in queries.people(by, on=day, limit=PEOPLE).rows]
    told: dict[str, list[Any]] = {"times": [], "errors": [], "claims": []}
    # The first write of a process reads the law, which is no part of what is timed.
    given: dict[str, Any] = {
        "attribute": "nationality",
        "source": "document",
        "said_on": day,
        "on": day,
        "at": datetime.fromisoformat(WRITTEN_AT),
        "by": by,
    }
    first = refs[-1 - number]
    told["claims"].append([first, amend.add_claim(person=first, stated="IRQ", note="first", **given)])
    raced, pause = 0, float(os.environ[PAUSE])
    until = together(f"writer-{number}", seconds, parties)
    while time.time() < until:
        time.sleep(2 * pause * chance.random())
        ref = chance.choice(refs[:SHARED] if chance.random() < 0.4 else refs[:-WRITERS])
        version = queries.person(by, ref).version
        began = time.perf_counter()
        try:
            claim = amend.add_claim(
                person=ref, stated=chance.choice(("IRQ", "UZB", "TJK")), seen_version=version,
                note=f"writer {number}, {len(told['claims'])}", **given,
            )  # fmt: skip
        except ChangedMeanwhile:
            raced += 1
            continue
        except Exception as error:  # whatever reaches a user is what is counted here
            told["errors"].append(f"{type(error).__name__}: {error}")
            continue
        finally:
            told["times"].append(time.perf_counter() - began)
        told["claims"].append([ref, claim])
    print(json.dumps({**told, "raced": raced}))


def commit(_number: int, seconds: float, parties: int) -> None:
    """Commit a long list while the others write."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "casework"))
    from datetime import date, datetime

    start()
    from small_lists import SENDER, many

    from amana.apps.accounts.queries import viewer_by_email
    from amana.casework import intake

    by = viewer_by_email("registrar@office.example")
    together("commit", seconds, parties)
    began = time.perf_counter()
    done = intake.commit(many(LISTED // 3), facility=None, sender=f"{SENDER}, second", by=by,
                         at=datetime.fromisoformat(WRITTEN_AT), on=date(2018, 2, 15))  # fmt: skip
    print(json.dumps(f"{done.added:,} people in {time.perf_counter() - began:.0f} s"))


def read(_number: int, seconds: float, parties: int) -> None:
    """Ask for cases until the time is over."""
    from datetime import date

    by = start()
    from amana.apps.registry import queries

    day = date(2018, 2, 15)
    refs = [line.ref for line in queries.people(by, on=day, limit=200).rows]
    told: dict[str, list[Any]] = {"times": [], "errors": []}
    until = together("reader", seconds, parties)
    while time.time() < until:
        for ref in refs:
            began = time.perf_counter()
            try:
                queries.person(by, ref)
            except Exception as error:  # whatever reaches a user is what is counted here
                told["errors"].append(f"{type(error).__name__}: {error}")
            told["times"].append(time.perf_counter() - began)
            time.sleep(0.02)
    print(json.dumps(told))


def check(told_of: str) -> None:
    """How many acknowledged claims are not there, and whether the trail holds."""
    start()
    from amana.apps.audit.trail import READS, WRITES
    from amana.apps.audit.verifying import verify
    from amana.apps.registry.models import Claim

    acknowledged = {(ref, number) for ref, number in json.loads(Path(told_of).read_text(encoding="utf-8"))}
    there = set(Claim.objects.filter(batch=None, attribute="nationality").values_list("person_id", "pk"))
    faults = [str(fault) for trail in (WRITES, READS) for fault in verify(trail)]
    print(json.dumps({"lost": len(acknowledged ^ there), "trail": "; ".join(faults[:3]) or "holds"}))


if __name__ == "__main__":
    words = sys.argv[1:]
    os.environ.setdefault("AMANA_PLAIN_HTTP", "1")
    if words[:1] == ["prepare"]:
        prepare()
    elif words[:1] == ["check"]:
        check(words[1])
    elif words[:1] and words[0] in ("write", "commit", "read"):
        {"write": write, "commit": commit, "read": read}[words[0]](
            int(words[1]), float(words[2]), int(words[3])
        )
    else:
        given = [float(word) for word in words if not word.startswith("--")]
        pauses = [float(word.removeprefix("--pause=")) for word in words if word.startswith("--pause=")]
        sys.exit(main(*(given or [600])[:1], "--postgresql" in words, "--commit" in words, sum(pauses)))
