"""Sessions: each is in the read log, none can be planted, and a stranger's failures keep nobody out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.test import Client

from amana.apps.accounts import backend, commands, viewers
from amana.apps.audit.models import ReadEntry
from amana.apps.audit.trail import READS
from amana.apps.audit.verifying import verify
from amana.web import clock

SECRET = "a long enough passphrase"
EMAIL = "caseworker@office.example"


@pytest.fixture(autouse=True)
def the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a slow machine does not wait a delay out."""
    moment = clock.now()
    monkeypatch.setattr("amana.web.session.views.now", lambda: moment)


@pytest.fixture(autouse=True)
def layla(cast: SimpleNamespace) -> Any:
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    return cast.caseworker


def try_in(client: Client, password: str = SECRET, email: str = EMAIL, **more: Any) -> Any:
    return client.post("/session/in/", {"email": email, "password": password}, **more)


def entries() -> list[tuple[str, str, str]]:
    return [
        (kind, str(actor), subject)
        for kind, actor, subject in ReadEntry.objects.order_by("pk").values_list("kind", "actor", "subject")
    ]


def test_beginning_ending_and_a_refused_try_are_each_one_line_of_the_read_log(layla: Any) -> None:
    client, account = Client(), f"account:{layla.audit_id}"
    try_in(client, "wrong")
    try_in(client)
    client.post("/session/out/")
    client.post("/session/out/")
    assert entries() == [
        ("session.refused", str(viewers.NOBODY_ID), account),
        ("session.began", str(layla.audit_id), account),
        ("session.ended", str(layla.audit_id), account),
    ]
    assert list(verify(READS)) == []


def test_a_try_for_an_account_that_does_not_exist_is_logged_without_what_was_typed() -> None:
    try_in(Client(), "wrong", "someone.private@office.example")
    assert entries() == [("session.refused", str(viewers.NOBODY_ID), "")]


def test_a_session_that_ends_by_itself_is_logged(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = signed_in("caseworker"), clock.now()
    client.get("/law/")
    monkeypatch.setattr("amana.web.middleware.now", lambda: start + timedelta(minutes=16))
    client.get("/law/")
    assert [kind for kind, _, _ in entries()] == ["session.ended"]


def test_signing_in_gives_the_session_a_new_key_and_drops_a_planted_one(layla: Any) -> None:
    client = Client()
    planted = client.session
    planted["planted"] = "yes"
    planted.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = planted.session_key
    try_in(client)
    own = client.cookies[configured.SESSION_COOKIE_NAME]
    assert own.value != planted.session_key
    assert not client.session.exists(planted.session_key)
    assert own["httponly"] and own["samesite"] == "Lax" and own["path"] == "/" and not own["domain"]


def test_one_who_signs_in_over_a_colleague_takes_nothing_of_her_session(
    signed_in: Callable[..., Client],
) -> None:
    client = signed_in("supervisor")
    session = client.session
    session["left"] = "behind"
    session.save()
    try_in(client)
    assert "left" not in client.session


def test_a_stranger_who_keeps_failing_does_not_keep_the_owner_out(layla: Any) -> None:
    own, stranger = Client(), Client(REMOTE_ADDR="203.0.113.9")
    try_in(own)
    own.post("/session/out/")
    for _ in range(9):
        try_in(stranger, "wrong")
    assert "next try is looked at" in try_in(stranger).content.decode()
    assert try_in(own).status_code == 302


def test_a_known_browser_waits_by_itself_after_failures_of_its_own(layla: Any) -> None:
    own = Client()
    try_in(own)
    for _ in range(6):
        try_in(own, "wrong")
    assert "next try is looked at" in try_in(own).content.decode()
    assert try_in(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


@pytest.mark.parametrize("token", ["", "x", "W10:abc:def", "é:é:é", "a" * 5000])
def test_a_made_up_browser_token_gains_nothing(token: str, layla: Any) -> None:
    client = Client()
    for _ in range(5):
        try_in(client, "wrong")
    client.cookies["amana_browser"] = token
    assert "next try is looked at" in try_in(client).content.decode()


def test_the_token_of_one_account_does_not_help_with_another(layla: Any, cast: SimpleNamespace) -> None:
    commands.set_password(
        user_id=cast.supervisor.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    client = Client()
    try_in(client)
    for _ in range(6):
        try_in(client, "wrong", "supervisor@office.example")
    assert "next try is looked at" in try_in(client, SECRET, "supervisor@office.example").content.decode()


def test_an_unknown_account_costs_as_much_hashing_as_a_known_one(
    layla: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    real_make, real_check = backend.make_password, backend.check_password
    monkeypatch.setattr(backend, "make_password", lambda *a: hashed.append("make") or real_make(*a))
    monkeypatch.setattr(backend, "check_password", lambda *a: hashed.append("check") or real_check(*a))
    try_in(Client(), "wrong")
    try_in(Client(), "wrong", "nobody@office.example")
    assert hashed == ["check", "make"]
    assert get_user_model().objects.get(email=EMAIL).password.startswith("argon2")


def test_a_session_ends_when_the_account_closes_or_its_password_changes(
    signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    first, second = signed_in("caseworker"), signed_in("supervisor")
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET + "!", by=viewers.installer(), at=clock.now()
    )
    commands.close_account(user_id=cast.supervisor.user_id, by=viewers.installer(), at=clock.now())
    assert first.get("/people/").status_code == second.get("/people/").status_code == 302
