"""The Return tab: the gate condition by condition, the records that open it, and who never sees any of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from saying_why import saying_why

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import committed, site
from returning import NATION, opened, said_no, tell
from small_lists import one_family

from amana.apps.consents.models import Consent, Disclosure, Dossier, Hold
from amana.apps.registry.models import Person

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.get(name_latin="Zarina Rahimova").ref)


def at(ref: str, rest: str = "") -> str:
    return f"/people/{ref}/return/{rest}"


ANSWER = {
    "nation": NATION,
    "purpose": "enquiry",
    "giver": "person",
    "taken_on": "2018-02-15",
    "answer": "given",
    "until": "2018-05-01",
    "own_word": "yes",
    "child_said": "",
    "words": "Tell my brother where I am.",
    "with_counsel": "yes",
    "counsel": "Rana Aziz",
    "with_interpreter": "yes",
    "language": "tg",
    "unheard": "yes",
    "token": "a" * 32,
}


def test_the_tab_tells_each_condition_and_what_would_meet_it(
    mother: str, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("caseworker").get(at(mother)).content.decode()
    assert "Tajikistan" in page and "0 of 13" not in page
    assert "What would meet it:" in page and "not known" in page
    assert page.count("Consent has") == 0 and "The consent has not run out" in page


def test_an_office_opens_a_gate_and_tells_a_country_by_its_pages(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    caseworker, supervisor = signed_in("caseworker"), saying_why(signed_in("supervisor"))
    assert caseworker.post(at(mother, "consent/"), ANSWER).status_code == 302
    screening = {
        "nation": NATION, "screened_on": "2018-02-15", "done": "yes", "fear": "no", "claim": "none",
        "token": "b" * 32,
    }  # fmt: skip
    assert caseworker.post(at(mother, "screening/"), screening).status_code == 302
    prepared = {"nation": NATION, "step": "enquiry", "token": "c" * 32}
    assert caseworker.post(at(mother, "dossier/"), prepared).status_code == 302
    told = {**prepared, "channel": "letter", "recipient": "Embassy", "token": "d" * 32}
    refused = caseworker.post(at(mother, "tell/"), told)
    assert refused.status_code == 422 and "The gate is closed" in refused.content.decode()
    made = Dossier.objects.get()
    assert caseworker.post(at(mother, f"dossier/{made.id}/release/")).status_code == 404
    assert supervisor.post(at(mother, f"dossier/{made.id}/release/")).status_code == 302
    assert "13 of 13" in caseworker.get(at(mother)).content.decode()
    page = caseworker.post(at(mother, "tell/"), told)
    assert page.status_code == 200 and "Zarina Rahimova" in page.content.decode()
    assert Disclosure.objects.get().recipient == "Embassy"
    back = {"nation": NATION, "purpose": "enquiry", "giver": "person", "token": "e" * 32}
    after = caseworker.post(at(mother, "withdrawal/"), back, follow=True).content.decode()
    assert "the gate is closed" in after and "Embassy" in after
    again = caseworker.post(at(mother, "tell/"), {**told, "token": "f" * 32})
    assert again.status_code == 422 and Disclosure.objects.count() == 1


def test_a_missing_last_day_stands_beside_its_field_and_nothing_is_lost(
    mother: str, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("caseworker").post(at(mother, "consent/"), {**ANSWER, "until": ""})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Tell my brother where I am." in page
    assert 'id="id_until_error"' in page and not Consent.objects.exists()


def test_a_hold_is_placed_by_one_and_lifted_by_another(mother: str, signed_in: Callable[..., Client]) -> None:
    told = {"nation": "", "until": "2018-06-01", "ground": "A court asked to wait.", "token": "a" * 32}
    assert signed_in("caseworker").post(at(mother, "hold/"), told).status_code == 302
    hold = Hold.objects.get()
    assert signed_in("caseworker").post(at(mother, f"hold/{hold.id}/lift/")).status_code == 404
    assert signed_in("supervisor").post(at(mother, f"hold/{hold.id}/lift/")).status_code == 302
    hold.refresh_from_db()
    assert hold.ended_on is not None


@pytest.mark.parametrize(
    "role",
    ["facility_manager", "court_liaison", "health_worker", "consular_officer", "monitor", "other_caseworker",
     "statistician", "administrator", "registrar"],
)  # fmt: skip
def test_no_other_role_finds_the_tab_or_a_word_of_the_refusal(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client], role: str
) -> None:
    said_no(mother, cast.caseworker, words="Never tell them, canary-5521.")
    client = signed_in(role)
    for rest in ("", "consent/", "withdrawal/", "screening/", "hold/", "dossier/", "plan/", "tell/"):
        assert client.get(at(mother, rest)).status_code == 404
    for page in ("", "safeguards/", "placement/", "family/", "history/", "identity/"):
        shown = client.get(f"/people/{mother}/{page}").content.decode()
        assert "canary-5521" not in shown and "/return/" not in shown
        assert "consent" not in shown.lower()


def test_no_address_names_a_country(mother: str, signed_in: Callable[..., Client]) -> None:
    page = signed_in("caseworker").get(at(mother)).content.decode()
    assert f"/{NATION}" not in page and f"={NATION}" not in page


def test_the_page_of_what_is_told_holds_no_one_else(
    mother: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    opened(mother, cast)
    tell(mother, cast.caseworker)
    client = saying_why(signed_in("supervisor"))
    client.post(at(mother), {"reason": "Her counsel asks what holds the file."})
    page = client.get(at(mother)).content.decode()
    assert "Embassy in Baghdad" in page and "Farid" not in page.partition("What this country was told")[2]
