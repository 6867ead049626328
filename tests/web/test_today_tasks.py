"""The page of the day begins with what is to be done: my breaches, my tasks, then what nobody has taken."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from tasks_birthdays import settle_birthdays
from tasks_raised import open_tasks, raise_all

from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.tasks import commands, kinds
from amana.apps.tasks.models import Task
from amana.web.tasks.reminder import reminder_of
from amana.web.today.work import AT_ONCE, work_of
from small_office import AT, TODAY, settle

BLOCKS = ("breaches-title", "mine-title", "desk-title", "asking-title")


@pytest.fixture
def settled(cast: SimpleNamespace, tmp_path: Path) -> None:
    settle(cast.registrar, tmp_path, people=40)
    raise_all(cast.operator)


def read(client: Client, address: str = "/") -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_tasks_come_first_and_the_birthdays_keep_their_place(
    settled: None, signed_in: Callable[..., Client]
) -> None:
    page = read(signed_in("caseworker"))
    places = [page.index(f'id="{block}"') for block in BLOCKS]
    assert places == sorted(places)
    assert "Birthdays that call for a review" in page and "A review, never a transfer date." in page


@pytest.mark.parametrize("role", ["registrar", "monitor", "rules_editor", "administrator"])
def test_those_without_tasks_see_no_block_of_them(role: str, settled: None, cast: SimpleNamespace) -> None:
    assert work_of(getattr(cast, role), TODAY, office_pack()) is None


def test_what_i_hold_is_mine_and_leaves_the_desk(settled: None, cast: SimpleNamespace) -> None:
    before = work_of(cast.caseworker, TODAY, office_pack())
    task = open_tasks(desk="caseworker").pop(0)
    commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)
    after = work_of(cast.caseworker, TODAY, office_pack())
    assert before and after
    assert after.desk.count == before.desk.count - 1
    assert after.mine.count + after.breaches.count == 1
    held = [row.id for block in (after.mine, after.breaches) for _, rows in block.groups for row in rows]
    assert held == [task.pk]


def test_a_breach_in_my_hands_stands_apart_and_says_since_when(
    settled: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = open_tasks(desk="caseworker")[0]
    since = TODAY - timedelta(days=24)
    with recording(cast.operator, AT):
        Task.objects.filter(pk=task.pk).update(
            kind=kinds.BREACH,
            theme=kinds.BREACHES,
            shelf=kinds.FIRST,
            source="S06:stay:1",
            since=since,
            due=since,
        )
    commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)
    page = read(signed_in("caseworker"))
    block = page[page.index('id="breaches-title"') : page.index('id="mine-title"')]
    assert "open 24 days" in block and task.person_id in block
    assert f'href="/people/{task.person_id}/safeguards/#S06-stay-1"' in block
    mine = page[page.index('id="mine-title"') : page.index('id="desk-title"')]
    assert "My other tasks" in mine and "You hold nothing but the breaches above" in mine
    assert "You hold no task" not in page


def test_late_tasks_come_first_and_say_by_how_many_days(
    settled: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = open_tasks(desk="caseworker")[-1]
    late = TODAY - timedelta(days=12)
    with recording(cast.operator, AT):
        Task.objects.filter(pk=task.pk).update(
            kind=kinds.DUTY, theme=kinds.DUTIES, source="S11:stay:1",
            due=late, due_earliest=late, due_latest=late,
        )  # fmt: skip
    commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)
    page = read(signed_in("caseworker"))
    block = page[page.index('id="mine-title"') : page.index('id="desk-title"')]
    assert "Late" in block and "12 days late" in block


def test_a_long_desk_is_cut_and_leads_to_all_of_it(settled: None, signed_in: Callable[..., Client]) -> None:
    page = read(signed_in("caseworker"))
    desk = open_tasks(desk="caseworker", assignee__isnull=True, shelf=kinds.AFTER)
    block = page[page.index('id="desk-title"') : page.index('id="asking-title"')]
    shown = re.findall(r'href="/tasks/(\d+)/"', block)
    assert shown == [str(task.pk) for task in desk[:AT_ONCE]]
    assert ('href="/tasks/?whose=free"' in block) is (len(desk) > AT_ONCE)


def test_no_birthday_on_the_page_of_the_day_is_a_transfer_or_detention(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    settle_birthdays(cast.registrar)
    raise_all(cast.operator)
    page = read(signed_in("caseworker"))
    for title in ("Protection review", "Contact and assessment review"):
        assert page.count(f">{title}</a>") == 2  # the birthdays' block and the desk's
    rows = re.findall(r"<li>.*?</li>", page)
    reviews = [row for row in rows if "turns " in row]
    assert len(reviews) == 6
    assert not any(re.search("detention|detained|transfer|state home", row.lower()) for row in reviews)


def test_whoever_holds_overdue_tasks_is_reminded_in_counts(settled: None, cast: SimpleNamespace) -> None:
    later = TODAY + timedelta(days=200)
    assert reminder_of(cast.caseworker, later) is None
    overdue = [task for task in open_tasks(desk="caseworker") if task.due < later][:2]
    for task in overdue:
        commands.take(task=task.pk, seen="", by=cast.caseworker, at=AT)
    line = reminder_of(cast.caseworker, later)
    assert overdue and line and line.address == "/tasks/?whose=mine&within=late"
    assert str(len(overdue)) in line.words and "overdue" in line.words
    assert not any(task.person_id in line.words for task in overdue)
    assert reminder_of(cast.caseworker, TODAY) is None or overdue[0].due < TODAY


@pytest.mark.parametrize("role", ["registrar", "monitor", "administrator"])
def test_nobody_else_is_reminded(role: str, settled: None, cast: SimpleNamespace) -> None:
    assert reminder_of(getattr(cast, role), TODAY + timedelta(days=200)) is None


def test_breaches_nobody_has_taken_stand_before_every_overdue_duty_also_for_the_supervisor(
    settled: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = open_tasks(desk="caseworker", assignee__isnull=True)[-1]
    with recording(cast.operator, AT):
        Task.objects.filter(pk=task.pk).update(
            kind=kinds.BREACH, theme=kinds.BREACHES, shelf=kinds.FIRST,
            source="S06:separation:1", since=TODAY, due=TODAY,
        )  # fmt: skip
    for role in ("caseworker", "supervisor"):
        page = read(signed_in(role))
        block = page[page.index('id="broken-title"') : page.index('id="mine-title"')]
        assert task.person_id in block and "Make a determination of best interests" in block
        assert "No separation" in block
        whole = read(signed_in(role), "/tasks/?whose=free")
        first = re.search(r'href="/tasks/(\d+)/"', whole)
        assert first and first.group(1) == str(task.pk)
