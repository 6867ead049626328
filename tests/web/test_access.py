"""Every address declares who may open it, and is open to exactly those."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from amana.apps.accounts.roles import PERMISSIONS, ROLES
from amana.web.access import PUBLIC, SIGNED_IN
from amana.web.areas import areas, menu

GET_REFUSED = frozenset(
    {
        "session:sign-out",
        "session:fonts-choose",
        "session:paper-renew",
        "session:factor-remove",
        "session:session-end",
        "session:pass-end",
        "session:factor-ask",
        "session:single-ask",
        "session:single-answer",
        "keys:office-lock",
        "keys:key-lock",
    }
)
"""Addresses that take forms only, or have no page for whoever is signed in."""

LEADS_ON = {"today:day-show": "today.see"}
"""Addresses that lead whoever lacks a permission to her own first page."""


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, f"{before}{each.namespace}:" if each.namespace else before)
        else:
            yield f"{before}{each.name}", each


ALL = dict(patterns(get_resolver()))
PLAIN = {name: each for name, each in ALL.items() if not each.pattern.converters}


def rule(name: str) -> str | None:
    return getattr(ALL[name].callback, "access_rule", None)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_address_declares_its_access_rule(name: str) -> None:
    assert rule(name) in {PUBLIC, SIGNED_IN, *PERMISSIONS}


def test_public_addresses_are_the_sign_in_its_forms_and_the_health_line() -> None:
    public = {name for name in ALL if rule(name) == PUBLIC}
    assert public == {
        "session:sign-in",
        "session:sign-out",
        "session:fonts-choose",
        "session:factor-ask",
        "session:password-choose",
        "session:single-ask",
        "session:single-answer",
        "health:service-check",
        "consular:dossier-show",
    }


@pytest.mark.parametrize("name", sorted(ALL))
def test_address_names_are_area_noun_verb(name: str) -> None:
    area, _, rest = name.partition(":")
    assert (area and "-" in rest) or rest in {"sign-in", "sign-out"}


def test_every_area_says_whether_the_menu_shows_it() -> None:
    assert [area.app_name for area in areas() if not hasattr(area, "menu")] == []


def test_the_menu_shows_only_areas_that_exist_in_its_order() -> None:
    shown = [name for name, _ in menu()]
    order = (
        "today", "wards", "desk", "consular", "tasks", "people", "register", "oversight", "allegations",
        "missions", "law", "openings", "retention", "exports", "trail", "administration", "keys",
    )  # fmt: skip
    assert shown == [name for name in order if name in shown]
    assert {"today", "law"} <= set(shown)


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("name", sorted(set(PLAIN) - GET_REFUSED))
def test_an_address_opens_for_the_roles_that_may_and_is_not_found_for_the_rest(
    name: str, role: str, signed_in: Callable[..., Client]
) -> None:
    from django.urls import reverse

    answer = signed_in(role).get(reverse(name))
    asked = rule(name)
    allowed = asked in (PUBLIC, SIGNED_IN) or asked in ROLES[role].may
    leads_on = name in LEADS_ON and LEADS_ON[name] not in ROLES[role].may
    assert answer.status_code == (302 if leads_on else 200 if allowed else 404)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(PLAIN) - GET_REFUSED))
def test_without_signing_in_every_page_leads_to_the_sign_in_and_back(name: str, office: Any) -> None:
    from django.urls import reverse

    address = reverse(name)
    answer = Client().get(address)
    if rule(name) == PUBLIC:
        assert answer.status_code == 200
    else:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/session/in/?next=")


def test_an_address_outside_the_role_answers_like_one_that_does_not_exist(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in("administrator")
    refused, absent = client.get("/law/"), client.get("/no-such-page/")
    strip = lambda answer: answer.content.replace(answer.wsgi_request.path.encode(), b"")  # noqa: E731
    assert refused.status_code == absent.status_code == 404
    assert b"Nothing here" in refused.content and len(strip(refused)) > 0


def test_a_fragment_asked_for_after_the_session_ended_leads_the_whole_page_to_the_sign_in(
    office: Any,
) -> None:
    answer = Client().get("/law/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/session/in/?next=%2F"
