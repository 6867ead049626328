"""What the record would refuse is found on the page where answers are checked; nothing is stored by checking.
What holds while a determination is contested is said on its page.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from small_determination import ASSESSMENT, COURT, DETERMINATION, REPORTED, SEPARATION, at, made, send
from small_family import settle

from amana.apps.audit.models import AuditEntry
from amana.apps.determinations import queries
from amana.casework import determine
from amana.web.clock import now

pytestmark = pytest.mark.django_db

NO_OPTION = {"option_stays_with_mother": "", "option_kinship": ""}
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("assessment/", {**ASSESSMENT, **NO_OPTION}, "What was weighed · "),
    ("assessment/", {**ASSESSMENT, "findings": "ok"}, "What was found: Say in a sentence why"),
    ("assessment/", {**ASSESSMENT, "father_heard": "dead", "father_text": "dead"}, "Say in a sentence why"),
    ("assessment/", {**ASSESSMENT, "review_on": "2999-01-01"}, "Write a day from 2018-02-15 to 2018-05-15."),
    ("court/", {**COURT, "decided_on": "1890-01-01"}, "Decided on: The person was not born yet"),
    ("court/", {**COURT, "kind": "charge"}, "too young that day"),
    ("reported/", {**REPORTED, "decided_on": "1890-01-01"}, "not born yet"),
    ("reported/", {**REPORTED, "effect": "protective"}, "Choose what it does."),
    ("new/", {**DETERMINATION, "supersedes": "D-222222"}, "no such record"),
]


@pytest.fixture
def family(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


@pytest.fixture
def client(signed_in: Any) -> Client:
    found: Client = signed_in("caseworker")
    return found


@pytest.mark.parametrize(("more", "told", "says"), REFUSED, ids=[f"{one[0]}{one[2]}" for one in REFUSED])
def test_checking_finds_what_the_record_refuses(
    more: str, told: dict[str, Any], says: str, family: SimpleNamespace, client: Client
) -> None:
    answer = send(client, at(family.safiya, more), told)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page and "Check your answers</h1>" not in page


@pytest.mark.parametrize(
    ("more", "told"), [("assessment/", ASSESSMENT), ("new/", DETERMINATION), ("court/", COURT)]
)
def test_checking_stores_nothing_and_tells_the_trail_of_no_change(
    more: str, told: dict[str, Any], family: SimpleNamespace, client: Client, cast: SimpleNamespace
) -> None:
    kinds = ("determination.recorded", "determination.requested", "judicial.recorded")
    answer = send(client, at(family.safiya, more), told)
    assert answer.status_code == 200 and "Check your answers</h1>" in answer.content.decode()
    assert queries.determinations(cast.caseworker, family.safiya) == ()
    assert queries.judicial(cast.caseworker, family.safiya) == ()
    assert not AuditEntry.objects.filter(kind__in=kinds).exists()


CONTESTED = [
    ("safiya", DETERMINATION, "It protects the child, so it holds", "under appeal, holds meanwhile"),
    ("yusuf", SEPARATION, "Until the appeal is decided it is suspended", "under appeal, suspended"),
]


@pytest.mark.parametrize("case", CONTESTED, ids=["stays", "parts"])
def test_the_page_says_what_holds_while_it_is_contested(
    case: tuple[str, dict[str, Any], str, str], family: SimpleNamespace, client: Client, cast: SimpleNamespace
) -> None:
    person, told, says, mark = case
    ref = getattr(family, person)
    dref = made(send(client, at(ref, "new/"), told, store="yes"))
    asked = queries.determination(cast.supervisor, dref)
    acting = {"by": cast.supervisor, "at": now(), "on": asked.asked_on}
    determine.approve(dref, reason="Read and found complete.", seen_version=asked.version, **acting)
    lodged = {"lodged_by": "other", "lodged_on": "2018-02-15", "ground": "The site wants it otherwise."}
    checked = send(client, at(ref, f"{dref}/appeals/"), lodged)
    assert says in checked.content.decode()
    assert send(client, at(ref, f"{dref}/appeals/"), lodged, store="yes").status_code == 302
    page = client.get(at(ref, f"{dref}/")).content.decode()
    assert "What holds while it is contested" in page and says in page and mark in page


def test_a_claim_that_carries_a_harsh_answer_is_named_and_led_to(
    family: SimpleNamespace, client: Client
) -> None:
    page = client.get(at(family.yusuf, "protocol/")).content.decode()
    named = page.split("Merely claimed, and the answer rests on it:", 1)[1].split("</ul>", 1)[0]
    assert f'href="/people/{family.yusuf}/identity/#claim-' in named
