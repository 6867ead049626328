"""A child of whom nobody knows whether there is a mother here is not moved as if there were none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from determined import acting
from moved import occasions, place, planned, separated_by
from registered import AT, TODAY
from small_lists import many, one_family

from amana.apps.audit.recording import recording
from amana.apps.placements.models import Stay
from amana.apps.registry.models import KinLink, Person
from amana.casework import amend, moves
from amana.casework.moves import Stopped

pytestmark = pytest.mark.django_db

SEPARATION = {"S06", "S07", "S08", "S09"}


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16 at a place of detention."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def home(registrar: Any, family: Any) -> str:
    return place("state_home", registrar, "State home 2")


def without_links(cast: SimpleNamespace) -> None:
    with recording(cast.operator, AT):
        KinLink.objects.all().delete()


def verdicts(mref: str, cast: SimpleNamespace) -> dict[str, str]:
    found = moves.missing(cast.caseworker, mref, TODAY)
    return {each.safeguard.id: each.finding.verdict for each in found}


def separations(ref: str) -> list[dict[str, Any]]:
    return [facts for facts in occasions(ref).values() if "separated_on" in facts]


def moved_away(ref: str, to: str, cast: SimpleNamespace) -> None:
    amend.move(person=ref, facility=to, moved_on=date(2018, 2, 10), source="list", **acting(cast.caseworker))


def test_a_child_without_a_mother_on_record_is_stopped_by_each_safeguard_undetermined(
    family, home, cast
) -> None:
    without_links(cast)
    mref = planned(family["Farid"], home, cast.caseworker, grounds=("protocol",))
    assert {ident: verdicts(mref, cast)[ident] for ident in SEPARATION} == dict.fromkeys(
        SEPARATION, "undetermined"
    )
    with pytest.raises(Stopped):
        moves.carry_out(mref, moved_on=TODAY, **acting(cast.caseworker))


def test_a_doubted_mother_elsewhere_proves_nothing_of_the_place_left(family, home, cast, registrar) -> None:
    moved_away(family["Zarina"], place("camp", registrar), cast)
    with recording(cast.operator, AT):
        KinLink.objects.update(doubted=True)
        Stay.objects.filter(person=family["Zarina"], until__isnull=False).delete()
    mref = planned(family["Farid"], home, cast.caseworker)
    assert verdicts(mref, cast)["S06"] == "undetermined"


def test_a_mother_of_whom_no_place_is_on_record_leaves_it_open(family, home, cast) -> None:
    with recording(cast.operator, AT):
        Stay.objects.filter(person=family["Zarina"]).delete()
    assert verdicts(planned(family["Farid"], home, cast.caseworker), cast)["S06"] == "undetermined"


def test_a_mother_known_to_be_elsewhere_is_not_left(family, home, cast, registrar) -> None:
    camp = place("camp", registrar)
    with recording(cast.operator, AT):
        Stay.objects.filter(person=family["Zarina"]).update(facility=camp)
    planned(family["Farid"], home, cast.caseworker)
    assert separations(family["Farid"]) == []


@pytest.mark.parametrize(("standing", "apart"), [("supported", 0), ("claimed", 1)])
def test_only_a_death_that_is_more_than_claimed_tells_that_no_mother_is_left(
    family, home, cast, standing, apart
) -> None:
    without_links(cast)
    said = {"source": "document", "note": "certificate", "said_on": date(2018, 2, 1)}
    amend.add_claim(
        person=family["Farid"],
        attribute="mother_died",
        stated="2017",
        standing=standing,
        **said,
        **acting(cast.caseworker),
    )
    planned(family["Farid"], home, cast.caseworker)
    assert len(separations(family["Farid"])) == apart


@pytest.mark.parametrize("decides", ["separation", "care_placement"])
def test_a_determination_for_this_child_lets_the_move_go_on(family, home, cast, decides) -> None:
    without_links(cast)
    separated_by(family["Farid"], cast, decides=decides)
    mref = planned(family["Farid"], home, cast.caseworker, grounds=("safety",), care_identified=True)
    assert not SEPARATION & verdicts(mref, cast).keys()
    moves.carry_out(mref, moved_on=TODAY, **acting(cast.caseworker))
    (done,) = separations(family["Farid"])
    assert "from_mother" not in done and done["determination_on"] == TODAY.isoformat()


def test_once_a_mother_is_known_there_a_placement_decides_no_separation(family, home, cast) -> None:
    links = list(KinLink.objects.all())
    without_links(cast)
    separated_by(family["Farid"], cast, decides="care_placement")
    with recording(cast.operator, AT):
        KinLink.objects.bulk_create(links)
    mref = planned(family["Farid"], home, cast.caseworker, grounds=("safety",), care_identified=True)
    assert verdicts(mref, cast)["S06"] == "breach"


def test_a_move_done_stays_open_until_it_is_known_and_a_further_move_is_no_second_one(
    family, home, cast, registrar
) -> None:
    without_links(cast)
    moved_away(family["Farid"], home, cast)
    (done,) = separations(family["Farid"])
    assert (done["separation_state"], "from_mother" in done) == ("done", False)
    planned(family["Farid"], place("family", registrar), cast.caseworker, grounds=("best_interests",))
    assert len(separations(family["Farid"])) == 1


def test_whoever_is_grown_up_or_a_parent_without_a_birth_is_no_child_here(family, home, cast) -> None:
    planned(family["Zarina"], home, cast.caseworker)
    assert separations(family["Zarina"]) == []


def test_a_state_home_is_left_without_the_question(family, home, cast, registrar) -> None:
    without_links(cast)
    with recording(cast.operator, AT):
        Stay.objects.filter(person=family["Farid"]).update(facility=home)
    planned(family["Farid"], place("family", registrar), cast.caseworker)
    assert separations(family["Farid"]) == []


def test_a_list_alone_separates_nobody(committed, cast) -> None:
    committed(many(20))
    assert not any(separations(ref) for ref in Person.objects.values_list("ref", flat=True))
