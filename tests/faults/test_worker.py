"""Workers as processes: no job is taken twice, a dead one's is done by another, a signal ends in order."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

import office_home as homes
import postgres

SCRIPT = str(Path(__file__).with_name("worker_process.py"))
ASK = """
import sys; from datetime import UTC, datetime
from amana.start import start_office; start_office()
from amana.apps.accounts import queries; from amana.apps.jobs import commands
viewer = queries.viewer_by_email("registrar@office.example")
for kind in sys.argv[1:]:
    print(commands.enqueue(kind=kind, arguments={}, by=viewer, at=datetime.now(UTC)))
"""


def ask(home: Path, *kinds: str, **options: str) -> list[str]:
    """Ask for jobs; returns their ids."""
    done = homes.run(home, "-c", ASK, *kinds, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def start(home: Path, mode: str, **options: str) -> subprocess.Popen[str]:
    """A worker process."""
    return subprocess.Popen(
        [sys.executable, SCRIPT, mode],
        env=homes.environment(home, **options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def worker(office_home: Path) -> Iterator[subprocess.Popen[str]]:
    """A worker that works until the test is over."""
    process = start(office_home, "work")
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    yield process
    process.kill()
    process.wait()


def job(home: Path, job_id: str) -> dict[str, str]:
    """The job's row, as it stands in the file."""
    with sqlite3.connect(home / "operations.sqlite3", timeout=10) as database:
        database.row_factory = sqlite3.Row
        row = database.execute("SELECT * FROM jobs_job WHERE id = ?", [UUID(job_id).hex]).fetchone()
    return dict(row)


def wait_for(home: Path, job_id: str, state: str, seconds: float = 20) -> dict[str, str]:
    """The job once it is in this state."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = job(home, job_id)
        if found["state"] == state:
            return found
        time.sleep(0.05)
    pytest.fail(f"the job is {found['state']}, not {state}")


def _claimed_by_two(home: Path, **options: str) -> list[str]:
    processes = [start(home, "claim", **options) for _ in range(2)]
    return [job_id for process in processes for job_id in process.communicate(timeout=60)[0].split()]


def test_two_workers_take_no_job_twice_on_sqlite(office_home: Path) -> None:
    asked = ask(office_home, *["quick"] * 60)
    assert sorted(_claimed_by_two(office_home)) == sorted(asked)


def test_two_workers_take_no_job_twice_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    url = postgres.fresh_database(postgres_url, f"amana_{uuid4().hex[:12]}")
    homes.make(tmp_path, DATABASE_URL=url)
    asked = ask(tmp_path, *["quick"] * 60, DATABASE_URL=url)
    assert sorted(_claimed_by_two(tmp_path, DATABASE_URL=url)) == sorted(asked)


def test_jobs_end_done_refused_or_failed(office_home: Path, worker: subprocess.Popen[str]) -> None:
    good, bad, strange, unknown = ask(office_home, "quick", "refused", "broken", "nothing")
    done = wait_for(office_home, good, "done")
    assert (done["done"], done["total"], done["result"]) == (10, 10, '{"counted": 10}')
    assert "not_a_workbook" in wait_for(office_home, bad, "refused")["result"]
    assert "LookupError" in wait_for(office_home, strange, "failed")["result"]
    assert "KeyError" in wait_for(office_home, unknown, "failed")["result"]


def test_what_broke_is_logged_without_the_text_of_the_exception(
    office_home: Path, worker: subprocess.Popen[str]
) -> None:
    (strange,) = ask(office_home, "broken")
    wait_for(office_home, strange, "failed")
    worker.terminate()
    _, logged = worker.communicate(timeout=20)
    assert "LookupError" in logged
    assert "worker_process.py" in logged
    assert "Amal" not in logged


def test_a_killed_workers_job_is_done_by_the_next(office_home: Path, worker: subprocess.Popen[str]) -> None:
    (slow,) = ask(office_home, "slow")
    wait_for(office_home, slow, "running")
    worker.kill()
    worker.wait()
    long_ago = (datetime.now(UTC) - timedelta(seconds=31)).strftime("%Y-%m-%d %H:%M:%S")
    with sqlite3.connect(office_home / "operations.sqlite3") as database:
        database.execute("UPDATE jobs_job SET heartbeat = ?", [long_ago])
    second = start(office_home, "work")
    try:
        assert wait_for(office_home, slow, "done")["tries"] == 2
    finally:
        second.kill()
        second.wait()


def test_a_signal_ends_the_worker_after_the_job_in_hand(
    office_home: Path, worker: subprocess.Popen[str]
) -> None:
    slow, later = ask(office_home, "slow", "quick")
    wait_for(office_home, slow, "running")
    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=20) == 0
    assert job(office_home, slow)["state"] == "done"
    assert job(office_home, later)["state"] == "queued"
