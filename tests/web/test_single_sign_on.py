"""Single sign-on: the provider proves an address that the administration added; the second factor is asked
all the same, and nothing opens an account.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth import get_user_model
from django.test import Client

from amana.apps.accounts import factors
from amana.apps.accounts.single_settings import StrangeSingleSignOn, single_sign_on
from amana.apps.audit.models import ReadEntry
from amana.web import clock

EMAIL = "caseworker@office.example"


class Provider(HTTPServer):
    """A provider of OpenID Connect on this machine; `claims` is what its next token says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.address = f"http://127.0.0.1:{self.server_address[1]}"
        self.claims: dict[str, Any] = {}
        self.asked: list[dict[str, list[str]]] = []

    def token(self) -> str:
        now = int(time.time())
        told = {"iss": self.address, "aud": "amana", "sub": "7", "iat": now, "exp": now + 60, **self.claims}
        return jwt.encode(told, self.key, algorithm="RS256", headers={"kid": "one"})


class Answering(BaseHTTPRequestHandler):
    """Its three addresses that a server asks."""

    server: Provider

    def do_GET(self) -> None:
        here = self.server.address
        if self.path.startswith("/.well-known/"):
            places = {"token_endpoint": "/token", "authorization_endpoint": "/ask", "jwks_uri": "/keys"}
            self._tell({"issuer": here, **{name: here + path for name, path in places.items()}})
        else:
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key()))
            self._tell({"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append(parse_qs(body))
        self._tell({"access_token": "opaque", "token_type": "Bearer", "id_token": self.server.token()})

    def _tell(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Quietly."""


@pytest.fixture
def provider(settings: Any, cast: SimpleNamespace) -> Iterator[Provider]:
    serving = Provider()
    Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    told = {
        "AMANA_OIDC_URL": serving.address,
        "AMANA_OIDC_CLIENT": "amana",
        "AMANA_OIDC_SECRET": "s",
        "AMANA_OIDC_NAME": "Ministry",
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": single_sign_on(told)}}
    yield serving
    serving.shutdown()
    serving.server_close()


def go_and_come_back(client: Client, **changes: str) -> Any:
    """To the provider and back with what it sent, `changes` in between."""
    there = client.get("/session/single/?next=/law/")
    sent = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["Location"]).query).items()}
    assert sent["code_challenge_method"] == "S256" and sent["redirect_uri"].endswith(
        "/session/single/answer/"
    )
    return client.get("/session/single/answer/", {"code": "c", "state": sent["state"], **changes})


def test_a_proven_address_of_an_account_signs_in_and_goes_where_one_wanted(provider: Provider) -> None:
    provider.claims = {"email": EMAIL.upper(), "email_verified": True}
    client = Client()
    assert "Sign in with Ministry" in client.get("/session/in/?lang=en").content.decode()
    assert go_and_come_back(client).headers["Location"] == "/law/"
    assert client.get("/law/").status_code == 200
    assert provider.asked[0]["code_verifier"]
    assert not SocialAccount.objects.exists()


def test_the_second_factor_is_asked_after_single_sign_on_too(
    provider: Provider, cast: SimpleNamespace
) -> None:
    secret, step = factors.new_secret(), int(time.time()) // 30
    code = format_hotp_value(hotp_value(secret, step - 1))
    factors.add_app(secret=secret, code=code, by=cast.caseworker, at=clock.now())
    provider.claims = {"email": EMAIL, "email_verified": True}
    client = Client()
    assert go_and_come_back(client).headers["Location"] == "/session/factor/"
    assert client.get("/law/").status_code == 302
    assert (
        client.post("/session/factor/", {"code": format_hotp_value(hotp_value(secret, step))}).headers[
            "Location"
        ]
        == "/law/"
    )


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@office.example", "email_verified": True},
        {"email": EMAIL, "email_verified": False},
        {"email": EMAIL, "email_verified": "true"},
        {"email": EMAIL},
        {"email_verified": True},
        {"email": [EMAIL], "email_verified": True},
        {},
    ],
)
def test_what_proves_no_account_signs_nobody_in_and_opens_none(
    claims: dict[str, Any], provider: Provider
) -> None:
    provider.claims = claims
    client, before = Client(), get_user_model().objects.count()
    assert go_and_come_back(client).headers["Location"] == "/session/in/?refused=1"
    assert "_auth_user_id" not in client.session
    assert get_user_model().objects.count() == before
    assert ReadEntry.objects.get().kind == "session.refused"


@pytest.mark.parametrize(
    "changes", [{"state": "another"}, {"error": "access_denied"}, {"error": "server_error"}]
)
def test_an_answer_that_this_browser_did_not_ask_for_is_refused(
    changes: dict[str, str], provider: Provider
) -> None:
    provider.claims = {"email": EMAIL, "email_verified": True}
    client = Client()
    assert go_and_come_back(client, **changes).headers["Location"] == "/session/in/?refused=1"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("wrong", [{"aud": "another"}, {"iss": "http://elsewhere.example"}, {"exp": 1}])
def test_a_token_for_somebody_else_of_somebody_else_or_of_yesterday_is_refused(
    wrong: dict[str, Any], provider: Provider
) -> None:
    provider.claims = {"email": EMAIL, "email_verified": True, **wrong}
    client = Client()
    assert go_and_come_back(client).headers["Location"] == "/session/in/?refused=1"


def test_a_token_that_the_provider_did_not_sign_is_refused(provider: Provider) -> None:
    provider.claims = {"email": EMAIL, "email_verified": True}
    client = Client()
    forged = provider.token()
    provider.token = lambda: forged[:-8] + ("A" * 8 if forged[-8:] != "A" * 8 else "B" * 8)  # type: ignore[method-assign]
    assert go_and_come_back(client).headers["Location"] == "/session/in/?refused=1"


def test_without_a_provider_there_is_no_such_address(office: Any) -> None:
    for address in ("/session/single/", "/session/single/answer/"):
        assert Client().get(address).status_code == 404
    assert "/session/single/" not in Client().get("/session/in/").content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"AMANA_OIDC_URL": "https://a.example"}, "AMANA_OIDC_CLIENT, AMANA_OIDC_SECRET"),
        (
            {"AMANA_OIDC_URL": "http://a.example", "AMANA_OIDC_CLIENT": "a", "AMANA_OIDC_SECRET": "b"},
            "https",
        ),
    ],
)
def test_half_a_configuration_or_one_without_https_is_refused(told: dict[str, str], words: str) -> None:
    with pytest.raises(StrangeSingleSignOn, match=words):
        single_sign_on(told)
