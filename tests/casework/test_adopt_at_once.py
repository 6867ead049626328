"""Two proposals on one text, adopted by several at one moment: one becomes law, nobody adopts the unseen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import office_home as homes
import postgres

SCRIPT = str(Path(__file__).with_name("adopting_process.py"))
LAW = """
from amana.start import start_office; start_office()
from amana.apps.decisions.models import PackVersion, Proposal
from amana.apps.decisions.office_pack import office_pack
print(PackVersion.objects.filter(current=True).count(), Proposal.objects.filter(state="adopted").count())
print(office_pack().hash == Proposal.objects.get(state="adopted").result_id)
"""
AT_ONCE = 3


def _one_becomes_law(home: Path, meeting: Path, **options: str) -> None:
    made = homes.run(home, SCRIPT, **options)
    assert made.returncode == 0, made.stderr
    refs = made.stdout.split()
    meeting.mkdir()
    processes = [
        subprocess.Popen(
            [sys.executable, SCRIPT, str(meeting), str(AT_ONCE), refs[number % 2]],
            env=homes.environment(home, **options),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(AT_ONCE)
    ]
    told = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * AT_ONCE, told
    said = sorted(out.strip() for out, _ in told)
    assert said in (["Outdated", "Outdated", "adopted"], ["Outdated", "ProposalRefused", "adopted"])
    law = homes.run(home, "-c", LAW, **options)
    assert law.stdout.split() == ["1", "1", "True"], law.stderr


def test_one_of_two_changes_adopted_at_once_becomes_law_on_sqlite(office_home: Path, tmp_path: Path) -> None:
    _one_becomes_law(office_home, tmp_path / "meeting")


def test_one_of_two_changes_adopted_at_once_becomes_law_on_postgresql(
    postgres_url: str, tmp_path: Path
) -> None:
    url = postgres.fresh_database(postgres_url, f"amana_{uuid4().hex[:12]}")
    homes.make(tmp_path / "home", DATABASE_URL=url)
    _one_becomes_law(tmp_path / "home", tmp_path / "meeting", DATABASE_URL=url)
