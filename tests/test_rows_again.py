"""The office and cast that tests start from are what the commands leave; the second run leaves out only what
never reaches the office's database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

import rows_again

TESTS = Path(__file__).parent
AT = datetime(2018, 2, 15, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_what_is_put_back_is_every_row_the_commands_left(_cast_entered: rows_again.Entered) -> None:
    _cast_entered.put_back()
    assert rows_again.every_row() == _cast_entered.rows


@pytest.mark.django_db
def test_the_trail_goes_on_unbroken_after_the_rows_put_back(cast: SimpleNamespace) -> None:
    from amana.apps.accounts import commands, viewers
    from amana.apps.audit.trail import WRITES
    from amana.apps.audit.verifying import count, verify

    before = count(WRITES)
    commands.add_user(email="x@office.example", name="X", role="monitor", by=viewers.installer(), at=AT)
    assert count(WRITES) > before > 0
    assert not list(verify(WRITES))


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_viewer_was_shown_in_one_test_is_not_known_in_the_next(
    cast: SimpleNamespace, time: str
) -> None:
    assert cast.caseworker.trail == []
    cast.caseworker.trail.append(time)


@pytest.mark.parametrize(("file", "left_out"), [("test_ground.py", False), ("core/test_truth.py", True)])
def test_the_second_run_leaves_out_what_never_reaches_the_database(file: str, left_out: bool) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--only-database",
            "-p",
            "no:cacheprovider",
            "--collect-only",
            str(TESTS / file),
        ],
        cwd=TESTS.parent,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("tests left out: they never reach the office's database" in done.stdout) == left_out, done.stdout
    assert ("test_the_suite_runs_on_the_database_it_says" in done.stdout) != left_out
