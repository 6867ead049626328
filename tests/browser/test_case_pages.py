"""People and case, walked in real Chromium in both languages and at both widths."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, WIDTHS, Visit, press
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_family import settle

pytestmark = pytest.mark.django_db(transaction=True)

EVERY = [(lang, width) for lang in LANGUAGES for width in WIDTHS]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_people_list_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("registrar")
    visit.check_page("/people/", lang, width, "people")
    visit.check_page("/people/?group=children&nation=TJK&q=rash", lang, width, "people-filtered")
    visit.check_page("/people/?q=nobody", lang, width, "people-none")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_every_tab_of_a_case_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("supervisor")
    for tab in ("", "identity/", "family/", "placement/", "history/"):
        visit.check_page(
            f"/people/{family.safiya}/{tab}", lang, width, f"case-{tab.strip('/') or 'overview'}"
        )
    hidden = "(e => e.scrollWidth - e.clientWidth)(document.querySelector('ul.tabs'))"
    assert visit.page.evaluate(hidden) <= 0, "a supervisor has every tab, and all of them stand in sight"
    visit.check_page(f"/people/{family.safiya}/assignments/", lang, width, "case-assignments")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_why_not_another_answer_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    address = f"/people/{family.safiya}/placement/?why_not="
    visit.check_page(f"{address}state_home", lang, width, "case-why-not")
    visit.check_page(f"{address}no_lawful_placement", lang, width, "case-why-not-gap")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_a_case_with_a_gap_and_one_under_protection_review_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    visit.check_page(f"/people/{family.madina}/", lang, width, "case-gap")
    visit.check_page(f"/people/{family.rustam}/", lang, width, "case-protection")
    visit.check_page(f"/people/{family.idris}/family/", lang, width, "case-no-mother")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_references_and_days_read_left_to_right_on_the_page(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    visit.check_page(f"/people/{family.safiya}/identity/", lang, 1280, "case-identity")
    reference = visit.page.locator(f".ch .ltr:text-is('{family.safiya}')").first
    assert reference.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert reference.evaluate("e => e.getClientRects().length") == 1


def test_a_search_has_an_address_of_its_own(visit_as: Callable[..., Visit], family: SimpleNamespace) -> None:
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/people/?lang=en")
    page.fill("#people-q", "صفية")
    page.press("#people-q", "Enter")
    page.wait_for_url("**q=*")
    assert page.locator("#people-results tbody tr").count() == 1
    assert family.safiya in page.locator("#people-results").inner_text()
    assert not visit.complaints


def test_a_node_of_the_family_leads_to_its_case(
    visit_as: Callable[..., Visit], family: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    visit.page.goto(f"{visit.base}/people/{family.safiya}/?lang=en")
    visit.press(f"svg.fig a[href='/people/{family.yusuf}/']")
    visit.page.wait_for_url(f"**/people/{family.yusuf}/")
    assert visit.page.locator("h1").inner_text() == "Yusuf Rashidov"


def test_a_claim_is_added_by_keyboard_alone(visit_as: Callable[..., Visit], family: SimpleNamespace) -> None:
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/people/{family.safiya}/identity/?lang=en")
    page.focus("#id_attribute")
    for typed in ("", "2014-05", "clinic", "vaccination card"):
        if typed == "clinic":
            page.keyboard.type("cl")
        else:
            page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.focus("#id_note")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ch .st:has-text('Stays with the mother')")


def test_another_answer_is_asked_about_by_keyboard_and_without_javascript(
    chromium: object, visit_as: Callable[..., Visit], family: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(visit.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visit.base}/people/{family.yusuf}/placement/?lang=en")
    page.locator("#why-not a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**why_not=with_mother*#why-not")
    told = page.locator("#why-not h3").first
    assert told.inner_text() == "Why not “stays with the mother”?"
    expect(told).to_be_in_viewport()
    context.close()


def test_without_javascript_people_are_searched_and_a_claim_is_judged(
    chromium: object, visit_as: Callable[..., Visit], family: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    cookies = visit.page.context.cookies()
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{visit.base}/people/?lang=en")
    page.fill("#people-q", "safiya")
    press(page, "main form[role=search] button")
    press(page, f"a[href='/people/{family.safiya}/']")
    press(page, "a[href$='/identity/']")
    page.locator("main details summary").first.click()
    page.locator("select[name=judgement]").first.select_option("confirm")
    page.locator("input[name=reason]").first.fill("Seen on paper.")
    page.locator("form button:has-text('Record the judgement')").first.click()
    assert "Seen on paper." in page.content()
    context.close()
