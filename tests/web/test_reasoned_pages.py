"""What a supervisor reads with a reason only stays folded until one is given, and then for a while."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.apps.audit.recording import recording
from amana.apps.audit.withholding import ReasonAsked, Reasons, looking
from amana.apps.guards import reasons
from amana.apps.guards.models import GivenReason
from amana.apps.record_requests import queries as requests
from amana.apps.record_requests.models import RecordRequest
from amana.apps.registry import queries
from amana.casework import record_requests
from small_office import AT, TODAY, settle

pytestmark = pytest.mark.django_db
FOLDED = "Sealed: give a reason to read"
SAID = {"kind": "see", "asker": "person", "language": "tg", "words": "I want to hear what is written."}
WHY = "Her counsel asks what holds the file."


@pytest.fixture
def refs(cast: SimpleNamespace, tmp_path: Path) -> list[str]:
    settle(cast.registrar, tmp_path, people=12)
    return [line.ref for line in queries.people(cast.supervisor, on=TODAY, limit=50).rows]


def tab(ref: str) -> str:
    return reverse("returns:case-show", args=[ref])


def why(ref: str, text: str = WHY) -> dict[str, str]:
    return {"why_read": text, "why_read_of": f"C5 {ref}"}


def page(client: Client, ref: str) -> str:
    return str(client.get(tab(ref)).content.decode())


def test_a_reason_opens_one_case_for_a_quarter_of_an_hour(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("supervisor")
    assert FOLDED in page(client, refs[0])
    assert client.post(tab(refs[0]), why(refs[0], "x")).status_code == 422
    assert client.post(tab(refs[0]), why(refs[0])).status_code == 302
    assert FOLDED not in page(client, refs[0]) and FOLDED in page(client, refs[1])
    assert FOLDED in page(signed_in("supervisor"), refs[0])  # another session
    session = client.session
    told = session["reasons"]
    session["reasons"] = {each: at - int(reasons.LASTS.total_seconds()) for each, at in told.items()}
    session.save()
    assert FOLDED in page(client, refs[0])


def test_that_a_reason_was_given_stands_in_the_history_and_it_itself_is_sealed(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("supervisor")
    client.post(tab(refs[0]), why(refs[0]))
    assert GivenReason.objects.get().reason == WHY
    entry = AuditEntry.objects.get(kind="reason.given")
    assert entry.subject == refs[0]
    assert WHY not in AuditPayload.objects.get(entry=entry).body
    history = client.get(reverse("case:history-show", args=[refs[0]])).content.decode()
    assert "protection notes read, with a reason" in history and WHY not in history


def test_nobody_else_is_asked_and_nobody_else_gives_one(
    refs: list[str], signed_in: Callable[..., Client]
) -> None:
    caseworker = signed_in("caseworker")
    assert FOLDED not in page(caseworker, refs[0])
    assert caseworker.post(tab(refs[0]), why(refs[0])).status_code == 405
    assert signed_in("other_supervisor").post(tab(refs[0]), why(refs[0])).status_code == 404
    assert not GivenReason.objects.exists()


def test_what_was_typed_is_kept_while_a_reason_is_asked_for(
    refs: list[str], cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    number = record_requests.take(refs[0], **SAID, by=cast.caseworker, at=AT, on=TODAY)
    client = signed_in("supervisor")
    address = reverse("requests:request-show", args=[refs[0], number])
    asked = client.post(address, {"answer": "full", "reasons": "", "complain": "To the officer."})
    page = asked.content.decode()
    assert asked.status_code == 422 and SAID["words"] not in page and "To the officer." in page
    kept = {"answer": "full", "reasons": "", "complain": "To the officer."}
    shown = client.post(address, {**kept, **why(refs[0])}).content.decode()
    assert SAID["words"] in shown and "To the officer." in shown


def test_a_command_acts_without_a_reason_and_shows_none_of_it(
    refs: list[str], cast: SimpleNamespace, tmp_path: Path
) -> None:
    number = record_requests.take(refs[0], **SAID, by=cast.caseworker, at=AT, on=TODAY)
    row = RecordRequest.objects.get(pk=number)
    with looking(Reasons(reasons.asked_of(cast.supervisor))):
        with recording(cast.supervisor, AT):
            assert row.said["words"] == SAID["words"]
        with pytest.raises(ReasonAsked):
            str(row.said)
        with pytest.raises(ReasonAsked):
            requests.of_person(cast.supervisor, refs[0])
    assert reasons.asked_of(cast.caseworker) == frozenset()
