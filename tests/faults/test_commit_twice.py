"""One list committed by two at one time is registered once; the later one is told that it is known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import office_home as homes
import postgres

SCRIPT = str(Path(__file__).with_name("twice_process.py"))
PLACE = """
from datetime import UTC, datetime
from amana.start import start_office; start_office()
from amana.apps.accounts import queries; from amana.apps.placements.commands import add_facility
viewer = queries.viewer_by_email("registrar@office.example")
add_facility(name_en="Site A", name_ar="", kind="detention", by=viewer, at=datetime.now(UTC))
"""
PEOPLE = 60


def _both(home: Path, meeting: Path, **options: str) -> list[list[str]]:
    placed = homes.run(home, "-c", PLACE, **options)
    assert placed.returncode == 0, placed.stderr
    meeting.mkdir()
    processes = [
        subprocess.Popen(
            [sys.executable, SCRIPT, str(meeting)],
            env=homes.environment(home, **options),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], told
    return sorted(out.split() for out, _ in told)


def _once_added_once_known(home: Path, meeting: Path, **options: str) -> None:
    later, first = _both(home, meeting, **options)
    assert first[:2] == [str(PEOPLE), "0"]
    assert later == ["0", str(PEOPLE), "-", first[2]]


def test_a_list_committed_by_two_at_once_is_known_to_the_second_on_sqlite(
    office_home: Path, tmp_path: Path
) -> None:
    _once_added_once_known(office_home, tmp_path / "meeting")


def test_a_list_committed_by_two_at_once_is_known_to_the_second_on_postgresql(
    postgres_url: str, tmp_path: Path
) -> None:
    url = postgres.fresh_database(postgres_url, f"amana_{uuid4().hex[:12]}")
    homes.make(tmp_path / "home", DATABASE_URL=url)
    _once_added_once_known(tmp_path / "home", tmp_path / "meeting", DATABASE_URL=url)
