"""Which language a page is in: `?lang=`, then the user's setting, then the cookie, then the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from amana.apps.accounts import commands
from amana.web import clock


def lang(answer: Any) -> str:
    page = answer.content.decode()
    return page[page.index('lang="') + 6 :][:2]


def test_the_browser_decides_where_nothing_else_does(office: Any) -> None:
    assert lang(Client(headers={"accept-language": "ar"}).get("/session/in/")) == "ar"
    assert lang(Client(headers={"accept-language": "de"}).get("/session/in/")) == "en"


def test_the_address_decides_first_and_is_remembered(office: Any) -> None:
    client = Client(headers={"accept-language": "en"})
    assert lang(client.get("/session/in/?lang=ar")) == "ar"
    assert lang(client.get("/session/in/")) == "ar"


def test_an_unknown_language_is_passed_over(office: Any) -> None:
    assert lang(Client(headers={"accept-language": "en"}).get("/session/in/?lang=tlh")) == "en"


def test_the_users_setting_goes_before_the_cookie(signed_in: Callable[..., Client], cast: Any) -> None:
    client = signed_in("caseworker")
    commands.set_language(language="ar", by=cast.caseworker, at=clock.now())
    client.cookies["amana_language"] = "en"
    assert lang(client.get("/law/")) == "ar"


def test_a_switch_in_the_address_goes_before_the_users_setting_for_this_session(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in("caseworker")
    client.get("/law/?lang=ar")
    assert lang(client.get("/law/")) == "ar"


def test_arabic_pages_read_from_right_to_left_with_the_mirrored_style_sheet(
    signed_in: Callable[..., Client],
) -> None:
    page = signed_in("caseworker").get("/law/?lang=ar").content.decode()
    assert 'dir="rtl"' in page and "tabler.rtl.min.css" in page
    english = signed_in("caseworker").get("/law/?lang=en").content.decode()
    assert 'dir="ltr" data-bs-theme' in english and "tabler.rtl" not in english


def test_the_switch_keeps_the_rest_of_the_address(signed_in: Callable[..., Client]) -> None:
    page = signed_in("caseworker").get("/law/?a=1&amp=%22").content.decode()
    assert 'href="?a=1&amp;amp=%22&amp;lang=ar"' in page


def test_pages_may_be_asked_for_without_web_fonts(signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker")
    assert "css/fonts.css" in client.get("/law/").content.decode()
    answer = client.post("/session/fonts/", {"fonts": "off", "next": "/law/"})
    assert answer.headers["Location"] == "/law/"
    assert "css/fonts.css" not in client.get("/law/").content.decode()
