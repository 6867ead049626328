"""Grants that need a second person, roles that exclude each other, teams and their first official."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from amana.apps.accounts import commands, granting, queries, teams, viewers
from amana.apps.accounts.commands import AccountRefused
from amana.apps.accounts.queries import Account
from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def added(role: str, by: Any, email: str = "new@office.example", **what: Any) -> Account:
    return commands.add_user(email=email, name="Noor Salim", role=role, by=by, at=NOW, **what)


@pytest.mark.parametrize("role", ["monitor", "health_worker", "guardian", "data_protection"])
def test_a_role_that_needs_a_second_person_stands_closed_until_confirmed(
    role: str, cast: SimpleNamespace
) -> None:
    account = added(role, cast.administrator)
    assert account.requested and not account.is_active
    assert queries.viewer(account.id) is None
    granting.confirm(user_id=account.id, by=cast.data_protection, at=NOW)
    viewer = queries.viewer(account.id)
    assert viewer and viewer.role == role
    assert AuditEntry.objects.filter(kind="account.confirmed").count() == 1


def test_the_administration_confirms_nothing_and_nobody_confirms_herself(cast: SimpleNamespace) -> None:
    account = added("monitor", cast.administrator)
    for viewer in (cast.administrator, cast.supervisor, cast.operator, cast.outsider):
        with pytest.raises(NotForYou):
            granting.confirm(user_id=account.id, by=viewer, at=NOW)
    herself = viewers.Viewer(account.id, account.audit_id, "monitor")
    with pytest.raises(AccountRefused, match="Somebody else"):
        granting.confirm(user_id=account.id, by=herself, at=NOW)


def test_a_refused_grant_and_a_closed_one_can_not_be_confirmed_later(cast: SimpleNamespace) -> None:
    first, second = added("monitor", cast.administrator), added("guardian", cast.administrator, "g@x.example")
    granting.refuse(user_id=first.id, by=cast.monitor, at=NOW)
    commands.close_account(user_id=second.id, by=cast.administrator, at=NOW)
    for account in (first, second):
        with pytest.raises(AccountRefused, match="No account waits"):
            granting.confirm(user_id=account.id, by=cast.monitor, at=NOW)
        assert queries.viewer(account.id) is None


def test_another_role_that_needs_a_second_person_closes_the_account_meanwhile(cast: SimpleNamespace) -> None:
    commands.set_role(user_id=cast.caseworker.user_id, role="monitor", by=cast.administrator, at=NOW)
    assert queries.viewer(cast.caseworker.user_id) is None
    granting.confirm(user_id=cast.caseworker.user_id, by=cast.data_protection, at=NOW)
    viewer = queries.viewer(cast.caseworker.user_id)
    assert viewer and viewer.role == "monitor" and viewer.circles == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("administrator", "caseworker"),
        ("facility_manager", "monitor"),
        ("consular_officer", "statistician"),
        ("rules_editor", "policy_approver"),
    ],
)
def test_one_person_holds_no_two_roles_that_exclude_each_other(
    one: str, other: str, cast: SimpleNamespace
) -> None:
    added(one, cast.administrator, "one@office.example", person_key="17")
    with pytest.raises(AccountRefused, match="excludes"):
        added(other, cast.administrator, "two@office.example", person_key=" 17 ")
    third = added(
        "registrar" if one != "administrator" else "statistician", cast.administrator, "3@x.example"
    )
    assert third.role


def test_in_a_new_office_the_first_who_confirms_is_made_good_once(db: None) -> None:
    by = viewers.installer()
    commands.open_office(
        name_en="Office", name_ar="مكتب", demonstration=False, stands_on=date(2018, 2, 15), pack="iraq_2018",
        by=by, at=NOW,
    )  # fmt: skip
    monitor = added("monitor", by, "monitor@office.example")
    guardian = added("guardian", by, "guardian@office.example")
    assert monitor.requested and guardian.requested
    with pytest.raises(AccountRefused, match="First comes"):
        granting.confirm_first(email="guardian@office.example", by=by, at=NOW)
    granting.confirm_first(email="monitor@office.example", by=by, at=NOW)
    with pytest.raises(AccountRefused, match="can confirm already"):
        granting.confirm_first(email="guardian@office.example", by=by, at=NOW)


def test_new_people_go_only_to_a_caseworker_in_use(cast: SimpleNamespace) -> None:
    team = queries.team_of(cast.supervisor.user_id)
    assert team
    with pytest.raises(AccountRefused, match="caseworker"):
        teams.name_first_official(
            team=team.ref, user_id=cast.supervisor.user_id, by=cast.administrator, at=NOW
        )
    with pytest.raises(NotForYou):
        teams.name_first_official(team=team.ref, user_id=None, by=cast.supervisor, at=NOW)
    with pytest.raises(AccountRefused, match="no such team"):
        teams.place(user_id=cast.supervisor.user_id, team="T-222222", sites=[], by=cast.administrator, at=NOW)


def test_circles_follow_the_role_and_not_what_the_account_was_given_before(cast: SimpleNamespace) -> None:
    team = queries.team_of(cast.supervisor.user_id)
    assert team and cast.supervisor.circles == (f"team:{team.ref}",)
    assert cast.caseworker.circles == (f"user:{cast.caseworker.user_id}",)
    assert cast.guardian.circles == (f"ward:{cast.guardian.user_id}",)
    teams.place(
        user_id=cast.caseworker.user_id, team=team.ref, sites=["S-222222"], by=cast.administrator, at=NOW
    )
    again = queries.viewer(cast.caseworker.user_id)
    assert again and again.circles == cast.caseworker.circles
    for role in ("monitor", "administrator", "consular_officer", "data_protection", "operator", "outsider"):
        assert getattr(cast, role).circles == ()


@pytest.mark.parametrize("role", ["administrator", "supervisor", "caseworker", "outsider"])
def test_only_who_may_confirm_may_refuse(role: str, cast: SimpleNamespace) -> None:
    account = added("monitor", cast.administrator)
    with pytest.raises(NotForYou):
        granting.refuse(user_id=account.id, by=getattr(cast, role), at=NOW)
    granting.confirm(user_id=account.id, by=cast.data_protection, at=NOW)
    assert queries.viewer(account.id)


def test_an_account_that_does_not_wait_can_not_be_refused(cast: SimpleNamespace) -> None:
    account = added("registrar", cast.administrator)
    with pytest.raises(AccountRefused):
        granting.refuse(user_id=account.id, by=cast.monitor, at=NOW)
    assert queries.viewer(account.id)


@pytest.mark.parametrize("role", ["registrar", "caseworker", "supervisor", "administrator"])
def test_a_role_of_the_administrations_own_stands_at_once(role: str, cast: SimpleNamespace) -> None:
    account = added(role, cast.administrator)
    assert account.is_active and not account.requested


def test_the_first_who_confirms_is_made_good_by_the_administration_alone(cast: SimpleNamespace) -> None:
    with pytest.raises(NotForYou):
        granting.confirm_first(email="x@office.example", by=cast.supervisor, at=NOW)
    with pytest.raises(AccountRefused, match="No account with this e-mail"):
        granting.confirm_first(email="x@office.example", by=cast.administrator, at=NOW)


def test_a_role_that_is_no_more_stands_beside_any(cast: SimpleNamespace) -> None:
    from amana.apps.accounts.models import User
    from amana.apps.audit.recording import recording

    old = added("registrar", cast.administrator, "one@office.example", person_key="17")
    with recording(cast.administrator, NOW):
        User.objects.filter(pk=old.id).update(role="retired")
    assert added("caseworker", cast.administrator, "two@office.example", person_key="17").is_active
