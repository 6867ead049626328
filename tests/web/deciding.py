"""A determination that waits, and whoever decides on it, as they act on the pages."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from saying_why import saying_why
from small_determination import DETERMINATION, at, made, send
from small_family import settle


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.fixture
def client(signed_in: Callable[..., Client]) -> Client:
    return signed_in("caseworker")


@pytest.fixture
def supervisor(signed_in: Callable[..., Client]) -> Client:
    return saying_why(signed_in("supervisor"))


@pytest.fixture
def asked(family: SimpleNamespace, client: Client) -> str:
    """A determination that waits, on Safiya."""
    return made(send(client, at(family.safiya, "new/"), DETERMINATION, store="yes"))


def text(answer: Any) -> str:
    """A page as it is read."""
    return unescape(answer.content.decode())


def decide(client: Client, person: str, ref: str, **told: str) -> Any:
    said = {"decision": "approve", "reason": "Read it, asked the child protection officer.", **told}
    return send(client, at(person, f"{ref}/decide/"), said)
