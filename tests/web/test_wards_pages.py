"""The desk of a guardian or counsel, and how she is named, in the browser's terms."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import TODAY, committed, site
from small_lists import one_family

from amana.apps.registry.models import Person
from amana.apps.representatives.models import Representative

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
TOKEN = "a" * 32


@pytest.fixture
def child(committed: Callable[..., Any]) -> str:
    committed(one_family())
    return str(Person.objects.get(name_latin="Farid Rahimov").ref)


def asked(client: Client, ref: str, cast: SimpleNamespace, **what: str) -> Any:
    told = {
        "token": TOKEN,
        "account": str(cast.guardian.user_id),
        "capacity": "guardian",
        "ground": "Named by the court of the district.",
        "appointed_on": TODAY.isoformat(),
        "agreed": "unasked",
        **what,
    }
    return client.post(reverse("representatives:representative-ask", args=[ref]), told)


def named(ref: str, cast: SimpleNamespace, signed_in: Callable[..., Client], **what: str) -> None:
    assert asked(signed_in("caseworker"), ref, cast, **what).status_code == 302
    number = Representative.objects.get(state="asked").id
    confirm = reverse("representatives:representative-confirm", args=[ref, number])
    assert signed_in("supervisor").post(confirm).status_code == 302


def test_a_guardian_is_asked_for_confirmed_and_then_finds_her_ward(
    child: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    guardian = signed_in("guardian")
    assert guardian.get("/").headers["Location"] == "/wards/"
    assert b"You stand by nobody" in guardian.get("/wards/").content
    assert guardian.get(f"/wards/{child}/").status_code == 404
    named(child, cast, signed_in, named="on")
    assert child.encode() in guardian.get("/wards/").content
    page = guardian.get(f"/wards/{child}/").content.decode()
    assert "Ask to correct it" in page and "Layla Nasser" in page and "What is not in it" in page
    for tab in ("return", "determinations", "family", "requests", "identity", "placement"):
        assert guardian.get(f"/people/{child}/{tab}/").status_code == 200, tab


def test_who_is_not_named_for_what_is_sealed_finds_those_tabs_shut(
    child: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    named(child, cast, signed_in)
    guardian = signed_in("guardian")
    page = guardian.get(f"/wards/{child}/").content.decode()
    assert "You were not named for what is sealed" in page
    for tab in ("return", "determinations"):
        assert guardian.get(f"/people/{child}/{tab}/").status_code == 404, tab


def test_what_was_typed_stays_where_the_ground_is_no_sentence(
    child: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    answer = asked(signed_in("caseworker"), child, cast, ground="court", view="She is kind to me.")
    assert answer.status_code == 422
    assert b"three words at least" in answer.content and b"She is kind to me." in answer.content


def test_who_asked_sees_no_button_to_confirm_and_is_told_so_where_she_tries(
    child: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    supervisor = signed_in("supervisor")
    asked(supervisor, child, cast)
    number = Representative.objects.get().id
    page = supervisor.get(reverse("representatives:case-list", args=[child])).content.decode()
    confirm = reverse("representatives:representative-confirm", args=[child, number])
    assert confirm not in page
    answer = supervisor.post(confirm)
    assert answer.status_code == 422 and b"Another official" in answer.content


def test_ending_it_shuts_the_desk_and_says_only_when(
    child: str, cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    named(child, cast, signed_in)
    number = Representative.objects.get().id
    end = reverse("representatives:representative-end", args=[child, number])
    client = signed_in("caseworker")
    assert client.post(end, {"reason": "no"}).status_code == 422
    assert client.post(end, {"reason": "The court named somebody else."}).status_code == 302
    page = signed_in("guardian").get("/wards/").content.decode()
    assert child not in page and "tell the independent monitor" in page
    assert signed_in("guardian").get(f"/wards/{child}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("court_liaison", "Nobody is referred to you"),
        ("health_worker", "You have offered no key"),
        ("statistician", "fewer than ten"),
        ("data_protection", "Requests that wait"),
    ],
)
def test_every_role_without_the_office_s_day_has_a_first_page_of_her_own(
    child: str, signed_in: Callable[..., Client], role: str, said: str
) -> None:
    client = signed_in(role)
    assert client.get("/").headers["Location"] == "/desk/"
    page = client.get("/desk/").content.decode()
    assert said in page and child not in page


def test_the_statistician_is_told_a_headcount_in_tens(
    cast: SimpleNamespace, signed_in: Callable[..., Client], tmp_path: Path
) -> None:
    from small_office import settle

    settle(cast.registrar, tmp_path, people=12)
    total = Person.objects.count()
    page = signed_in("statistician").get("/desk/").content.decode()
    assert f"at least {total // 10 * 10}" in page


def test_a_ground_and_a_view_of_the_child_stand_on_no_page_of_the_place(
    child: str, cast: SimpleNamespace, signed_in: Callable[..., Client], site: str
) -> None:
    from registered import AT

    from amana.apps.accounts import teams, viewers

    teams.place(user_id=cast.facility_manager.user_id, team=None, sites=[site], by=viewers.installer(), at=AT)
    named(child, cast, signed_in)
    keeper = signed_in("facility_manager")
    for address in (f"/people/{child}/", f"/people/{child}/assignments/", "/people/", "/"):
        page = keeper.get(address).content.decode()
        assert "Named by the court" not in page and "Warda Hamid" not in page, address
    for tab in ("representatives", "requests", "requests/record"):
        assert keeper.get(f"/people/{child}/{tab}/").status_code == 404
