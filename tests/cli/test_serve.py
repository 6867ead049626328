"""`amana serve`: refuses what must not be served, keeps web and worker running, ends both in order."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import office_home as homes
import served_office

SERVING = """
import os, sys
os.environ["AMANA_PLAIN_HTTP"] = "1"
from amana.cli.serve import Serving
raise SystemExit(Serving(port=int(sys.argv[1]), web_processes=1, with_worker=True).run())
"""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(true: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Whether the office says it is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def children(parent: int) -> dict[str, int]:
    """The two children by name."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    named = {}
    for child in listed:
        line = Path(f"/proc/{child}/cmdline").read_bytes().decode()
        named["worker" if "amana.worker" in line else "web"] = int(child)
    return named


def alive(pid: int) -> bool:
    """Whether a process is running."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def served(office_home: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """Web and worker on a free port."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVING, str(port)],
        env=homes.environment(office_home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    until(lambda: answers(port), "the office does not answer")
    yield process, port, office_home
    if process.poll() is None:
        process.terminate()
        process.communicate(timeout=30)


def worker_was_seen(home: Path) -> bool:
    """Whether a worker has given a sign."""
    with sqlite3.connect(home / "operations.sqlite3", timeout=10) as database:
        return bool(database.execute("SELECT count(*) FROM jobs_workersign").fetchone()[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc to look at the children")
def test_a_dead_worker_is_started_again_and_a_signal_ends_both(
    served: tuple[subprocess.Popen[str], int, Path],
) -> None:
    process, port, home = served
    until(lambda: worker_was_seen(home), "no worker has given a sign")
    first = children(process.pid)
    os.kill(first["worker"], signal.SIGKILL)
    until(lambda: children(process.pid).get("worker", first["worker"]) != first["worker"], "no new worker")
    assert answers(port)
    both = children(process.pid)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=40)
    assert process.returncode == 0, told
    assert not [pid for pid in both.values() if alive(pid)]
    assert not answers(port)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the kernel tells the children on Linux only"
)
def test_killed_outright_it_leaves_no_port_taken(served: tuple[subprocess.Popen[str], int, Path]) -> None:
    process, port, _ = served
    both = children(process.pid)
    process.kill()
    process.wait()
    until(lambda: not any(alive(pid) for pid in both.values()), "a child lives on")
    assert not answers(port)


def test_an_unmigrated_database_is_refused(tmp_path: Path) -> None:
    done = homes.run(tmp_path, "-m", "amana", "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "amana migrate" in done.stderr


def test_a_real_office_that_is_not_fit_is_refused(office_home: Path) -> None:
    served_office.prepare(office_home)
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("UPDATE accounts_office SET demonstration = 0")
    done = homes.run(office_home, "-m", "amana", "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "isn't fit for people who are not invented" in done.stderr
    assert "amana doctor --live" in done.stderr


def test_a_port_outside_the_range_is_wrong_usage(tmp_path: Path) -> None:
    assert homes.run(tmp_path, "-m", "amana", "serve", "--port", "70000").returncode == 2
