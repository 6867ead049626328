"""The page of keys: a key is offered by its owner, confirmed by ear, withdrawn; two lock the office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amana.apps.accounts import custody
from amana.apps.audit import casekeys, emergency
from amana.core import envelopes

pytestmark = pytest.mark.django_db
HERS = envelopes.new_private_key()
MARK = envelopes.fingerprint(HERS.public)
LIST = "keys:holder-list"


@pytest.fixture(autouse=True)
def _look_again() -> Iterator[None]:
    emergency.look_again()
    yield
    emergency.look_again()
    casekeys.forget()


@pytest.fixture
def offered(office: Any, signed_in: Callable[..., Client], monitor: Any) -> Any:
    """The monitor's key, offered on the page."""
    address = reverse("keys:holder-offer")  # before signing in: pages note it only once they are loaded
    answer = signed_in("monitor").post(address, {"public": HERS.public})
    assert answer.status_code == 302
    (line,) = custody.holders(monitor)
    return line.id


def page(client: Client, name: str = LIST, *parts: Any) -> str:
    return str(client.get(reverse(name, args=parts)).content.decode())


def test_who_confirms_has_the_fingerprint_from_its_owner_not_from_the_page(
    offered: Any, signed_in: Callable[..., Client]
) -> None:
    second = signed_in("data_protection")
    assert MARK in page(signed_in("monitor"))
    assert MARK not in page(second) + page(second, "keys:holder-confirm", offered)
    wrong = second.post(reverse("keys:holder-confirm", args=[offered]), {"fingerprint": "0000 " * 8})
    assert wrong.status_code == 422
    assert "must not be confirmed" in wrong.content.decode()
    right = second.post(reverse("keys:holder-confirm", args=[offered]), {"fingerprint": MARK})
    assert right.status_code == 302
    assert custody.publics("monitor") == [HERS.public]
    assert MARK in page(second)


def test_what_is_no_key_loses_nothing_that_was_typed(office: Any, signed_in: Callable[..., Client]) -> None:
    address = reverse("keys:holder-offer")
    answer = signed_in("monitor").post(address, {"public": "abc"})
    assert answer.status_code == 422
    assert 'value="abc"' in answer.content.decode()


def test_the_monitor_alone_fetches_the_key_of_the_pseudonyms(
    offered: Any, signed_in: Callable[..., Client]
) -> None:
    address = reverse("keys:identity-fetch", args=[offered])
    assert signed_in("monitor").get(address).status_code == 404
    confirming = reverse("keys:holder-confirm", args=[offered])
    signed_in("data_protection").post(confirming, {"fingerprint": MARK})
    fetched = signed_in("monitor").get(address)
    assert len(custody.open_with(HERS, fetched.content, custody.IDENTITY_PLACE)) == 64
    for role in ("health_worker", "data_protection", "administrator"):
        assert signed_in(role).get(address).status_code == 404


def test_the_administration_sees_the_list_and_can_do_nothing_with_it(
    offered: Any, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("administrator")
    assert "/keys/offer/" not in page(client) and str(offered) not in page(client)
    assert client.post(reverse("keys:holder-withdraw", args=[offered])).status_code == 404
    assert client.post(reverse("keys:office-lock")).status_code == 404
    assert client.post(reverse("keys:holder-offer"), {"public": HERS.public}).status_code == 404


def test_its_owner_withdraws_it(offered: Any, signed_in: Callable[..., Client], monitor: Any) -> None:
    assert signed_in("monitor").post(reverse("keys:holder-withdraw", args=[offered])).status_code == 302
    assert custody.holders(monitor)[0].withdrawn_at is not None


def test_two_lock_the_office_on_the_page(office: Any, signed_in: Callable[..., Client]) -> None:
    address = reverse("keys:office-lock")
    first, second = signed_in("monitor"), signed_in("data_protection")
    assert first.post(address).status_code == 302
    assert not emergency.is_locked()
    assert "Join: lock now" in page(second)
    second.post(address)
    assert emergency.is_locked()
    assert "What is sealed is locked" in page(first)
