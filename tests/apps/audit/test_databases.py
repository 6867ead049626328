"""Which table stands where, how safely it is kept, and what never waits for an import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from django.apps import apps

import office_home as homes
import postgres
from amana.apps.audit.databases import stands_in

START = """
import sys, time; from datetime import UTC, datetime, date
from amana.start import start_office; start_office()
from amana.apps.accounts import queries, viewers, commands
now = datetime.now(UTC)
"""
HOLD = (
    START
    + """
from django.db import transaction, connection
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("UPDATE accounts_office SET name_en = name_en")
    print("held", flush=True)
    sys.stdin.readline()
"""
)
LOOK = (
    START
    + """
from amana.apps.accounts.session_store import SessionStore
from amana.apps.accounts import attempts
from amana.apps.audit.reading import record_reading
from amana.apps.jobs import commands as jobs
began = time.monotonic()
viewer = queries.viewer_by_email("registrar@office.example")
viewer.saw("P-7K3QXM")
record_reading(viewer, kind="people:person-show", at=now)
session = SessionStore(); session["seen"] = 1; session.save()
attempts.record_failure("a@office.example", "192.0.2.1", now)
jobs.enqueue(kind="import.read", arguments={}, by=viewer, at=now)
queries.office()
print(time.monotonic() - began)
"""
)
WRITE = (
    START
    + """
from amana.apps.audit.recording import recording
for number in range(40):
    with recording(viewers.installer(), now) as log:
        log.entry("person.added", "P-7K3QXM", {"number": number})
"""
)
PRAGMAS = (
    START
    + """
import json
from django.db import connections
found = {}
for alias in ("default", "operations"):
    with connections[alias].cursor() as cursor:
        for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")
            found[f"{alias}.{name}"] = cursor.fetchone()[0]
    found[f"{alias}.mode"] = connections[alias].settings_dict["OPTIONS"]["transaction_mode"]
print(json.dumps(found))
"""
)


def test_what_must_not_wait_stands_in_operations() -> None:
    found = {
        model._meta.label
        for model in apps.get_models()
        if stands_in(model._meta.app_label, model._meta.model_name) == "operations"
    }
    assert found == {
        "accounts.Session",
        "accounts.SignInAttempt",
        "accounts.UsedCode",
        "audit.ReadChain",
        "audit.ReadEntry",
        "audit.ReadPayload",
        "audit.ReadSubject",
        "guards.ReadAlarm",
        "guards.ReadTally",
        "jobs.Job",
        "jobs.WorkerSign",
    }


def test_sqlite_is_durable_and_takes_writers_in_turn(office_home: Path) -> None:
    found = json.loads(homes.run(office_home, "-c", PRAGMAS).stdout)
    for alias in ("default", "operations"):
        assert found[f"{alias}.journal_mode"] == "wal"
        assert found[f"{alias}.synchronous"] == 2, "FULL"
        assert found[f"{alias}.busy_timeout"] == 30_000
        assert found[f"{alias}.foreign_keys"] == 1
        assert found[f"{alias}.mode"] == "IMMEDIATE"


def test_looking_signing_in_and_asking_for_work_wait_for_no_import(office_home: Path) -> None:
    import_held = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        env=homes.environment(office_home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert import_held.stdout
        assert import_held.stdout.readline() == "held\n"
        looked = homes.run(office_home, "-c", LOOK)
        assert looked.returncode == 0, looked.stderr
        assert float(looked.stdout) < 5
    finally:
        import_held.communicate("go on\n", timeout=30)


def _written_by_three(home: Path, **options: str) -> dict[str, dict[str, object]]:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE], env=homes.environment(home, **options))
        for _ in range(3)
    ]
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 3
    done = homes.run(home, "-m", "amana", "audit", "verify", "--json", **options)
    told: dict[str, dict[str, object]] = json.loads(done.stdout)
    return told


def test_three_writers_at_once_leave_one_unbroken_trail_on_sqlite(office_home: Path) -> None:
    before = json.loads(homes.run(office_home, "-m", "amana", "audit", "verify", "--json").stdout)
    told = _written_by_three(office_home)["writes"]
    assert told["faults"] == []
    assert told["entries"] == before["writes"]["entries"] + 120


def test_three_writers_at_once_leave_unbroken_chains_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    url = postgres.fresh_database(postgres_url, f"amana_{uuid4().hex[:12]}")
    homes.make(tmp_path, DATABASE_URL=url)
    told = _written_by_three(tmp_path, DATABASE_URL=url)["writes"]
    assert told["faults"] == []
    assert isinstance(told["entries"], int)
    assert told["entries"] > 120
