"""Erasing what is kept in words: asked for with a ground, confirmed by a second person, and never what is
evidence.
"""

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
from amana.apps.registry.models import ListedRow
from amana.apps.retention import queries as retention
from amana.casework import erase as erasing
from amana.casework import legal_holds, sweep
from amana.casework.erase import ErasureRefused, ask_erasure, confirm, erasable
from amana.core.trail import Tally

__all__ = ["family"]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
OFFICER = Viewer(UUID(int=7), UUID(int=8), "data_protection")
OTHER = Viewer(UUID(int=9), UUID(int=10), "data_protection")
WHY = "Her guardian asked for it in writing."
ALL = ("words", "originals")


def ask(person: str, ground: str = "request", by: Viewer = OFFICER, parts: Any = ("words",)) -> UUID:
    return ask_erasure(person, ground=ground, words=WHY, parts=parts, by=by, at=LATER, on=TODAY)


def answer(erasure: UUID, by: Viewer) -> dict[str, int]:
    return dict(confirm(erasure, words="I have read the letter myself.", by=by, at=LATER, on=TODAY))


def erase(person: str, *, ground: str, by: Viewer, at: Any) -> int:
    """Asked for by one and confirmed by another; how many payloads went."""
    return answer(ask(person, ground, by), OTHER)["words"]


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
    found = erasable(told, by=OFFICER, on=TODAY)
    assert erase(told, ground="request", by=OFFICER, at=LATER) == found.words > 0
    assert "Farid Example" not in " ".join(bodies(told))
    lines = audit.changes(told, OFFICER)
    kinds = [line.kind for line in lines[: len(lines) - before]]
    assert kinds == ["erasure.done", "payload.erased", "erasure.asked"]
    tally = Tally()
    assert list(verify(WRITES, tally=tally)) == []
    assert (tally.erasures, len(tally.erased)) == (1, found.words)


def test_what_officials_did_is_evidence_and_stays(told: str) -> None:
    erase(told, ground="ordered", by=OFFICER, at=LATER)
    (stopped,) = [each for each in audit.changes(told, OFFICER) if each.kind == "move.stopped"]
    assert stopped.payload == {"safeguards": ["S06"]}
    assert erasable(told, by=OFFICER, on=TODAY).words == 0


def test_the_erasure_tells_count_and_ground_and_nothing_of_the_person(told: str, monitor: Viewer) -> None:
    erased = erase(told, ground="expired", by=OFFICER, at=LATER)
    (line,) = audit.erasures(monitor)
    assert (line.at, line.actor, line.count, line.ground) == (LATER, OTHER.audit_id, erased, "expired")
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
    for act in (
        lambda by: erase(told, ground="request", by=by, at=LATER),
        lambda by: erasable(told, by=by, on=TODAY),
    ):
        with pytest.raises(NotForYou):
            act(getattr(cast, role))
    assert any("Farid Example" in body for body in bodies(told))


def test_of_nobody_nothing_is_erased(office: Any) -> None:
    with pytest.raises(ErasureRefused) as refused:
        erase("P-222222", ground="request", by=OFFICER, at=LATER)
    assert refused.value.code == "nothing"


def test_nothing_goes_before_a_second_person_confirms(told: str, cast: Any) -> None:
    erasure = ask(told)
    assert any("Farid Example" in body for body in bodies(told))
    with pytest.raises(ErasureRefused) as refused:
        answer(erasure, OFFICER)
    assert refused.value.code == "own"
    for role in ("caseworker", "monitor", "facility_manager", "administrator", "other_supervisor"):
        with pytest.raises(NotForYou):
            answer(erasure, getattr(cast, role))
    assert any("Farid Example" in body for body in bodies(told))
    assert answer(erasure, cast.supervisor)["words"] > 0
    with pytest.raises(ErasureRefused) as refused:
        answer(erasure, OTHER)
    assert refused.value.code == "over"


def test_a_hold_placed_meanwhile_wins_over_what_was_asked_for(told: str, cast: Any) -> None:
    erasure = ask(told)
    legal_holds.place_legal_hold(
        told, ground="complaint", words="Her mother complained.", review_on=TODAY, by=cast.caseworker,
        at=LATER, on=TODAY,
    )  # fmt: skip
    with pytest.raises(ErasureRefused) as refused:
        answer(erasure, cast.supervisor)
    assert refused.value.code == "needed" and any("Farid Example" in body for body in bodies(told))


def test_the_rows_as_their_sender_wrote_them_go_and_the_rows_stay(told: str, cast: Any) -> None:
    rows = ListedRow.objects.filter(identity__in=ListedRow.objects.filter(person=told).values("identity"))
    count = erasable(told, by=OFFICER, on=TODAY).originals
    assert count == rows.count() == 2 and all(row.original for row in rows)  # once committed, once held back
    assert answer(ask(told, parts=ALL), cast.supervisor)["originals"] == 2
    assert not any(row.original or row.messages for row in rows.all())
    assert rows.count() == 2 and erasable(told, by=OFFICER, on=TODAY).originals == 0
    with pytest.raises(ErasureRefused) as refused:
        ask(told, parts=("originals",))
    assert refused.value.code == "nothing"


def test_one_erasure_waits_at_a_time_and_is_refused_or_withdrawn_for_good(told: str, cast: Any) -> None:
    first = ask(told)
    with pytest.raises(ErasureRefused) as refused:
        ask(told)
    assert refused.value.code == "waits"
    erasing.refuse(first, words="The letter is not hers.", by=cast.supervisor, at=LATER, on=TODAY)
    second = ask(told)
    with pytest.raises(NotForYou):
        erasing.withdraw(second, by=OTHER, at=LATER, on=TODAY)
    erasing.withdraw(second, by=OFFICER, at=LATER, on=TODAY)
    states = {each.state for each in retention.erasures_of(OFFICER, told)}
    assert states == {"refused", "withdrawn"} and any("Farid Example" in body for body in bodies(told))


@pytest.mark.parametrize(
    ("what", "code"),
    [({"words": "x"}, "reason"), ({"parts": ()}, "parts"), ({"parts": ("everything",)}, "parts")],
)
def test_a_reason_and_a_known_part_are_asked_for(told: str, what: dict[str, Any], code: str) -> None:
    said = {"ground": "request", "words": WHY, "parts": ("words",), **what}
    with pytest.raises(ErasureRefused) as refused:
        ask_erasure(told, **said, by=OFFICER, at=LATER, on=TODAY)
    assert refused.value.code == code
