"""The tabs of a case: few enough for one line, and the parts of one of them each at its own address."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import AT, settle

from amana.apps.accounts import teams, viewers
from amana.apps.placements.queries import facilities

AROUND = {
    "/people/%s/assignments/": "Who holds it",
    "/people/%s/representatives/": "Guardian, counsel",
    "/people/%s/requests/": "Requests",
    "/contacts/%s/": "Whom to call",
}
MOST = 11


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def tabs(client: Client, address: str) -> list[tuple[str, str]]:
    """(address, words) of each tab of the page."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    row = re.search(r'<ul class="tabs">(.*?)</ul>', answer.content.decode(), re.S)
    assert row
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', row[1])


def parts(client: Client, address: str) -> list[tuple[str, str]]:
    found = re.findall(
        r'<a class="chip( on)?" href="([^"]+)"[^>]*>([^<]+)</a>', client.get(address).content.decode()
    )
    return [(words, "on" if on else "") for on, _, words in found]


def at_site(cast: SimpleNamespace) -> None:
    """Give the facility manager the place where the families stay."""
    kept = [place.ref for place in facilities(cast.supervisor) if place.name_en == "Site A"]
    teams.place(user_id=cast.facility_manager.user_id, team=None, sites=kept, by=viewers.installer(), at=AT)


@pytest.mark.parametrize("role", ["registrar", "caseworker", "supervisor", "facility_manager"])
def test_no_role_has_more_tabs_than_one_line_holds_and_each_leads_somewhere(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client], role: str
) -> None:
    at_site(cast)
    client = signed_in(role)
    found = tabs(client, f"/people/{family.safiya}/")
    assert len(found) <= MOST
    assert len({words for _, words in found}) == len(found)
    for address, _ in found:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("part", AROUND)
def test_whom_to_turn_to_is_one_tab_whose_parts_keep_their_addresses(
    family: SimpleNamespace, signed_in: Callable[..., Client], part: str
) -> None:
    client, address = signed_in("supervisor"), part % family.safiya
    words = [words for _, words in tabs(client, address)]
    assert "Whom to turn to" in words and not set(words) & set(AROUND.values())
    shown = parts(client, address)
    assert [each for each, _ in shown] == list(AROUND.values())
    assert [each for each, on in shown if on] == [AROUND[part]]


def test_parts_stand_only_under_the_tab_they_belong_to(
    family: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    assert not parts(signed_in("supervisor"), f"/people/{family.safiya}/identity/")


def test_a_single_part_is_a_tab_of_its_own_name(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    at_site(cast)
    words = [words for _, words in tabs(signed_in("facility_manager"), f"/people/{family.safiya}/")]
    assert "Who holds it" in words and "Whom to turn to" not in words
