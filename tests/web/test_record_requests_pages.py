"""Requests about one's own record: taken down, answered by another, handed over, in the browser's terms."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from saying_why import saying_why

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import TODAY, committed, site
from small_lists import one_family

from amana.apps.record_requests.models import RecordRequest
from amana.apps.registry.models import Person

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
TAKEN = {
    "token": "b" * 32,
    "asker": "person",
    "language": "tg",
    "kind": "see",
    "words": "I want to hear what is written about me.",
}
ANSWER = {
    "token": "c" * 32,
    "answer": "granted",
    "reasons": "It is read to her in her language.",
    "complain": "To the monitor, on any day.",
}


@pytest.fixture
def mother(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.get(name_latin="Zarina Rahimova").ref)


def taken(client: Client, ref: str, **what: str) -> Any:
    return client.post(reverse("requests:request-take", args=[ref]), {**TAKEN, **what})


def test_a_request_goes_from_taking_down_to_handing_over(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    worker, supervisor = signed_in("caseworker"), saying_why(signed_in("supervisor"))
    one = taken(worker, mother).headers["Location"]
    assert b"You took it down" in worker.get(one).content
    assert b"no last day is known" in worker.get(reverse("requests:case-list", args=[mother])).content
    assert (
        one.encode() in supervisor.get("/tasks/?whose=free").content or supervisor.get(one).status_code == 200
    )
    assert supervisor.post(one, ANSWER).status_code == 302
    hand = one + "hand-over/"
    told = {"token": "d" * 32, "way": "paper", "note": "To her, in the room of the counsel."}
    refused = worker.post(hand, told)
    assert refused.status_code == 422 and b"can be found" in refused.content
    assert b"room of the counsel" in refused.content
    assert worker.post(hand, {**told, "asked_for_paper": "on"}).status_code == 302
    assert b"on paper" in worker.get(one).content


def test_the_statements_that_may_be_corrected_stand_in_words_with_who_said_them(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("caseworker").get(reverse("requests:request-take", args=[mother])).content.decode()
    offered = re.findall(r'<option value="\d+">([^<]+)</option>', page)
    assert any(re.match("nationality: Tajikistan · .+ 2018-0", each) for each in offered), offered
    assert not [each for each in offered if re.search("TJK|wife_mother|: Female|1987-05-02$", each)]
    arabic = signed_in("caseworker", "ar").get(reverse("requests:request-take", args=[mother]))
    assert "طاجيكستان" in arabic.content.decode()


def test_what_is_not_filled_in_is_said_beside_its_field_and_nothing_is_lost(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    answer = taken(client, mother, asker="relative", language="", kind="object", words="He fears the road.")
    assert answer.status_code == 422
    page = answer.content.decode()
    for said in ("by whose word", "Choose the language", "Choose what the objection", "He fears the road."):
        assert said in page
    assert not RecordRequest.objects.exists()
    assert taken(client, mother, language="", other_language="Lezgian").status_code == 302


def test_the_record_in_plain_words_is_one_page_in_either_language_and_holds_nothing_sealed(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    address = reverse("requests:record-show", args=[mother])
    english, arabic = (client.get(f"{address}?in={each}").content.decode() for each in ("en", "ar"))
    for said in ("Why a parent is not recorded", "The reason is sealed", "A paper that is found can do harm"):
        assert said in english
    assert 'dir="rtl"' in arabic and "Layla Nasser" in english
    told = english.partition("<main")[2].partition("</main>")[0].lower()
    for word in ("allegation", "ill-treatment", "pregnan"):
        assert word not in told


def test_data_protection_sets_the_period_with_its_basis_and_counts_without_names(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    officer = signed_in("data_protection")
    address = reverse("requests:period-set")
    assert b"no period is known" in officer.get(address).content
    told = {"token": "e" * 32, "days": "15", "since": TODAY.isoformat(), "basis": "law"}
    assert officer.post(address, told).status_code == 422
    told["basis"] = "The statute of this office, part seven."
    assert officer.post(address, told).status_code == 302
    taken(signed_in("caseworker"), mother)
    page = officer.get("/desk/").content.decode()
    assert mother not in page and "Zarina" not in page
    assert RecordRequest.objects.get().due_on is not None
    assert officer.get(reverse("requests:case-list", args=[mother])).status_code == 404


def test_a_correction_names_the_statement_and_leads_to_where_claims_are_judged(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    from amana.apps.registry import queries

    claim = next(each for each in queries.claims(cast.caseworker, mother) if each.attribute == "birth")
    worker, supervisor = signed_in("caseworker"), saying_why(signed_in("supervisor"))
    told = {"kind": "correct", "claim": str(claim.id), "words": "I was born a year later."}
    one = taken(supervisor, mother, **told).headers["Location"]
    assert worker.post(one, {**ANSWER, "answer": "partly"}).status_code == 302
    page = worker.get(one).content.decode()
    assert f"/people/{mother}/identity/" in page and "stands as contested" in page
    identity = worker.get(f"/people/{mother}/identity/").content.decode()
    assert "Contested" in identity or "disputed" in identity.lower()
    assert "born a year later" not in identity
