"""What stands round every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from amana.web.frame import home_of

ROLES_AND_HOMES = {
    "registrar": "/",
    "caseworker": "/",
    "supervisor": "/",
    "monitor": "/oversight/",
    "rules_editor": "/law/",
    "administrator": "/administration/roles/",
    "operator": "/",
}


@pytest.mark.parametrize(
    "address", ["/session/in/", "/law/", "/law/iraq_2018/", "/session/you/", "/nothing/"]
)
def test_every_page_of_the_demonstration_office_says_so(
    address: str, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("caseworker").get(address).content.decode()
    assert "DEMO" in page and "Every person here is invented." in page
    assert '<span class="ltr" dir="ltr">2018-02-15</span>' in page


@pytest.mark.parametrize(("role", "home"), ROLES_AND_HOMES.items())
def test_each_role_begins_at_the_first_page_it_may_open(role: str, home: str, cast: Any) -> None:
    assert home_of(getattr(cast, role)) == home


def test_the_footer_names_the_law_applied_with_its_hash_and_review(signed_in: Callable[..., Client]) -> None:
    from amana.apps.decisions.packs import find_pack

    page = signed_in("caseworker").get("/law/").content.decode()
    assert find_pack("iraq_2018").hash[:6] in page
    assert "not yet reviewed by counsel" in page


def test_the_search_box_stands_only_where_people_may_be_seen(signed_in: Callable[..., Client]) -> None:
    assert 'role="search"' in signed_in("caseworker").get("/law/").content.decode()
    assert 'role="search"' not in signed_in("monitor").get("/law/").content.decode()


def test_the_menu_holds_only_what_the_role_opens(signed_in: Callable[..., Client]) -> None:
    page = signed_in("monitor").get("/law/").content.decode()
    assert re.search(r'href="/law/"\s+aria-current="page"', page)
    assert 'href="/people/"' not in page and ">Today<" not in page


def test_the_page_one_is_below_is_marked_in_the_menu(signed_in: Callable[..., Client]) -> None:
    page = signed_in("caseworker").get("/law/iraq_2018/").content.decode()
    assert re.search(r'href="/law/"\s+aria-current="true"', page)


def test_looking_at_law_writes_nothing_into_the_read_log(signed_in: Callable[..., Client]) -> None:
    from amana.apps.audit.models import ReadEntry

    signed_in("caseworker").get("/law/iraq_2018/")
    assert ReadEntry.objects.count() == 0
