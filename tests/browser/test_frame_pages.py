"""Sign-in, Today, Law and the refusals, walked in real Chromium in both languages and at both widths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chromium import LANGUAGES, WIDTHS, Visit, press

from small_office import settle

pytestmark = pytest.mark.django_db(transaction=True)

EVERY = [(lang, width) for lang in LANGUAGES for width in WIDTHS]


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_sign_in_page_holds_every_rule(visit: Visit, office: Any, lang: str, width: int) -> None:
    visit.check_page("/session/in/", lang, width, "sign-in")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_law_pages_hold_every_rule(visit_as: Callable[..., Visit], lang: str, width: int) -> None:
    visit = visit_as("caseworker")
    visit.check_page("/law/", lang, width, "law-list")
    visit.check_page("/law/iraq_2018/", lang, width, "law-iraq")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_shared_pack_without_rules_holds_every_rule(
    visit_as: Callable[..., Visit], lang: str, width: int
) -> None:
    visit_as("caseworker").check_page("/law/international/", lang, width, "law-international")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_today_in_an_empty_office_holds_every_rule(
    visit_as: Callable[..., Visit], lang: str, width: int
) -> None:
    visit_as("supervisor").check_page("/", lang, width, "today-empty")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_account_page_holds_every_rule(visit_as: Callable[..., Visit], lang: str, width: int) -> None:
    visit_as("administrator").check_page("/session/you/", lang, width, "account")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_page_that_is_not_there_holds_every_rule(
    visit_as: Callable[..., Visit], lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.goto(f"{visit.base}/nothing/?lang={lang}")
    # The browser itself reports the 404 in its console; everything else must be quiet.
    visit.complaints.clear()
    visit.check_here(lang, width, "not-found")


def test_the_first_tab_leads_to_the_content(visit_as: Callable[..., Visit]) -> None:
    page = visit_as("caseworker").page
    page.goto(f"{visit_as('caseworker').base}/law/?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_slash_puts_the_cursor_into_the_search_box(visit_as: Callable[..., Visit]) -> None:
    visit = visit_as("caseworker")
    visit.page.goto(f"{visit.base}/law/?lang=en")
    visit.page.keyboard.press("/")
    assert visit.page.evaluate("document.activeElement.id") == "find"
    visit.page.keyboard.type("a/b")
    assert visit.page.input_value("#find") == "a/b"


def test_signing_in_through_the_form_and_out_again(visit: Visit, cast: Any) -> None:
    from amana.apps.accounts import commands, viewers
    from amana.web import clock

    commands.set_password(
        user_id=cast.supervisor.user_id, password="a long passphrase", by=viewers.installer(), at=clock.now()
    )
    visit.sign_in("supervisor@office.example", "wrong")
    assert visit.page.locator("[role=alert]").is_visible()
    assert visit.page.evaluate("document.activeElement.hasAttribute('data-focus')")
    visit.sign_in("supervisor@office.example", "a long passphrase")
    assert visit.page.url == f"{visit.base}/"
    visit.press("header form button.as-link")
    assert visit.page.url.startswith(f"{visit.base}/session/in/")


def test_without_javascript_the_menu_and_the_sign_in_still_work(
    chromium: Any, live_server: Any, cast: Any
) -> None:
    from amana.apps.accounts import commands, viewers
    from amana.web import clock

    commands.set_password(
        user_id=cast.caseworker.user_id, password="a long passphrase", by=viewers.installer(), at=clock.now()
    )
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/session/in/")
    page.fill("#id_email", "caseworker@office.example")
    page.fill("#id_password", "a long passphrase")
    press(page, "main form button.bt-p")
    page.click("summary >> nth=0")
    press(page, "details nav a[href='/law/']")
    assert page.url == f"{live_server.url}/law/"
    context.close()


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_today_with_people_holds_every_rule(
    visit_as: Callable[..., Visit], cast: Any, tmp_path: Path, lang: str, width: int
) -> None:
    settle(cast.registrar, tmp_path)
    visit_as("supervisor").check_page("/", lang, width, "today")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_law_prints_as_a_table_within_the_sheet(visit_as: Callable[..., Visit], lang: str) -> None:
    visit = visit_as("caseworker")
    visit.page.set_viewport_size({"width": 703, "height": 980})  # A4 less its margins
    visit.page.emulate_media(media="print")
    visit.page.goto(f"{visit.base}/law/iraq_2018/?lang={lang}")
    assert visit.sideways(703) == []
    assert visit.page.locator(".rules thead th").first.is_visible()
    assert not visit.page.locator(".top").is_visible() and not visit.page.locator("[data-print]").is_visible()
    assert visit.page.locator(".demo").is_visible()
