"""The list of tasks: by due date, by hand and desk; who is named, to whom, and nothing by an outcome."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from saying_why import saying_why

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from tasks_birthdays import settle_birthdays
from tasks_raised import open_tasks, raise_all

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.models import ReadEntry, ReadSubject
from amana.apps.audit.recording import recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.tasks import commands, kinds
from amana.apps.tasks.models import Task
from amana.core.safeguards import DISCLOSING
from amana.web.tasks.filters import narrowing
from amana.web.tasks.words import title_of
from amana.wording.findings import act_in_words
from small_office import AT, TODAY, settle


@pytest.fixture
def raised(cast: SimpleNamespace, tmp_path: Path) -> None:
    settle(cast.registrar, tmp_path, people=40)
    raise_all(cast.operator)


@pytest.fixture
def birthdays(cast: SimpleNamespace) -> dict[str, str]:
    refs = settle_birthdays(cast.registrar)
    raise_all(cast.operator)
    return refs


def read(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def listed(page: str) -> list[int]:
    """The tasks on a page, in their order."""
    return [int(each) for each in re.findall(r'<a href="/tasks/(\d+)/">Details', page)]


def everything(client: Client, query: str) -> list[int]:
    """All pages of a list, one after another."""
    found, address = [], f"/tasks/?{query}"
    while True:
        page = read(client, address)
        found += listed(page)
        more = re.search(r'href="(\?[^"]*after=\d+[^"]*)" rel="next"', page)
        if not more:
            return found
        address = f"/tasks/{more[1].replace('&amp;', '&')}"


def test_whoever_holds_nothing_is_led_to_her_desk(raised: None, signed_in: Callable[..., Client]) -> None:
    page = read(signed_in("caseworker"), "/tasks/")
    assert "You hold no task" in page and 'href="/tasks/?whose=free"' in page


def test_an_office_without_tasks_says_that_nothing_is_to_be_done(signed_in: Callable[..., Client]) -> None:
    page = read(signed_in("supervisor"), "/tasks/?whose=all")
    assert "Nothing is to be done here" in page


def test_the_pages_hold_every_task_once_the_soonest_first(
    raised: None, signed_in: Callable[..., Client]
) -> None:
    assert everything(signed_in("caseworker"), "whose=all") == [task.pk for task in open_tasks()]
    desk = [task.pk for task in open_tasks(desk="caseworker")]
    assert everything(signed_in("caseworker"), "whose=desk") == desk


def test_a_list_is_narrowed_by_theme_and_by_how_soon(raised: None, signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker")
    for theme in kinds.THEMES:
        wanted = [task.pk for task in open_tasks(theme=theme)]
        assert everything(client, f"whose=all&what={theme}") == wanted
    late = [task.pk for task in open_tasks(due__lt=TODAY)]
    assert everything(client, "whose=all&within=late") == late


def test_taken_tasks_leave_what_nobody_has_taken(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client, task = signed_in("caseworker"), open_tasks()[0].pk
    answer = client.post(f"/tasks/{task}/take/", {"seen": "", "next": "/tasks/?whose=free"})
    assert answer.headers["Location"] == "/tasks/?whose=free"
    assert task in listed(read(client, "/tasks/?whose=mine"))
    assert task not in everything(client, "whose=free")
    assert "held by you" in read(client, "/tasks/?whose=mine")


def test_all_reviews_are_one_theme_so_that_nobody_is_listed_by_what_may_follow(
    raised: None, signed_in: Callable[..., Client]
) -> None:
    from django.http import QueryDict

    from amana.web.tasks.filters import chosen

    client = signed_in("caseworker")
    for asked in ("protection_review", "contact_review", "reported_detention_possible"):
        assert client.get(f"/tasks/?whose=all&what={asked}").status_code == 422
    addresses = " ".join(link.address for link in narrowing(chosen(QueryDict("whose=all"))))
    assert "protection" not in addresses and "what=reviews" in addresses


@pytest.mark.parametrize("query", ["whose=theirs", "what=x", "within=1000", "whose=free&what=%27"])
def test_what_the_address_does_not_know_is_told(query: str, signed_in: Callable[..., Client]) -> None:
    answer = signed_in("caseworker").get(f"/tasks/?{query}")
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()


def test_a_review_is_named_by_itself_and_never_by_a_transfer_or_detention(
    birthdays: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    reviews = open_tasks(kind__in=kinds.BIRTHDAYS)
    assert len(reviews) == 3
    client = signed_in("caseworker")
    for task in reviews:
        page = read(client, f"/tasks/{task.pk}/")
        main = page[page.index("<main") : page.index("</main>")].lower()
        told = main.replace("nobody is moved because of a birthday", "")
        assert not re.search("detention|detained|transfer|moved|state home|juvenile", told)
        assert "turns " in told


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("anora", kinds.CONTACT, "Contact and assessment review"),
        ("farid", kinds.PROTECTION, "Protection review"),
    ],
)
def test_a_fourth_and_a_fifteenth_birthday_are_called_by_their_reviews(
    name: str, kind: str, words: str, birthdays: dict[str, str], cast: SimpleNamespace
) -> None:
    from amana.apps.tasks import queries

    (task,) = open_tasks(person=birthdays[name], kind__in=kinds.BIRTHDAYS)
    assert task.kind == kind
    assert title_of(queries.task(cast.caseworker, task.pk, on=TODAY).line, office_pack()) == words


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_no_page_of_tasks_names_an_outcome(lang: str, raised: None, signed_in: Callable[..., Client]) -> None:
    outcomes = office_pack().decisions["placement"].outcomes.values()
    never = [outcome.label[lang] for outcome in outcomes if not outcome.actionable]
    page = read(signed_in("caseworker"), f"/tasks/?whose=all&what=reviews&lang={lang}")
    assert never and not any(words in page for words in never)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_only_those_who_have_tasks_see_any(role: str, raised: None, signed_in: Callable[..., Client]) -> None:
    client, task = signed_in(role), open_tasks()[0].pk
    expected = 200 if "tasks.see" in ROLES[role].may else 404
    assert client.get("/tasks/").status_code == expected
    assert client.get(f"/tasks/{task}/").status_code == expected
    assert ("/tasks/" in read(client, "/session/you/")) is (expected == 200)


def test_the_monitor_has_no_tasks(raised: None, signed_in: Callable[..., Client]) -> None:
    client, task = signed_in("monitor"), open_tasks()[0].pk
    assert client.get("/tasks/?whose=all").status_code == 404
    assert client.post(f"/tasks/{task}/take/", {"seen": ""}).status_code == 404


def test_people_are_named_only_to_those_who_may_see_people(
    raised: None, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, signed_in: Callable[..., Client]
) -> None:
    from dataclasses import replace

    role = ROLES["caseworker"]
    blind = replace(role, may=role.may - {"people.see", "people.amend", "reviews.see"})
    monkeypatch.setitem(ROLES, "caseworker", blind)
    client = signed_in("caseworker")
    pages = read(client, "/tasks/?whose=all") + read(client, f"/tasks/{open_tasks()[0].pk}/")
    assert listed(pages) and not re.search(r"P-[2-9A-Z]{6}", pages)
    assert not ReadEntry.objects.exists()


def test_whoever_is_listed_stands_in_the_read_log(raised: None, signed_in: Callable[..., Client]) -> None:
    read(signed_in("caseworker"), "/tasks/?whose=all")
    shown = {task.person_id for task in open_tasks()[:25]}
    assert set(ReadSubject.objects.values_list("ref", flat=True)) == shown


def test_a_task_that_is_not_there_answers_like_an_address_that_is_not(
    signed_in: Callable[..., Client],
) -> None:
    assert signed_in("caseworker").get("/tasks/999999/").status_code == 404
    assert signed_in("caseworker").get(f"/tasks/{10**30}/").status_code == 404


def test_more_than_a_thousand_are_told_as_more_and_not_counted(
    raised: None, cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from amana.apps.tasks import queries

    monkeypatch.setattr(queries, "MOST", 3)
    page = queries.tasks(cast.caseworker, on=TODAY, scope="all")
    assert page.many and page.count == 4


def test_an_ended_task_says_why_it_ended(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    from amana.apps.audit.recording import recording
    from amana.apps.tasks import raising

    task = open_tasks()[0].pk
    with recording(cast.operator, AT):
        raising.close({raising.SOURCE_ENDED: [task]}, on=TODAY)
    page = read(signed_in("caseworker"), f"/tasks/{task}/")
    assert "Ended: what it came from has ended." in page and "Hand it over" not in page
    assert task not in everything(signed_in("caseworker"), "whose=all")


def test_tasks_read_in_arabic(raised: None, signed_in: Callable[..., Client]) -> None:
    page = read(signed_in("caseworker"), "/tasks/?whose=all&lang=ar")
    assert 'lang="ar" dir="rtl"' in page and listed_arabic(page)


def listed_arabic(page: str) -> bool:
    return Task.objects.filter(pk__in=re.findall(r'href="/tasks/(\d+)/"', page)).exists()


def test_a_task_handed_over_is_found_by_its_new_holder(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task, note = open_tasks(desk="caseworker")[0].pk, "Ask again on Sunday."
    commands.take(task=task, seen="", by=cast.caseworker, at=AT)
    form = {"to": str(cast.supervisor.user_id), "note": note, "seen": str(cast.caseworker.user_id)}
    assert signed_in("caseworker").post(f"/tasks/{task}/hand-over/", form).status_code == 302
    page = read(saying_why(signed_in("supervisor")), f"/tasks/{task}/")
    assert note in page and "You hold it." in page
    assert "Handed over by <bdi>Layla Nasser</bdi> to <bdi>Hana Qasim</bdi>" in page
    assert "Undo this step" not in page
    mine = read(signed_in("caseworker"), f"/tasks/{task}/")
    step = re.search(r'name="step" value="(\d+)"', mine)
    assert step
    signed_in("caseworker").post(f"/tasks/{task}/undo/", {"step": step[1]})
    assert "You hold it." in read(signed_in("caseworker"), f"/tasks/{task}/")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"note": ""}, "Say how far it is"),
        ({"to": ""}, "Choose a colleague."),
        ({"note": "x" * 501}, "500"),
        ({"to": "00000000-0000-4000-8000-000000000009"}, "Select a valid choice"),
    ],
)
def test_a_hand_over_that_lacks_something_keeps_what_was_typed(
    changed: dict[str, str], told: str, raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = open_tasks(desk="caseworker")[0].pk
    form = {"to": str(cast.supervisor.user_id), "note": "Half done.", "seen": "", **changed}
    answer = signed_in("caseworker").post(f"/tasks/{task}/hand-over/", form)
    page = answer.content.decode()
    assert answer.status_code == 422 and told in page
    assert form["note"][:10] in page


def test_a_task_taken_meanwhile_says_who_holds_it_now(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = open_tasks(desk="caseworker")[0].pk
    commands.take(task=task, seen="", by=cast.supervisor, at=AT)
    answer = signed_in("caseworker").post(f"/tasks/{task}/take/", {"seen": ""})
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 422 and "It passed to another hand" in page and "Hana Qasim" in page


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_taking_leads_to_no_other_site(
    elsewhere: str, raised: None, signed_in: Callable[..., Client]
) -> None:
    task = open_tasks(desk="caseworker")[0].pk
    answer = signed_in("caseworker").post(f"/tasks/{task}/take/", {"seen": "", "next": elsewhere})
    assert answer.headers["Location"] == f"/tasks/{task}/"


def of_safeguard(source: str, by: Viewer, **more: Any) -> Task:
    """The first task of the caseworkers' desk, as one of that safeguard."""
    task = open_tasks(desk="caseworker")[0]
    with recording(by, AT):
        Task.objects.filter(pk=task.pk).update(
            kind=kinds.BREACH, theme=kinds.BREACHES, shelf=kinds.FIRST, source=source, **more
        )
    return task


def test_the_task_of_a_breach_leads_to_the_acts_that_clear_it(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = of_safeguard("S06:stay:1", cast.operator)
    page, case = read(signed_in("caseworker"), f"/tasks/{task.pk}/"), f"/people/{task.person_id}"
    assert "What can be done" in page
    assert f'<a href="{case}/determinations/new/">' in page
    assert f'href="{case}/safeguards/#S06-stay-1"' in page


def test_no_task_leads_to_an_act_that_tells_a_country_anything(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    safeguards = office_pack().safeguards.values()
    telling = {each.id: {act.act for act in each.remedy} & DISCLOSING for each in safeguards}
    assert any(telling.values())
    for safeguard, acts in telling.items():
        for act in acts:
            task = of_safeguard(f"{safeguard}:stay:1", cast.operator)
            page = read(signed_in("caseworker"), f"/tasks/{task.pk}/")
            _before, _heading, after = page.partition("What can be done")
            assert act_in_words(act).lower() not in after.partition("</ul>")[0].lower(), safeguard


def test_a_task_that_has_ended_asks_for_no_act(
    raised: None, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    task = of_safeguard("S06:stay:1", cast.operator, closed_on=TODAY, closed_why="source_ended")
    assert "What can be done" not in read(signed_in("caseworker"), f"/tasks/{task.pk}/")


def test_nobody_makes_ends_or_ticks_off_a_task_by_hand() -> None:
    """No address and no command does; what raises and closes them is for the sweep alone."""
    from amana.web.tasks.urls import urlpatterns

    assert {each.name.partition("-")[2] for each in urlpatterns} == {
        "list", "show", "take", "hand-over", "give-back", "undo",
    }  # fmt: skip


def test_titles_come_in_the_readers_language(raised: None, signed_in: Callable[..., Client]) -> None:
    question: Any = office_pack().facts["birth"].question
    page = read(signed_in("caseworker"), "/tasks/?whose=all&what=questions&lang=ar")
    assert question["ar"] in page
