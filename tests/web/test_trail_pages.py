"""The trail's own pages: what the monitor takes out, and one person's part for data protection."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from saying_why import saying_why
from small_family import settle

from amana.apps.audit import anchoring
from amana.apps.audit.models import AuditPayload, ReadEntry
from amana.apps.audit.trail import WRITES
from amana.apps.audit.verifying import verify
from amana.core.anchors import kept_by, read
from amana.core.trail import Tally
from amana.exchange.trail_file import verify_file
from amana.web.clock import now

pytestmark = pytest.mark.django_db
Client_ = Callable[..., Client]
ERASE = {
    "ground": "ordered", "meant": "on", "parts": "words", "words": "The court ordered it on 1 February.",
}  # fmt: skip


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.fixture
def officer(signed_in: Client_) -> Client:
    """Signed in as the data protection officer."""
    return signed_in("data_protection")


def words(client: Client, address: str, status: int = 200, **posted: str) -> str:
    answer = client.post(address, posted) if posted else client.get(address)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_what_the_monitor_takes_out_verifies_and_names_nobody(
    family: SimpleNamespace, signed_in: Client_, tmp_path: Path
) -> None:
    client = signed_in("monitor")
    anchor = read(client.get("/trail/anchor.json").content.decode())
    answer: Any = client.get("/trail/trail.jsonl")
    told = b"".join(answer.streaming_content).decode()
    assert "attachment" in answer.headers["Content-Disposition"]
    for ref in vars(family).values():
        assert not isinstance(ref, str) or ref not in told
    path = tmp_path / "trail.jsonl"
    path.write_text(told)
    tallies = {"writes": Tally(), "reads": Tally()}
    kept = {name: kept_by([anchor], name) for name in tallies}
    assert list(verify_file(path, kept, tallies)) == []
    assert tallies["writes"].entries > 8


def test_taking_the_trail_out_is_written_into_it(signed_in: Client_) -> None:
    signed_in("monitor").get("/trail/trail.jsonl")
    assert ReadEntry.objects.filter(kind="trail:export-fetch", subject="office").count() == 1


def test_the_page_tells_the_last_anchor_or_that_none_leaves(
    signed_in: Client_, settings: Any, tmp_path: Path
) -> None:
    client = signed_in("monitor")
    assert "none leaves this office by itself" in words(client, "/trail/")
    settings.ANCHORS = tmp_path / "anchors"
    assert "No anchor has been kept yet" in words(client, "/trail/")
    anchoring.keep(now())
    last = anchoring.newest()
    text = words(client, "/trail/")
    assert last and last.code in text and "more than an hour ago" not in text
    taken = json.loads(client.get("/trail/anchor.json").content)
    assert taken["before"] == last.code


def test_a_place_that_can_not_be_used_breaks_no_page(signed_in: Client_, settings: Any) -> None:
    settings.ANCHORS = settings.HOME / "anchors"
    client = signed_in("monitor")
    assert "can't be used" in words(client, "/trail/").replace("&#x27;", "'")
    assert client.get("/trail/anchor.json").status_code == 200


def test_the_officer_sees_who_saw_and_what_kinds_but_no_word(
    family: SimpleNamespace, signed_in: Client_, officer: Client
) -> None:
    signed_in("caseworker").get(f"/people/{family.yusuf}/placement/")
    text = words(officer, f"/trail/people/{family.yusuf}/")
    assert "Layla Nasser" in text and "case, placement" in text and "registered" in text
    assert "Yusuf" not in text and "Rashidov" not in text and "answer of the protocol:" not in text


def test_a_reference_is_asked_for_by_a_form_and_a_mistyped_one_stays(
    family: SimpleNamespace, officer: Client
) -> None:
    assert "Such as P-7K3QXM" in words(officer, "/trail/find/")
    answer = officer.post("/trail/find/", {"ref": f" {family.yusuf.lower()} "})
    assert (answer.status_code, answer.url) == (302, f"/trail/people/{family.yusuf}/")
    wrong = family.yusuf[:-1] + ("2" if family.yusuf[-1] != "2" else "3")
    refused = officer.post("/trail/find/", {"ref": wrong})
    assert refused.status_code == 422 and wrong in refused.content.decode()


def test_of_whom_the_trail_holds_nothing_is_not_found(family: SimpleNamespace, officer: Client) -> None:
    assert officer.get("/trail/people/P-22222H/").status_code == 404
    assert officer.get(f"/trail/people/{family.batch}/").status_code == 404


def test_an_erasure_needs_a_ground_and_the_word_that_it_is_meant(
    family: SimpleNamespace, officer: Client
) -> None:
    address = f"/trail/people/{family.yusuf}/erase/"
    before = AuditPayload.objects.count()
    assert "Choose the ground." in words(officer, address, 422, meant="on")
    assert "Say that it is to be erased." in words(officer, address, 422, ground="request")
    assert "Say why, in words." in words(officer, address, 422, ground="request", meant="on")
    assert "There is a problem" in words(officer, address, 422, **{**ERASE, "ground": "because"})
    assert AuditPayload.objects.count() == before


def test_an_erasure_waits_for_a_second_person_and_then_shows_for_all_who_oversee(
    family: SimpleNamespace, officer: Client, signed_in: Client_
) -> None:
    gone = AuditPayload.objects.filter(entry__subject=family.yusuf).count()
    answer = officer.post(f"/trail/people/{family.yusuf}/erase/", ERASE)
    assert answer.status_code == 302 and answer.url.startswith("/retention/erasures/")
    assert AuditPayload.objects.filter(entry__subject=family.yusuf).count() == gone + 1
    supervisor = signed_in("supervisor")
    assert family.yusuf in words(supervisor, "/retention/")
    said = {"answer": "confirm", "words": "I have read the order of the court."}
    assert officer.post(f"{answer.url}answer/", said).status_code == 422
    assert supervisor.post(f"{answer.url}answer/", said).status_code == 302
    assert "nothing is kept in words" in words(officer, f"/trail/people/{family.yusuf}/erase/", 422, **ERASE)
    told = words(saying_why(supervisor), answer.url)
    assert "done" in told and f"what the trail holds in words {gone}" in told
    text = words(officer, f"/trail/people/{family.yusuf}/")
    assert "What this entry said has been erased" in text
    shown = words(signed_in("monitor"), "/trail/")
    assert "a court or the supervisory authority ordered it" in shown and family.yusuf not in shown
    assert list(verify(WRITES)) == []


@pytest.mark.parametrize("role", ["supervisor", "monitor", "caseworker", "administrator"])
def test_nobody_else_looks_a_person_up_or_erases(
    role: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in(role)
    for address in ("/trail/find/", f"/trail/people/{family.yusuf}/", f"/trail/people/{family.yusuf}/erase/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"ground": "request", "meant": "on"}).status_code == 404
