"""A child of three nears four: from the review that comes up ahead to the determination that she stays.

Walked in real Chromium by a caseworker and a supervisor, each on a sign-in of her own, in both languages.
What is read is what the page says in that language; every page is held to axe and to its width.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from chromium import LANGUAGES, PICTURED, Visit
from django.utils import translation
from filling import fill, send
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from moved import place
from small_determination import DETERMINATION
from tasks_birthdays import settle_birthdays
from tasks_raised import AT, TODAY

pytestmark = pytest.mark.django_db(transaction=True)

PLANNED_FOR = "2018-03-11"
"""The day after the child's fourth birthday."""
STOPPING = ("S06", "S07", "S08", "S09")
TRANSFER = ("transfer", "نقل")


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """Anora, three, with her mother at a place of detention; a state home; the office as a night left it."""
    from amana.casework import nightly

    refs = settle_birthdays(cast.registrar)
    home = place("state_home", cast.registrar, "State home 2")
    nightly.run(on=TODAY, by=cast.operator, at=AT)
    return SimpleNamespace(home=home, **refs)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_child_nearing_four_stays_with_her_mother_and_the_board_follows(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    visit.page.goto(f"{visit.base}/?lang={lang}")
    review = _the_review_comes_up(visit, family, lang)
    plan = _an_attempted_separation_stops(visit, family, lang)
    _the_board_shows_it(visit, family, lang)
    decided = _that_she_stays_is_determined(visit, family, lang)
    _a_second_person_approves(visit_as("supervisor"), decided, lang)
    visit_as("caseworker")
    _the_plan_is_withdrawn(visit, plan, decided, lang)
    _she_is_with_her_mother(visit, family, lang)
    _the_review_is_over(visit, family, review, lang)
    _the_board_follows(visit, family, lang)


def _the_review_comes_up(visit: Visit, family: SimpleNamespace, lang: str) -> str:
    """On the page of the day and among the tasks, by its name; the address of its task."""
    page, named = visit.page, told(lang, "Contact and assessment review")
    seen = opened(visit, "/").locator("li", has_text=family.anora).filter(has_text=named)
    expect(seen).to_have_count(2)  # the task, and the birthday behind it
    never_a_transfer(seen, lang)
    visit.check_widths(lang, "story-today")
    rows = opened(visit, "/tasks/?whose=all&what=reviews").locator("li", has_text=family.anora)
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(named)
    never_a_transfer(rows, lang)
    hold(visit, lang, "story-tasks")
    rows.locator("a[href^='/tasks/']").click()
    page.wait_for_url("**/tasks/*/")
    expect(page.locator("h1")).to_have_text(named)
    return here(visit)


def _an_attempted_separation_stops(visit: Visit, family: SimpleNamespace, lang: str) -> str:
    """The plan names each missing safeguard with what would clear it; carrying it out moves nobody."""
    page = visit.page
    opened(visit, f"/people/{family.anora}/moves/new/")
    page.select_option("#id_facility", family.home)
    page.fill("#id_planned_for", PLANNED_FOR)
    page.check("input[name=grounds][value=age_threshold]")
    page.fill("#id_reason", "She turns four on the day before.")
    hold(visit, lang, "story-plan-form")
    send(page)
    page.wait_for_url("**/moves/M-**")
    plan = here(visit)
    _names_what_is_missing(page, lang)
    page.fill("#id_moved_on", str(TODAY))
    visit.press("form[action$='carry-out/'] button")
    page.wait_for_selector("main [role=alert]")
    visit.complaints.clear()  # the browser itself reports the 422
    expect(page.locator("main [role=alert]")).to_contain_text(told(lang, "The move was stopped"))
    _names_what_is_missing(page, lang)
    visit.check_widths(lang, "story-stopped")
    return plan


def _names_what_is_missing(page: Any, lang: str) -> None:
    expect(page.locator("article.finding")).to_have_count(len(STOPPING))
    for each in STOPPING:
        finding = page.locator("article.finding", has_text=law(lang, each, "title"))
        expect(finding).to_contain_text(law(lang, each, "clears"))
        expect(finding).to_contain_text(told(lang, "planned, not done"))
    expect(page.locator("main")).not_to_contain_text(told(lang, "consult the consulate"), ignore_case=True)


def _the_board_shows_it(visit: Visit, family: SimpleNamespace, lang: str) -> None:
    board = opened(visit, "/oversight/")
    for each in STOPPING:
        expect(board.locator("tr", has_text=law(lang, each, "title")).locator("td.n")).to_have_text("1")
    visit.check_widths(lang, "story-board")
    board.get_by_role("link", name=law(lang, "S06", "title")).click()
    visit.page.wait_for_url("**/oversight/S06/")
    row = visit.page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator(f"a[href='/people/{family.anora}/safeguards/']")).to_be_visible()
    expect(row).to_contain_text(told(lang, "planned, not done"))
    hold(visit, lang, "story-board-findings")


def _that_she_stays_is_determined(visit: Visit, family: SimpleNamespace, lang: str) -> str:
    """With panel, options, views and reasons; the address of what now waits for a second person."""
    page = visit.page
    opened(visit, f"/people/{family.anora}/determinations/")
    visit.press("main a[href$='/determinations/new/']")
    page.wait_for_url("**/determinations/new/")
    fill(page, {**DETERMINATION, "decided_on": str(TODAY)})
    hold(visit, lang, "story-determination")
    send(page)
    visit.press("button[name=store]")
    page.wait_for_url("**/determinations/D-*/")
    expect(page.locator("#waits-title")).to_be_visible()
    expect(page.locator("a[href$='/decide/']")).to_have_count(0)
    hold(visit, lang, "story-determination-waits")
    return here(visit)


def _a_second_person_approves(visit: Visit, decided: str, lang: str) -> None:
    page = visit.page
    opened(visit, "/determinations/")
    visit.press(f"main a[href='{decided}decide/']")
    visit.say_why()
    page.check("input[value=approve]")
    page.fill("#id_reason", "Everybody was heard and every option weighed.")
    hold(visit, lang, "story-decide")
    send(page)
    page.wait_for_url(f"**{decided}")
    expect(page.locator(".head").first).to_contain_text(told(lang, "approved, in force"))
    hold(visit, lang, "story-approved")


def _the_plan_is_withdrawn(visit: Visit, plan: str, decided: str, lang: str) -> None:
    page = visit.page
    stays = told(lang, "A determination in force decides that the child stays with the mother.")
    expect(opened(visit, plan).locator("p", has_text=stays)).to_contain_text(decided.split("/")[-2])
    hold(visit, lang, "story-plan-decided")
    page.fill("form[action$='/withdraw/'] [name=reason]", "The determination says that she stays.")
    visit.press("form[action$='/withdraw/'] button")
    page.wait_for_selector("main [role=status]")
    expect(page.locator(".head").first).to_contain_text(told(lang, "withdrawn"))
    expect(page.locator("form[action$='carry-out/']")).to_have_count(0)
    hold(visit, lang, "story-withdrawn")


def _she_is_with_her_mother(visit: Visit, family: SimpleNamespace, lang: str) -> None:
    """One stay, which goes on, at the place where her mother is."""
    site = {"en": "Site A", "ar": "الموقع أ"}[lang]
    for who in (family.zarina, family.anora):
        tab = opened(visit, f"/people/{who}/placement/")
        stays = tab.locator("section[aria-labelledby=stays] tbody tr")
        expect(stays).to_have_count(1)
        expect(stays).to_contain_text(site)
        expect(stays).to_contain_text(told(lang, "now"))
    expect(tab).not_to_contain_text("State home 2")
    hold(visit, lang, "story-placement")


def _the_review_is_over(visit: Visit, family: SimpleNamespace, review: str, lang: str) -> None:
    expect(opened(visit, review)).to_contain_text(
        told(lang, "Ended: an assessment or determination was made.")
    )
    hold(visit, lang, "story-review-over")
    rows = opened(visit, "/tasks/?whose=all&what=reviews").locator("li", has_text=family.anora)
    expect(rows.filter(has_text=told(lang, "Contact and assessment review"))).to_have_count(0)


def _the_board_follows(visit: Visit, family: SimpleNamespace, lang: str) -> None:
    """Nothing of the plan is open; the case keeps what was found of it."""
    board = opened(visit, "/oversight/").locator("section[aria-labelledby=board]")
    for each in STOPPING:
        expect(board).not_to_contain_text(law(lang, each, "title"))
    hold(visit, lang, "story-board-after")
    expect(opened(visit, "/oversight/S06/").locator("tbody tr")).to_have_count(0)
    tab = opened(visit, f"/people/{family.anora}/safeguards/")
    expect(tab.locator("section[aria-labelledby=breach]")).to_have_count(0)
    before = tab.locator("section[aria-labelledby=before]")
    for each in STOPPING:
        row = before.locator("tbody tr", has_text=law(lang, each, "title"))
        expect(row).to_contain_text(told(lang, "planned, not done"))
        expect(row).to_contain_text(told(lang, "the facts changed"))
    visit.check_widths(lang, "story-safeguards-after")


def opened(visit: Visit, path: str) -> Any:
    """What a page shows below its frame, in the language of the visit."""
    answer = visit.page.goto(visit.base + path)
    assert answer.status == 200, f"{path}: {answer.status}"
    return visit.page.locator("main")


def here(visit: Visit) -> str:
    """The path of the page that is open."""
    return str(visit.page.url.removeprefix(visit.base))


def hold(visit: Visit, lang: str, name: str) -> None:
    """Hold the page to every rule in one width: the wide one in English, the narrow one in Arabic."""
    visit.page.set_viewport_size({"width": PICTURED[lang], "height": 900})
    visit.check_here(lang, PICTURED[lang], name)


def told(lang: str, text: str) -> str:
    """What pages say for an English text, in that language."""
    with translation.override(lang):
        return str(translation.gettext(text))


def law(lang: str, safeguard: str, part: str) -> str:
    """The words of a safeguard in the office's law, in that language."""
    from amana.apps.decisions.office_pack import office_pack

    words: str = getattr(office_pack().safeguards[safeguard], part)[lang]
    return words


def never_a_transfer(lines: Any, lang: str) -> None:
    """A birthday is named by its review: no transfer and no outcome of the protocol stands beside it."""
    from amana.apps.decisions.office_pack import office_pack

    outcomes = office_pack().decisions["placement"].outcomes.values()
    for line in lines.all_inner_texts():
        for never in (*TRANSFER, *(outcome.label[lang] for outcome in outcomes)):
            assert never.casefold() not in line.casefold(), never
