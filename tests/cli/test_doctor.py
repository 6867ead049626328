"""`amana doctor` and `amana audit verify`: what is wrong, the mend, and the exit status."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import office_home as homes
from amana.apps.accounts import health
from amana.apps.accounts.queries import OfficeView
from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs import commands
from amana.cli import doctor

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)


def examine(home: Path) -> tuple[int, dict[str, dict[str, str]]]:
    """Exit status and findings by subject."""
    done = homes.run(home, "-m", "amana", "doctor", "--json")
    assert done.stdout, done.stderr
    return done.returncode, {found["subject"]: found for found in json.loads(done.stdout)}


def test_a_prepared_office_is_well_but_for_what_it_says(office_home: Path) -> None:
    _, found = examine(office_home)
    for subject in (
        "home",
        "key secret",
        "key audit",
        "database default",
        "database operations",
        "office",
        "clock",
    ):
        assert found[subject]["state"] == "well", found[subject]
    assert found["worker"]["state"] == "warning"


def test_each_fault_comes_with_its_mend_and_status_1(office_home: Path) -> None:
    (office_home / "keys" / "audit.key").chmod(0o644)
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("UPDATE accounts_office SET pack = 'no_such_pack'")
    status, found = examine(office_home)
    assert status == 1
    assert found["key audit"]["state"] == "fault"
    assert "chmod 600" in found["key audit"]["mend"]
    assert found["pack"]["state"] == "fault"


def test_without_tables_it_still_answers(tmp_path: Path) -> None:
    status, found = examine(tmp_path)
    assert status == 1
    assert found["database default"]["mend"] == "Run `amana migrate`."


def test_plain_output_is_one_line_a_finding(office_home: Path) -> None:
    done = homes.run(office_home, "-m", "amana", "doctor")
    assert "  ok     key audit: present, mode 600" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("free", "state"), [(10 * 1024**3, "well"), (500 * 1024**2, "warning"), (1024, "fault")]
)
def test_a_full_disk_is_noticed_before_it_is_full(free: int, state: str) -> None:
    assert health.disk(free).state == state


def test_debug_is_a_fault(settings: Any) -> None:
    settings.DEBUG = True
    assert health.configuration().state == "fault"


@pytest.mark.django_db
def test_waiting_jobs_without_a_worker_are_a_fault(registrar: Viewer) -> None:
    assert doctor.worker(NOW).state == "warning"
    commands.enqueue(kind="import.read", arguments={}, by=registrar, at=NOW)
    assert doctor.worker(NOW).state == "fault"
    commands.worker_seen(worker="a", at=NOW)
    assert doctor.worker(NOW + timedelta(seconds=20)).state == "well"
    assert doctor.worker(NOW + timedelta(seconds=40)).state == "fault"


@pytest.mark.django_db
def test_an_unreviewed_pack_is_watched(office: OfficeView) -> None:
    found = doctor.pack()
    assert found.state == "warning"
    assert "unreviewed" in found.words


def test_verify_finds_what_was_changed_in_the_file(office_home: Path) -> None:
    done = homes.run(office_home, "-m", "amana", "audit", "verify")
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("DROP TRIGGER audit_auditentry_no_update")
        database.execute("UPDATE audit_auditentry SET kind = 'office.closed' WHERE sequence = 1")
    done = homes.run(office_home, "-m", "amana", "audit", "verify", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["writes"]["faults"] == [
        "chain 1, entry 1: a column was changed after it was written",
        "chain 1, entry 1: its payload is not the one it committed to",
    ]


def test_verify_compares_with_an_anchor_kept_elsewhere(office_home: Path, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.json"
    anchor.write_text(homes.run(office_home, "-m", "amana", "audit", "anchor").stdout)
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        for action in ("update", "delete"):
            database.execute(f"DROP TRIGGER audit_auditentry_no_{action}")
        database.execute("DELETE FROM audit_auditpayload WHERE entry_id > 3")
        database.execute("DELETE FROM audit_auditentry WHERE id > 3")
        end = database.execute("SELECT digest FROM audit_auditentry WHERE sequence = 3").fetchone()
        database.execute("UPDATE audit_auditchain SET sequence = 3, digest = ?", end)
    assert homes.run(office_home, "-m", "amana", "audit", "verify").returncode == 0
    done = homes.run(office_home, "-m", "amana", "audit", "verify", "--anchor", str(anchor))
    assert done.returncode == 1
    assert "anchor" in done.stderr


def test_a_file_that_is_no_anchor_is_refused(office_home: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.json"
    strange.write_text("[]")
    done = homes.run(office_home, "-m", "amana", "audit", "verify", "--anchor", str(strange))
    assert done.returncode == 1
    assert "no anchor" in done.stderr


def test_without_tables_verify_names_the_mend(tmp_path: Path) -> None:
    done = homes.run(tmp_path, "-m", "amana", "audit", "verify")
    assert done.returncode == 1
    assert "`amana migrate` makes empty tables" in done.stderr
    assert "Traceback" not in done.stderr
