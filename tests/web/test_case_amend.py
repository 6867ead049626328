"""Whoever may only see a case gets no form to change it, and a form sent all the same finds nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from small_family import settle

from amana.apps.registry import queries


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.mark.parametrize(
    ("role", "forms"), [("registrar", True), ("caseworker", True), ("supervisor", False)]
)
def test_claims_are_shown_to_all_who_see_the_case_and_forms_to_those_who_amend_it(
    family: SimpleNamespace, signed_in: Callable[..., Any], role: str, forms: bool
) -> None:
    text = signed_in(role).get(f"/people/{family.safiya}/identity/").content.decode()
    assert "2013-10/2014-06" in text
    assert ("Add a claim" in text) is forms
    assert ("Record the judgement" in text) is forms


def test_a_form_of_somebody_who_may_not_amend_finds_nothing(
    family: SimpleNamespace, cast: SimpleNamespace, signed_in: Callable[..., Any]
) -> None:
    client = signed_in("supervisor")
    before = queries.claims(cast.caseworker, family.safiya)
    told = {"attribute": "sex", "stated": "female", "source": "document", "note": "card", "version": 1}
    assert client.post(f"/people/{family.safiya}/identity/claims/", told).status_code == 404
    judged = {"judgement": "refute", "reason": "no", "version": 1}
    address = f"/people/{family.safiya}/identity/claims/{before[0].id}/"
    assert client.post(address, judged).status_code == 404
    assert queries.claims(cast.caseworker, family.safiya) == before
