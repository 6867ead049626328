"""Accounts: e-mail sign-in, roles as data, no power outside them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import IntegrityError, transaction

from amana.apps.accounts import commands, queries, viewers
from amana.apps.accounts.commands import AccountRefused
from amana.apps.accounts.models import Office, User
from amana.apps.accounts.queries import NoOffice, OfficeView
from amana.apps.accounts.roles import PERMISSIONS, ROLES, Role
from amana.apps.accounts.signing_in import check_password_slowly
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.models import AuditEntry, AuditPayload
from amana.apps.audit.recording import recording

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
WORD = "a long enough pass phrase"
pytestmark = pytest.mark.django_db


def add(
    email: str = "amal@office.example", role: str = "registrar", password: str | None = WORD
) -> queries.Account:
    """An account made by the installer."""
    return commands.add_user(
        email=email, name="Amal Jaber", role=role, password=password, by=viewers.installer(), at=NOW
    )


def test_sign_in_takes_the_email_in_any_case() -> None:
    account = add("Amal@Office.example")
    user = authenticate(None, username="amal@office.EXAMPLE", password=WORD)
    assert user is not None
    assert user.pk == account.id


def test_a_wrong_password_an_unknown_email_and_a_closed_account_look_alike() -> None:
    account = add()
    assert authenticate(None, username="amal@office.example", password="wrong") is None
    assert authenticate(None, username="nobody@office.example", password=WORD) is None
    commands.close_account(user_id=account.id, by=viewers.installer(), at=NOW)
    assert authenticate(None, username="amal@office.example", password=WORD) is None
    assert queries.viewer(account.id) is None


def test_an_account_without_password_cannot_sign_in() -> None:
    add(password=None)
    assert authenticate(None, username="amal@office.example", password="") is None


def test_passwords_are_kept_as_argon2id() -> None:
    add()
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_an_old_hash_is_renewed_at_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(Argon2PasswordHasher, "time_cost", 1)
        account = add()
    old = User.objects.get().password
    tried = check_password_slowly("amal@office.example", WORD, address="192.0.2.1", at=NOW)
    assert tried.user is not None
    assert User.objects.get().password != old
    assert AuditEntry.objects.order_by("sequence").last().actor == account.audit_id
    renewed = User.objects.get().password
    check_password_slowly("amal@office.example", WORD, address="192.0.2.1", at=NOW)
    assert User.objects.get().password == renewed, "once is enough"


def test_one_email_has_one_account_whatever_its_case() -> None:
    add()
    with pytest.raises(AccountRefused, match="already"):
        add("AMAL@office.example")
    with pytest.raises(IntegrityError), transaction.atomic(), recording(viewers.installer(), NOW):
        User.objects.create(email="AMAL@office.example", name="Another", role="registrar", added_at=NOW)


def test_a_role_outside_the_table_is_refused() -> None:
    with pytest.raises(AccountRefused, match="registrar"):
        add(role="chief")


def test_the_trail_learns_neither_name_nor_email_nor_password() -> None:
    account = add()
    commands.set_password(user_id=account.id, password="another pass phrase", by=viewers.installer(), at=NOW)
    written = " ".join(AuditPayload.objects.values_list("body", flat=True)) + " ".join(
        AuditEntry.objects.values_list("subject", flat=True)
    )
    for secret in ("amal", "Amal", "Jaber", "phrase"):
        assert secret not in written


def test_every_change_of_an_account_has_its_entry() -> None:
    account = add()
    by = viewers.installer()
    commands.set_role(user_id=account.id, role="supervisor", by=by, at=NOW)
    commands.close_account(user_id=account.id, by=by, at=NOW)
    kinds = AuditEntry.objects.order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["account.added", "account.role_set", "account.closed"]
    assert queries.accounts(by)[0].role == "supervisor"


def test_only_whoever_manages_accounts_changes_them(cast: object) -> None:
    account = add()
    for name in ("registrar", "caseworker", "supervisor", "monitor", "rules_editor", "outsider"):
        viewer: Viewer = getattr(cast, name)
        with pytest.raises(NotForYou):
            commands.set_role(user_id=account.id, role="supervisor", by=viewer, at=NOW)
        with pytest.raises(NotForYou):
            commands.close_account(user_id=account.id, by=viewer, at=NOW)
        with pytest.raises(NotForYou):
            commands.set_password(user_id=account.id, password=WORD, by=viewer, at=NOW)
        with pytest.raises(NotForYou):
            queries.accounts(viewer)


def test_everybody_sets_her_own_password_and_language(caseworker: Viewer) -> None:
    assert caseworker.user_id
    commands.set_password(user_id=caseworker.user_id, password=WORD, by=caseworker, at=NOW)
    commands.set_language(language="ar", by=caseworker, at=NOW)
    assert "ar" in {
        found.language for found in queries.accounts(viewers.installer()) if found.id == caseworker.user_id
    }


def test_a_user_has_no_power_of_her_own() -> None:
    add()
    user = User.objects.get()
    for name in ("is_superuser", "is_staff", "has_perm", "groups", "user_permissions"):
        assert not hasattr(user, name)


def test_a_sign_in_is_not_written_to_the_register() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    add()
    with CaptureQueriesContext(connection) as captured:
        Client().force_login(User.objects.get())
    assert not [query for query in captured if query["sql"].startswith(("UPDATE", "INSERT"))]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_something_and_only_known_things(role: str) -> None:
    assert ROLES[role].may <= PERMISSIONS.keys()
    assert ROLES[role].may
    assert ROLES[role].description


def test_a_role_with_an_unknown_permission_is_refused() -> None:
    with pytest.raises(ValueError, match=r"people\.export"):
        Role("chief", "Chief", "Everything.", frozenset({"people.export"}), "none", {}, frozenset())


@pytest.mark.parametrize("role", ["administrator", "monitor", "rules_editor", "", "superuser"])
def test_who_keeps_software_or_watches_sees_no_person(role: str) -> None:
    viewer = Viewer(None, viewers.NOBODY_ID, role)
    assert not viewer.may("people.see")
    with pytest.raises(NotForYou):
        viewer.require("people.see")


def test_nobody_may_anything() -> None:
    assert not [
        permission for permission in PERMISSIONS if Viewer(None, viewers.NOBODY_ID, "").may(permission)
    ]


def test_an_office_stands_on_its_day_or_on_the_clocks() -> None:
    clock = date(2026, 1, 1)
    assert OfficeView("a", "b", True, date(2018, 2, 15), "iraq_2018").today(clock) == date(2018, 2, 15)
    assert OfficeView("a", "b", True, None, "iraq_2018").today(clock) == clock


def test_before_an_office_is_opened_the_answer_says_how_to_open_one() -> None:
    with pytest.raises(NoOffice, match="amana demo"):
        queries.office()


def test_there_is_one_office(office: OfficeView) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), recording(viewers.installer(), NOW):
        Office.objects.create(id=2, name_en="a", name_ar="b", pack="iraq_2018")


def test_names_behind_the_trail_are_for_those_who_may_see_it(supervisor: Viewer, caseworker: Viewer) -> None:
    assert queries.names([caseworker.audit_id], supervisor) == {caseworker.audit_id: "Layla Nasser"}
    with pytest.raises(NotForYou):
        queries.names([supervisor.audit_id], caseworker)
