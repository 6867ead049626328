"""Why not another answer, on the placement tab: by address, without a script, and never for whom it isn't."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import settle

from amana.apps.decisions.office_pack import office_pack

Client_ = Callable[..., Client]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def placement(client: Client, ref: str, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/people/{ref}/placement/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_every_other_answer_is_offered_and_the_given_one_is_not(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = placement(signed_in("caseworker"), family.rustam)
    for outcome in ("with_mother", "state_home", "not_a_child", "no_lawful_placement"):
        assert f"?why_not={outcome}#why-not" in text
    assert "?why_not=reported_detention_possible" not in text


def test_an_answer_asked_about_names_the_condition_its_fact_and_the_source(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = placement(signed_in("caseworker"), family.yusuf, "?why_not=with_mother")
    told = text.split('id="why-not"')[1]
    assert "Why not “stays with the mother”?" in told
    assert "age is 3 or younger" in told and 'class="tv tv-f"' in told
    assert f"list: {family.batch}" in told and "claimed" in told
    assert "No rule that gives it speaks for these facts." in told
    assert 'aria-current="true"' in told


def test_a_possible_answer_is_asked_about_as_one_that_may_be(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    told = placement(signed_in("caseworker"), family.safiya, "?why_not=state_home").split('id="why-not"')[1]
    assert "Why may it be “state home”?" in told and 'class="tv tv-u"' in told


def test_an_answer_never_acted_on_is_explained_and_what_would_bring_it_is_not_told(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    address = "?why_not=reported_detention_possible"
    text = placement(signed_in("caseworker"), family.safiya, address)
    told = text.split('id="why-not"')[1].split("</section>")[0]
    assert "It is never acted on." in told and "sex is male" in told
    assert "If yes" not in told and "would" not in told.split("<ul")[0]


@pytest.mark.parametrize(
    "asked",
    ["prison", "%3Cscript%3Ealert(1)%3C/script%3E", "undetermined", "x" * 150, "state_home%20or"],
)
def test_an_answer_nobody_knows_is_refused_in_words(
    asked: str, family: SimpleNamespace, signed_in: Client_
) -> None:
    text = placement(signed_in("caseworker"), family.safiya, f"?why_not={asked}", 422)
    assert "There is no answer called" in text and "Choose one from the list below." in text
    refusal = text.split('role="alert">')[1].split("</p>")[0]
    assert "<" not in refusal and len(refusal) < 150


def test_an_empty_question_is_the_plain_page(family: SimpleNamespace, signed_in: Client_) -> None:
    assert "There is no answer called" not in placement(signed_in("caseworker"), family.safiya, "?why_not=")


def test_why_not_is_not_there_for_whoever_sees_no_people(family: SimpleNamespace, signed_in: Client_) -> None:
    for role in ("rules_editor", "monitor", "administrator"):
        placement(signed_in(role), family.safiya, "?why_not=state_home", 404)


def test_the_best_first_question_stands_before_what_would_settle_it(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    for tab in ("", "placement/"):
        text = signed_in("caseworker").get(f"/people/{family.safiya}/{tab}").content.decode()
        assert "Born on or before 15 February 2014 (4 or older on 15 February 2018)?" in text
        assert text.index("Best first question") < text.rindex("What would settle it")
        assert "If yes: state home." in text


def test_every_condition_of_every_rule_has_its_fact_source_and_standing(
    family: SimpleNamespace, signed_in: Client_
) -> None:
    text = placement(signed_in("caseworker"), family.safiya)
    rules = text.split('id="rules"')[1].split("</table>")[0]
    assert rules.count("between October 2013 and June 2014, age 3 or 4") == 5
    assert rules.count(f"list: {family.batch}") >= 7
    assert "The text in our words:" in rules and "iq-law-126-1980/admission" in rules
    assert "the law itself" in rules


def test_arabic_asks_too(family: SimpleNamespace, signed_in: Client_) -> None:
    text = placement(signed_in("caseworker"), family.safiya, "?why_not=state_home&lang=ar")
    assert "دار الدولة" in text.split('id="why-not"')[1]


def test_an_answer_that_is_not_exact_says_so_on_both_tabs(
    family: SimpleNamespace, signed_in: Client_, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("amana.core.policy.frame.CELL_CAP", 1)
    monkeypatch.setattr(office_pack().engines["placement"], "_frames", {})
    for tab in ("", "placement/"):
        text = signed_in("caseworker").get(f"/people/{family.safiya}/{tab}").content.decode()
        assert "too many to try all: the answer may be wider than it must be." in text
        assert "Best first question" in text
