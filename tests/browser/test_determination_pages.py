"""A determination from the answer of the protocol to the second person, walked in real Chromium by two."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chromium import LANGUAGES, Visit
from filling import fill, send

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_determination import ASSESSMENT, COURT, DETERMINATION, REPORTED, SEPARATION
from small_family import AT, TODAY, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """The family, with Safiya's birth and nationality borne out: an answer that can be acted on."""
    from amana.casework import amend
    from amana.core.facts import Standing

    settled = settle(cast.registrar)
    for attribute, stated in (("birth", "2015-01-05"), ("nationality", "TJK")):
        amend.add_claim(
            person=settled.safiya,
            attribute=attribute,
            stated=stated,
            source="document",
            note="card",
            said_on=TODAY,
            standing=Standing.CONFIRMED,
            by=cast.caseworker,
            at=AT,
            on=TODAY,
        )
    return settled


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_protocol_says_is_adopted_by_two_people_and_contested(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    page, tab = visit.page, f"/people/{family.safiya}/determinations/"
    page.goto(f"{visit.base}{tab}?lang={lang}")
    visit.check_widths(lang, "determinations-empty")
    visit.press(f"main a[href='{tab}protocol/']")
    visit.check_widths(lang, "determinations-protocol")
    visit.press("main a[href*='stance=adopt']")
    visit.check_widths(lang, "determination-form")
    send(page)
    page.wait_for_selector("[role=alert]")
    visit.complaints.clear()  # the browser itself reports the 422
    visit.check_widths(lang, "determination-wrong")
    assert page.evaluate("document.activeElement.hasAttribute('data-focus')")
    fill(page, DETERMINATION)
    send(page)
    visit.check_widths(lang, "determination-check")
    visit.press("button[name=again]")
    page.wait_for_selector("#id_reasons")
    assert page.input_value("#id_reasons") == DETERMINATION["reasons"]
    send(page)
    visit.press("button[name=store]")
    page.wait_for_url(f"**{tab}D-*/")
    visit.check_widths(lang, "determination-waits")
    assert page.locator("#waits-title").is_visible() and page.locator("a[href$='/decide/']").count() == 0
    address = page.url
    _approve(visit_as("supervisor"), address, lang)
    _contest(visit_as("caseworker"), address, lang)


def _approve(visit: Visit, address: str, lang: str) -> None:
    """As the second person, from the list of what waits."""
    page = visit.page
    page.goto(f"{visit.base}/determinations/?lang={lang}")
    visit.check_widths(lang, "determinations-waiting")
    visit.press("main a[href$='/decide/']")
    visit.check_widths(lang, "determination-reason")
    visit.say_why()
    visit.check_widths(lang, "determination-decide")
    page.check("input[value=approve]")
    page.fill("#id_reason", "Read it with the child protection officer.")
    visit.press("main form button.bt-p")
    page.wait_for_url(address)
    visit.check_widths(lang, "determination-approved")
    page.goto(f"{visit.base}/determinations/")
    visit.check_widths(lang, "determinations-none-waiting")


def _contest(visit: Visit, address: str, lang: str) -> None:
    """The mother contests it; a court sets it aside."""
    page = visit.page
    page.goto(f"{address}?lang={lang}")
    visit.press("main a[href$='/appeals/']")
    visit.check_widths(lang, "appeal-form")
    fill(page, {"lodged_by": "mother", "lodged_on": "2018-02-15", "ground": "Nobody asked her sister."})
    send(page)
    visit.press("button[name=store]")
    page.wait_for_url(address)
    visit.check_widths(lang, "determination-contested")
    visit.press("main a[href*='/appeals/']")
    ended = {
        "outcome": "overturned",
        "body": "court",
        "decided_on": "2018-02-15",
        "reasons": "Both parents were heard anew.",
    }
    fill(page, ended)
    visit.check_widths(lang, "appeal-end-form")
    send(page)
    visit.press("button[name=store]")
    page.wait_for_url(address)
    visit.check_widths(lang, "determination-set-aside")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_other_record_is_walked_and_stands_on_the_tab(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    page, tab = visit.page, f"/people/{family.yusuf}/determinations/"
    for more, told in (("assessment/", ASSESSMENT), ("court/", COURT), ("reported/", REPORTED)):
        name = more.strip("/")
        page.goto(f"{visit.base}{tab}{more}?lang={lang}")
        visit.check_widths(lang, f"{name}-form")
        fill(page, told)
        send(page)
        visit.check_widths(lang, f"{name}-check")
        visit.press("button[name=store]")
        page.wait_for_load_state()
        if name != "court":
            visit.check_widths(lang, f"{name}-shown")
    page.goto(f"{visit.base}{tab}new/")
    fill(page, SEPARATION)
    send(page)
    visit.press("button[name=store]")
    page.wait_for_url(f"**{tab}D-*/")
    visit.press("main a[href$='/withdraw/']")
    visit.check_widths(lang, "withdraw-form")
    page.goto(f"{visit.base}{tab}")
    page.click("main details summary")
    visit.check_widths(lang, "determinations-tab")
    assert page.locator("main ul.rows >> nth=0 >> li").count() == 4


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", ["rustam", "madina", "yusuf"])
def test_the_page_that_says_why_nobody_can_act_holds_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, who: str, lang: str
) -> None:
    address = f"/people/{getattr(family, who)}/determinations/protocol/"
    for width in (1280, 375):
        visit_as("caseworker").check_page(address, lang, width, f"protocol-why-not-{who}")


def test_the_form_is_filled_checked_and_sent_without_javascript_and_by_keyboard(
    chromium: Any, visit_as: Callable[..., Visit], family: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(visit.page.context.cookies())
    page, tab = context.new_page(), f"/people/{family.safiya}/determinations/"
    page.goto(f"{visit.base}{tab}court/?lang=en")
    fill(page, COURT)
    page.focus("main form button.bt-p")
    page.keyboard.press("Enter")
    page.wait_for_selector("button[name=store]")
    page.focus("button[name=store]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{tab}#J-*")
    assert "Appointment of a guardian" in page.content()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_for_paper_prints_within_the_sheet(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    page, tab = visit.page, f"/people/{family.safiya}/determinations/"
    page.goto(f"{visit.base}{tab}new/?lang={lang}")
    fill(page, DETERMINATION)
    send(page)
    visit.press("button[name=store]")
    page.wait_for_url(f"**{tab}D-*/")
    page.goto(f"{page.url}print/")
    visit.check_widths(lang, "determination-print")
    page.set_viewport_size({"width": 703, "height": 980})  # A4 less its margins
    page.emulate_media(media="print")
    assert visit.sideways(703) == []
    assert page.locator("#signed-title").is_visible() and not page.locator(".crumb").is_visible()
