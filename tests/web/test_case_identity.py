"""Claims: put beside the others, judged with a reason, never overwritten; the answer follows at once."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from small_family import settle

from amana.apps.decisions import queries as decisions
from amana.apps.registry import queries

Client_ = Callable[..., Client]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def claim(**other: Any) -> dict[str, Any]:
    return {
        "attribute": "birth",
        "stated": "2014-05",
        "source": "clinic",
        "note": "vaccination card",
        "said_on": "2018-02-10",
        "standing": "supported",
        "version": 1,
        **other,
    }


def claims_on(viewer: Any, ref: str, attribute: str) -> list[Any]:
    return [each for each in queries.claims(viewer, ref) if each.attribute == attribute]


def test_claims_stand_with_source_standing_and_the_words_of_the_list(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = signed_in("caseworker").get(f"/people/{family.safiya}/identity/").content.decode()
    assert "2013-10/2014-06" in text and "Reception site A" in text and family.batch in text
    assert "between October 2013 and June 2014" in text and "claimed" in text


def test_a_better_claim_settles_the_age_and_the_answer_with_it(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    answer = signed_in("caseworker").post(f"/people/{family.safiya}/identity/claims/", claim())
    assert (answer.status_code, answer.url) == (302, f"/people/{family.safiya}/identity/")
    current = decisions.current(cast.caseworker, family.safiya)
    assert current and current.outcome == "with_mother"
    assert len(claims_on(cast.caseworker, family.safiya, "birth")) == 2


def test_claims_that_contradict_each_other_show_as_disputed(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    client, address = signed_in("caseworker"), f"/people/{family.safiya}/identity/"
    assert "disputed</span>" not in client.get(address).content.decode()
    client.post(f"{address}claims/", claim(stated="2010", standing="claimed"))
    assert "disputed</span>" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"stated": "some day"}, "no day we can read"),
        ({"stated": "31/02/2014"}, "no day we can read"),
        ({"stated": ""}, "Write what the source states"),
        ({"note": ""}, "which paper it is"),
        ({"said_on": "2019-01-01"}, "has not come yet"),
        ({"attribute": "sex", "stated": "2"}, "Write male or female"),
        ({"attribute": "nationality", "stated": "Tajik"}, "Not a nationality"),
        ({"attribute": "nationality", "stated": "ZZZ"}, "Not a nationality"),
        ({"attribute": "unable_to_care", "stated": "perhaps"}, "Write yes or no"),
        ({"attribute": "rank", "stated": "2014"}, "Select a valid choice"),
        ({"source": "list"}, "Select a valid choice"),
        ({"standing": "refuted"}, "Select a valid choice"),
    ],
)
def test_a_claim_that_cannot_be_kept_comes_back_with_what_would_be_right(
    wrong: dict[str, str], told: str, family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    before = len(queries.claims(cast.caseworker, family.safiya))
    answer = signed_in("caseworker").post(f"/people/{family.safiya}/identity/claims/", claim(**wrong))
    text = answer.content.decode()
    assert answer.status_code == 422 and told in text and "There is a problem" in text
    assert len(queries.claims(cast.caseworker, family.safiya)) == before


def test_a_day_written_the_local_way_is_understood(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    signed_in("caseworker").post(f"/people/{family.idris}/identity/claims/", claim(stated="3/5/2014"))
    assert [each.stated for each in claims_on(cast.caseworker, family.idris, "birth")] == ["2014-05-03"]


def test_a_sex_may_be_written_in_arabic(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    client.post(f"/people/{family.idris}/identity/claims/", claim(attribute="sex", stated="ذكر"))
    assert claims_on(cast.caseworker, family.idris, "sex")[-1].codes == {"male"}


def test_a_fragment_with_the_form_comes_back_to_htmx(family: SimpleNamespace, signed_in: Client_) -> None:
    answer = signed_in("caseworker").post(
        f"/people/{family.safiya}/identity/claims/", claim(stated="x"), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 422 and b"<html" not in answer.content


def test_the_loser_of_a_race_is_told_and_may_send_again(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    client = signed_in("caseworker")
    client.post(f"/people/{family.safiya}/identity/claims/", claim())
    late = client.post(f"/people/{family.safiya}/identity/claims/", claim(stated="2014-04"))
    assert late.status_code == 422 and b"Somebody changed this case meanwhile" in late.content
    version = queries.person(cast.caseworker, family.safiya).version
    assert f'name="version" value="{version}"' in late.content.decode()
    assert len(claims_on(cast.caseworker, family.safiya, "birth")) == 2


@pytest.mark.parametrize(
    "judged",
    [
        ("support", "supported", False),
        ("confirm", "confirmed", False),
        ("dispute", "claimed", True),
        ("refute", "refuted", False),
    ],
)
def test_a_claim_is_judged_with_a_reason(
    judged: tuple[str, str, bool],
    family: SimpleNamespace,
    cast: SimpleNamespace,
    signed_in: Client_,
) -> None:
    judgement, standing, disputed = judged
    stated = claims_on(cast.caseworker, family.safiya, "birth")[0]
    address = f"/people/{family.safiya}/identity/claims/{stated.id}/"
    told = {"judgement": judgement, "reason": "The card was seen.", "version": 1}
    assert signed_in("caseworker").post(address, told).status_code == 302
    after = claims_on(cast.caseworker, family.safiya, "birth")[0]
    assert (after.standing, after.disputed) == (standing, disputed)
    assert after.reviews[-1].reason == "The card was seen."


def test_refuting_the_only_birth_claim_leaves_the_age_unknown(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    stated = claims_on(cast.caseworker, family.yusuf, "birth")[0]
    address = f"/people/{family.yusuf}/identity/claims/{stated.id}/"
    client = signed_in("caseworker")
    client.post(address, {"judgement": "refute", "reason": "Another boy's card.", "version": 1})
    assert "age not known" in client.get(f"/people/{family.yusuf}/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"judgement": ""}, {"judgement": "erase"}, {"judgement": "settle"}]
)
def test_a_judgement_without_ground_changes_nothing(
    wrong: dict[str, str], family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    stated = claims_on(cast.caseworker, family.safiya, "birth")[0]
    address = f"/people/{family.safiya}/identity/claims/{stated.id}/"
    told = {"judgement": "support", "reason": "Seen.", "version": 1, **wrong}
    answer = signed_in("caseworker").post(address, told)
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert claims_on(cast.caseworker, family.safiya, "birth")[0].reviews == ()


def test_a_claim_of_somebody_else_cannot_be_judged_through_this_case(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    other = claims_on(cast.caseworker, family.yusuf, "birth")[0]
    address = f"/people/{family.safiya}/identity/claims/{other.id}/"
    answer = signed_in("caseworker").post(address, {"judgement": "refute", "reason": "No.", "version": 1})
    assert answer.status_code == 422
    assert claims_on(cast.caseworker, family.yusuf, "birth")[0].standing == "claimed"


@pytest.mark.parametrize("role", ["administrator", "rules_editor", "monitor"])
def test_claims_cannot_be_written_by_whoever_sees_no_people(
    role: str, family: SimpleNamespace, cast: SimpleNamespace, signed_in: Client_
) -> None:
    stated = claims_on(cast.caseworker, family.safiya, "birth")[0]
    client = signed_in(role)
    address = f"/people/{family.safiya}/identity/claims/"
    assert client.post(address, claim()).status_code == 404
    told = {"judgement": "refute", "reason": "No.", "version": 1}
    assert client.post(f"{address}{stated.id}/", told).status_code == 404
    assert len(claims_on(cast.caseworker, family.safiya, "birth")) == 1


def test_a_claim_on_a_reference_nobody_has_is_not_found(family: SimpleNamespace, signed_in: Client_) -> None:
    assert signed_in("caseworker").post("/people/P-22222H/identity/claims/", claim()).status_code == 404
