"""`kill -9` inside a move that is carried out, and inside a sweep: all of it or nothing, group by group."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import office_home as homes

SCRIPT = str(Path(__file__).with_name("moving_process.py"))
TRIES = 10


def run(home: Path, what: str) -> Any:
    done = homes.run(home, SCRIPT, what, str(TRIES), "20180215")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_killed_move_has_moved_the_whole_family_or_nobody(office_home: Path) -> None:
    seen = run(office_home, "moves")["seen"]
    assert len(seen) == TRIES + 1
    size, first = seen[0]
    assert size > 1 and set(first) == {size}, "the first was not killed"
    for size, tables in seen:
        assert set(tables) in ({0}, {size}), f"a torn move: {tables}"
    assert any(set(tables) == {0} for _, tables in seen), "no kill fell inside a move"


def test_a_killed_sweep_has_looked_at_whole_groups_and_another_ends_it(office_home: Path) -> None:
    told = run(office_home, "sweep")
    assert told["ended"]["rows"] == told["again"]["rows"] and told["ended"]["rows"] != told["before"]["rows"]
    for each in told["seen"]:
        after = each["after"]
        expected = [row for row in told["ended"]["rows"] if row[0] <= after]
        expected += [row for row in told["before"]["rows"] if row[0] > after]
        assert each["rows"] == expected, f"a torn group after {after!r}"
    came = [each["after"] for each in told["seen"]]
    assert came == sorted(came) and came[0] < told["ended"]["after"], "no kill fell inside a sweep"
