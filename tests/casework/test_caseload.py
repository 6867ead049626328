"""Who holds which case: new people, bulk assignment, handing on with acceptance, referral, revoking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from registered import AT, TODAY
from small_lists import one_family

from amana.apps.accounts import queries as accounts
from amana.apps.accounts import teams, viewers
from amana.apps.accounts.viewers import NotForYou
from amana.apps.placements.commands import add_facility
from amana.apps.registry import caseloads, queries
from amana.apps.registry.models import Person
from amana.apps.registry.reach import people_of
from amana.apps.registry.relations import Reach
from amana.casework import amend, caseload, intake
from amana.casework.caseload import CaseloadRefused

pytestmark = pytest.mark.django_db
WHEN: dict[str, Any] = {"at": AT, "on": TODAY}
WHY = "She works where the family is now."


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


def kept() -> Counter[Any]:
    columns = ("person_id", "circle", "since", "until", "classes", "source")
    return Counter(Reach.objects.values_list(*columns))


def from_sources() -> Counter[Any]:
    return Counter(tuple(row) for row in caseload.reach_from_sources())


def reaches(viewer: Any) -> set[str]:
    return set(people_of(viewer).values_list("ref", flat=True))


def reloaded(viewer: Any) -> Any:
    return accounts.viewer(viewer.user_id)


def test_new_people_go_to_the_team_of_who_commits_and_to_its_first_official(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    everybody = set(family.values())
    assert reaches(cast.caseworker) == reaches(cast.supervisor) == reaches(cast.registrar) == everybody
    assert reaches(cast.other_caseworker) == reaches(cast.other_supervisor) == set()
    assert kept() == from_sources()


def test_a_registrar_reaches_whom_she_registered_for_thirty_days(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    def on(days: int) -> Any:
        return viewers.Viewer(
            cast.registrar.user_id,
            cast.registrar.audit_id,
            "registrar",
            cast.registrar.circles,
            TODAY + timedelta(days=days),
        )

    assert reaches(on(30)) == set(family.values())
    assert reaches(on(31)) == set() and queries.batches(on(31)) == ()
    assert reaches(viewers.Viewer(cast.registrar.user_id, cast.registrar.audit_id, "registrar")) == set()


def test_without_a_first_official_new_people_stand_as_unassigned(
    cast: SimpleNamespace, committed: Callable[..., Any]
) -> None:
    team = accounts.team_of(cast.supervisor.user_id)
    assert team
    teams.name_first_official(team=team.ref, user_id=None, by=viewers.installer(), at=AT)
    committed(one_family())
    assert reaches(cast.caseworker) == set()
    assert caseloads.unassigned(cast.supervisor) == len(reaches(cast.supervisor)) > 0
    caseload.assign(reaches(cast.supervisor), to=cast.caseworker.user_id, by=cast.supervisor, **WHEN)
    assert caseloads.unassigned(cast.supervisor) == 0
    assert reaches(cast.caseworker) == reaches(cast.supervisor)
    assert kept() == from_sources()


def test_who_does_not_answer_for_a_case_assigns_nobody(family: dict[str, str], cast: SimpleNamespace) -> None:
    for viewer in (cast.other_supervisor, cast.caseworker, cast.administrator, cast.outsider):
        with pytest.raises(NotForYou):
            caseload.assign([family["Farid"]], to=cast.caseworker.user_id, by=viewer, **WHEN)


def test_a_case_is_handed_on_only_once_it_is_accepted(family: dict[str, str], cast: SimpleNamespace) -> None:
    ref = family["Farid"]
    offer = caseload.hand_on(ref, to=cast.other_caseworker.user_id, reason=WHY, by=cast.caseworker, **WHEN)
    assert ref in reaches(cast.caseworker) and ref not in reaches(cast.other_caseworker)
    with pytest.raises(NotForYou):
        caseload.answer_offer(offer, accept=True, by=cast.caseworker, **WHEN)
    caseload.answer_offer(offer, accept=True, by=cast.other_caseworker, **WHEN)
    assert ref not in reaches(cast.caseworker) and ref in reaches(cast.other_caseworker)
    assert ref not in reaches(cast.supervisor) and ref in reaches(cast.other_supervisor)
    with pytest.raises(NotForYou):
        queries.person(cast.caseworker, ref)
    assert kept() == from_sources()


def test_a_declined_offer_leaves_the_case_where_it_was(family: dict[str, str], cast: SimpleNamespace) -> None:
    ref, other = family["Farid"], cast.other_caseworker
    offer = caseload.hand_on(ref, to=other.user_id, reason=WHY, by=cast.caseworker, **WHEN)
    with pytest.raises(CaseloadRefused):
        caseload.answer_offer(offer, accept=False, reason="no", by=other, **WHEN)
    caseload.answer_offer(offer, accept=False, reason="I hold too many cases now.", by=other, **WHEN)
    assert ref in reaches(cast.caseworker) and ref not in reaches(other)


def test_a_referral_opens_only_its_classes_and_only_until_its_day(
    family: dict[str, str], cast: SimpleNamespace
) -> None:
    ref, liaison = family["Farid"], cast.court_liaison
    last = TODAY + timedelta(days=10)
    what = {"classes": {"C1", "C4"}, "purpose": "The court asks for the papers.", "until": last}
    number = caseload.refer(ref, to=liaison.user_id, **what, by=cast.caseworker, **WHEN)
    assert reaches(liaison) == {ref}
    told = {claim.attribute for claim in queries.claims(liaison, ref)}
    assert "name" in told and "nationality" not in told
    later = viewers.Viewer(liaison.user_id, liaison.audit_id, "court_liaison", liaison.circles, last)
    assert reaches(later) == {ref}
    after = last + timedelta(days=1)
    assert not reaches(
        viewers.Viewer(liaison.user_id, liaison.audit_id, "court_liaison", liaison.circles, after)
    )
    caseload.revoke(number, reason="The hearing was called off.", by=cast.caseworker, **WHEN)
    assert reaches(liaison) == set() and kept() == from_sources()


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": set()},
        {"classes": {"C8"}, "to": "health_worker"},
        {"purpose": "x"},
        {"until": TODAY - timedelta(days=1)},
        {"until": TODAY + timedelta(days=400)},
        {"to": "monitor"},
    ],
)
def test_a_referral_without_classes_reason_or_a_near_day_is_refused(
    family: dict[str, str], cast: SimpleNamespace, wrong: dict[str, Any]
) -> None:
    said: dict[str, Any] = {
        "to": "court_liaison",
        "classes": {"C1"},
        "purpose": "The court asks for the papers.",
        "until": TODAY,
        **wrong,
    }
    said["to"] = getattr(cast, said["to"]).user_id
    with pytest.raises(CaseloadRefused):
        caseload.refer(family["Farid"], **said, by=cast.caseworker, **WHEN)


def test_whoever_keeps_a_place_sees_who_is_there_now(
    family: dict[str, str], cast: SimpleNamespace, site: str
) -> None:
    keeper, home = (
        cast.facility_manager,
        add_facility(name_en="Home", name_ar="", kind="camp", by=cast.registrar, at=AT),
    )
    teams.place(user_id=keeper.user_id, team=None, sites=[site], by=viewers.installer(), at=AT)
    keeper = reloaded(keeper)
    assert reaches(keeper) == set(family.values())
    amend.move(
        person=family["Zarina"], facility=home, moved_on=TODAY, source="the camp", by=cast.caseworker, **WHEN
    )
    assert reaches(keeper) == set(family.values()) - {family["Zarina"]}
    assert kept() == from_sources()


def test_nothing_of_a_batch_taken_back_stays_in_reach(
    cast: SimpleNamespace, committed: Callable[..., Any]
) -> None:
    batch = committed(one_family()).batch
    (ref, *_others) = reaches(cast.caseworker)
    caseload.refer(
        ref,
        to=cast.health_worker.user_id,
        classes={"C1", "C7"},
        purpose="A doctor is to see the child.",
        until=TODAY,
        by=cast.caseworker,
        **WHEN,
    )
    assert intake.undo(batch, by=cast.registrar, at=AT).undone
    assert not Reach.objects.exists()
