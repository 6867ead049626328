"""`kill -9` at random points of an exchange of keys loses nothing, and the next exchange takes it up."""

from __future__ import annotations

import json
import os
from pathlib import Path

import office_home as homes

SCRIPT = str(Path(__file__).with_name("rotating_process.py"))
KILLS = int(os.environ.get("AMANA_KILLS") or 8)


def test_every_sealed_value_opens_after_each_kill_and_none_is_left_under_an_old_key(
    office_home: Path,
) -> None:
    done = homes.run(office_home, SCRIPT, str(KILLS), "20180215")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["killed"] >= KILLS // 2, "too few kills fell inside an exchange to prove anything"
    assert told["read"] == [0] * KILLS, done.stderr
    assert told["finished"] == [0, 0] and told["last"] == 0, done.stderr
