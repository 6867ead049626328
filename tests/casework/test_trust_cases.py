"""What somebody tries who is ordered to part a child from the mother without a determination, or to make what
was done look as if it had not been.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import LATER, acting
from moved import place, planned, separated_by, urgent
from registered import TODAY
from small_lists import one_family

from amana.apps.audit.recording import recording
from amana.apps.oversight.models import Finding
from amana.apps.placements.models import Stay
from amana.apps.registry.models import KinLink, Person
from amana.casework import amend, determine, moves
from amana.casework.moves import CustodyRefused, MoveRefused, Stopped
from amana.casework.sweep import sweep_people

pytestmark = pytest.mark.django_db

SAFE = {"grounds": ("safety",), "care_identified": True, "consulate": "mother_refused"}
"""What makes a plan complete but for the determination."""


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16 at a place of detention."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def home(registrar: Any, family: Any) -> str:
    return place("state_home", registrar, "State home 2")


def stops(mref: str, cast: SimpleNamespace, on: date = TODAY) -> set[str]:
    return {each.safeguard.id for each in moves.missing(cast.caseworker, mref, on)}


def carry(mref: str, cast: SimpleNamespace, on: date = TODAY, moved_on: date | None = None) -> None:
    moves.carry_out(mref, moved_on=moved_on or on, **acting(cast.caseworker, on))


def brought(refs: Any, facility: str, cast: SimpleNamespace, on: date = TODAY) -> None:
    for ref in refs:
        amend.move(person=ref, facility=facility, moved_on=on, source="list", **acting(cast.caseworker, on))


def breaches(ref: str, on: date, cast: SimpleNamespace) -> set[str]:
    with recording(cast.caseworker, LATER) as log:
        sweep_people([ref], on=on, log=log)
    return set(
        Finding.objects.filter(person=ref, verdict="breach", until=None).values_list("safeguard", flat=True)
    )


# Moving the mother first.


def test_a_mother_is_not_moved_away_from_a_child_who_would_be_left_in_detention(
    family, cast, registrar
) -> None:
    elsewhere = place("other", registrar, "Hospital")
    mref = planned(family["Zarina"], elsewhere, cast.caseworker, grounds=("medical",))
    assert "S12" in stops(mref, cast)
    with pytest.raises(Stopped):
        carry(mref, cast)


def test_a_mother_is_not_moved_away_from_a_child_without_the_childs_determination(
    family, cast, registrar
) -> None:
    camp, other = place("camp", registrar, "Camp 1"), place("camp", registrar, "Camp 2")
    brought(family.values(), camp, cast)
    mref = planned(family["Zarina"], other, cast.caseworker, **SAFE)
    assert "S06" in stops(mref, cast)
    with pytest.raises(Stopped) as stop:
        carry(mref, cast)
    assert family["Farid"] in {each.occasion.person for each in stop.value.findings}
    for name in set(family) - {"Zarina"}:
        separated_by(family[name], cast, place_kind="camp")
    assert "S06" not in stops(mref, cast)


def test_a_mother_who_goes_to_hospital_from_a_camp_needs_no_determination(family, cast, registrar) -> None:
    camp, hospital = place("camp", registrar), place("other", registrar, "Hospital")
    brought(family.values(), camp, cast)
    mref = planned(family["Zarina"], hospital, cast.caseworker, grounds=("medical",))
    assert stops(mref, cast) == set()


# Together, and then apart.


def test_mother_and_child_are_not_brought_together_to_a_place_for_accused_juveniles(
    family, cast, registrar
) -> None:
    juvenile = place("juvenile", registrar)
    with pytest.raises(CustodyRefused):
        planned(family["Farid"], juvenile, cast.caseworker, together=True)
    with pytest.raises(CustodyRefused):
        planned(family["Zarina"], juvenile, cast.caseworker, together=True)


def test_a_child_with_the_mother_in_a_place_for_accused_juveniles_is_a_breach(
    family, cast, registrar
) -> None:
    juvenile = place("juvenile", registrar)
    brought(family.values(), juvenile, cast)
    assert "S12" in breaches(family["Farid"], TODAY, cast)


def test_together_is_no_way_out_when_the_mother_is_gone_by_then(family, cast, registrar) -> None:
    camp, other = place("camp", registrar, "Camp 1"), place("camp", registrar, "Camp 2")
    brought(family.values(), camp, cast)
    mref = planned(family["Farid"], other, cast.caseworker, together=True, **SAFE)
    with recording(cast.caseworker, LATER):
        KinLink.objects.filter(child=family["Farid"]).update(doubted=True)
    with pytest.raises((Stopped, MoveRefused)):
        carry(mref, cast)
    assert Stay.objects.get(person=family["Farid"], until=None).facility_id == camp


# Urgent moves, chained and ended elsewhere.


def test_an_urgent_move_does_not_end_in_a_place_the_child_never_came_from(
    family, home, cast, registrar
) -> None:
    hospital = place("other", registrar, "Hospital")
    mref = urgent(family["Farid"], hospital, cast.caseworker)
    with pytest.raises(MoveRefused) as refused:
        moves.end_urgent(
            mref,
            ended_on=TODAY,
            reason="She is well again and back with them.",
            returned_to=home,
            **acting(cast.caseworker),
        )
    assert refused.value.field == "returned_to"
    assert Stay.objects.get(person=family["Farid"], until=None).facility_id == hospital


def test_an_urgent_move_ends_where_the_mother_is_by_then(family, site, cast, registrar) -> None:
    hospital, camp = place("other", registrar, "Hospital"), place("camp", registrar)
    mref = urgent(family["Farid"], hospital, cast.caseworker)
    brought([family["Zarina"]], camp, cast)
    moves.end_urgent(
        mref,
        ended_on=TODAY,
        reason="She is well again and back with them.",
        returned_to=camp,
        **acting(cast.caseworker),
    )
    assert Stay.objects.get(person=family["Farid"], until=None).facility_id == camp


def test_a_return_for_no_day_does_not_begin_the_three_days_anew(family, site, cast, registrar) -> None:
    hospital, ref = place("other", registrar, "Hospital"), family["Farid"]
    first = urgent(ref, hospital, cast.caseworker)
    last = TODAY + timedelta(days=3)
    moves.end_urgent(
        first,
        ended_on=last,
        reason="He is well and back with his mother.",
        returned_to=site,
        **acting(cast.caseworker, last),
    )
    urgent(ref, hospital, cast.caseworker, on=last)
    assert "S06" in breaches(ref, last + timedelta(days=1), cast)


def test_a_new_emergency_weeks_later_has_three_days_of_its_own(family, site, cast, registrar) -> None:
    hospital, ref = place("other", registrar, "Hospital"), family["Farid"]
    first = urgent(ref, hospital, cast.caseworker)
    last, later = TODAY + timedelta(days=2), TODAY + timedelta(days=30)
    moves.end_urgent(
        first,
        ended_on=last,
        reason="He is well and back with his mother.",
        returned_to=site,
        **acting(cast.caseworker, last),
    )
    urgent(ref, hospital, cast.caseworker, on=later)
    assert "S06" not in breaches(ref, later + timedelta(days=1), cast)


# Making the tie, or the mother, disappear.


def test_a_death_that_is_merely_claimed_ends_no_separation(family, home, cast) -> None:
    brought([family["Farid"]], home, cast)
    assert "S06" in breaches(family["Farid"], TODAY, cast)
    amend.record_death(
        person=family["Zarina"],
        died="2018-02-15",
        source="statement",
        note="somebody said so",
        **acting(cast.caseworker),
    )
    assert "S06" in breaches(family["Farid"], TODAY + timedelta(days=1), cast)


# Old determinations.


def test_a_determination_whose_review_is_past_parts_nobody_any_more(family, cast, registrar) -> None:
    kin = place("family", registrar)
    separated_by(family["Farid"], cast, place_kind="family", review_on=TODAY + timedelta(days=30))
    late = TODAY + timedelta(days=31)
    mref = planned(family["Farid"], kin, cast.caseworker, on=late, **SAFE)
    assert "S06" in stops(mref, cast, late)
    with pytest.raises(Stopped):
        carry(mref, cast, late)


@pytest.mark.parametrize("body", ["panel", "authority"])
def test_who_asked_for_a_determination_does_not_decide_the_appeal_against_it(family, cast, body) -> None:
    ref = separated_by(family["Farid"], cast)
    determine.appeal(
        ref,
        lodged_by="mother",
        lodged_on=TODAY,
        ground="He is my own child, I say.",
        **acting(cast.caseworker),
    )
    for one in (cast.caseworker, cast.supervisor):
        with pytest.raises(Exception, match=r"second person|not|may"):
            determine.decide_appeal(
                ref,
                outcome="upheld",
                body=body,
                decided_on=TODAY,
                reasons="He is well where he is.",
                **acting(one),
            )


def test_whoever_moves_along_is_held_before_a_plan_is_judged(family, cast, registrar) -> None:
    camp = place("camp", registrar)
    mref = planned(family["Farid"], camp, cast.caseworker, together=True, grounds=("best_interests",))
    before = dict(Person.objects.values_list("ref", "version"))
    carry(mref, cast)
    assert all(version > before[ref] for ref, version in Person.objects.values_list("ref", "version"))
