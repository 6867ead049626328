"""One's own sessions, proving anew who one is, and the first password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.test import Client

from amana.apps.accounts import commands, invitations, tokens, viewers
from amana.apps.accounts.granting import AccountRefused
from amana.apps.accounts.models import Session
from amana.apps.accounts.session_store import SessionStore
from amana.apps.audit.models import ReadEntry
from amana.web import access as rules
from amana.web import clock
from amana.web.session.browsers import browser_in_words, caller

SECRET = "a long enough passphrase"
EMAIL = "caseworker@office.example"


@pytest.fixture
def layla(cast: SimpleNamespace) -> Any:
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    return cast.caseworker


def entered(agent: str = "") -> Client:
    client = Client(headers={"user-agent": agent, "accept-language": "en"})
    assert client.post("/session/in/", {"email": EMAIL, "password": SECRET}).status_code == 302
    return client


def later(monkeypatch: pytest.MonkeyPatch, **by: float) -> None:
    """Move the clock of proofs and sessions on."""
    moment = clock.now() + timedelta(**by)
    for place in ("middleware", "session.proof", "session.mine_views", "session.views"):
        monkeypatch.setattr(f"amana.web.{place}.now", lambda: moment)


def test_a_session_ends_twelve_hours_after_it_began_however_busy(
    layla: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, start = entered(), clock.now()
    for minutes in range(0, 12 * 60, 14):
        monkeypatch.setattr(
            "amana.web.middleware.now", lambda minutes=minutes: start + timedelta(minutes=minutes)
        )
        assert client.get("/law/").status_code == 200
    monkeypatch.setattr("amana.web.middleware.now", lambda: start + timedelta(hours=12, seconds=5))
    answer = client.get("/law/")
    assert answer.status_code == 302 and "long=1" in answer.headers["Location"]
    assert "a session lasts twelve hours" in client.get(answer.headers["Location"]).content.decode()


def test_one_sees_where_one_is_signed_in_and_signs_out_there(layla: Any) -> None:
    here = entered("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko Firefox/130.0")
    there = entered("Mozilla/5.0 (Linux; Android 14) AppleWebKit Chrome/130.0 Mobile Safari/537.36")
    page = here.get("/session/mine/").content.decode()
    assert "Firefox, Linux" in page and "Chrome, Android" in page and page.count("this one") == 1
    name = page.split('name="session" value="')[1][:16]
    here.post("/session/mine/end/", {"session": name})
    assert there.get("/law/").status_code == 302 and here.get("/law/").status_code == 200


def test_signing_out_everywhere_else_leaves_this_browser_alone(layla: Any) -> None:
    here, others = entered(), [entered() for _ in range(3)]
    here.post("/session/mine/end/")
    assert [other.get("/law/").status_code for other in others] == [302] * 3
    assert here.get("/law/").status_code == 200
    assert ReadEntry.objects.filter(kind="session.ended").count() == 3


def test_nobody_ends_the_session_of_another(layla: Any, signed_in: Callable[..., Client]) -> None:
    own, other = entered(), signed_in("supervisor")
    name = Session.objects.get(account=layla.user_id).key[:16]
    for given in (name, "", name[:4], "%"):
        other.post("/session/mine/end/", {"session": given})
    assert own.get("/law/").status_code == 200


def test_a_copy_of_the_database_opens_no_session_and_tells_nothing_of_it(layla: Any) -> None:
    client = entered()
    session = client.session
    session["kept"] = "between us"
    session.save()
    key = client.cookies[configured.SESSION_COOKIE_NAME].value
    row = Session.objects.get(account=layla.user_id)
    assert key not in (row.key, row.data) and "between us" not in row.data
    assert SessionStore(row.key).load() == {}
    assert SessionStore(key).load()["kept"] == "between us"
    other = entered()
    Session.objects.filter(pk=Session.objects.exclude(pk=row.pk).get().pk).update(data=row.data)
    assert other.get("/law/").status_code == 302, "contents moved to another session do not open"


def test_a_pass_stands_on_the_page_and_is_ended_there(layla: Any) -> None:
    told = tokens.make(scopes=["people.see"], hours=1, by=layla, at=clock.now())
    client = entered()
    page = client.get("/session/mine/").content.decode()
    client.post("/session/mine/passes/end/", {"pass": page.split('name="pass" value="')[1][:36]})
    with pytest.raises(tokens.TokenRefused):
        tokens.bearer(told, clock.now())
    assert client.post("/session/mine/passes/end/", {"pass": "x"}).status_code == 404


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The address /session/you/ as an act that asks for a fresh proof; what reached it."""
    from django.http import HttpResponse

    from amana.web.session import urls

    reached: list[dict[str, Any]] = []

    def act(request: Any) -> HttpResponse:
        reached.append(request.POST.dict())
        return HttpResponse("done")

    pattern = next(each for each in urls.urlpatterns if each.name == "account-show")
    monkeypatch.setattr(pattern, "callback", rules.access(rules.SIGNED_IN, fresh_look=True)(act))
    return reached


def test_an_act_within_ten_minutes_of_signing_in_asks_nothing(layla: Any, guarded: list[Any]) -> None:
    assert entered().post("/session/you/", {"reason": "r"}).content == b"done"


def test_a_later_act_asks_who_sits_there_and_loses_nothing_that_was_typed(
    layla: Any, guarded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entered()
    client.get("/law/")
    later(monkeypatch, minutes=11)
    asked = client.post("/session/you/", {"reason": 'She said "no" & left', "person": ["P-1", "P-2"]})
    page = asked.content.decode()
    assert asked.status_code == 422 and guarded == []
    assert "She said &quot;no&quot; &amp; left" in page and page.count('name="person"') == 2
    sent = {"reason": "kept", "proof": "1", "proof_secret": "wrong"}
    assert client.post("/session/you/", sent).status_code == 422 and guarded == []
    assert client.post("/session/you/", {**sent, "proof_secret": SECRET}).content == b"done"
    assert guarded[0]["reason"] == "kept"
    assert client.post("/session/you/", {"reason": "again"}).content == b"done"
    assert ReadEntry.objects.filter(kind="session.proved").count() == 1


def test_a_page_that_asks_for_a_proof_is_shown_after_it(
    layla: Any, guarded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entered()
    client.get("/law/")
    later(monkeypatch, minutes=11)
    where = client.get("/session/you/?part=2").headers["Location"]
    assert where.startswith("/session/again/?next=")
    assert client.get(where).status_code in (200, 422)
    answer = client.post(where, {"proof": "1", "proof_secret": SECRET})
    assert answer.headers["Location"] == "/session/you/?part=2"
    assert client.get("/session/you/?part=2").content == b"done"


def test_proving_anew_waits_after_failures_like_signing_in(
    layla: Any, guarded: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = entered()
    client.get("/law/")
    later(monkeypatch, minutes=11)
    for _ in range(4):
        client.post("/session/you/", {"proof": "1", "proof_secret": "wrong"})
    page = client.post("/session/you/", {"proof": "1", "proof_secret": SECRET}).content.decode()
    assert "next try is looked at" in page and guarded == []


def test_a_new_account_chooses_its_password_with_the_code_once(
    cast: SimpleNamespace, administrator: Any
) -> None:
    code = invitations.invite(user_id=cast.caseworker.user_id, by=administrator, at=clock.now())
    sent = {"email": EMAIL, "code": code.lower().replace("-", " "), "password": SECRET, "again": SECRET}
    assert Client().post("/session/first/", sent).headers["Location"] == "/session/in/?chosen=1"
    entered()
    assert Client().post("/session/first/", sent).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "AAAAA-AAAAA-AAAAA-AAAAA"}, "do not belong together"),
        ({"email": "supervisor@office.example"}, "do not belong together"),
        ({"password": "short", "again": "short"}, "12 characters"),
        ({"again": "another long passphrase"}, "The two passwords differ"),
        ({"code": ""}, "Enter the code."),
    ],
)
def test_a_first_password_says_what_is_wrong_and_keeps_the_code_good(
    wrong: dict[str, str], words: str, cast: SimpleNamespace, administrator: Any
) -> None:
    code = invitations.invite(user_id=cast.caseworker.user_id, by=administrator, at=clock.now())
    sent = {"email": EMAIL, "code": code, "password": SECRET, "again": SECRET}
    answer = Client(headers={"accept-language": "en"}).post("/session/first/", {**sent, **wrong})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert Client().post("/session/first/", sent).status_code == 302


def test_a_code_ends_after_two_days_or_with_the_next_one(cast: SimpleNamespace, administrator: Any) -> None:
    at, who = clock.now(), cast.caseworker.user_id
    first = invitations.invite(user_id=who, by=administrator, at=at)
    second = invitations.invite(user_id=who, by=administrator, at=at)
    given: Any = {"email": EMAIL, "password": SECRET, "address": "192.0.2.1"}
    for code, when in ((first, at), (second, at + timedelta(hours=48))):
        with pytest.raises(AccountRefused):
            invitations.accept(**given, code=code, at=when)
    with pytest.raises(viewers.NotForYou):
        invitations.invite(user_id=who, by=cast.caseworker, at=at)


def test_a_new_password_ends_every_session_and_every_pass(layla: Any, administrator: Any) -> None:
    client, at = entered(), clock.now()
    told = tokens.make(scopes=[], hours=1, by=layla, at=at)
    code = invitations.invite(user_id=layla.user_id, by=administrator, at=at)
    invitations.accept(email=EMAIL, code=code, password=SECRET + "!", address="192.0.2.1", at=at)
    assert client.get("/law/").status_code == 302
    with pytest.raises(tokens.TokenRefused):
        tokens.bearer(told, at)


def test_another_password_ends_the_other_sessions_and_keeps_this_one(layla: Any) -> None:
    here, there = entered(), entered()
    told = tokens.make(scopes=[], hours=1, by=layla, at=clock.now())
    sent = {"password": SECRET + " and more", "again": SECRET + " and more"}
    assert here.post("/session/password/", {**sent, "again": "x"}).status_code == 422
    assert here.post("/session/password/", {"password": "short", "again": "short"}).status_code == 422
    assert here.post("/session/password/", sent).status_code == 302
    assert (here.get("/law/").status_code, there.get("/law/").status_code) == (200, 302)
    with pytest.raises(tokens.TokenRefused):
        tokens.bearer(told, clock.now())


def test_behind_a_proxy_the_caller_is_whom_the_proxy_saw_not_whom_the_caller_names(settings: Any) -> None:
    from django.test import RequestFactory

    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.7", REMOTE_ADDR="10.0.0.2")
    assert caller(request) == "10.0.0.2"
    settings.BEHIND_PROXY = True
    assert caller(request) == "203.0.113.7"


@pytest.mark.parametrize(
    ("agent", "words"),
    [("", ""), ("curl/8.0", ""), ("Mozilla (Macintosh; Intel Mac OS X) Safari/605.1", "Safari, macOS")],
)
def test_a_browser_is_named_in_few_words(agent: str, words: str) -> None:
    assert browser_in_words(agent) == words


MUST_PROVE = {"determinations.approve", "oversight.waive", "law.adopt"}


def test_whoever_approves_waives_adopts_erases_or_takes_the_trail_out_proves_who_she_is() -> None:
    from test_access import ALL, rule

    asking = {name for name in ALL if getattr(ALL[name].callback, "asks_proof", False)}
    acts = {name for name in ALL if rule(name) in MUST_PROVE and not name.endswith("-list")}
    assert sorted(acts - asking) == []
    assert {"trail:export-fetch", "trail:erasure-make", "session:factor-remove"} <= asking


def test_no_page_of_the_sign_in_library_has_an_address(office: Any) -> None:
    from django.urls import get_resolver

    found = [str(pattern) for pattern in get_resolver().reverse_dict if str(pattern).startswith("account_")]
    assert found == []
    for address in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"):
        assert Client().get(address).status_code == 404
    assert get_user_model().objects.count() == 0
