"""`amana audit who-saw` and `erase`: what they print, and that asking is written down."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result
from registered import committed, site
from small_lists import one_family

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.models import AuditPayload, ReadEntry
from amana.apps.audit.reading import record_reading
from amana.apps.audit.trail import WRITES
from amana.apps.audit.verifying import verify
from amana.apps.registry.models import Person
from amana.cli import audit
from amana.start import AtWork

__all__ = ["committed", "site"]
NOW = datetime(2018, 2, 15, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def ref(cast: Any, committed: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A boy of the register; commands act as the operator at ten."""
    at_work = AtWork(cast.operator, NOW, NOW.date())
    for module in ("who_saw", "erase"):
        monkeypatch.setattr(f"amana.cli.audit.{module}.operator_at_work", lambda: at_work)
    committed(one_family())
    return str(Person.objects.get(name_latin__startswith="Farid").ref)


def amana(*arguments: str) -> Result:
    return CliRunner().invoke(audit.command, arguments)


def look(viewer: Viewer, ref: str, times: int) -> None:
    for _ in range(times):
        viewer.saw(ref)
        record_reading(viewer, "case:person-show", NOW)


def test_who_saw_tells_by_whom_where_and_how_often(ref: str, caseworker: Viewer) -> None:
    look(caseworker, ref, 3)
    rows = json.loads(amana("who-saw", ref, "--json").stdout)
    mine = [row for row in rows if row["page"] == "case:person-show"]
    assert mine == [
        {
            "by": "Layla Nasser",
            "page": "case:person-show",
            "count": 3,
            "first": "2018-02-15 10:00",
            "last": "2018-02-15 10:00",
        }
    ]


def test_asking_who_saw_somebody_is_seen_by_the_next_who_asks(ref: str) -> None:
    amana("who-saw", ref)
    assert ReadEntry.objects.filter(kind="audit.who_saw", subject=ref).count() == 1
    assert "audit.who_saw" in amana("who-saw", ref.lower()).stdout


def test_a_mistyped_reference_is_refused(ref: str) -> None:
    done = amana("who-saw", ref[:-1] + ("2" if ref[-1] != "2" else "3"))
    assert done.exit_code == 1 and "mistyped" in str(done.exception)


def test_erase_tells_first_asks_with_yes_and_goes_when_another_confirms(
    ref: str, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = AuditPayload.objects.filter(entry__subject=ref).count()
    told = amana("erase", ref, "--ground", "request")
    assert told.exit_code == 0 and "add --yes to ask for it" in told.stdout
    why = ("--reason", "Her guardian asked for it.")
    asked = json.loads(amana("erase", ref, "--ground", "request", *why, "--yes", "--json").stdout)
    assert (asked["words"], asked["evidence"]) == (before, 0)
    assert AuditPayload.objects.filter(entry__subject=ref).count() == before + 1
    assert "Another official" in str(amana("confirm-erasure", asked["erasure"], *why).exception)
    other = AtWork(cast.supervisor, NOW, NOW.date())
    monkeypatch.setattr("amana.cli.audit.erase.operator_at_work", lambda: other)
    assert f"{before} words" in amana("confirm-erasure", asked["erasure"], *why).stdout
    assert "decided already" in str(amana("refuse-erasure", asked["erasure"], *why).exception)
    assert list(verify(WRITES)) == []


def test_erase_without_a_ground_is_wrong_usage(ref: str) -> None:
    assert amana("erase", ref).exit_code == 2
    assert amana("erase", ref, "--ground", "because").exit_code == 2
