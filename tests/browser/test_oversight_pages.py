"""The board, findings, waivers, the Safeguards tab and the Law page, walked in Chromium."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, WIDTHS, Visit, press
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_family import AT, TODAY, settle

pytestmark = pytest.mark.django_db(transaction=True)

EVERY = [(lang, width) for lang in LANGUAGES for width in WIDTHS]
GROUND = "The panel meets on Thursday; until then she is visited every day."


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    from amana.apps.oversight import queries
    from amana.casework.sweep import sweep_all

    family = settle(cast.registrar)
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    overdue = queries.findings(cast.supervisor, safeguard="S11", on=TODAY, verdict="overdue")
    family.late = overdue.rows[0]
    return family


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_board_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("supervisor")
    visit.check_page("/oversight/", lang, width, "oversight")
    visit.check_page("/oversight/?state=breach&soon=7", lang, width, "oversight-narrowed")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_board_before_any_sweep_holds_every_rule(
    visit_as: Callable[..., Visit], lang: str, width: int
) -> None:
    visit_as("monitor").check_page("/oversight/", lang, width, "oversight-empty")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_findings_and_the_waiver_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("supervisor")
    visit.check_page("/oversight/S11/", lang, width, "oversight-findings")
    visit.check_page("/oversight/S43/", lang, width, "oversight-waiting")
    visit.check_page(f"/oversight/S11/{family.late.id}/waive/", lang, width, "oversight-waive")
    visit.page.locator("main form button.bt-p").click()
    visit.page.wait_for_selector("[role=alert]")
    visit.complaints.clear()
    visit.check_here(lang, width, "oversight-waive-wrong")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_monitor_s_findings_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("monitor")
    visit.check_page("/oversight/S11/", lang, width, "oversight-monitor")
    assert "Rashid" not in visit.page.content() and family.safiya not in visit.page.content()


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_safeguards_of_a_case_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    visit.check_page(f"/people/{family.safiya}/safeguards/", lang, width, "case-safeguards")
    visit.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    visit.check_here(lang, width, "case-safeguards-open")
    visit.check_page(f"/people/{family.idris}/safeguards/", lang, width, "case-safeguards-unsure")
    visit.check_page(f"/people/{family.safiya}/", lang, width, "case-overview-findings")
    visit.check_page("/people/?finding=overdue", lang, width, "people-findings")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_law_page_with_its_safeguards_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str, width: int
) -> None:
    visit_as("caseworker").check_page("/law/iraq_2018/", lang, width, "law-safeguards")
    visit_as("rules_editor").check_page("/law/international/", lang, width, "law-safeguards-shared")


def test_a_finding_is_waived_by_keyboard_and_without_javascript_and_stays_on_show(
    chromium: object, visit_as: Callable[..., Visit], family: SimpleNamespace
) -> None:
    visit = visit_as("supervisor")
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(visit.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visit.base}/oversight/?lang=en")
    press(page, "a[href='/oversight/S11/']")
    page.locator(f"a[href='/oversight/S11/{family.late.id}/waive/']").focus()
    page.keyboard.press("Enter")
    page.fill("#id_ground", GROUND)
    page.fill("#id_until", "2018-02-20")
    page.focus("main form button.bt-p")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oversight/S11/")
    row = page.locator(f"#finding-{family.late.id}")
    expect(row).to_contain_text("waived until 20 February 2018")
    expect(row).to_contain_text(GROUND)
    context.close()


def test_the_board_leads_to_the_case_and_the_case_to_the_act(
    visit_as: Callable[..., Visit], family: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/oversight/?lang=en")
    visit.press("a[href='/oversight/S11/']")
    visit.press(f"a[href='/people/{family.late.person}/safeguards/']")
    page.wait_for_url("**/safeguards/")
    late = page.locator("article.finding", has_text="S11").first
    expect(late).to_contain_text("days late")
    late.locator("a[href$='/determinations/assessment/']").first.click()
    page.wait_for_url("**/determinations/assessment/")
    assert not visit.complaints
