"""Tasks and the day, walked in real Chromium in both languages and widths; taken, handed over, undone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from chromium import LANGUAGES, WIDTHS, Visit, press

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
from tasks_birthdays import settle_birthdays
from tasks_raised import AT, TODAY, open_tasks, raise_all

from amana.apps.tasks import commands
from amana.apps.tasks.kinds import BIRTHDAYS
from amana.casework.sweep import sweep_all
from small_office import settle

pytestmark = pytest.mark.django_db(transaction=True)

EVERY = [(lang, width) for lang in LANGUAGES for width in WIDTHS]
NOTE = "The mother was asked; her answer comes on Sunday."


@pytest.fixture
def office_at_work(cast: SimpleNamespace, tmp_path: Path) -> SimpleNamespace:
    """An office with tasks of every kind its records ask for; the caseworker holds a few."""
    settle(cast.registrar, tmp_path, people=60)
    sweep_all(on=TODAY, by=cast.operator, at=AT)
    held = [task for theme in ("breaches", "duties", "questions") for task in open_tasks(theme=theme)[:3]]
    for task in held:
        commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)
    return SimpleNamespace(task=held[0].pk if held else open_tasks()[0].pk)


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_lists_of_tasks_hold_every_rule(
    visit_as: Callable[..., Visit], office_at_work: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    visit.check_page("/tasks/", lang, width, "tasks-mine")
    visit.check_page("/tasks/?whose=free&within=30", lang, width, "tasks-desk")
    visit.check_page("/tasks/?whose=all&what=questions", lang, width, "tasks-questions")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_a_task_and_the_day_hold_every_rule(
    visit_as: Callable[..., Visit], office_at_work: SimpleNamespace, lang: str, width: int
) -> None:
    visit = visit_as("caseworker")
    visit.check_page(f"/tasks/{office_at_work.task}/", lang, width, "task")
    visit.check_page("/", lang, width, "today-tasks")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_empty_lists_hold_every_rule(visit_as: Callable[..., Visit], lang: str, width: int) -> None:
    visit = visit_as("caseworker")
    visit.check_page("/tasks/", lang, width, "tasks-none")
    visit.check_page("/tasks/?whose=all&what=breaches", lang, width, "tasks-no-match")


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_review_of_a_birthday_holds_every_rule(
    visit_as: Callable[..., Visit], cast: SimpleNamespace, lang: str, width: int
) -> None:
    settle_birthdays(cast.registrar)
    raise_all(cast.operator)
    visit = visit_as("caseworker")
    review = open_tasks(kind__in=BIRTHDAYS)[0].pk
    visit.check_page("/tasks/?whose=all&what=reviews", lang, width, "tasks-reviews")
    visit.check_page(f"/tasks/{review}/", lang, width, "task-review")


def test_a_task_is_taken_handed_over_and_the_hand_over_undone_without_javascript(
    chromium: object, visit_as: Callable[..., Visit], office_at_work: SimpleNamespace, cast: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies(visit.page.context.cookies())
    page = context.new_page()
    page.goto(f"{visit.base}/tasks/?whose=free&lang=en")
    page.locator("main button:has-text('Take it')").first.click()
    page.goto(f"{visit.base}/tasks/{office_at_work.task}/")
    page.locator("#id_to").select_option(str(cast.supervisor.user_id))
    press(page, "main button:has-text('Hand it over')")
    assert "Say how far it is" in page.locator("[role=alert]").inner_text()
    page.fill("#id_note", NOTE)
    press(page, "main button:has-text('Hand it over')")
    assert NOTE in page.content() and "held by Hana Qasim" in page.locator("main").inner_text()
    press(page, "main button:has-text('Undo this step')")
    assert "You hold it." in page.locator("main").inner_text()
    context.close()


def test_a_hand_over_is_made_by_keyboard_alone(
    visit_as: Callable[..., Visit], office_at_work: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    page = visit.page
    page.goto(f"{visit.base}/tasks/{office_at_work.task}/?lang=en")
    page.focus("#id_to")
    page.keyboard.type("Hana")
    page.keyboard.press("Tab")
    page.keyboard.type(NOTE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=held by Hana Qasim")


def test_the_list_prints_without_its_buttons(
    visit_as: Callable[..., Visit], office_at_work: SimpleNamespace
) -> None:
    visit = visit_as("caseworker")
    visit.page.set_viewport_size({"width": 703, "height": 980})
    visit.page.emulate_media(media="print")
    visit.page.goto(f"{visit.base}/tasks/?whose=free&lang=en")
    assert visit.sideways(703) == []
    assert visit.page.locator(".rows li").first.is_visible()
    assert not visit.page.locator("main form").first.is_visible()
