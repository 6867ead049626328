"""The pages of somebody of whom nothing is said any more: they open, and name nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import AT, TODAY, settle

from amana.apps.audit.recording import recording
from amana.apps.placements.models import Stay
from amana.apps.registry.models import Person
from amana.apps.retention import codes
from amana.casework.erase import ask_erasure, confirm

pytestmark = pytest.mark.django_db
WHY = "Her guardian asked for it in a letter."


def test_the_pages_of_an_erased_person_open_and_name_nobody(
    cast: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    family = settle(cast.registrar)
    ref, client = family.yusuf, signed_in("caseworker")
    names = Person.objects.values_list("name_latin", "name_ar").get(ref=ref)
    acting = {"at": AT, "on": TODAY}
    with recording(cast.operator, AT):
        Stay.objects.update(until=TODAY)
    asked = ask_erasure(
        ref, ground="request", words=WHY, parts=codes.REGISTER, by=cast.data_protection, **acting
    )
    confirm(asked, words=WHY, by=cast.supervisor, **acting)
    start = client.get(f"/people/{ref}/")
    tabs = set(re.findall(rf'href="(/people/{ref}/[a-z-]+/)"', start.content.decode()))
    assert len(tabs) > 6
    for address in (f"/people/{ref}/", *sorted(tabs), "/people/", f"/retention/erasures/{asked}/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert not any(name in page.content.decode() for name in names), address
    board = signed_in("data_protection").get("/retention/").content.decode()
    assert "Of 1 person nothing is said in the register any more." in board
