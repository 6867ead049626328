"""A case tells what was determined, planned and stopped beside what the protocol says, each by its name."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from small_family import AT, TODAY, settle

sys.path.insert(0, str(Path(__file__).parents[1] / "casework"))
from determined import assessed
from moved import planned, separated_by

from amana.apps.oversight.models import Finding
from amana.apps.placements.queries import facilities
from amana.casework import moves
from amana.casework.stopping import Stopped
from amana.casework.sweep import sweep_all

pytestmark = pytest.mark.django_db

Client_ = Callable[..., Client]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    """A mother with her children at a place of detention, looked at; a state home elsewhere."""
    found = settle(cast.registrar)
    found.home = {place.kind: place.ref for place in facilities(cast.registrar)}["state_home"]
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    return found


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def part(text: str, anchor: str) -> str:
    start = text.index(f'id="{anchor}"')
    return text[start : text.index("</section>", start)]


def test_what_the_protocol_says_is_nowhere_called_decided(family, signed_in: Client_) -> None:
    overview = page(signed_in("caseworker"), f"/people/{family.yusuf}/")
    assert "The protocol says:" in part(overview, "line") and "Decided" not in part(overview, "line")
    history = page(signed_in("caseworker"), f"/people/{family.yusuf}/history/")
    assert "Stored answers of the protocol" in history and "nobody’s decision" in history
    assert "Stored decisions" not in history


def test_a_determination_stands_in_the_head_and_on_the_timeline(family, cast, signed_in: Client_) -> None:
    ref = separated_by(family.yusuf, cast)
    text = page(signed_in("caseworker"), f"/people/{family.yusuf}/")
    head = text[text.index('class="ch"') : text.index("</nav>", text.index('class="ch"'))]
    assert "Determined" in head and "the child leaves the mother" in head and ref in head
    line = part(text, "line")
    assert f"{ref}" in line and "approved by a second person" in line


def test_a_plan_that_was_stopped_and_withdrawn_says_so_on_the_timeline(
    family, cast, signed_in: Client_
) -> None:
    mref = planned(family.yusuf, family.home, cast.caseworker)
    acting = {"by": cast.caseworker, "at": AT, "on": TODAY}
    with pytest.raises(Stopped):
        moves.carry_out(mref, moved_on=TODAY, **acting)
    moves.withdraw_move(mref, reason="The child stays with her mother.", **acting)
    line = part(page(signed_in("caseworker"), f"/people/{family.yusuf}/"), "line")
    assert "Move planned to" in line and mref in line and "withdrawn" in line
    assert "stopped: " in line and "(S06)" in line.replace("\u2066", "").replace("\u2069", "")


def test_whoever_sees_no_decisions_is_told_of_none(family, cast, signed_in: Client_) -> None:
    ref = separated_by(family.yusuf, cast)
    assert ref not in page(signed_in("registrar"), f"/people/{family.yusuf}/")


def test_what_ended_says_how_late_it_was_and_not_how_long_it_was_looked_at(
    family, cast, signed_in: Client_
) -> None:
    late = Finding.objects.get(person=family.safiya, verdict="overdue", safeguard="S11")
    assessed(family.safiya, cast.caseworker, on=TODAY, done_on=TODAY)
    text = page(signed_in("caseworker"), f"/people/{family.safiya}/safeguards/")
    days = (TODAY - late.due_latest).days
    assert f"{days} days late when it ended" in part(text, "before")


def test_a_planned_act_is_marked_and_counted_apart(family, cast, signed_in: Client_) -> None:
    planned(family.yusuf, family.home, cast.caseworker, planned_for=TODAY + timedelta(days=5))
    sweep_all(on=TODAY, by=cast.supervisor, at=AT)
    found = Finding.objects.get(person=family.yusuf, safeguard="S06", until=None)
    assert (found.planned, found.begun_on) == (True, date(2018, 2, 20))
    text = page(signed_in("supervisor"), "/oversight/S06/")
    assert "planned, not done" in text and "planned for 20 February 2018" in text
    assert "of them planned, not done" in text
    assert "planned" in page(signed_in("supervisor"), "/oversight/")


def test_the_conditions_of_a_breach_wear_no_mark_of_what_is_well(family, cast, signed_in: Client_) -> None:
    planned(family.yusuf, family.home, cast.caseworker)
    text = page(signed_in("caseworker"), f"/people/{family.yusuf}/safeguards/")
    found = text[text.index('id="breach"') :]
    first = found[found.index('class="cond"') : found.index("</article>")]
    assert "tv-n" in first and "tv-t" not in first
    assert "not on record" in first and "not known" not in first
