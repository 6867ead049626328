"""An account that reads more than its work comes to is told of, and must prove anew who sits there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from amana.apps.guards import reading
from amana.apps.guards.bounds import Bound, Bounds
from amana.apps.guards.models import ReadAlarm
from small_office import settle

pytestmark = pytest.mark.django_db
FEW = Bounds(Bound(5, 10), Bound(1000, 2000))


@pytest.fixture
def reader(
    cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> Any:
    """A caseworker who has just looked at a page of twelve people or more, beyond both bounds."""
    settle(cast.registrar, tmp_path, people=14)
    monkeypatch.setattr(reading, "bounds_of", lambda role: FEW)
    client = signed_in("caseworker")
    assert client.get(reverse("people:person-list")).status_code == 200
    return client


def test_beyond_the_second_bound_nothing_opens_until_she_proves_who_she_is(reader: Any) -> None:
    for name in ("people:person-list", "today:day-show", "law:pack-list"):
        answer = reader.get(reverse(name))
        assert answer.status_code == 302 and reverse("session:proof-ask") in answer.headers["Location"]
    assert reader.get(reverse("session:account-show")).status_code == 200
    session = reader.session
    session["proved"] = int(datetime.now(UTC).timestamp())
    session.save()
    assert reader.get(reverse("people:person-list")).status_code == 200
    assert reader.get(reverse("people:person-list")).status_code == 200


def test_those_who_watch_read_how_many_and_see_to_it(reader: Any, signed_in: Callable[..., Client]) -> None:
    client = signed_in("data_protection")
    page = client.get(reverse("openings:alarm-list")).content.decode()
    assert "Layla Nasser" in page and "people read within an hour" in page and "P-" not in page
    number = ReadAlarm.objects.filter(step="alarm").get().pk
    address = reverse("openings:alarm-see-to", args=[number])
    assert client.post(address, {"reason": "x"}).status_code == 422
    assert client.post(address, {"reason": "She sorted the whole list by hand."}).status_code == 302
    assert "She sorted the whole list by hand." in client.get(reverse("openings:alarm-list")).content.decode()
