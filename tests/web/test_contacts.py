"""Whom to call: sealed, found by the exact number in one's own cases alone, and by nobody else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import AT, TODAY, committed, site
from small_lists import one_family

from amana.apps.audit.models import AuditPayload, ReadEntry
from amana.apps.contacts.models import Contact
from amana.apps.registry.models import Person
from amana.casework import caseload

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
WHO, PHONE = "Nilufar, her sister", "+964 770 123 4567"


@pytest.fixture
def ref(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.get(name_latin="Zarina Rahimova").ref)


def token_of(client: Client, ref: str) -> str:
    return client.get(f"/contacts/{ref}/").content.decode().split('name="token" value="')[1].split('"')[0]


def add(client: Client, ref: str, **told: str) -> Any:
    sent = {"who": WHO, "phone": PHONE, "token": token_of(client, ref), **told}
    return client.post(f"/contacts/{ref}/", sent)


def find(client: Client, phone: str) -> str:
    return client.post("/contacts/", {"phone": phone}).content.decode()


def test_a_number_is_found_however_it_is_written_and_no_part_of_it_is(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    assert add(client, ref).status_code == 302
    page = client.get(f"/contacts/{ref}/").content.decode()
    assert WHO in page and PHONE in page
    for typed in ("0770 123 4567", "00964-770-1234567", "٠٧٧٠١٢٣٤٥٦٧"):
        assert ref in find(client, typed)
    for other in ("0770 123 4568", "1234567"):
        assert ref not in find(client, other)
    assert "seven digits" in find(client, "123")


def test_neither_the_database_nor_the_trail_holds_name_or_number(
    ref: str, signed_in: Callable[..., Client]
) -> None:
    add(signed_in("caseworker"), ref)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM contacts_contact")
        kept = repr(
            [[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in cursor]
        )
    told = "".join(AuditPayload.objects.values_list("body", flat=True))
    for word in ("Nilufar", "1234567", "701234567", "123 4567"):
        assert word not in kept + told
    assert len(Contact.objects.get().blind) == 64


def test_nobody_learns_that_another_s_case_names_a_number(
    ref: str, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    add(signed_in("caseworker"), ref)
    other = signed_in("other_caseworker")
    known, unknown = find(other, PHONE), find(other, "0770 999 9999")
    assert "No case of yours names this number" in known and ref not in known
    assert ("No case of yours" in unknown) and other.get(f"/contacts/{ref}/").status_code == 404
    for role in ("facility_manager", "monitor", "data_protection", "administrator"):
        assert signed_in(role).post("/contacts/", {"phone": PHONE}).status_code == 404
    before = ReadEntry.objects.count()
    find(signed_in("caseworker"), PHONE)
    assert ReadEntry.objects.order_by("-pk").values_list("kind", "subjects__ref")[0] == (
        "contacts:number-find",
        ref,
    )
    assert ReadEntry.objects.count() == before + 1


def test_a_contact_that_ended_is_found_no_longer(ref: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker")
    add(client, ref)
    place = f"/contacts/{ref}/{Contact.objects.get().pk}/end/"
    assert signed_in("supervisor").post(place).status_code == 404
    assert client.post(place).status_code == 302 and client.post(place).status_code == 404
    assert ref not in find(client, PHONE) and Contact.objects.get().blind == ""


def test_a_referral_without_family_finds_nothing_by_a_number(
    ref: str, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    add(signed_in("caseworker"), ref)
    told: dict[str, Any] = {"classes": {"C1"}, "purpose": "She looks after the flat.", "until": TODAY}
    caseload.refer(ref, to=cast.other_caseworker.user_id, **told, by=cast.caseworker, at=AT, on=TODAY)
    other = signed_in("other_caseworker")
    assert ref not in find(other, PHONE) and other.get(f"/contacts/{ref}/").status_code == 404


@pytest.mark.parametrize("told", [{"phone": "12"}, {"who": ""}, {"who": "a\u202eb and more"}])
def test_what_is_no_contact_is_refused_and_stays_typed(
    told: dict[str, str], ref: str, signed_in: Callable[..., Client]
) -> None:
    answer = add(signed_in("caseworker"), ref, **told)
    assert answer.status_code == 422 and not Contact.objects.exists()
    assert ("1234567" if "who" in told else "Nilufar") in answer.content.decode().replace(" ", "")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_open_in_both_languages(language: str, ref: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker", language)
    assert client.get(f"/contacts/{ref}/").status_code == client.get("/contacts/").status_code == 200
