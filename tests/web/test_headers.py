"""The headers of every answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)


@pytest.mark.parametrize("address", ["/session/in/", "/law/", "/no-such-page/"])
def test_every_page_carries_the_strict_policy(address: str, signed_in: Callable[..., Client]) -> None:
    answer = signed_in("caseworker").get(address)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_pages_of_signed_in_people_are_kept_by_no_cache(signed_in: Callable[..., Client]) -> None:
    assert "no-store" in signed_in("caseworker").get("/law/").headers["Cache-Control"]


def test_pages_hold_no_inline_style_and_no_inline_script(signed_in: Callable[..., Client]) -> None:
    page = signed_in("supervisor").get("/law/iraq_2018/").content.decode()
    assert " style=" not in page and "<style" not in page
    assert "<script>" not in page and " onclick=" not in page


def test_signing_out_has_the_browser_forget_and_ends_the_session(signed_in: Callable[..., Client]) -> None:
    client = signed_in("caseworker")
    answer = client.post("/session/out/")
    assert '"cache"' in answer.headers["Clear-Site-Data"] and '"storage"' in answer.headers["Clear-Site-Data"]
    assert client.get("/law/").status_code == 302


def test_signing_out_takes_a_form_not_a_link(signed_in: Callable[..., Client]) -> None:
    assert signed_in("caseworker").get("/session/out/").status_code == 405


def test_a_form_without_its_key_is_refused_in_words(office: Any, settings: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/session/in/", {"email": "a@b.example", "password": "x"})
    assert answer.status_code == 403


def test_the_health_line_says_ok_and_nothing_else(office: Any) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_failure_on_our_side_is_told_in_words_without_asking_the_database(
    signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("a fault made by this test")

    client = signed_in("caseworker")
    client.raise_request_exception = False
    monkeypatch.setattr("amana.web.law.views.shipped_packs", fail)
    answer = client.get("/law/?lang=ar")
    assert answer.status_code == 500 and b"a fault made by this test" not in answer.content
    assert b'dir="rtl"' in answer.content and answer.headers["Content-Security-Policy"] == POLICY


def test_a_database_that_does_not_answer_is_said_by_the_health_line(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    class Silent:
        def __iter__(self) -> Any:
            raise OperationalError("no answer")

    monkeypatch.setattr("amana.web.health.views.connections", Silent())
    assert Client().get("/healthz").status_code == 503
