"""What is written of a child is read by those who carry or answer for her case, and by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from saying_why import saying_why
from small_determination import (
    ASSESSMENT,
    CANARY,
    COURT,
    DETERMINATION,
    REPORTED,
    at,
    made,
    send,
)
from small_family import settle
from test_access import PLAIN, rule

from amana.apps.accounts.roles import ROLES
from amana.apps.audit.models import AuditEntry, AuditPayload, ReadEntry, ReadPayload
from amana.apps.determinations import queries
from amana.web.determinations.urls import urlpatterns
from rows_again import Entered, enter
from signing import sign_in

READERS = sorted(role for role in ROLES if "determinations.see" in ROLES[role].may)
OTHERS = sorted(set(ROLES) - set(READERS))


@pytest.fixture(scope="module")
def entered_written(_cast_entered: Entered, django_db_blocker: Any) -> Entered:
    with django_db_blocker.unblock():
        return enter(lambda: _written(SimpleNamespace(**_cast_entered.put_back())))


@pytest.fixture
def kept(entered_written: Entered, db: None) -> SimpleNamespace:
    found: SimpleNamespace = entered_written.put_back()
    return found


@pytest.fixture
def cast(kept: SimpleNamespace) -> SimpleNamespace:
    found: SimpleNamespace = kept.cast
    return found


@pytest.fixture
def family(kept: SimpleNamespace) -> SimpleNamespace:
    found: SimpleNamespace = kept.family
    return found


@pytest.fixture
def written(kept: SimpleNamespace) -> dict[str, str]:
    """One record of each kind on Safiya, the determination approved and contested."""
    found: dict[str, str] = kept.refs
    return found


def _written(cast: SimpleNamespace) -> SimpleNamespace:
    family = settle(cast.registrar)
    client, supervisor = sign_in(cast.caseworker), saying_why(sign_in(cast.supervisor))
    forms = {"assessment/": ASSESSMENT, "new/": DETERMINATION, "court/": COURT, "reported/": REPORTED}
    refs = {
        more: made(send(client, at(family.safiya, more), told, store="yes")) for more, told in forms.items()
    }
    decided = {"decision": "approve", "reason": f"Read and agreed with the panel. {CANARY}"}
    send(supervisor, at(family.safiya, f"{refs['new/']}/decide/"), decided)
    lodged = {
        "lodged_by": "mother",
        "lodged_on": "2018-02-15",
        "ground": f"Nobody asked the mother. {CANARY}",
    }
    send(client, at(family.safiya, f"{refs['new/']}/appeals/"), lodged, store="yes")
    return SimpleNamespace(cast=cast, family=family, refs=refs)


def addresses(person: str, ref: str) -> list[str]:
    parts = {"ref": person, "dref": ref, "appeal": 1}
    return [
        reverse(f"determinations:{each.name}", kwargs={part: parts[part] for part in each.pattern.converters})
        for each in urlpatterns
    ]


def test_readers_work_on_the_case_or_stand_by_the_person() -> None:
    assert READERS == ["caseworker", "guardian", "operator", "supervisor"]


@pytest.mark.parametrize("role", OTHERS)
def test_every_address_is_not_found_for_everybody_else(
    role: str, family: SimpleNamespace, written: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    client = signed_in(role)
    for address in addresses(family.safiya, written["new/"]):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"store": "yes"}).status_code in (404, 405), address


def test_a_determination_of_somebody_else_is_not_found_under_another_person(
    family: SimpleNamespace, written: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    for role in ("caseworker", "supervisor"):
        client = signed_in(role)
        for address in addresses(family.yusuf, written["new/"]):
            if written["new/"] in address:
                assert client.get(address).status_code == 404, address
                assert client.post(address, {"reason": "x"}).status_code in (404, 405), address


@pytest.mark.parametrize("strange", ["D-222222", "D-XXXXXX", "x", "'; DROP", "..%2f", "D-" + "9" * 300])
def test_a_strange_reference_is_not_found_and_never_an_error(
    strange: str, family: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    for more in ("", "print/", "withdraw/", "appeals/", "appeals/1/"):
        assert client.get(at(family.safiya, f"{strange}/{more}")).status_code == 404


def _pages(client: Client, role: str, family: SimpleNamespace) -> list[Any]:
    people = [family.safiya, family.dilnoza, family.yusuf, family.idris]
    tabs = ["", "identity/", "family/", "placement/", "history/", "safeguards/", "moves/"]
    found = [client.get(f"/people/{ref}/{tab}") for ref in people for tab in tabs]
    plain = [name for name in PLAIN if rule(name) in ROLES[role].may]
    found += [client.get(reverse(name)) for name in plain]
    return [*found, client.get(f"/people/?q={CANARY}"), client.get("/people/?q=Safiya")]


@pytest.mark.parametrize("role", sorted(ROLES))
def test_no_text_stands_on_any_page_but_its_own(
    role: str, family: SimpleNamespace, written: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    """Not even for those who may read it: lists, boards and timelines tell codes and days."""
    for answer in _pages(signed_in(role), role, family):
        page = answer.getvalue().decode().replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")
        assert CANARY not in page.replace(f"“{CANARY}”", ""), answer.wsgi_request.path


def test_no_text_stands_in_trail_or_read_log(written: dict[str, str], cast: SimpleNamespace) -> None:
    tables = (AuditEntry, AuditPayload, ReadEntry, ReadPayload)
    rows = [row for table in tables for row in table.objects.values()]
    assert len(rows) > 10
    assert [row for row in rows if CANARY in str(row)] == []


def test_whoever_reads_a_determination_stands_in_the_read_log_of_the_child(
    family: SimpleNamespace, written: dict[str, str], signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    from amana.apps.audit.queries import sightings

    before = len(sightings(family.safiya, cast.supervisor, 50))
    signed_in("supervisor").get(at(family.safiya, f"{written['assessment/']}/"))
    assert len(sightings(family.safiya, cast.supervisor, 50)) == before + 1


def test_no_list_filters_by_what_was_decided(
    family: SimpleNamespace, written: dict[str, str], signed_in: Callable[..., Client]
) -> None:
    """A list of children by an adverse decision is a list that can be ordered to be acted on."""
    client = saying_why(signed_in("supervisor"))
    plain = client.get("/determinations/").content
    for query in ("decides=separation", "effect=adverse", "stance=adopt", "kind=reported"):
        page = client.get(f"/determinations/?{query}").content.decode()
        assert page.count("<li>") == plain.decode().count("<li>")


def test_texts_are_shown_as_they_were_written_and_never_as_markup(
    family: SimpleNamespace, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    client = signed_in("caseworker")
    told = {**ASSESSMENT, "findings": "<script>alert(1)</script> & <b>bold</b> and eats well"}
    checked = send(client, at(family.safiya, "assessment/"), told).content.decode()
    ref = made(send(client, at(family.safiya, "assessment/"), told, store="yes"))
    shown = client.get(at(family.safiya, f"{ref}/")).content.decode()
    for page in (checked, shown):
        assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert queries.determination(cast.caseworker, ref).reasons == told["findings"]
