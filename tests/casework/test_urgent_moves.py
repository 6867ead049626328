"""Urgent protective moves: they wait for nobody, last three days, and are no way around a determination."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from determined import acting
from moved import occasions, place, planned, separated_by, urgent
from registered import TODAY
from small_lists import one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import recording
from amana.apps.oversight.models import Finding
from amana.apps.placements.models import Stay, UrgentMove
from amana.apps.placements.moves import queries
from amana.apps.registry.models import Person
from amana.casework import amend, moves
from amana.casework.moves import CustodyRefused, MoveRefused, Stopped
from amana.casework.sweep import sweep_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16 at a place of detention."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def hospital(registrar: Any, family: Any) -> str:
    return place("other", registrar, "Hospital")


def separation_of(ref: str, days: int) -> dict[str, Any]:
    found = occasions(ref, TODAY + timedelta(days=days))
    return next((facts for key, facts in found.items() if key.startswith("separation:")), {})


def test_an_urgent_move_waits_for_no_determination_and_shows_what_is_owed(family, hospital, cast) -> None:
    ref = family["Farid"]
    mref = urgent(ref, hospital, cast.caseworker)
    assert Stay.objects.get(person=ref, until=None).facility_id == hospital
    assert not Finding.objects.filter(person=ref, safeguard="S06", until=None).exists()
    facts = occasions(ref)[f"urgent:{mref}"]
    assert (facts["urgent_ground"], facts["urgent_reason"], facts["into_custody"]) == ("medical", True, False)
    assert "reviewed_on" not in facts and "guardian_told_on" not in facts


def test_after_three_days_it_is_a_separation_like_any_other(family, hospital, cast) -> None:
    ref = family["Farid"]
    urgent(ref, hospital, cast.caseworker)
    assert separation_of(ref, 3)["urgent"] is True
    late = separation_of(ref, 4)
    assert (late["urgent"], late["separated_on"]) == (False, "2018-02-18")

    with recording(cast.operator, acting(cast.operator)["at"]) as log:
        sweep_people([ref], on=TODAY + timedelta(days=4), log=log)
    assert Finding.objects.filter(person=ref, safeguard="S06", verdict="breach", until=None).exists()


def test_a_determination_within_the_three_days_makes_it_last(family, hospital, cast) -> None:
    ref = family["Farid"]
    urgent(ref, hospital, cast.caseworker)
    separated_by(ref, cast, place_kind="other", on=TODAY + timedelta(days=2))
    assert separation_of(ref, 5)["determination_on"] == "2018-02-17"


def test_a_plan_after_an_urgent_move_is_a_separation_and_stops(family, hospital, cast, registrar) -> None:
    home = place("state_home", registrar)
    urgent(family["Farid"], hospital, cast.caseworker)
    mref = planned(family["Farid"], home, cast.caseworker)
    assert {"S06"} <= {each.safeguard.id for each in moves.missing(cast.caseworker, mref, TODAY)}
    with pytest.raises(Stopped):
        moves.carry_out(mref, moved_on=TODAY, **acting(cast.caseworker))


def test_a_move_recorded_after_an_urgent_one_ends_the_exception(family, hospital, cast, registrar) -> None:
    ref, home = family["Farid"], place("state_home", registrar)
    urgent(ref, hospital, cast.caseworker)
    amend.move(person=ref, facility=home, moved_on=TODAY, source="the home", **acting(cast.caseworker))
    assert separation_of(ref, 0)["urgent"] is False
    assert Finding.objects.filter(person=ref, safeguard="S06", verdict="breach", until=None).exists()


def test_mother_and_children_go_together_where_they_can(family, hospital, cast) -> None:
    mref = urgent(family["Farid"], hospital, cast.caseworker, with_family="together", ground="fire")
    where = dict(Stay.objects.filter(until=None).values_list("person_id", "facility_id"))
    assert {where[ref] for ref in family.values()} == {hospital}
    assert separation_of(family["Farid"], 10) == {}
    assert UrgentMove.objects.get().ref == mref


@pytest.mark.parametrize("kind", ["detention", "juvenile"])
def test_it_never_opens_custody(family, cast, registrar, kind) -> None:
    jail = place(kind, registrar, "Site C")
    with pytest.raises(CustodyRefused):
        urgent(family["Rustam"], jail, cast.caseworker, ground="violence")
    assert not UrgentMove.objects.exists()
    assert AuditEntry.objects.filter(kind="move.stopped", subject=family["Rustam"]).count() == 1


def test_it_is_reviewed_by_a_second_person_and_ends_with_the_return(family, hospital, cast, site) -> None:
    ref = family["Farid"]
    mref = urgent(ref, hospital, cast.operator)
    with pytest.raises(MoveRefused, match="second person"):
        moves.review_urgent(
            mref, review="upheld", reason="The site has no doctor; it was right.", **acting(cast.operator)
        )
    moves.review_urgent(
        mref, review="upheld", reason="The site has no doctor; it was right.", **acting(cast.supervisor)
    )
    moves.tell_urgent(mref, monitor_told_on=TODAY, guardian_told_on=TODAY, **acting(cast.caseworker))
    day = TODAY + timedelta(days=1)
    moves.end_urgent(
        mref,
        ended_on=day,
        reason="She is well again and back with them.",
        returned_to=site,
        **acting(cast.caseworker, day),
    )
    assert f"urgent:{mref}" not in occasions(ref, day)
    assert separation_of(ref, 1) == {}
    view = queries.urgent_move(cast.supervisor, mref)
    assert (view.review, view.reviewed_on, view.ended_on, view.monitor_told_on) == (
        "upheld",
        TODAY,
        day,
        TODAY,
    )


def test_it_does_not_end_in_custody_without_the_mother(family, hospital, cast, site, registrar) -> None:
    mref = urgent(family["Rustam"], hospital, cast.caseworker)
    camp = place("camp", registrar)
    amend.move(
        person=family["Zarina"], facility=camp, moved_on=TODAY, source="list", **acting(cast.caseworker)
    )
    with pytest.raises(CustodyRefused):
        moves.end_urgent(
            mref,
            ended_on=TODAY,
            reason="She is well again and back with them.",
            returned_to=site,
            **acting(cast.caseworker),
        )
    assert UrgentMove.objects.get().ended_on is None


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"ground": "escape"}, "code"),
        ({"reason": " "}, "not_in_words"),
        ({"alone_reason": ""}, "not_in_words"),
        ({"alone_reason": "no room"}, "not_in_words"),
        ({"with_family": "perhaps"}, "code"),
        ({"moved_on": TODAY - timedelta(days=4)}, "urgent_day"),
        ({"moved_on": TODAY + timedelta(days=1)}, "urgent_day"),
        ({"monitor_told_on": TODAY - timedelta(days=1)}, "told_day"),
        ({"facility": "S-222222"}, "no_place"),
    ],
)
def test_one_that_says_too_little_is_refused_and_nobody_moves(family, hospital, cast, what, code) -> None:
    before = Stay.objects.count()
    with pytest.raises(MoveRefused) as refused:
        urgent(family["Farid"], what.pop("facility", hospital), cast.caseworker, **what)
    assert refused.value.code == code
    assert (Stay.objects.count(), UrgentMove.objects.count()) == (before, 0)


def test_only_who_carries_cases_makes_one_and_only_a_supervisor_reviews(family, hospital, cast) -> None:
    for role in ("registrar", "supervisor", "monitor", "administrator", "outsider"):
        with pytest.raises(NotForYou):
            urgent(family["Farid"], hospital, getattr(cast, role))
    mref = urgent(family["Farid"], hospital, cast.caseworker)
    for role in ("caseworker", "registrar", "monitor", "outsider"):
        with pytest.raises(NotForYou):
            moves.review_urgent(
                mref,
                review="upheld",
                reason="The site has no doctor; it was needed.",
                **acting(getattr(cast, role)),
            )


def test_what_was_owed_of_an_urgent_move_stands_after_it_has_ended_and_was_reviewed(
    family, hospital, cast, site
) -> None:
    ref, day = family["Farid"], TODAY + timedelta(days=1)
    mref = urgent(ref, hospital, cast.caseworker)
    moves.review_urgent(
        mref, review="upheld", reason="The site has no doctor; it was needed.", **acting(cast.supervisor)
    )
    moves.end_urgent(
        mref,
        ended_on=TODAY,
        reason="She is well again and back with them.",
        returned_to=site,
        **acting(cast.caseworker),
    )
    told = Finding.objects.filter(person=ref, safeguard="P1b", until=None)
    assert told.exists()
    assert f"urgent:{mref}" in occasions(ref, day)
    for what in ({"monitor_told_on": TODAY}, {"guardian_told_on": TODAY}):
        assert told.exists()
        moves.tell_urgent(mref, **what, **acting(cast.caseworker))
    assert not told.exists() and f"urgent:{mref}" not in occasions(ref)


def test_a_move_that_its_review_does_not_uphold_was_no_exception_from_its_first_day(
    family, hospital, cast, site
) -> None:
    ref, day = family["Farid"], TODAY + timedelta(days=1)
    mref = urgent(ref, hospital, cast.caseworker)
    moves.review_urgent(
        mref,
        review="not_upheld",
        reason="A doctor was at the site that night.",
        **acting(cast.supervisor, day),
    )
    found = dict(Finding.objects.filter(person=ref, until=None).values_list("safeguard", "verdict"))
    assert (found["S06"], found["P1a"]) == ("breach", "overdue")
    apart = separation_of(ref, 1)
    assert (apart["urgent"], apart["separated_on"]) == (False, TODAY.isoformat())
    moves.end_urgent(
        mref,
        ended_on=day,
        reason="He is well and back with his mother.",
        returned_to=site,
        **acting(cast.caseworker, day),
    )
    assert not Finding.objects.filter(person=ref, until=None, safeguard__in=("S06", "P1a")).exists()
