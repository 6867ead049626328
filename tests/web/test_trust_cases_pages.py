"""What somebody tries at the pages of a case: another person's record under this person's address, a list of
children by what the protocol may do to them, words of a case where a watcher from outside reads.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from small_determination import ASSESSMENT, at, made, send
from small_family import AT, TODAY, settle

from amana.apps.accounts.roles import ROLES
from amana.apps.registry.models import Person
from amana.apps.tasks.kinds import THEMES
from amana.apps.tasks.queries import tasks
from amana.casework.sweep import sweep_all

Client_ = Callable[..., Client]
NEVER = ("may_be_detained", "detained_juvenile", "protection_review")
WATCHERS = ("monitor", "rules_editor", "policy_approver", "administrator")


@pytest.fixture
def swept(cast: SimpleNamespace) -> SimpleNamespace:
    family = settle(cast.registrar)
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return family


@pytest.mark.django_db
def test_a_determination_does_not_open_under_another_persons_address(
    swept: SimpleNamespace, signed_in: Client_
) -> None:
    first, other = swept.safiya, Person.objects.exclude(ref=swept.safiya).values_list("ref", flat=True)[0]
    dref = made(send(signed_in("caseworker"), at(first, "assessment/"), ASSESSMENT, store="yes"))
    client = signed_in("supervisor")
    assert client.get(f"/people/{first}/determinations/{dref}/").status_code == 200
    strange = client.get(f"/people/{other}/determinations/{dref}/")
    absent = client.get(f"/people/{other}/determinations/D-222222/")
    assert (strange.status_code, absent.status_code) == (404, 404)
    assert client.post(f"/people/{other}/determinations/{dref}/approve/", {}).status_code in (404, 405)


@pytest.mark.django_db
@pytest.mark.parametrize("role", WATCHERS)
def test_whoever_sees_no_person_gets_one_answer_for_what_is_there_and_what_is_not(
    swept: SimpleNamespace, signed_in: Client_, role: str
) -> None:
    ref = swept.safiya
    dref = made(send(signed_in("caseworker"), at(ref, "assessment/"), ASSESSMENT, store="yes"))
    client = signed_in(role)
    for page in ("determinations/", "moves/", "safeguards/", f"determinations/{dref}/"):
        there = client.get(f"/people/{ref}/{page}")
        nowhere = client.get(f"/people/P-222222/{page}")
        assert (there.status_code, nowhere.status_code) == (404, 404)
    assert client.get("/tasks/").status_code == 404
    assert client.get("/determinations/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("value", NEVER)
@pytest.mark.parametrize(
    "address", ["/oversight/?state={}", "/oversight/S12/?state={}", "/people/?finding={}"]
)
def test_no_list_takes_an_outcome_that_is_never_acted_on(
    swept: SimpleNamespace, signed_in: Client_, address: str, value: str
) -> None:
    assert signed_in("operator").get(address.format(value)).status_code in (404, 422)


@pytest.mark.django_db
@pytest.mark.parametrize("value", NEVER)
def test_no_list_of_tasks_is_narrowed_to_those_who_may_be_detained(
    swept: SimpleNamespace, cast: SimpleNamespace, value: str
) -> None:
    every = tasks(cast.supervisor, on=TODAY, scope="all")
    assert every.count and tasks(cast.supervisor, on=TODAY, scope="all", theme=value).count == every.count
    assert value not in THEMES


@pytest.mark.django_db
def test_the_monitor_reads_no_reference_and_no_name_on_any_page_of_oversight(
    swept, signed_in: Client_
) -> None:
    client = signed_in("monitor")
    known = list(Person.objects.values_list("ref", "name_latin", "name_ar"))
    pages = ["/oversight/", *(f"/oversight/{each}/" for each in ("S06", "S11", "S12", "S15", "S19"))]
    for page in pages:
        text = client.get(page).content.decode()
        for row in known:
            assert not [each for each in row if each and each in text], page


def test_nobody_but_who_works_on_a_case_or_stands_by_the_person_sees_determinations() -> None:
    may = {role for role, entry in ROLES.items() if "determinations.see" in entry.may}
    assert may == {"caseworker", "supervisor", "guardian", "operator"}
    both = {
        role
        for role, entry in ROLES.items()
        if {"determinations.write", "determinations.approve"} <= entry.may
    }
    assert both == {"operator"}
