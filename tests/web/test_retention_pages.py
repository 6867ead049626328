"""The pages of retention: holds placed and ended, what is due, periods; nothing of it for a facility."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from small_family import settle

from amana.apps.retention.models import RetentionHold

pytestmark = pytest.mark.django_db
Client_ = Callable[..., Client]
HOLD = {
    "ground": "court", "words": "The court asked for the papers.", "review_on": "2018-06-01",
    "token": "a" * 32,
}  # fmt: skip


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_hold_is_placed_seen_and_ended_by_another(family: SimpleNamespace, signed_in: Client_) -> None:
    caseworker, officer = signed_in("caseworker"), signed_in("data_protection")
    address = f"/retention/people/{family.yusuf}/"
    assert caseworker.post(f"{address}hold/", HOLD).status_code == 302
    assert "The court asked for the papers." in text_of(caseworker.get(address))
    board = text_of(officer.get("/retention/"))
    assert family.yusuf in board and "proceedings before a court" in board and "The court asked" not in board
    end = f"/retention/holds/{RetentionHold.objects.get().id}/end/"
    said = {"words": "The papers came back."}
    assert "You placed this hold yourself" in text_of(caseworker.post(end, said))
    assert officer.post(end, {"words": "x"}).status_code == 422
    assert officer.post(end, said).status_code == 302
    assert "ended" in text_of(caseworker.get(address))


def test_a_hold_may_keep_no_more_than_a_class_and_the_page_says_so(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    caseworker = signed_in("caseworker")
    address = f"/retention/people/{family.yusuf}/"
    assert caseworker.post(f"{address}hold/", {**HOLD, "what": "C6"}).status_code == 422
    assert caseworker.post(f"{address}hold/", {**HOLD, "what": "C7"}).status_code == 302
    assert RetentionHold.objects.get().of_class == "C7"
    assert "keeps no more than C7 · health" in text_of(caseworker.get(address))


@pytest.mark.parametrize(
    "what",
    [{"ground": ""}, {"words": ""}, {"review_on": "2020-01-01"}, {"until": "2018-03-01"}, {"review_on": ""}],
)
def test_a_fault_stands_beside_its_field(
    family: SimpleNamespace, signed_in: Client_, what: dict[str, str]
) -> None:
    answer = signed_in("caseworker").post(f"/retention/people/{family.yusuf}/hold/", {**HOLD, **what})
    assert answer.status_code == 422 and "There is a problem" in text_of(answer)
    assert not RetentionHold.objects.exists()


@pytest.mark.parametrize("role", ["facility_manager", "registrar", "court_liaison", "guardian", "monitor"])
def test_no_page_of_it_is_there_for_others(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_, role: str
) -> None:
    signed_in("caseworker").post(f"/retention/people/{family.yusuf}/hold/", HOLD)
    hold, client = RetentionHold.objects.get().id, signed_in(role)
    for address in ("/retention/", f"/retention/people/{family.yusuf}/", f"/retention/holds/{hold}/end/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", ["other_caseworker", "other_supervisor"])
def test_others_people_answer_like_nobody(family: SimpleNamespace, signed_in: Client_, role: str) -> None:
    signed_in("caseworker").post(f"/retention/people/{family.yusuf}/hold/", HOLD)
    hold, client = RetentionHold.objects.get().id, signed_in(role)
    for ref in (family.yusuf, "P-22222H"):
        assert client.get(f"/retention/people/{ref}/").status_code == 404
        assert client.post(f"/retention/people/{ref}/hold/", HOLD).status_code == 404
    assert client.get(f"/retention/holds/{hold}/end/").status_code == 404
    assert family.yusuf not in text_of(client.get("/retention/"))


def test_a_person_is_asked_for_by_reference(family: SimpleNamespace, signed_in: Client_) -> None:
    answer = signed_in("data_protection").post("/retention/", {"ref": family.yusuf.lower()})
    assert (answer.status_code, answer.url) == (302, f"/retention/people/{family.yusuf}/")
    assert signed_in("data_protection").post("/retention/", {"ref": "P-2"}).status_code == 422


def test_a_period_is_set_with_its_basis_and_shown(signed_in: Client_) -> None:
    officer = signed_in("data_protection")
    told = {"cls": "C3", "months": "36", "basis": "Decision 3 of the office of 2018.", "token": "a" * 32}
    assert officer.post("/retention/periods/", {**told, "basis": "law"}).status_code == 422
    assert officer.post("/retention/periods/", told).status_code == 302
    board = text_of(officer.get("/retention/"))
    assert (
        "36 months" in board and "Decision 3 of the office of 2018." in board and "no period: kept" in board
    )
    assert signed_in("supervisor").get("/retention/periods/").status_code == 404
