"""A change of law from the proposal to the case it changes, walked in real Chromium by two people."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chromium import LANGUAGES, Visit, press

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from small_change import told

from small_office import settle

pytestmark = pytest.mark.django_db(transaction=True)

THRESHOLDS = (
    ("stay_with_mother_max", told()),
    ("state_home_min", told("state_home_min", value="3", source="iq-protocol-2018/state-home")),
)
OTHER_PAGES = {
    "law-form-new-rule": "/law/changes/new/?what=new-rule&",
    "law-form-end": "/law/changes/new/?what=end:adult&",
    "law-form-event": "/law/changes/new/?what=event:amend-1980&",
    "law-difference": "/law/differences/?a=iraq_2018&b=iraq_moj_statement&",
    "law-moj": "/law/iraq_moj_statement/?",
}
"""Name -> address; what the walk opens is not opened again."""


def work() -> None:
    from amana.worker.loop import Worker

    while Worker().work_once():
        pass


def fill(page: Any, form: dict[str, str]) -> None:
    """Type the form as a person would."""
    for name, typed in form.items():
        if name == "source":
            page.select_option("#id_source", typed)
        elif name.startswith("said_"):
            page.check(f"input[name='{name}'][value={typed}]")
        else:
            page.fill(f"#id_{name}", typed)


@pytest.fixture
def people(cast: Any, tmp_path: Path) -> None:
    settle(cast.registrar, tmp_path, people=60)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_is_proposed_weighed_adopted_by_another_and_seen_on_the_case(
    visit_as: Callable[..., Visit], people: None, lang: str
) -> None:
    visit = visit_as("rules_editor")
    page = visit.page
    page.goto(f"{visit.base}/law/?lang={lang}")
    visit.press("main a.bt-p[href='/law/changes/new/']")
    page.wait_for_url("**/law/changes/new/")
    visit.check_widths(lang, "law-choose")
    visit.press("a[href='?what=parameter:stay_with_mother_max']")
    visit.press("button[name=look]")
    page.wait_for_selector("[role=alert]")
    visit.complaints.clear()  # the browser itself reports the 422
    visit.check_widths(lang, "law-threshold-wrong")
    assert page.evaluate("document.activeElement.hasAttribute('data-focus')")
    assert page.locator("#id_value_error").is_visible()

    fill(page, THRESHOLDS[0][1])
    visit.press("button[name=look]")
    page.wait_for_selector("#preview-title")
    visit.check_widths(lang, "law-preview")
    visit.press("button[name=more]")
    visit.press("a[href='?what=parameter:state_home_min']")
    fill(page, THRESHOLDS[1][1])
    visit.press("button[name=look]")
    page.wait_for_selector("#preview-title")
    assert page.locator("#findings-title").count() == 0
    visit.press("button[name=store]")
    page.wait_for_url("**/law/changes/C-*/")
    visit.check_widths(lang, "law-change-author")
    assert page.locator("a[href$='/decide/']").count() == 0
    change = page.url
    _adopt(visit_as("policy_approver"), change, lang)
    _see_it_on_the_case(visit_as("caseworker"), change, lang)


def _adopt(visit: Visit, change: str, lang: str) -> None:
    """As the second person, who sees no person."""
    page = visit.page
    page.goto(f"{visit.base}/law/?lang={lang}")
    visit.check_widths(lang, "law-desk-open")
    page.goto(change)
    visit.press("a[href$='/decide/']")
    page.wait_for_url("**/decide/")
    visit.check_widths(lang, "law-decide")
    page.check("input[value=adopt]")
    page.fill("#id_reason", "Read and agreed.")
    visit.press("main form button.bt-p")
    page.wait_for_url(change)
    visit.check_widths(lang, "law-adopting")
    work()
    page.wait_for_selector("#progress", state="detached")


def _see_it_on_the_case(visit: Visit, change: str, lang: str) -> None:
    """From the adopted change to a case that it moved, and to the decision before it."""
    page = visit.page
    page.goto(change)
    visit.check_widths(lang, "law-change-cases")
    visit.press("#people-title >> xpath=ancestor::section >> a.nm >> nth=0")
    visit.press("a[href$='/history/']")
    page.wait_for_url("**/history/")
    visit.check_widths(lang, "case-history-superseded")
    assert page.locator("main table.tb tbody tr").count() == 2
    visit.press("table a[href*='/history/'] >> nth=1")
    page.wait_for_url("**/history/*/")
    visit.check_widths(lang, "case-replay")
    assert page.locator("#now-title").is_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_other_page_of_the_desk_holds_every_rule(visit_as: Callable[..., Visit], lang: str) -> None:
    visit = visit_as("rules_editor")
    for name, address in OTHER_PAGES.items():
        visit.complaints.clear()
        answer = visit.page.goto(f"{visit.base}{address}lang={lang}")
        assert answer.status == 200, address
        if name == "law-form-new-rule":
            visit.page.click("details.fold >> nth=0 >> summary")
        visit.check_widths(lang, name)


def test_the_same_path_is_walked_without_javascript_and_by_keyboard(
    chromium: Any, visit_as: Callable[..., Visit], people: None
) -> None:
    visit = visit_as("rules_editor")
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(visit.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visit.base}/law/changes/new/?what=end:adult&lang=en")
    page.fill("#id_title", "An end")
    page.fill("#id_why", "Tried.")
    page.focus("button[name=look]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#preview-title")
    page.focus("button[name=store]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/changes/C-*/")
    page.fill("#on", "2018-06-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**on=2018-06-01")
    press(page, "a[href$='/withdraw/']")
    page.fill("#id_reason", "Too early.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/changes/C-*/")
    assert "withdrawn" in page.content() and "Too early." in page.content()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_impact_prints_within_the_sheet(
    visit_as: Callable[..., Visit], cast: Any, people: None, lang: str
) -> None:
    from small_change import TITLE, WHY, shift

    from amana.casework import proposals
    from small_office import AT

    ref = proposals.propose(list(shift()), title=TITLE, reason=WHY, by=cast.rules_editor, at=AT)
    visit = visit_as("policy_approver")
    visit.page.set_viewport_size({"width": 703, "height": 980})  # A4 less its margins
    visit.page.emulate_media(media="print")
    visit.page.goto(f"{visit.base}/law/changes/{ref}/?lang={lang}")
    assert visit.sideways(703) == []
    assert visit.page.locator("table.mx").is_visible() and not visit.page.locator("#on").is_visible()
    assert visit.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.scroll'))") <= 0
