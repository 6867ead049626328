"""The headers of every address by every way it can answer: found, refused, failed, a file, a fragment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from test_access import ALL
from test_trust_urls import addresses, office_with

from amana.web.middleware import HEADERS

__all__ = ["office_with"]

KEPT_BY_BROWSERS = ("max-age=", "public")
"""What only files that are the same for everybody may say: styles, scripts, fonts."""
PACKED = (".br", ".gz")
"""Sent in place of the file beside them, never by their own name."""
A_YEAR = 31_536_000


def faults(answer: Any, *, file_for_all: bool = False) -> list[str]:
    """What the headers of an answer lack."""
    wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    kept = answer.headers.get("Cache-Control", "")
    if not file_for_all and ("no-store" not in kept or any(word in kept for word in KEPT_BY_BROWSERS)):
        wrong.append(f"Cache-Control: {kept}")
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=" not in kind:
        wrong.append(f"Content-Type: {kind}")
    return wrong + [name for name in ("Server", "X-Powered-By") if name in answer.headers]


@pytest.mark.parametrize("role", ["supervisor", "registrar", "administrator", "nobody"])
def test_every_address_sends_the_strict_headers_whatever_it_answers(
    role: str, office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = Client() if role == "nobody" else signed_in(role)
    client.raise_request_exception = False
    wrong, met = {}, set()
    for name, address in addresses(office_with):
        ways: tuple[tuple[str, dict[str, str]], ...] = (("get", {}),)
        if name not in met:
            ways += (
                ("get", {"HX-Request": "true"}),
                ("head", {}),
                ("options", {}),
                ("put", {}),
                ("trace", {}),
            )
        met.add(name)
        if name.startswith("session:") and role != "nobody":
            continue
        for method, headers in ways:
            found = faults(getattr(client, method)(address, headers=headers))
            if found:
                wrong[name, method] = found
    assert wrong == {}
    assert met == set(ALL)


def test_a_file_to_take_away_sends_them_and_is_no_page(
    office_with: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("registrar").get(f"/register/staged/{office_with.token}/held-back.csv")
    if answer.status_code != 200:
        answer = signed_in("registrar").get(f"/register/{office_with.batch}/held-back.csv")
    assert answer.status_code == 200 and faults(answer) == []
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert not answer.headers["Content-Type"].startswith("text/html")


def static_files() -> Iterator[str]:
    for finder in finders.get_finders():
        yield from (path for path, _ in finder.list([]) if Path(path).suffix not in PACKED)


def test_every_file_of_the_program_sends_them_with_its_own_kind(office: Any) -> None:
    client, wrong, kinds = Client(), {}, set()
    for path in sorted(static_files()):
        answer = client.get(f"/static/{path}")
        found = [str(answer.status_code)] if answer.status_code != 200 else []
        found += faults(answer, file_for_all=True)
        if Path(path).suffix in {".js", ".css"} and "no-store" in answer.headers["Cache-Control"]:
            found.append("kept by nobody")
        kinds.add(answer.headers["Content-Type"].partition(";")[0])
        if found:
            wrong[path] = found
        answer.close()
    assert wrong == {}
    assert kinds >= {"text/css", "text/javascript"} and "text/html" not in kinds


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/no-such-page/", 404), ("/static/no-such-file.js", 404), ("/static/../settings.py", 404),
        ("/people/P-22%002222/", 400), ("/?x=%00", 400),
    ],
)  # fmt: skip
def test_what_is_not_there_or_never_ours_sends_them_too(address: str, status: int, office: Any) -> None:
    answer = Client().get(address)
    assert answer.status_code == status and faults(answer) == []


def test_each_refusal_of_the_frame_sends_them(office: Any, settings: Any) -> None:
    too_large = Client().generic("POST", "/session/in/", b"", CONTENT_LENGTH=str(10 * 1024**3))
    keyless = Client(enforce_csrf_checks=True).post("/session/in/", {"email": "a@b.example"})
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    foreign = Client(headers={"host": "evil.example"}).get("/session/in/")
    assert [each.status_code for each in (too_large, keyless, foreign)] == [413, 403, 400]
    assert [faults(each) for each in (too_large, keyless, foreign)] == [[], [], []]


@pytest.mark.parametrize("address", ["/law/", "/healthz", "/session/in/"])
def test_a_failure_on_our_side_sends_them(
    address: str, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in("caseworker")
    client.raise_request_exception = False

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("a fault made by this test")

    monkeypatch.setattr("amana.web.middleware.Language.__call__", fail)
    answer = client.get(address)
    assert answer.status_code == 500 and faults(answer) == []
    assert b"a fault made by this test" not in answer.content


def test_over_https_the_browser_is_told_to_use_nothing_else_for_a_year(office: Any, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = A_YEAR
    for address in ("/session/in/", "/no-such-page/", "/healthz"):
        told = Client().get(address, secure=True).headers["Strict-Transport-Security"]
        assert told == f"max-age={A_YEAR}; includeSubDomains"


def test_outside_the_demonstration_cookies_travel_over_https_only() -> None:
    import office_home as homes

    names = (
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
        "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "DEBUG",
    )  # fmt: skip
    asked = f"from amana import settings; print(*(getattr(settings, name) for name in {names}))"
    done = homes.run(Path("/nowhere"), "-c", asked, AMANA_PLAIN_HTTP="")
    assert done.stdout.split() == [
        "True", "True", "__Host-amana_session", "__Host-amana_csrf", str(A_YEAR), "True", "False"
    ], done.stderr  # fmt: skip
