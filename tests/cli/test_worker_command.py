"""`amana worker` and `amana migrate`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import office_home as homes


def test_without_tables_the_worker_refuses_and_names_the_mend(tmp_path: Path) -> None:
    done = homes.run(tmp_path, "-m", "amana", "worker")
    assert done.returncode == 1
    assert "amana migrate" in done.stderr


def test_migrate_gives_both_databases_their_tables_and_may_be_repeated(tmp_path: Path) -> None:
    for _ in range(2):
        done = homes.run(tmp_path, "-m", "amana", "migrate", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == {"migrated": ["default", "operations"]}
    assert (tmp_path / "amana.sqlite3").exists()
    assert (tmp_path / "operations.sqlite3").exists()


def test_the_worker_works_until_a_signal(office_home: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "amana", "worker"],
        env=homes.environment(office_home),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stderr
    assert "is ready" in worker.stderr.readline()
    time.sleep(0.2)
    worker.send_signal(signal.SIGTERM)
    _, logged = worker.communicate(timeout=20)
    assert worker.returncode == 0
    assert "has ended" in logged
