"""Erasing what the trail holds in words: with a ground, by whom it is for, and never what is evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from determined import family
from registered import AT, TODAY

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit import queries as audit
from amana.apps.audit.models import AuditPayload
from amana.apps.audit.recording import recording
from amana.apps.audit.trail import WRITES
from amana.apps.audit.verifying import verify
from amana.casework import sweep
from amana.casework.erase import ErasureRefused, erasable, erase
from amana.core.trail import Tally

__all__ = ["family"]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
OFFICER = Viewer(UUID(int=7), UUID(int=8), "data_protection")


@pytest.fixture
def told(family: dict[str, str], operator: Any) -> str:
    """A boy about whom the trail holds words, and one move that was stopped."""
    person = family["Farid"]
    with recording(operator, AT) as log:
        log.entry("claim.added", person, {"claim": 1, "attribute": "name", "stated": "Farid Example"})
        log.entry("move.stopped", person, {"safeguards": ["S06"]})
    return person


def bodies(person: str) -> list[str]:
    return list(AuditPayload.objects.filter(entry__subject=person).values_list("body", flat=True))


def test_words_go_the_entries_stay_and_the_trail_holds(told: str) -> None:
    before = len(audit.changes(told, OFFICER))
    found = erasable(told, by=OFFICER)
    assert erase(told, ground="request", by=OFFICER, at=LATER) == found.words > 0
    assert "Farid Example" not in " ".join(bodies(told))
    lines = audit.changes(told, OFFICER)
    assert len(lines) == before + 1 and lines[0].kind == "payload.erased"
    tally = Tally()
    assert list(verify(WRITES, tally=tally)) == []
    assert (tally.erasures, len(tally.erased)) == (1, found.words)


def test_what_officials_did_is_evidence_and_stays(told: str) -> None:
    erase(told, ground="ordered", by=OFFICER, at=LATER)
    (stopped,) = [each for each in audit.changes(told, OFFICER) if each.kind == "move.stopped"]
    assert stopped.payload == {"safeguards": ["S06"]}
    assert erasable(told, by=OFFICER).words == 0


def test_the_erasure_tells_count_and_ground_and_nothing_of_the_person(told: str, monitor: Viewer) -> None:
    erased = erase(told, ground="expired", by=OFFICER, at=LATER)
    (line,) = audit.erasures(monitor)
    assert (line.at, line.actor, line.count, line.ground) == (LATER, OFFICER.audit_id, erased, "expired")
    assert told not in monitor.trail


@pytest.mark.parametrize("ground", ["", "because", "Farid asked for it"])
def test_a_ground_is_one_of_the_four(told: str, ground: str) -> None:
    with pytest.raises(ErasureRefused, match="request, unlawful, ordered, expired"):
        erase(told, ground=ground, by=OFFICER, at=LATER)
    assert any("Farid Example" in body for body in bodies(told))


def test_nothing_goes_while_a_breach_stands_open(family: dict[str, str], registrar: Viewer) -> None:
    sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    child, before = family["Anora"], bodies(family["Anora"])
    with pytest.raises(ErasureRefused) as refused:
        erase(child, ground="request", by=OFFICER, at=LATER)
    assert refused.value.code == "needed" and bodies(child) == before


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "monitor", "administrator", "registrar"])
def test_it_is_for_the_data_protection_officer_alone(told: str, cast: Any, role: str) -> None:
    for ask in (
        lambda by: erase(told, ground="request", by=by, at=LATER),
        lambda by: erasable(told, by=by),
    ):
        with pytest.raises(NotForYou):
            ask(getattr(cast, role))
    assert any("Farid Example" in body for body in bodies(told))


def test_of_nobody_nothing_is_erased(office: Any) -> None:
    with pytest.raises(ErasureRefused) as refused:
        erase("P-222222", ground="request", by=OFFICER, at=LATER)
    assert refused.value.code == "nothing"
