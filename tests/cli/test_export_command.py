"""`amana export`: counted, asked for, approved by another, taken once, traced; and who may not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry, ReadEntry
from amana.apps.exports.models import Export, ExportCopy
from amana.casework.exporting import ExportRefused
from amana.cli import export
from amana.start import AtWork
from small_office import settle

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 2, 15, 10, 0, tzinfo=UTC)
WHY = ("--reason", "The court asks who will come.")
NEW = (
    "new", "--recipient", "Juvenile court", "--recipient-kind", "court", "--purpose", "hearing", *WHY,
    "--group", "women", "--form", "csv",
)  # fmt: skip


@pytest.fixture
def amana(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """`amana("supervisor", "list")` runs the command as that role."""
    settle(cast.supervisor, tmp_path, people=30)

    def run(role: str, *arguments: str) -> Result:
        at_work = AtWork(getattr(cast, role), NOW, NOW.date())
        for module in ("listed", "ask", "answers", "taking", "trace"):
            monkeypatch.setattr(f"amana.cli.export.{module}.operator_at_work", lambda: at_work)
        return CliRunner().invoke(export.command, arguments)

    return run


def test_a_list_is_counted_asked_for_approved_taken_once_and_traced(
    amana: Callable[..., Result], tmp_path: Path
) -> None:
    count = json.loads(amana("supervisor", *NEW, "--json").stdout)["people"]
    assert not Export.objects.exists()
    ident = amana("supervisor", *NEW, "--count", str(count)).stdout.strip()
    assert "waits for second" in amana("supervisor", "list").stdout
    out = tmp_path / "list.csv"
    early = amana("supervisor", "take", ident, "--out", str(out))
    assert isinstance(early.exception, ExportRefused) and not out.exists()
    assert amana("other_supervisor", "approve", ident, "--count", str(count), *WHY).exit_code == 0
    assert f"{count} people, mark" in amana("supervisor", "take", ident, "--out", str(out)).stdout
    assert out.stat().st_mode & 0o077 == 0 and len(out.read_text("utf-8").splitlines()) == count + 2
    assert ReadEntry.objects.filter(kind="export.take").count() == 1
    again = amana("supervisor", "take", ident, "--out", str(tmp_path / "again.csv"))
    assert isinstance(again.exception, ExportRefused) and not (tmp_path / "again.csv").exists()
    told = json.loads(amana("data_protection", "trace", str(out), "--json").stdout)
    assert [(each["how"], each["recipient"]) for each in told] == [("bytes", "Juvenile court")]
    assert AuditEntry.objects.filter(kind="export.traced").count() == 1
    assert json.loads(amana("monitor", "list", "--json").stdout)[0]["copy"] == ExportCopy.objects.get().mark


def test_a_refusal_ends_it(amana: Callable[..., Result]) -> None:
    count = json.loads(amana("supervisor", *NEW, "--json").stdout)["people"]
    ident = amana("supervisor", *NEW, "--count", str(count)).stdout.strip()
    assert amana("data_protection", "refuse", ident, *WHY).stdout == "refused\n"
    assert "refused" in amana("supervisor", "list").stdout


@pytest.mark.parametrize("role", ["caseworker", "registrar", "administrator", "monitor", "guardian"])
def test_no_other_role_asks(amana: Callable[..., Result], role: str) -> None:
    done: Any = amana(role, *NEW)
    assert isinstance(done.exception, NotForYou)
    assert not Export.objects.exists()
