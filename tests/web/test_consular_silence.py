"""Not found, not released, another nation's and taken back are one static answer, in the same time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from registered import AT, TODAY, committed, site
from returning import opened, tell
from small_lists import one_family

from amana.apps.consents.models import Dossier
from amana.apps.registry.models import Person
from amana.casework import consular
from amana.web.consular.views import BODY

__all__ = ["committed", "site"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(committed: Callable[..., Any], cast: SimpleNamespace) -> dict[str, str]:
    """What may be asked for: nobody's, a person's not released, and one released to a country."""
    committed(one_family())
    released = str(Person.objects.get(name_latin="Zarina Rahimova").ref)
    held = str(Person.objects.get(name_latin="Farid Rahimov").ref)
    opened(released, cast)
    opened(held, cast)
    tell(released, cast.caseworker, channel="desk")
    post = consular.name_consul(cast.consular_officer.user_id, "UZB", by=cast.supervisor, at=AT, on=TODAY)
    consular.confirm_consul(UUID(post), by=cast.data_protection, at=AT, on=TODAY)
    of = dict(Dossier.objects.values_list("person", "id"))
    return {
        "unknown": "/consular/7f000000-0000-4000-8000-000000000001/",
        "not released": f"/consular/{of[held]}/",
        "other nation": f"/consular/{of[released]}/",
    }


@pytest.mark.parametrize("role", ["consular_officer", "caseworker", ""])
def test_every_consular_address_is_one_static_answer(
    addresses: dict[str, str], signed_in: Callable[..., Client], role: str
) -> None:
    client = signed_in(role) if role else Client()
    client.get("/consular/")  # The first request of a session renews it, wherever it goes.
    asked = [*addresses.values(), "/consular/a/b?c=d", "/consular/%d8%b2", "/consular/x"]
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


def test_the_three_ask_the_database_the_same_and_write_nothing(
    addresses: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    """That they take the same time on the clock is measured by benchmarks/consular_silence.py."""
    client, asked = signed_in("consular_officer"), {}
    client.get("/consular/")
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as told:
            client.get(address)
        asked[name] = tuple(query["sql"].partition(" WHERE ")[0] for query in told.captured_queries)
    assert len(set(asked.values())) == 1 and len(asked["unknown"]) > 5
    assert not any(sql.startswith(("INSERT", "UPDATE")) for sql in asked["unknown"])
