"""Pages of caseloads: whom nobody holds, assigning several at once, offering, referring and taking back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from amana.apps.accounts import queries as accounts
from amana.apps.accounts import teams, viewers
from amana.apps.registry import caseloads, queries
from amana.apps.registry.reach import people_of
from small_office import AT, TODAY, settle

WHY = "She works where the family is now."


@pytest.fixture
def person(cast: SimpleNamespace, tmp_path: Path) -> str:
    settle(cast.registrar, tmp_path, people=12)
    return str(people_of(cast.caseworker).values_list("ref", flat=True).order_by("ref")[0])


def test_today_counts_whom_nobody_holds_and_leads_to_assigning_them(
    cast: SimpleNamespace, tmp_path: Path, signed_in: Callable[..., Client]
) -> None:
    team = accounts.team_of(cast.supervisor.user_id)
    assert team
    teams.name_first_official(team=team.ref, user_id=None, by=viewers.installer(), at=AT)
    settle(cast.registrar, tmp_path, people=12)
    client = signed_in("supervisor")
    assert "Cases that nobody holds" in client.get("/").content.decode()
    before = caseloads.unassigned(cast.supervisor)
    refs = list(people_of(cast.supervisor).values_list("ref", flat=True))[:3]
    asked = {"people": refs, "to": str(cast.caseworker.user_id)}
    assert client.post("/caseload/", asked).status_code == 302
    assert caseloads.unassigned(cast.supervisor) == before - 3
    assert client.post("/caseload/", {"people": refs, "to": ""}).status_code == 422
    foreign = {"people": refs, "to": str(cast.other_caseworker.user_id)}
    assert client.post("/caseload/", foreign).status_code == 422
    assert signed_in("other_supervisor").post("/caseload/", asked).status_code == 404


def test_a_case_is_offered_accepted_and_gone_from_who_held_it(
    cast: SimpleNamespace, person: str, signed_in: Callable[..., Client]
) -> None:
    giver, taker = signed_in("caseworker"), signed_in("other_caseworker")
    asked = {"to": str(cast.other_caseworker.user_id), "reason": WHY}
    assert giver.post(f"/people/{person}/assignments/hand-on/", asked).status_code == 302
    assert person in giver.get(f"/people/{person}/assignments/").content.decode()
    today = taker.get("/").content.decode()
    assert WHY in today and person not in today
    (offer,) = caseloads.offers(cast.other_caseworker)
    assert giver.post(f"/caseload/offers/{offer.id}/", {"answer": "accept"}).status_code == 404
    taker.post(f"/caseload/offers/{offer.id}/", {"answer": "accept"})
    assert giver.get(f"/people/{person}/").status_code == 404
    assert taker.get(f"/people/{person}/").status_code == 200


def test_a_referral_opens_its_classes_and_closes_when_taken_back(
    cast: SimpleNamespace, person: str, signed_in: Callable[..., Client]
) -> None:
    holder, doctor = signed_in("caseworker"), signed_in("health_worker")
    assert doctor.get(f"/people/{person}/").status_code == 404
    asked = {
        "to": str(cast.health_worker.user_id),
        "classes": ["C1", "C7"],
        "until": (TODAY + timedelta(days=9)).isoformat(),
        "reason": "A doctor is to see the child.",
    }
    assert holder.post(f"/people/{person}/assignments/refer/", asked | {"classes": []}).status_code == 422
    assert holder.post(f"/people/{person}/assignments/refer/", asked).status_code == 302
    assert doctor.get(f"/people/{person}/").status_code == 200
    assert doctor.get(f"/people/{person}/family/").status_code == 404
    given = next(each for each in caseloads.assignments(cast.caseworker, person) if each.kind == "referral")
    holder.post(f"/people/{person}/assignments/{given.id}/revoke/")
    assert doctor.get(f"/people/{person}/").status_code == 404


def test_who_does_not_hold_the_case_sees_who_does_and_no_form(
    person: str, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("registrar").get(f"/people/{person}/assignments/").content.decode()
    assert "Layla Nasser" in page and "Hand the case on" not in page


def test_a_role_without_nationality_sees_none_and_filters_by_none(
    cast: SimpleNamespace, person: str, signed_in: Callable[..., Client]
) -> None:
    team = accounts.team_of(cast.facility_manager.user_id)
    site = queries.batches(cast.registrar)[0].facility
    teams.place(
        user_id=cast.facility_manager.user_id,
        team=team.ref if team else None,
        sites=[site],
        by=viewers.installer(),
        at=AT,
    )
    client = signed_in("facility_manager")
    page = client.get("/people/").content.decode()
    assert person in page and 'name="nation"' not in page
    assert client.get("/people/?nation=TJK").status_code == 422
    assert client.get(f"/people/{person}/placement/").status_code == 404
