"""`kill -9` at random points inside a commit leaves all of a list or nothing; readers don't wait for it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import office_home as homes

SCRIPT = str(Path(__file__).with_name("commit_process.py"))
KILLS = 50


def run(home: Path, *arguments: str) -> Any:
    done = homes.run(home, SCRIPT, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_killed_commit_leaves_the_whole_list_or_nothing(office_home: Path) -> None:
    told = run(office_home, "kill", str(KILLS), "20180215")
    assert len(told["counted"]) == KILLS
    for tables in told["counted"]:
        assert len(set(tables)) == 1, f"a torn list: {tables}"
        assert tables[0] == int(tables[0])
    whole = [tables[0] for tables in told["counted"]]
    assert whole == sorted(whole)
    torn_off = KILLS - (whole[-1] - 1)
    assert torn_off >= KILLS // 4, "too few kills fell inside a commit to prove anything"
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_reader_is_not_held_up_by_an_open_commit(office_home: Path) -> None:
    told = run(office_home, "read")
    assert told["before"] == 300
    assert set(told["during"]) == {300}
    assert told["after"] == 600
