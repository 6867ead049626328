"""`kill -9` amid a paper's upload, an emergency opening or a file taken leaves nothing half done."""

from __future__ import annotations

import json
import os
from pathlib import Path

import office_home as homes

SCRIPT = str(Path(__file__).with_name("guarding_process.py"))
KILLS = int(os.environ.get("AMANA_KILLS") or 6)


def test_a_killed_upload_opening_or_file_is_whole_or_not_there(office_home: Path) -> None:
    done = homes.run(office_home, SCRIPT, str(KILLS + 1), "20180215")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["torn"] == [[]] * (KILLS + 1), done.stderr
    assert told["done"][0] and told["done"][1] and told["done"][2], "the first was not killed"
    assert told["killed"] >= KILLS // 2, "too few kills fell inside to prove anything"
    assert told["left"] == 0
