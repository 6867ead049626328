"""The monitor's own verification: from a file or a copy, on a machine without office, settings or keys."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import office_home as homes

ALONE = """
import sys
from amana.cli import main
try:
    main()
finally:
    from django.conf import settings
    assert not settings.configured, "settings were read"
    assert "amana.apps.audit.models" not in sys.modules
"""


def elsewhere(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`amana ...` in an empty folder, with nothing of an office in the environment."""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-c", ALONE, *arguments],
        cwd=folder,
        env=bare,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def amana(home: Path, *arguments: str) -> str:
    """A command of the office; what it printed."""
    done = homes.run(home, "-m", "amana", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def monitors(office_home: Path, tmp_path: Path) -> Path:
    """A folder of the monitor's own: an anchor, and then the trail, exported."""
    folder = tmp_path / "monitor"
    folder.mkdir()
    amana(office_home, "audit", "anchor", "--out", str(folder / "anchor.json"))
    amana(office_home, "audit", "export", "--out", str(folder / "trail.jsonl"))
    return folder


def test_the_monitor_verifies_an_exported_trail_without_the_office(monitors: Path) -> None:
    anchor = json.loads((monitors / "anchor.json").read_text())
    done = elsewhere(
        monitors, "audit", "verify", "--from", "trail.jsonl", "--anchor", "anchor.json", "--code",
        anchor["code"].lower().replace("-", " "), "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["writes"]["entries"] > 8 and told["writes"]["faults"] == []
    assert told["anchors"]["count"] == 1
    assert {each.name for each in monitors.iterdir()} == {"anchor.json", "trail.jsonl"}


def test_an_exported_trail_names_neither_references_nor_payloads(office_home: Path, monitors: Path) -> None:
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        rows = database.execute("SELECT subject, commitment FROM audit_auditentry").fetchall()
        bodies = database.execute("SELECT body FROM audit_auditpayload").fetchall()
    told = (monitors / "trail.jsonl").read_text()
    assert rows and not [row for row in rows if (row[0] and f'"{row[0]}"' in told) or row[1] in told]
    assert not [body for (body,) in bodies if len(body) > 2 and body in told]


def test_a_changed_line_of_the_file_is_found(monitors: Path) -> None:
    trail = monitors / "trail.jsonl"
    trail.write_text(trail.read_text().replace('"account.added"', '"account.closed"', 1))
    done = elsewhere(monitors, "audit", "verify", "--from", "trail.jsonl")
    assert done.returncode == 1 and "a column was changed" in done.stderr


def test_a_file_cut_short_is_refused_and_says_so(monitors: Path) -> None:
    trail = monitors / "trail.jsonl"
    trail.write_text("".join(trail.read_text().splitlines(keepends=True)[:-1]))
    done = elsewhere(monitors, "audit", "verify", "--from", "trail.jsonl")
    assert done.returncode == 1 and "its end is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_end_cut_off_before_the_export_shows_against_the_anchor(office_home: Path, monitors: Path) -> None:
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        for action in ("update", "delete"):
            database.execute(f"DROP TRIGGER audit_auditentry_no_{action}")
        database.execute("DELETE FROM audit_auditpayload WHERE entry_id > 3")
        database.execute("DELETE FROM audit_auditentry WHERE id > 3")
        end = database.execute("SELECT digest FROM audit_auditentry WHERE sequence = 3").fetchone()
        database.execute("UPDATE audit_auditchain SET sequence = 3, digest = ?", end)
    amana(office_home, "audit", "export", "--out", str(monitors / "later.jsonl.gz"))
    assert gzip.decompress((monitors / "later.jsonl.gz").read_bytes())
    assert elsewhere(monitors, "audit", "verify", "--from", "later.jsonl.gz").returncode == 0
    done = elsewhere(monitors, "audit", "verify", "--from", "later.jsonl.gz", "--anchor", "anchor.json")
    assert done.returncode == 1 and "not what the anchor says" in done.stderr


def test_copies_of_the_databases_verify_too_and_with_the_key_their_payloads(
    office_home: Path, monitors: Path
) -> None:
    for name in ("amana.sqlite3", "operations.sqlite3", "keys/audit.key"):
        shutil.copy(office_home / name, monitors)
    both = ("--from", "amana.sqlite3", "--from", "operations.sqlite3", "--anchor", "anchor.json")
    assert elsewhere(monitors, "audit", "verify", *both).returncode == 0
    with sqlite3.connect(monitors / "amana.sqlite3") as copy:
        copy.execute("DROP TRIGGER audit_auditpayload_no_update")
        copy.execute("UPDATE audit_auditpayload SET body = '{}' WHERE entry_id = 2")
    assert elsewhere(monitors, "audit", "verify", *both).returncode == 0
    done = elsewhere(monitors, "audit", "verify", *both, "--key", "audit.key")
    assert done.returncode == 1 and "not the one it committed to" in done.stderr


def test_what_is_no_trail_no_anchor_no_code_or_no_key_is_refused_in_words(monitors: Path) -> None:
    (monitors / "strange.json").write_text("[]")
    exchanged = json.loads((monitors / "anchor.json").read_text())
    exchanged["writes"]["1"][0] += 1
    (monitors / "exchanged.json").write_text(json.dumps(exchanged))
    source = ("audit", "verify", "--from", "trail.jsonl")
    for arguments, said in (
        (("audit", "verify", "--from", "strange.json"), "no trail that"),
        (("audit", "verify", "--from", "nowhere.jsonl"), "No such file"),
        ((*source, "--anchor", "strange.json"), "no anchor"),
        ((*source, "--anchor", "nowhere.json"), "can't be opened"),
        ((*source, "--anchor", "exchanged.json"), "changed after it was made"),
        ((*source, "--anchor", "anchor.json", "--code", "2345"), "8 groups of 4"),
        ((*source, "--anchor", "anchor.json", "--code", "2222" * 8), "None of the anchors"),
        ((*source, "--key", "strange.json"), "no audit key"),
    ):
        done = elsewhere(monitors, *arguments)
        assert said in done.stderr + done.stdout, (arguments, done.stderr)
        assert done.returncode == 1, arguments


def test_an_anchor_that_speaks_of_a_trail_no_file_holds_is_not_passed_over(
    office_home: Path, monitors: Path
) -> None:
    anchor = json.loads(amana(office_home, "audit", "anchor"))
    assert anchor["writes"]
    shutil.copy(office_home / "operations.sqlite3", monitors)
    done = elsewhere(monitors, "audit", "verify", "--from", "operations.sqlite3", "--anchor", "anchor.json")
    assert done.returncode == 1 and "no file given holds it" in done.stderr
