"""The desk of a mission in the browser's terms: lay, look, answer, judge, and gone when taken back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import AT, TODAY, committed, site
from returning import NATION, opened, tell
from small_lists import one_family

from amana.apps.consents.models import ConsularAnswer, ConsularPost, Disclosure, Dossier
from amana.apps.registry.models import Person
from amana.casework import consent
from amana.web.consular.views import BODY

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(committed: Callable[..., Any], cast: SimpleNamespace) -> str:
    committed(one_family())
    ref = str(Person.objects.get(name_latin="Zarina Rahimova").ref)
    opened(ref, cast)
    return ref


@pytest.fixture
def seated(cast: SimpleNamespace, signed_in: Callable[..., Client]) -> Client:
    """The consular officer, named by the supervisor and confirmed by data protection, on their pages."""
    told = {"token": "a" * 32, "account": str(cast.consular_officer.user_id), "nation": NATION}
    assert signed_in("supervisor").post("/missions/", told).status_code == 302
    post = ConsularPost.objects.get().id
    assert signed_in("data_protection").post(f"/missions/{post}/confirm/").status_code == 302
    return signed_in("consular_officer")


def test_a_dossier_is_laid_looked_at_answered_judged_and_gone(
    mother: str, cast: SimpleNamespace, seated: Client, signed_in: Callable[..., Client]
) -> None:
    assert seated.get("/").headers["Location"] == "/consular/"
    assert b"Nothing lies on your desk" in seated.get("/consular/").content
    tell(mother, cast.caseworker, channel="desk")
    address = f"/consular/{Dossier.objects.get().id}/"
    listed = seated.get("/consular/").content.decode()
    assert address in listed and "Zarina" not in listed and mother not in listed
    page = seated.get(address).content.decode()
    assert "Zarina Rahimova" in page and mother not in page
    assert Disclosure.objects.filter(by=cast.consular_officer.audit_id).count() == 1
    refused = seated.post(address, {"token": "b" * 32, "kind": "documents", "words": "soon"})
    assert refused.status_code == 422 and b"three words" in refused.content
    assert seated.post(address, {"token": "b" * 32, "kind": "confirmed"}).status_code == 302
    worker = signed_in("caseworker")
    answer = ConsularAnswer.objects.get().id
    judge = f"/people/{mother}/answers/{answer}/"
    assert worker.post(judge, {"token": "c" * 32, "judgement": "taken_up"}).status_code == 422
    told = {"token": "c" * 32, "judgement": "taken_up", "reason": "Their register is known."}
    assert worker.post(judge, told).status_code == 302
    assert b"as the word of the mission" in worker.get(f"/people/{mother}/answers/").content
    consent.withdraw(mother, NATION, "enquiry", "person", by=cast.caseworker, at=AT, on=TODAY)
    for answer in (seated.get(address), seated.post(address, {"token": "d" * 32, "kind": "received"})):
        assert (answer.status_code, answer.content) == (404, BODY)


def test_a_form_without_its_key_is_refused_only_where_there_is_a_form(
    mother: str, cast: SimpleNamespace, seated: Client
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = seated.cookies
    tell(mother, cast.caseworker, channel="desk")
    address = f"/consular/{Dossier.objects.get().id}/"
    assert strict.post(address, {"kind": "received"}).status_code == 403
    answer = strict.post("/consular/7f000000-0000-4000-8000-000000000001/", {"kind": "received"})
    assert (answer.status_code, answer.content) == (404, BODY)


def test_a_consul_who_sits_nowhere_has_an_empty_desk_and_no_search(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    tell(mother, cast.caseworker, channel="desk")
    client = signed_in("consular_officer")
    page = client.get("/consular/?q=Zarina").content.decode()
    assert "Nothing lies on your desk" in page and 'type="search"' not in page
    assert client.get(f"/consular/{Dossier.objects.get().id}/").content == BODY
