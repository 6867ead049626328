"""What pages of safeguards, tasks, moves and determinations become once somebody has acted or erred on them.

In both languages and at both widths: with a waiver, after a hand-over, with a form that came back, carried
out, withdrawn, reviewed. The pages as they are first opened are walked beside their features.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, Visit, with_language
from filling import fill, send
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from determined import reported
from moved import acting, place, planned, separated_by, urgent
from small_determination import DETERMINATION, SEPARATION
from small_family import AT, TODAY, settle
from tasks_raised import open_tasks, raise_all

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = "The panel meets on Thursday; until then she is visited every day."


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """A mother and her children at a place of detention, a state home and a hospital, all looked at."""
    from amana.apps.placements.queries import facilities
    from amana.casework.sweep import sweep_all

    found = settle(cast.registrar)
    found.home = next(each.ref for each in facilities(cast.registrar) if each.kind == "state_home")
    found.hospital = place("other", cast.registrar, "Hospital")
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return found


def go(visit: Visit, path: str, lang: str) -> None:
    """Open a page in that language."""
    answer = visit.page.goto(with_language(visit.base + path, lang))
    assert answer.status == 200, f"{path}: {answer.status}"


def wrong(visit: Visit, lang: str, name: str) -> None:
    """Send the form as it stands, and hold what comes back with its errors to every rule."""
    send(visit.page)
    visit.page.wait_for_selector("main [role=alert]")
    visit.complaints.clear()  # the browser itself reports the 422
    visit.check_widths(lang, name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_waiver_on_show_and_the_form_that_ends_it_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str
) -> None:
    from amana.apps.oversight import queries
    from amana.casework.oversight import waive

    late = queries.findings(cast.supervisor, safeguard="S11", on=TODAY, verdict="overdue").rows[0]
    until = TODAY + timedelta(days=20)
    waive(late.id, ground=GROUND, until=until, by=cast.supervisor, at=AT, on=TODAY)
    visit = visit_as("supervisor")
    go(visit, "/oversight/?state=waived", lang)
    visit.check_widths(lang, "oversight-waived")
    go(visit, "/oversight/S11/", lang)
    expect(visit.page.locator(f"#finding-{late.id}")).to_contain_text(GROUND)
    visit.check_widths(lang, "oversight-findings-waived")
    go(visit, f"/people/{late.person}/safeguards/", lang)
    visit.check_widths(lang, "case-safeguards-waived")
    go(visit, f"/oversight/S11/{late.id}/end/", lang)
    visit.check_widths(lang, "oversight-end")
    wrong(visit, lang, "oversight-end-wrong")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_done_and_what_is_planned_stand_apart_on_the_board(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str
) -> None:
    from amana.casework import amend

    amend.move(
        person=family.yusuf,
        facility=family.home,
        moved_on=TODAY - timedelta(days=9),
        source="list of transfers",
        grounds=("age_threshold",),
        decided_by="authority",
        by=cast.registrar,
        at=AT,
        on=TODAY,
    )
    planned(family.safiya, family.home, cast.caseworker)
    visit = visit_as("caseworker")
    go(visit, "/oversight/", lang)
    visit.check_widths(lang, "oversight-planned")
    go(visit, "/oversight/S06/", lang)
    expect(visit.page.locator("tbody tr")).to_have_count(2)
    visit.check_widths(lang, "oversight-findings-planned")
    visit.page.goto(with_language(f"{visit.base}/oversight/?state=nothing", lang))
    visit.complaints.clear()
    visit.check_widths(lang, "oversight-strange")
    visit_as("monitor")
    go(visit, "/oversight/S06/", lang)
    visit.check_widths(lang, "oversight-monitor-planned")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_task_in_other_hands_with_a_note_and_one_handed_over_wrongly_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str
) -> None:
    from amana.apps.tasks import commands

    raise_all(cast.operator)
    task = open_tasks(theme="duties")[0].pk
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    visit = visit_as("caseworker")
    go(visit, f"/tasks/{task}/", lang)
    visit.page.select_option("#id_to", str(cast.supervisor.user_id))
    visit.page.locator("form[action$='/hand-over/'] button").click()
    visit.page.wait_for_selector("main [role=alert]")
    visit.complaints.clear()
    visit.check_widths(lang, "task-hand-over-wrong")
    visit.page.fill("#id_note", GROUND)
    visit.page.locator("form[action$='/hand-over/'] button").click()
    visit.page.wait_for_load_state()
    go(visit, f"/tasks/{task}/", lang)
    expect(visit.page.locator("main")).to_contain_text(GROUND)
    visit.check_widths(lang, "task-handed-over")
    visit_as("supervisor")
    go(visit, f"/tasks/{task}/", lang)
    visit.check_widths(lang, "task-received")
    go(visit, "/", lang)
    visit.check_widths(lang, "today-supervisor")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_of_moves_that_came_back_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    for form in ("new", "urgent", "happened"):
        go(visit, f"/people/{family.yusuf}/moves/{form}/", lang)
        wrong(visit, lang, f"moves-{form}-wrong")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_moves_that_are_withdrawn_carried_out_or_reviewed_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str
) -> None:
    from amana.casework import moves

    given_up = planned(family.safiya, family.home, cast.caseworker)
    moves.withdraw_move(given_up, reason="The child stays with her mother.", **acting(cast.caseworker))
    separated_by(family.yusuf, cast)
    ready = planned(family.yusuf, family.home, cast.caseworker, grounds=("safety",), care_identified=True)
    moved = urgent(family.rustam, family.hospital, cast.caseworker)
    visit = visit_as("supervisor")
    go(visit, f"/people/{family.safiya}/moves/{given_up}/", lang)
    visit.say_why()
    visit.check_widths(lang, "moves-withdrawn")
    go(visit, f"/people/{family.yusuf}/moves/{ready}/", lang)
    visit.say_why()
    visit.check_widths(lang, "moves-ready")
    go(visit, f"/people/{family.rustam}/moves/urgent/{moved}/", lang)
    visit.say_why()
    visit.page.locator("form[action$='/review/'] button").click()
    visit.page.wait_for_selector("main [role=alert]")
    visit.complaints.clear()
    visit.check_widths(lang, "moves-urgent-review-wrong")
    moves.carry_out(ready, moved_on=TODAY, **acting(cast.caseworker))
    go(visit, f"/people/{family.yusuf}/moves/{ready}/", lang)
    visit.check_widths(lang, "moves-carried-out")
    go(visit, f"/people/{family.yusuf}/moves/", lang)
    visit.check_widths(lang, "moves-done")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_forms_of_determinations_that_came_back_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, lang: str
) -> None:
    visit = visit_as("caseworker")
    tab = f"/people/{family.safiya}/determinations/"
    for form in ("new", "assessment", "court", "reported"):
        go(visit, f"{tab}{form}/", lang)
        wrong(visit, lang, f"{form}-wrong")
    visit.page.goto(f"{visit.base}{tab}new/")
    fill(visit.page, DETERMINATION)
    visit.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    visit.check_widths(lang, "determination-unfolded")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_approval_that_safeguards_stop_and_forms_about_it_hold_every_rule(
    visit_as: Callable[..., Visit], family: SimpleNamespace, cast: SimpleNamespace, lang: str
) -> None:
    visit, tab = visit_as("caseworker"), f"/people/{family.yusuf}/determinations/"
    go(visit, f"{tab}new/", lang)
    fill(visit.page, {**SEPARATION, "grounds": ["family_tie"]})
    send(visit.page)
    visit.press("button[name=store]")
    visit.page.wait_for_url(f"**{tab}D-*/")
    asked = visit.page.url.removeprefix(visit.base)
    go(visit, f"{asked}withdraw/", lang)
    wrong(visit, lang, "withdraw-wrong")
    visit_as("supervisor")
    go(visit, f"{asked}decide/", lang)
    visit.say_why()
    wrong(visit, lang, "decide-wrong")
    visit.page.check("input[value=approve]")
    visit.page.fill("#id_reason", "It was asked for.")
    wrong(visit, lang, "decide-stopped")
    visit_as("caseworker")
    reported(family.yusuf, cast.caseworker, decides="separation", grounds=("family_tie",))
    go(visit, tab, lang)
    visit.check_widths(lang, "determinations-reported")
