"""Each refusal of emergency openings, alarms and given reasons by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import recording
from amana.apps.guards import alerting, commands, openings, reading, reasons
from amana.apps.guards.bounds import Bound, Bounds
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.models import GivenReason, Opening, ReadAlarm, ReadTally
from amana.apps.jobs.models import Job
from amana.apps.registry.models import Person
from small_office import AT, settle

pytestmark = pytest.mark.django_db
WHY = "Her mother is in labour and nobody of the team answers the telephone."


@pytest.fixture
def ref(cast: SimpleNamespace, tmp_path: Path) -> str:
    settle(cast.registrar, tmp_path, people=12)
    return str(Person.objects.order_by("ref").values_list("ref", flat=True)[0])


def begin(by: Viewer, ref: str, **other: Any) -> Any:
    return commands.begin(ref, **{"reason": WHY, "hours": 1, "by": by, "at": AT, **other})


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(OpeningRefused) as found:
        act()
    return found.value.code


def without(viewer: Viewer, permission: str) -> Viewer:
    """The viewer behind a pass of the command line that leaves one permission out."""
    every = {openings.ASK, openings.REVIEW, "people.see"}
    return replace(viewer, scopes=frozenset(every - {permission}), trail=[])


def test_a_pass_without_the_permission_opens_ends_and_reviews_nothing(
    ref: str, cast: SimpleNamespace
) -> None:
    number = begin(cast.other_caseworker, ref)
    other, watching = without(cast.other_caseworker, openings.ASK), without(cast.monitor, openings.REVIEW)
    acts: list[Callable[[], object]] = [
        lambda: begin(other, ref),
        lambda: commands.end(number, by=other, at=AT),
        lambda: openings.own(other),
        lambda: commands.review(number, proper=True, reason=WHY, by=watching, at=AT),
        lambda: openings.board(watching, AT),
        lambda: openings.one(watching, number),
        lambda: openings.owed(watching),
        lambda: reading.alarms(watching),
        lambda: reading.alarm(watching, uuid4()),
        lambda: reading.see_to(uuid4(), reason=WHY, by=watching, at=AT),
        lambda: commands.end(uuid4(), by=cast.other_caseworker, at=AT),
        lambda: commands.review(uuid4(), proper=True, reason=WHY, by=cast.monitor, at=AT),
        lambda: reading.see_to(uuid4(), reason=WHY, by=cast.monitor, at=AT),
    ]
    for act in acts:
        with pytest.raises(NotForYou):
            act()
    assert openings.standing(other, AT) == () == openings.standing(replace(other, user_id=None), AT)
    assert openings.standing(replace(cast.other_caseworker, user_id=None), AT) == ()
    assert [each.id for each in openings.standing(cast.other_caseworker, AT)] == [number]


@pytest.mark.parametrize("reason", ["urgent", "word " * 500])
def test_no_reason_and_no_review_is_a_word_or_a_book(ref: str, cast: SimpleNamespace, reason: str) -> None:
    assert refused(lambda: begin(cast.other_caseworker, ref, reason=reason)) == "reason"
    number = begin(cast.other_caseworker, ref)
    assert refused(
        lambda: commands.review(number, proper=True, reason=reason, by=cast.monitor, at=AT)
    ) == "reason"  # fmt: skip
    assert Opening.objects.get().proper is None


def test_a_review_ends_what_stands_once_and_what_was_proper_goes_on(ref: str, cast: SimpleNamespace) -> None:
    soon = AT + timedelta(minutes=5)
    proper, ended = begin(cast.other_caseworker, ref), begin(cast.other_supervisor, ref)
    assert refused(lambda: begin(cast.other_caseworker, ref)) == "open"
    commands.end(ended, by=cast.other_supervisor, at=soon)
    commands.end(ended, by=cast.other_supervisor, at=soon + timedelta(minutes=1))
    commands.review(proper, proper=True, reason=WHY, by=cast.monitor, at=soon)
    assert (
        refused(lambda: commands.review(proper, proper=False, reason=WHY, by=cast.monitor, at=AT)) == "closed"
    )
    commands.review(ended, proper=False, reason=WHY, by=cast.monitor, at=soon + timedelta(minutes=2))
    assert [each.id for each in openings.standing(cast.other_caseworker, soon)] == [proper]
    assert Opening.objects.get(pk=ended).ended_at == soon
    assert AuditEntry.objects.filter(kind="opening.ended").count() == 1
    assert openings.owed(cast.monitor) == 0
    found = openings.one(cast.monitor, proper)
    assert found and found.review_reason == WHY and ref in cast.monitor.trail
    assert found.stands(AT) and not found.stands(AT - timedelta(seconds=1))
    assert not found.stands(found.ends_at) and not found.overdue(AT + timedelta(days=9))
    gone = openings.one(cast.monitor, ended)
    assert gone and not gone.stands(AT)
    begin(cast.other_supervisor, ref, at=soon)
    assert openings.own(cast.other_supervisor)[0].review_reason == ""


def test_through_an_opening_a_pass_stays_narrowed(ref: str, cast: SimpleNamespace) -> None:
    begin(cast.other_caseworker, ref)
    narrowed = replace(cast.other_caseworker, scopes=frozenset({openings.ASK, "people.see", "people.amend"}))
    (standing,) = openings.standing(narrowed, AT)
    assert openings.through(narrowed, standing).scopes == {openings.ASK, "people.see"}
    assert openings.through(cast.other_caseworker, standing).scopes == openings.OPENED


def test_an_alarm_is_seen_to_by_somebody_else_in_words(cast: SimpleNamespace) -> None:
    with recording(cast.operator, AT):
        row = ReadAlarm.objects.create(
            actor=cast.monitor.audit_id, role="monitor", window="2018-02-15", step="alarm", people=9,
            bound=5, at=AT,
        )  # fmt: skip
    assert refused(lambda: reading.see_to(row.pk, reason=WHY, by=cast.monitor, at=AT)) == "own"
    assert refused(lambda: reading.see_to(row.pk, reason="yes", by=cast.data_protection, at=AT)) == "reason"
    reading.see_to(row.pk, reason=WHY, by=cast.data_protection, at=AT)
    assert refused(lambda: reading.see_to(row.pk, reason=WHY, by=cast.data_protection, at=AT)) == "closed"
    found = reading.alarm(cast.monitor, row.pk)
    assert found and found.reason == WHY and reading.alarm(cast.monitor, uuid4()) is None


def test_only_people_whom_a_viewer_was_shown_are_counted(
    cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, "https://office.example"
    monkeypatch.setattr(reading, "bounds_of", lambda role: Bounds(Bound(2, 3), Bound(20, 30)))
    assert reading.note(None, cast.caseworker, ["F-222222", "B-222222"], AT) == ""
    assert reading.note(None, SimpleNamespace(role="caseworker"), ["P-222222"], AT) == ""
    assert not ReadTally.objects.exists()
    machine = replace(cast.caseworker, user_id=None)
    assert reading.note(None, machine, ["P-222222", "P-222223"], AT) == reading.ALARM
    assert not Job.objects.exists()
    other = cast.other_caseworker
    assert reading.note(None, other, ["P-222222", "P-222223", "P-222224"], AT) == reading.STOP
    assert Job.objects.count() == 1


def test_nobody_is_mailed_without_a_server_or_an_address(cast: SimpleNamespace, settings: Any) -> None:
    for mails, address in ((False, "https://office.example"), (True, ""), (False, "")):
        settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = mails, address
        assert not alerting.alert(alerting.OPENING, by=cast.caseworker, at=AT)
    assert not Job.objects.exists()
    settings.MAIL_REMINDERS, settings.OFFICE_ADDRESS = True, "https://office.example"
    assert alerting.alert(alerting.OPENING, by=cast.caseworker, at=AT) and Job.objects.count() == 1
    assert alerting.send(alerting.OPENING) == len(mail.outbox) > 0
    assert all("https://office.example/openings/review/\n" in each.body for each in mail.outbox)


def test_a_reason_is_given_in_words_for_a_case_in_reach_by_a_role_that_needs_one(
    ref: str, cast: SimpleNamespace
) -> None:
    assert reasons.needed(cast.supervisor, "C5") and not reasons.needed(cast.supervisor, "C1")
    assert not reasons.needed(cast.caseworker, "C5") and not reasons.needed(cast.outsider, "C5")
    for by, cls in ((cast.other_supervisor, "C5"), (cast.caseworker, "C5"), (cast.supervisor, "C1")):
        with pytest.raises(NotForYou):
            reasons.give(ref, cls, reason=WHY, by=by, at=AT)
    for said in ("why not", "word " * 500):
        assert refused(lambda said=said: reasons.give(ref, "C5", reason=said, by=cast.supervisor, at=AT)) == (
            "reason"
        )
    assert not GivenReason.objects.exists()
    reasons.give(ref, "C5", reason=WHY, by=cast.supervisor, at=AT)
    assert GivenReason.objects.count() == 1
