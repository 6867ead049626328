"""A backup or a restore killed anywhere leaves either nothing or the whole, and the next one goes through.

AMANA_KILLS sets how many times; 4 of each are enough in the suite.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import office_home as homes
import served_office

KILLS = int(os.environ.get("AMANA_KILLS") or 4)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "backup.key"
    path.write_text("ab" * 32)
    path.chmod(0o600)
    return path


def killed(home: Path, seconds: float, *arguments: str) -> bool:
    """Whether the command was killed after so many seconds; False where it had ended before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "amana", *arguments],
        env=homes.environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def people(home: Path) -> int:
    """How many are in the office."""
    with sqlite3.connect(home / "amana.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM registry_person").fetchone()[0])


def lasting(home: Path, *arguments: str) -> float:
    """How long the command takes from its start to its end."""
    began = time.monotonic()
    done = homes.run(home, "-m", "amana", *arguments)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - began


def test_a_backup_killed_anywhere_leaves_nothing_that_looks_like_one(
    office_home: Path, key: Path, tmp_path: Path
) -> None:
    served_office.prepare(office_home)
    before, chance = people(office_home), random.Random(5)
    end = lasting(office_home, "backup", str(tmp_path / "first"), "--key-file", str(key))
    for number in range(KILLS):
        file = tmp_path / f"office-{number}.backup"
        killed(office_home, chance.uniform(0.3, 1) * end, "backup", str(file), "--key-file", str(key))
        if file.exists():
            lasting(tmp_path / "trial", "restore", str(file), "--key-file", str(key), "--verify-only")
        assert people(office_home) == before
    lasting(office_home, "backup", str(tmp_path / "last"), "--key-file", str(key))
    assert not [*office_home.glob(".backup-*")], "what a killed backup left in the clear is cleared away"
    assert homes.run(office_home, "-m", "amana", "audit", "verify").returncode == 0


def test_a_restore_killed_anywhere_is_done_again_to_the_whole_office(
    office_home: Path, key: Path, tmp_path: Path
) -> None:
    served_office.prepare(office_home)
    file, chance = tmp_path / "office.backup", random.Random(6)
    lasting(office_home, "backup", str(file), "--key-file", str(key))
    words = ("restore", str(file), "--key-file", str(key))
    end = lasting(tmp_path / "timed", *words)
    for number in range(KILLS):
        empty = tmp_path / f"home-{number}"
        if killed(empty, chance.uniform(0.3, 1) * end, *words) and not complete(empty):
            lasting(empty, *words)
        assert complete(empty) and people(empty) == people(office_home)
        assert not [*empty.glob(".backup-*")]


def complete(home: Path) -> bool:
    """Whether both databases stand in their places and nothing says otherwise."""
    placed = (home / "amana.sqlite3").exists() and (home / "operations.sqlite3").exists()
    return placed and not (home / ".restoring").exists()
