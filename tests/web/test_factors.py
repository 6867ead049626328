"""The second factor: asked after the password, added by its owner, never twice the same code; without one
nothing is shown in an office with real people.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from amana.apps.accounts import commands, factors, granting, viewers
from amana.apps.audit.models import AuditEntry, ReadEntry
from amana.web import clock

SECRET = "a long enough passphrase"
EMAIL = "caseworker@office.example"


def code_of(secret: str, ahead: int = 0) -> str:
    """What an authenticator shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def try_in(client: Client, password: str = SECRET, **more: str) -> Any:
    return client.post("/session/in/", {"email": EMAIL, "password": password, **more})


def ask(client: Client, code: str) -> Any:
    return client.post("/session/factor/", {"code": code})


@pytest.fixture
def layla(cast: SimpleNamespace) -> Any:
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    return cast.caseworker


@pytest.fixture
def phone(layla: Any) -> str:
    """Layla's authenticator: its secret. Its first code was used when it was added."""
    secret = factors.new_secret()
    factors.add_app(secret=secret, code=code_of(secret, -1), by=layla, at=clock.now())
    return secret


@pytest.fixture
def real_office(cast: SimpleNamespace) -> None:
    commands.open_office(
        name_en="Office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=None,
        pack="iraq_2018",
        by=viewers.installer(),
        at=clock.now(),
    )


def signed_in_now(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_after_the_password_the_factor_is_asked_and_then_one_is_where_one_wanted_to_go(phone: str) -> None:
    client = Client()
    answer = try_in(client, next="/law/?lang=ar")
    assert answer.headers["Location"] == "/session/factor/" and not signed_in_now(client)
    assert client.get("/people/").status_code == 302
    assert ask(client, code_of(phone)).headers["Location"] == "/law/?lang=ar"
    assert signed_in_now(client)


def test_a_code_opens_once_only_in_whichever_browser(phone: str) -> None:
    one, two, code = Client(), Client(), code_of(phone)
    try_in(one), try_in(two)
    assert ask(one, code).status_code == 302
    assert ask(two, code).status_code == 422
    assert ask(two, code_of(phone, 1)).status_code == 302


def test_a_wrong_code_opens_nothing_and_further_ones_wait(
    phone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment, client = clock.now(), Client()
    for place in ("views", "factor_views"):
        monkeypatch.setattr(f"amana.web.session.{place}.now", lambda: moment)
    try_in(client)
    for _ in range(4):
        assert ask(client, "000000" if code_of(phone) != "000000" else "111111").status_code == 422
    answer = ask(client, code_of(phone))
    assert answer.status_code == 422 and "next try is looked at" in answer.content.decode()
    assert not signed_in_now(client)


def test_between_the_two_steps_five_minutes_may_pass(phone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client, later = Client(), clock.now() + timedelta(minutes=5, seconds=5)
    try_in(client)
    monkeypatch.setattr("amana.web.session.factor_views.now", lambda: later)
    assert ask(client, code_of(phone)).headers["Location"] == "/session/in/"
    assert not signed_in_now(client)


def test_a_password_that_changes_between_the_steps_ends_them(layla: Any, phone: str) -> None:
    client = Client()
    try_in(client)
    commands.set_password(user_id=layla.user_id, password=SECRET + "!", by=layla, at=clock.now())
    assert ask(client, code_of(phone)).headers["Location"] == "/session/in/"


def test_without_the_password_there_is_no_second_step(phone: str) -> None:
    client = Client()
    assert ask(client, code_of(phone)).headers["Location"] == "/session/in/"
    assert client.get("/session/factor/").headers["Location"] == "/session/in/"


def test_a_code_on_paper_opens_once_and_stands_in_the_trail(layla: Any) -> None:
    secret = factors.new_secret()
    paper = factors.add_app(secret=secret, code=code_of(secret, -1), by=layla, at=clock.now())
    assert len(paper) == 10 and all(len(code) == 10 for code in paper)
    one, two = Client(), Client()
    try_in(one), try_in(two)
    assert ask(one, f"{paper[3][:5]} {paper[3][5:]}").status_code == 302
    assert ask(two, paper[3]).status_code == 422
    assert AuditEntry.objects.filter(kind="factor.code_used").count() == 1
    assert [each.left for each in factors.factors_of(layla.user_id)] == [None, 9]


def test_the_read_log_says_a_session_began_only_after_the_factor(phone: str) -> None:
    client = Client()
    try_in(client)
    assert not ReadEntry.objects.exists()
    ask(client, "1")
    ask(client, code_of(phone))
    assert [*ReadEntry.objects.order_by("pk").values_list("kind", flat=True)] == [
        "session.refused",
        "session.began",
    ]


def test_signing_in_with_a_factor_writes_nothing_to_the_register(phone: str) -> None:
    client, before = Client(), AuditEntry.objects.count()
    kept = Authenticator.objects.values_list("pk", "data", "last_used_at")
    told = [*kept]
    try_in(client)
    ask(client, code_of(phone))
    assert AuditEntry.objects.count() == before and [*kept.all()] == told


def test_no_secret_of_a_factor_stands_in_the_database_in_the_clear(phone: str) -> None:
    told = str([*Authenticator.objects.values_list("data", flat=True)])
    assert phone not in told and phone.lower() not in told.lower()


def test_a_factor_whose_key_was_lost_opens_nothing_and_breaks_nothing(phone: str, settings: Any) -> None:
    client = Client()
    settings.SECRET_KEY = "0" * 64
    try_in(client)
    assert ask(client, code_of(phone)).status_code == 422


def test_an_authenticator_is_added_on_its_page_with_its_first_code(
    layla: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    page = client.get("/session/factors/app/").content.decode()
    shown = re.search(r'<p class="b"><[^>]*>([A-Z2-7 ]+)<', page)
    assert shown and "data:image/svg+xml;base64," in page
    secret = shown[1].replace(" ", "")
    assert client.post("/session/factors/app/", {"code": "12"}).status_code == 422
    answer = client.post("/session/factors/app/", {"code": code_of(secret)})
    assert answer.status_code == 200 and answer.content.decode().count("<li>") >= 10
    assert [each.kind for each in factors.factors_of(layla.user_id)] == ["totp", "recovery_codes"]
    assert client.get("/session/factors/").status_code == 200


def test_in_an_office_with_real_people_nothing_is_shown_before_a_factor_is_added(
    layla: Any, real_office: None
) -> None:
    client = Client()
    try_in(client)
    for address in ("/", "/people/", "/law/", "/session/you/", "/session/mine/"):
        assert client.get(address).headers["Location"] == "/session/factors/", address
    assert client.get("/people/", headers={"HX-Request": "true"}).headers["HX-Redirect"]
    assert "nothing else is shown before" in client.get("/session/factors/").content.decode()
    client.get("/session/factors/app/")
    client.post("/session/factors/app/", {"code": code_of(client.session["new_secret"])})
    assert client.get("/people/").status_code == 200


def test_a_session_that_showed_no_factor_can_not_add_another(
    phone: str, real_office: None, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    client = Client()
    client.force_login(viewers_account(cast.caseworker))
    for address in ("/session/factors/app/", "/session/factors/key/", "/session/factors/"):
        client.force_login(viewers_account(cast.caseworker))
        assert client.get(address).status_code == 302, address
        assert not signed_in_now(client)


def viewers_account(viewer: Any) -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=viewer.user_id)


def test_the_last_factor_stays_in_an_office_with_real_people(
    layla: Any, phone: str, real_office: None
) -> None:
    own = factors.factors_of(layla.user_id)[0]
    with pytest.raises(factors.FactorRefused) as refused:
        factors.remove(factor_id=own.id, by=layla, at=clock.now())
    assert refused.value.reason == "last"


def test_in_the_demonstration_the_last_factor_goes_with_its_codes_on_paper(layla: Any, phone: str) -> None:
    factors.remove(factor_id=factors.factors_of(layla.user_id)[0].id, by=layla, at=clock.now())
    assert factors.factors_of(layla.user_id) == ()


def test_nobody_removes_the_factor_of_another(layla: Any, phone: str, supervisor: Any) -> None:
    own = factors.factors_of(layla.user_id)[0]
    with pytest.raises(factors.FactorRefused):
        factors.remove(factor_id=own.id, by=supervisor, at=clock.now())
    assert factors.has_factor(layla.user_id)


def test_who_takes_factors_away_closes_the_account_until_a_second_person_confirms(
    layla: Any, phone: str, real_office: None, administrator: Any, monitor: Any
) -> None:
    with pytest.raises(viewers.NotForYou):
        factors.take_away(user_id=layla.user_id, by=layla, at=clock.now())
    factors.take_away(user_id=layla.user_id, by=administrator, at=clock.now())
    assert not factors.has_factor(layla.user_id)
    assert try_in(Client()).status_code == 422
    granting.confirm(user_id=layla.user_id, by=monitor, at=clock.now())
    assert try_in(Client()).status_code == 302


def test_accounts_without_a_factor_are_counted(layla: Any, cast: SimpleNamespace) -> None:
    before = factors.accounts_without()
    secret = factors.new_secret()
    factors.add_app(secret=secret, code=code_of(secret), by=layla, at=clock.now())
    assert factors.accounts_without() == before - 1


@pytest.mark.parametrize(
    "told",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"id": 1}',
        '{"id":"a","rawId":"YQ","type":"public-key","response":{}}',
        "[" * 3000,
    ],
)
def test_whatever_pretends_to_be_a_security_key_is_refused(told: str, phone: str) -> None:
    client = Client()
    try_in(client)
    assert client.post("/session/factor/", {"credential": told}).status_code == 422


@pytest.mark.parametrize(
    "told",
    [
        "null",
        "[]",
        '{"id": 1}',
        '{"id":"a","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}',
    ],
)
def test_whatever_pretends_to_be_a_new_security_key_is_refused(
    told: str, layla: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    client.get("/session/factors/key/", headers={"host": "localhost"})
    sent = {"name": "Blue", "credential": told}
    assert client.post("/session/factors/key/", sent, headers={"host": "localhost"}).status_code == 422
    assert not factors.has_factor(layla.user_id)
