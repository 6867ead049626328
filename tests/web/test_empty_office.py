"""An office on its first day: no people, no lists. Every page opens and says what to do first."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

PAGES = ("/", "/people/", "/people/?q=zzzz", "/people/?outcome=undetermined", "/register/", "/law/")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_the_registrar(
    address: str, language: str, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("registrar", language).get(address)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("role", ["caseworker", "supervisor", "monitor", "rules_editor", "administrator"])
def test_the_first_page_of_every_role_opens(role: str, signed_in: Callable[..., Client]) -> None:
    client = signed_in(role)
    home = re.search(r'class="brand" href="([^"]+)"', client.get("/session/you/").content.decode())
    assert home and client.get(home.group(1)).status_code == 200


def test_the_register_says_what_a_list_is_and_leads_to_the_upload(signed_in: Callable[..., Client]) -> None:
    page = signed_in("registrar").get("/register/").content.decode()
    assert "No list has come in yet" in page and 'href="/register/new/"' in page


def test_a_search_without_a_hit_leads_back_to_everybody(signed_in: Callable[..., Client]) -> None:
    page = signed_in("caseworker").get("/people/?q=zzzz").content.decode()
    assert "Nobody here matches" in page and "Show everybody" in page


def test_a_supervisor_sees_that_no_review_is_coming(signed_in: Callable[..., Client]) -> None:
    page = signed_in("supervisor").get("/").content.decode()
    assert "None in the next 90 days" in page and "No answer is open" in page
