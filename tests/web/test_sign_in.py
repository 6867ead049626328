"""Signing in: by e-mail and password, slowly after failures, without telling who has an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from amana.apps.accounts import commands, viewers
from amana.web import clock
from amana.web.session.demonstration import ACCOUNTS, PASSWORD

SECRET = "a long enough passphrase"


@pytest.fixture
def layla(cast: SimpleNamespace) -> str:
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    return "caseworker@office.example"


def try_in(client: Client, email: str, password: str, **more: str) -> Any:
    return client.post("/session/in/", {"email": email, "password": password, **more})


def test_the_right_password_leads_to_the_first_page_of_the_role(layla: str) -> None:
    answer = try_in(Client(), layla.upper(), SECRET)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_the_bare_address_leads_to_the_first_page_of_the_role(cast: SimpleNamespace) -> None:
    commands.set_password(
        user_id=cast.rules_editor.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    answer = try_in(Client(), "rules_editor@office.example", SECRET, next="/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/law/")


def test_after_signing_in_one_is_where_one_wanted_to_go(layla: str) -> None:
    assert try_in(Client(), layla, SECRET, next="/law/?lang=ar").headers["Location"] == "/law/?lang=ar"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_led_off_the_site_after_signing_in(layla: str, elsewhere: str) -> None:
    assert try_in(Client(), layla, SECRET, next=elsewhere).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_account_get_the_same_words(layla: str) -> None:
    wrong, unknown = try_in(Client(), layla, "wrong"), try_in(Client(), "nobody@office.example", "wrong")
    assert wrong.status_code == unknown.status_code == 422
    words = "E-mail address and password do not belong together."
    assert words in wrong.content.decode() and words in unknown.content.decode()


def test_after_several_failures_even_the_right_password_waits(
    layla: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, moment = Client(), clock.now()
    monkeypatch.setattr("amana.web.session.views.now", lambda: moment)
    for _ in range(4):
        try_in(client, layla, "wrong")
    answer = try_in(client, layla, SECRET)
    assert answer.status_code == 422
    assert "The next try is looked at in" in answer.content.decode()


def test_what_was_typed_as_password_is_not_sent_back(layla: str) -> None:
    assert b"wrong-secret" not in try_in(Client(), layla, "wrong-secret").content


def test_an_empty_form_says_what_is_missing_and_points_to_the_fields(office: Any) -> None:
    page = try_in(Client(), "", "").content.decode()
    assert 'href="#id_email"' in page and "Enter your password." in page


def test_a_closed_account_can_not_sign_in(layla: str, cast: SimpleNamespace) -> None:
    commands.close_account(user_id=cast.caseworker.user_id, by=viewers.installer(), at=clock.now())
    assert try_in(Client(), layla, SECRET).status_code == 422


def test_the_demonstration_office_shows_its_sign_ins(office: Any) -> None:
    page = Client().get("/session/in/").content.decode()
    assert all(account.email in page for account in ACCOUNTS) and PASSWORD in page


def test_an_office_with_real_people_shows_no_sign_ins(office: Any) -> None:
    commands.open_office(
        name_en="Office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=None,
        pack="iraq_2018",
        by=viewers.installer(),
        at=clock.now(),
    )
    page = Client().get("/session/in/").content.decode()
    assert PASSWORD not in page and "@demo.example" not in page and "DEMO" not in page


def test_before_an_office_is_opened_the_sign_in_page_still_stands(db: None) -> None:
    assert Client().get("/session/in/").status_code == 200


def test_a_quarter_of_an_hour_without_activity_ends_the_session(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = signed_in("caseworker"), clock.now()
    assert client.get("/law/").status_code == 200
    later = start + timedelta(minutes=15, seconds=5)
    monkeypatch.setattr("amana.web.middleware.now", lambda: later)
    answer = client.get("/law/")
    assert answer.status_code == 302 and "idle" in answer.headers["Location"]


def test_asking_for_progress_does_not_keep_a_session_alive(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = signed_in("caseworker"), clock.now()
    client.get("/law/")
    for minutes in (5, 10, 14):
        at = start + timedelta(minutes=minutes)
        monkeypatch.setattr("amana.web.middleware.now", lambda at=at: at)
        assert client.get("/law/", headers={"X-Amana-Poll": "1"}).status_code == 200
    monkeypatch.setattr("amana.web.middleware.now", lambda: start + timedelta(minutes=16))
    assert client.get("/law/").status_code == 302


def test_activity_keeps_a_session_alive(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = signed_in("caseworker"), clock.now()
    for minutes in (0, 10, 20, 30):
        at = start + timedelta(minutes=minutes)
        monkeypatch.setattr("amana.web.middleware.now", lambda at=at: at)
        assert client.get("/law/").status_code == 200


def test_the_account_page_says_what_the_role_opens(signed_in: Callable[..., Client]) -> None:
    page = signed_in("monitor").get("/session/you/").content.decode()
    assert "Independent monitor" in page and "who saw and who changed what" in page


def test_the_office_day_is_the_one_it_stands_at(office: Any) -> None:
    assert clock.today_of(None) == date(2018, 2, 15)
