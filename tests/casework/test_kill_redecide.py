"""`kill -9` while everybody is decided anew: nobody is left undecided, nobody is decided twice."""

from __future__ import annotations

import json
from pathlib import Path

import office_home as homes

SCRIPT = str(Path(__file__).with_name("redeciding_process.py"))
PEOPLE = 360


def test_a_killed_run_leaves_everybody_decided_once_and_another_ends_it(office_home: Path) -> None:
    done = homes.run(office_home, SCRIPT, "20180215", "6")
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    for each in seen:
        assert each["people"] == each["standing"] == PEOPLE
        assert each["decisions"] == PEOPLE + each["new"] and each["most"] <= 2
        assert each["new"] % 30 == 0 or each["new"] == PEOPLE, "a torn group"
    new = [each["new"] for each in seen]
    assert new == sorted(new) and (new[0], new[-1]) == (0, PEOPLE)
    assert any(0 < each < PEOPLE for each in new), "no kill fell inside the work"
