"""Waivers: a decision to let a finding rest for a time; it ends nothing, opens nothing, hides nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from determined import assessed, family
from django.db import connection
from registered import AT, TODAY
from sweeping import episodes, kept

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.queries import changes
from amana.apps.audit.recording import recording
from amana.apps.oversight import queries
from amana.apps.oversight.models import Finding, Waiver
from amana.apps.placements.commands import add_facility
from amana.casework import amend, intake, oversight, sweep
from amana.casework.oversight import LONGEST, WaiverRefused

__all__ = ["family"]

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
UNTIL = TODAY + timedelta(30)
ILL, BACK = "The assessor is ill until Thursday.", "She is back and assesses the child."


@pytest.fixture
def anora(family: dict[str, str], registrar: Any) -> str:
    """A girl of two with her detained mother, whom nobody has assessed."""
    sweep.sweep_all(on=TODAY, by=registrar, at=AT)
    return family["Anora"]


def finding_of(person: str, safeguard: str = "S11") -> Finding:
    return Finding.objects.get(person=person, safeguard=safeguard, until=None)


def waive(person: str, by: Any, safeguard: str = "S11", **what: Any) -> int:
    said = {"ground": ILL, "until": UNTIL, "by": by, "at": LATER, "on": TODAY, **what}
    return oversight.waive(finding_of(person, safeguard).pk, **said)


def test_a_waived_finding_stays_and_shows_with_author_ground_and_end(anora, supervisor, monitor) -> None:
    before = kept()
    waive(anora, supervisor)
    assert kept() == before
    (line,) = queries.findings(monitor, safeguard="S11", verdict="overdue", on=TODAY, limit=1).rows
    seen = next(
        each.waiver
        for each in queries.findings(monitor, safeguard="S11", on=TODAY).rows
        if each.waiver is not None
    )
    assert (seen.ground, seen.until, seen.by_role) == (ILL, UNTIL, "supervisor")
    assert line.person is None
    board = next(each for each in queries.board(supervisor, on=TODAY).lines if each.safeguard == "S11")
    assert (board.overdue, board.waived) == (4, 1)


def test_every_waiver_is_in_the_trail(anora, supervisor) -> None:
    number = waive(anora, supervisor)
    oversight.end_waiver(number, reason=BACK, by=supervisor, at=LATER, on=TODAY)
    kinds = set(AuditEntry.objects.filter(subject=anora).values_list("kind", flat=True))
    assert {"waiver.made", "waiver.ended"} <= kinds


def test_it_ends_by_its_day_or_by_hand_and_is_shown_for_ever(anora, supervisor) -> None:
    number = waive(anora, supervisor)
    assert finding_line(supervisor, anora, on=UNTIL).waiver is not None
    assert finding_line(supervisor, anora, on=UNTIL + timedelta(1)).waiver is None
    oversight.end_waiver(number, reason=BACK, by=supervisor, at=LATER, on=TODAY)
    after = finding_line(supervisor, anora, on=TODAY)
    assert after.waiver is None
    assert [(each.ended, each.ended_reason) for each in after.waivers] == [(True, BACK)]
    assert queries.waivers(supervisor).count == 1


def finding_line(viewer: Any, person: str, on: Any) -> queries.FindingLine:
    return queries.finding(viewer, finding_of(person).pk, on=on)


def test_a_later_finding_needs_a_waiver_of_its_own(anora, supervisor, caseworker, registrar) -> None:
    waive(anora, supervisor, until=TODAY + LONGEST)
    assessed(anora, caseworker)
    assert finding_line(supervisor, anora, on=TODAY).waiver is None
    sweep.sweep_all(on=TODAY + timedelta(91), by=registrar, at=LATER)
    late = queries.findings(supervisor, safeguard="S11", on=TODAY + timedelta(90)).rows
    assert [each.waiver for each in late if each.person == anora] == [None]
    of_first = [each.waivers for each in queries.of_person(supervisor, anora, on=TODAY) if each.waivers]
    assert len(of_first) == 1, "the waiver stays on show with the episode it was made of"


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ({"ground": "  "}, "no_ground"),
        ({"ground": "ok, as the protocol"[:5]}, "no_ground"),
        ({"ground": "The panel meets on Thursday. " * 20}, "long_ground"),
        ({"until": TODAY - timedelta(1)}, "past"),
        ({"until": TODAY + LONGEST + timedelta(1)}, "too_long"),
    ],
)
def test_a_waiver_without_ground_or_with_another_end_is_refused(anora, supervisor, what, reason) -> None:
    with pytest.raises(WaiverRefused) as refused:
        waive(anora, supervisor, **what)
    assert refused.value.reason == reason
    assert not Waiver.objects.exists()


def test_ninety_days_are_the_longest(anora, supervisor) -> None:
    assert waive(anora, supervisor, until=TODAY + LONGEST)


def test_one_waiver_at_a_time_and_none_of_what_is_over(anora, supervisor, caseworker) -> None:
    first = finding_of(anora).pk
    number = waive(anora, supervisor)
    with pytest.raises(WaiverRefused, match="waived"):
        waive(anora, supervisor)
    assessed(anora, caseworker)
    with pytest.raises(WaiverRefused, match="closed"):
        oversight.waive(first, ground=ILL, until=UNTIL, by=supervisor, at=LATER, on=TODAY)
    oversight.end_waiver(number, reason=BACK, by=supervisor, at=LATER, on=TODAY)
    with pytest.raises(WaiverRefused, match="closed"):
        oversight.end_waiver(number, reason=BACK, by=supervisor, at=LATER, on=TODAY)


def test_what_its_pack_says_is_not_waivable_is_refused(anora, registrar, supervisor, family) -> None:
    home = add_facility(name_en="Home", name_ar="دار", kind="state_home", by=registrar, at=AT)
    amend.move(
        person=family["Farid"], facility=home, moved_on=TODAY, source="site", by=registrar, at=AT, on=TODAY
    )
    with pytest.raises(WaiverRefused, match="not_waivable"):
        waive(family["Farid"], supervisor, "S06")


@pytest.mark.parametrize("verdict", ["duty_open", "undetermined"])
def test_a_duty_in_time_and_an_open_question_are_not_waived(anora, supervisor, registrar, verdict) -> None:
    row = finding_of(anora)
    with recording(registrar, AT):
        Finding.objects.filter(pk=row.pk).update(verdict=verdict)
    with pytest.raises(WaiverRefused, match="not_broken"):
        waive(anora, supervisor)
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("role", ["registrar", "caseworker", "monitor", "administrator", "outsider"])
def test_only_a_supervisor_waives(anora, cast, supervisor, role) -> None:
    with pytest.raises(NotForYou):
        waive(anora, getattr(cast, role))
    number = waive(anora, supervisor)
    with pytest.raises(NotForYou):
        oversight.end_waiver(number, reason=BACK, by=getattr(cast, role), at=LATER, on=TODAY)


@pytest.mark.parametrize("call", ["waive", "end_waiver"])
def test_a_finding_or_a_waiver_that_is_none_is_not_for_anybody(anora, supervisor, call) -> None:
    acting = {"by": supervisor, "at": LATER, "on": TODAY}
    with pytest.raises(NotForYou):
        if call == "waive":
            oversight.waive(10**9, ground="There is nothing to say here.", until=UNTIL, **acting)
        else:
            oversight.end_waiver(10**9, reason="There is nothing to say here.", **acting)


def test_a_list_can_t_be_taken_back_once_a_finding_of_its_people_was_waived(
    anora, supervisor, operator
) -> None:
    from amana.apps.registry.models import Person

    batch = Person.objects.get(ref=anora).batch_id
    waive(anora, supervisor)
    result = intake.undo(batch, by=operator, at=LATER)
    assert not result.undone
    assert "waiver" in {each.kind for each in result.obstacles}
    assert episodes(anora, "S11")


def test_the_words_of_a_waiver_stand_sealed_and_in_no_entry_of_the_trail(anora, supervisor) -> None:
    first = waive(anora, supervisor, ground="zahra-canary-4419 is ill until Thursday.")
    oversight.end_waiver(
        first, reason="zahra-canary-4420 came back to work.", by=supervisor, at=LATER, on=TODAY
    )
    told = [str(entry.payload) for entry in changes(anora, supervisor)]
    assert told and not any("canary" in each for each in told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ground, ended_reason FROM oversight_waiver")
        kept = [bytes(value) for value in cursor.fetchone()]
    assert not any(b"canary" in each for each in kept)
