"""Nobody is listed as somebody who may be detained: no filter, order, count or page makes that list."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from small_family import TODAY, settle

from amana.apps.decisions import queries as decisions
from amana.apps.decisions.packs import find_pack
from amana.apps.decisions.people_filters import FILTERS
from amana.apps.registry import queries
from amana.apps.registry.filters import FilterRefused

DETENTION = "reported_detention_possible"


@pytest.fixture
def settled(cast: SimpleNamespace) -> SimpleNamespace:
    """Rustam (16) and Madina (16) are above 14; nothing else about them is open."""
    return settle(cast.registrar)


def shown(client: Client, address: str) -> set[str]:
    text = client.get(address).content.decode()
    return set(re.findall(r"/people/(P-[2-9A-Z]{6})/", text))


@pytest.mark.parametrize(
    "asked",
    [
        f"outcome={DETENTION}", "outcome=protection_review", f"outcome=undetermined&outcome={DETENTION}",
        f"possible={DETENTION}", f"group={DETENTION}", "rule=adolescent", "review=protection_review",
        f"outcome={DETENTION}%00", f"outcome={DETENTION}%20", "outcome=%22", "citations=x", "marks=x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["registrar", "supervisor", "operator"])
def test_no_filter_of_the_address_finds_them(
    role: str, asked: str, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in(role).get(f"/people/?{asked}")
    everybody = shown(signed_in(role), "/people/")
    found = set(re.findall(r"/people/(P-[2-9A-Z]{6})/", answer.content.decode()))
    assert (answer.status_code in {400, 422} and not found) or found == everybody


@pytest.mark.parametrize("order", ["sort=outcome", "order=-outcome", "order_by=outcome", "o=outcome"])
def test_no_parameter_orders_people_by_outcome(
    order: str, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("supervisor")
    listed = lambda address: re.findall(r"/people/(P-[2-9A-Z]{6})/", client.get(address).content.decode())  # noqa: E731
    assert listed(f"/people/?{order}") == listed("/people/")


@pytest.mark.parametrize("text", [DETENTION, "detention", "Protection review", "above 14", "محتجز"])
def test_the_search_box_knows_names_and_references_only(
    text: str, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    assert shown(signed_in("supervisor"), f"/people/?q={text}") == set()


@pytest.mark.parametrize("name", [each.name for each in FILTERS])
def test_no_filter_takes_the_outcome_for_a_value(name: str, settled: SimpleNamespace, cast: Any) -> None:
    for value in (DETENTION, "protection_review", ""):
        try:
            page = queries.people(cast.supervisor, on=TODAY, filters={name: (value,)})
        except FilterRefused:
            continue
        assert page.rows == () and page.count == 0


def test_an_empty_need_is_no_way_round_to_those_whose_answer_is_settled(
    settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("supervisor")
    assert shown(client, "/people/?needs=") == shown(client, "/people/")


def test_counts_and_choices_name_no_outcome_that_may_never_be_acted_on(
    settled: SimpleNamespace, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    assert DETENTION not in decisions.outcomes(cast.supervisor)
    client = signed_in("supervisor")
    for address in ("/", "/people/", f"/register/{settled.batch}/", f"/people/{settled.rustam}/history/"):
        assert DETENTION not in client.get(address).content.decode()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_adolescents_stand_in_the_list_under_protection_review(
    language: str, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    review = {"en": "Protection review", "ar": "مراجعة حماية"}[language]
    outcome = find_pack("iraq_2018").decisions["placement"].outcomes[DETENTION].label[language]
    text = signed_in("caseworker").get(f"/people/?lang={language}&q=Rustam").content.decode()
    assert review in text and outcome.casefold() not in text.casefold()


@pytest.mark.parametrize(
    ("role", "sees"), [("registrar", False), ("caseworker", True), ("supervisor", True), ("monitor", None)]
)
def test_coming_reviews_are_seen_by_those_who_answer_for_the_cases(
    role: str, sees: bool | None, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in(role).get("/")
    if sees is None:
        assert (answer.status_code, answer.headers["Location"]) == (302, "/oversight/")
    else:
        assert (settled.safiya in answer.content.decode()) is sees
