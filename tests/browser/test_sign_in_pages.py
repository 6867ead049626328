"""The second factor, proving anew, sessions and the first password, in real Chromium: codes computed as a
phone would, a security key that the browser itself plays.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from chromium import LANGUAGES, Visit

from amana.apps.accounts import commands, factors, viewers
from amana.web import clock

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "a long enough passphrase"
EMAIL = "caseworker@office.example"


def code_of(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture
def layla(cast: Any) -> Any:
    commands.set_password(
        user_id=cast.caseworker.user_id, password=SECRET, by=viewers.installer(), at=clock.now()
    )
    return cast.caseworker


@pytest.fixture
def key(visit: Visit) -> Any:
    """A security key that Chromium plays; it is touched whenever it is asked."""
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def here(visit: Visit) -> str:
    return str(visit.page.url).removeprefix(visit.base).partition("?")[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_phone_is_added_and_then_asked_for(visit: Visit, layla: Any, lang: str) -> None:
    visit.sign_in(EMAIL, SECRET)
    visit.page.goto(f"{visit.base}/session/factors/?lang={lang}")
    visit.check_widths(lang, "factors-none")
    visit.press("a[href='/session/factors/app/']")
    visit.check_widths(lang, "factor-app")
    secret = re.sub(r"\s", "", visit.page.text_content("main p.b"))
    visit.page.fill("#id_code", code_of(secret))
    visit.press("main form button.bt-p")
    visit.check_widths(lang, "factor-paper")
    visit.press("main a.bt-p")
    visit.check_widths(lang, "factors-phone")
    visit.press("header form button")
    visit.sign_in(EMAIL, SECRET)
    assert here(visit) == "/session/factor/"
    visit.page.goto(f"{visit.base}/session/factor/?lang={lang}")
    visit.check_widths(lang, "factor-ask")
    visit.page.fill("#id_code", "abc")
    visit.press("main form button.bt-p")
    visit.complaints.clear()
    visit.check_widths(lang, "factor-wrong")
    visit.page.fill("#id_code", code_of(secret, 1))
    visit.press("main form button.bt-p")
    visit.page.wait_for_url(f"{visit.base}/")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_security_key_is_added_and_then_opens(visit: Visit, layla: Any, key: Any, lang: str) -> None:
    visit.sign_in(EMAIL, SECRET)
    visit.page.goto(f"{visit.base}/session/factors/key/?lang={lang}")
    visit.check_widths(lang, "factor-key")
    visit.page.fill("#id_name", "Blue key")
    visit.press("[data-key-press]")
    assert [each.kind for each in factors.factors_of(layla.user_id)] == ["webauthn", "recovery_codes"]
    visit.press("main a.bt-p")
    visit.check_widths(lang, "factors-key")
    visit.press("header form button")
    visit.sign_in(EMAIL, SECRET)
    visit.check_widths(lang, "factor-ask-key")
    visit.page.click("[data-key-press]")
    visit.page.wait_for_url(f"{visit.base}/")


def test_another_key_opens_nothing_and_the_page_says_so(visit: Visit, layla: Any, key: Any) -> None:
    visit.sign_in(EMAIL, SECRET)
    visit.page.goto(f"{visit.base}/session/factors/key/")
    visit.page.fill("#id_name", "Blue key")
    visit.press("[data-key-press]")
    visit.press("header form button")
    session, known = key
    session.send("WebAuthn.clearCredentials", {"authenticatorId": known})
    visit.sign_in(EMAIL, SECRET)
    visit.page.click("[data-key-press]")
    visit.page.wait_for_selector("[data-key-failed]:not([hidden])")
    assert here(visit) == "/session/factor/"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sessions_proof_and_first_password_hold_every_rule(
    visit: Visit, layla: Any, signed_in: Callable[..., Any], lang: str
) -> None:
    signed_in("caseworker")
    visit.sign_in(EMAIL, SECRET)
    for address, name in (
        ("/session/mine/", "sessions"),
        ("/session/again/", "proof"),
        ("/session/first/", "first-password"),
        ("/session/password/", "another-password"),
        ("/session/in/", "sign-in-again"),
        ("/session/you/", "account-links"),
    ):
        visit.page.goto(f"{visit.base}{address}?lang={lang}")
        visit.check_widths(lang, name)


def test_in_an_office_of_real_people_the_first_thing_shown_is_adding_a_factor(
    visit: Visit, layla: Any
) -> None:
    commands.open_office(
        name_en="Office",
        name_ar="مكتب",
        demonstration=False,
        stands_on=None,
        pack="iraq_2018",
        by=viewers.installer(),
        at=clock.now(),
    )
    visit.sign_in(EMAIL, SECRET)
    assert here(visit) == "/session/factors/"
    for lang in LANGUAGES:
        visit.page.goto(f"{visit.base}/people/?lang={lang}")
        assert here(visit) == "/session/factors/"
        visit.page.goto(f"{visit.base}/session/factors/?lang={lang}")
        visit.complaints.clear()
        visit.check_widths(lang, "factor-owed")
