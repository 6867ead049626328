"""The pages of moves in real Chromium, in both languages and at both widths."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, WIDTHS, Visit
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from moved import place, planned, separated_by, urgent
from small_family import settle

pytestmark = pytest.mark.django_db(transaction=True)

EVERY = [(lang, width) for lang in LANGUAGES for width in WIDTHS]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """A mother with children of 3 or 4, 8, 16 and 16 at a place of detention; a home and a hospital."""
    from amana.apps.placements.queries import facilities

    found = settle(cast.registrar)
    found.home = next(each.ref for each in facilities(cast.registrar) if each.kind == "state_home")
    found.hospital = place("other", cast.registrar, "Hospital")
    return found


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_pages_of_a_planned_move_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    mref = planned(family.yusuf, family.home, cast.caseworker)
    case = f"/people/{family.yusuf}/moves/"
    visit.check_page(case, lang, width, "moves")
    visit.check_page(f"{case}new/", lang, width, "moves-plan")
    visit.check_page(f"{case}{mref}/", lang, width, "moves-stopped")
    visit.check_page(f"{case}happened/", lang, width, "moves-happened")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_pages_of_an_urgent_move_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str, width: int
) -> None:
    mref = urgent(family.yusuf, family.hospital, cast.caseworker)
    visit = visit_as("operator")
    case = f"/people/{family.yusuf}/moves/urgent/"
    visit.check_page(case, lang, width, "moves-urgent-new")
    visit.check_page(f"{case}{mref}/", lang, width, "moves-urgent")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_attempted_separation_stops_and_goes_on_once_it_is_decided(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/people/{family.yusuf}/moves/new/?lang={lang}")
    page.select_option("#id_facility", family.home)
    page.fill("#id_planned_for", "2018-02-15")
    page.check("input[name=grounds][value=age_threshold]")
    page.fill("#id_reason", "He is past four years of age.")
    page.locator("main form button.bt-p").click()
    page.wait_for_url("**/moves/M-**")
    expect(page.locator("article.finding")).to_have_count(4)
    page.locator("form[action$='carry-out/'] button").click()
    expect(page.locator("main [role=alert]")).to_be_visible()
    expect(page.locator("main [role=alert]")).to_be_focused()
    separated_by(family.yusuf, cast)
    page.goto(page.url.replace("carry-out/", ""))
    expect(page.locator("article.finding")).to_have_count(0)
    page.locator("form[action$='carry-out/'] button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    expect(page.locator("form[action$='carry-out/']")).to_have_count(0)
