"""Pages of administration: the matrix, accounts with their first code, and grants that wait."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client

from amana.apps.accounts import queries
from amana.apps.accounts.roles import ROLES

NEW = {"email": "new@office.example", "name": "Noor Salim", "role": "monitor"}


def test_the_matrix_shows_every_role_to_who_answers_for_it(signed_in: Callable[..., Client]) -> None:
    for role in ("administrator", "monitor", "data_protection"):
        page = signed_in(role).get("/administration/roles/")
        assert page.status_code == 200
        assert all(each.title in page.content.decode() for each in ROLES.values())
    assert signed_in("caseworker").get("/administration/roles/").status_code == 404


def test_an_account_that_needs_a_second_person_waits_for_her(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    administrator = signed_in("administrator")
    page = administrator.post("/administration/accounts/new/", NEW)
    assert page.status_code == 200 and b"/session/first/" not in page.content
    (waiting,) = queries.requested(cast.administrator)
    assert "waits for a second person" in administrator.get("/administration/accounts/").content.decode()
    assert (
        administrator.post(f"/administration/grants/{waiting.id}/", {"answer": "confirm"}).status_code == 404
    )
    monitor = signed_in("monitor")
    assert "Noor Salim" in monitor.get("/administration/grants/").content.decode()
    monitor.post(f"/administration/grants/{waiting.id}/", {"answer": "confirm"})
    assert queries.viewer(waiting.id)


def test_what_is_refused_says_why_and_loses_nothing(signed_in: Callable[..., Client]) -> None:
    client = signed_in("administrator")
    wrong: dict[str, Any] = {**NEW, "email": "caseworker@office.example", "role": "statistician"}
    page = client.post("/administration/accounts/new/", wrong)
    assert page.status_code == 422
    assert "already an account" in page.content.decode() and "Noor Salim" in page.content.decode()


def test_a_closed_account_signs_in_no_more_and_nobody_closes_her_own(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("administrator")
    client.post(f"/administration/accounts/{cast.registrar.user_id}/close/")
    assert queries.viewer(cast.registrar.user_id) is None
    assert client.post(f"/administration/accounts/{cast.administrator.user_id}/close/").status_code == 404


def test_another_role_is_given_with_team_and_places(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("administrator")
    address = f"/administration/accounts/{cast.statistician.user_id}/"
    assert client.post(address, {"role": "caseworker", "team": ""}).status_code == 302
    viewer = queries.viewer(cast.statistician.user_id)
    assert viewer and viewer.role == "caseworker"
