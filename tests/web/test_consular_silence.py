"""Not found, not released and another nation's are one static answer, in the same time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time_ns
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import committed, site
from returning import opened
from small_lists import one_family

from amana.apps.registry.models import Person
from amana.web.consular.views import BODY

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db
ROUNDS = 300


@pytest.fixture
def addresses(committed: Callable[..., Any], cast: SimpleNamespace) -> dict[str, str]:
    """What may be asked for: nobody's, a person's not released, and one released to a country."""
    committed(one_family())
    released = str(Person.objects.get(name_latin="Zarina Rahimova").ref)
    held = str(Person.objects.get(name_latin="Farid Rahimov").ref)
    opened(released, cast)
    return {
        "unknown": "/consular/P-AAAAAA/",
        "not released": f"/consular/{held}/",
        "other nation": f"/consular/{released}/",
    }


@pytest.mark.parametrize("role", ["consular_officer", "caseworker", ""])
def test_every_consular_address_is_one_static_answer(
    addresses: dict[str, str], signed_in: Callable[..., Client], role: str
) -> None:
    client = signed_in(role) if role else Client()
    client.get("/consular/")  # The first request of a session renews it, wherever it goes.
    asked = [*addresses.values(), "/consular/", "/consular/a/b?c=d", "/consular/%d8%b2"]
    for method in ("get", "post", "put", "delete"):
        answers = [getattr(client, method)(address) for address in asked]
        assert {(each.status_code, each.content) for each in answers} == {(404, BODY)}
        assert len({tuple(sorted(each.headers.items())) for each in answers}) == 1
        assert not any(each.cookies for each in answers)


def test_the_answer_holds_no_form_no_token_no_name_and_is_never_packed(
    addresses: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    answer = signed_in("consular_officer").get(addresses["other nation"], headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers and len(BODY) < 200
    for word in (b"form", b"token", b"csrf", b"nonce", b"P-", b"Saidov"):
        assert word not in answer.content


def test_the_three_take_the_same_time(addresses: dict[str, str], signed_in: Callable[..., Client]) -> None:
    """Medians over interleaved requests differ by at most 5 % or 2 ms (processor time, so that others on the
    machine don't count).
    """
    client = signed_in("consular_officer")
    taken: dict[str, list[int]] = {name: [] for name in addresses}
    names = list(addresses)
    for turn in range(ROUNDS):
        for name in names[turn % 3 :] + names[: turn % 3]:
            begun = process_time_ns()
            client.get(addresses[name])
            taken[name].append(process_time_ns() - begun)
    middles = [median(each) / 1e6 for each in taken.values()]
    assert max(middles) - min(middles) <= max(2.0, 0.05 * min(middles)), middles
