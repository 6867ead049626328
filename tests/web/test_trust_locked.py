"""While the office is locked, pages with sealed words say so, lose nothing, and the others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from amana.apps.audit import casekeys, emergency


@pytest.fixture(autouse=True)
def _look_again() -> Iterator[None]:
    emergency.look_again()
    yield
    emergency.look_again()
    casekeys.forget()


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that was locked by two."""
    monkeypatch.setattr(emergency, "is_locked", lambda: True)
    monkeypatch.setattr(emergency, "withdraw", casekeys.forget)


@pytest.mark.django_db
def test_a_page_without_sealed_words_goes_on(
    office: Any, signed_in: Callable[..., Client], locked: None
) -> None:
    for address in ("/", "/people/", "/law/"):
        assert signed_in("caseworker").get(address).status_code == 200


@pytest.mark.django_db
def test_what_is_sealed_is_said_to_be_locked(
    office: Any, signed_in: Callable[..., Client], locked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opens(*_: object, **__: object) -> None:
        emergency.require_open()

    monkeypatch.setattr("amana.web.people.views.render", opens)
    answer = signed_in("caseworker").get("/people/")
    assert answer.status_code == 503
    assert "What is sealed is locked" in answer.content.decode()
    assert "Nothing was changed or lost" in answer.content.decode()
