"""What whoever moves a child says of it makes nothing right: no court, and no ground of the child's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from determined import acting, judged
from moved import occasions, place, planned, separated_by
from registered import TODAY
from small_lists import one_family

from amana.apps.decisions.packs import find_pack
from amana.apps.determinations.codes import GROUNDS, OF_ONE
from amana.apps.oversight.models import Finding
from amana.apps.registry.models import Person
from amana.casework import amend, moves

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16 at a place of detention."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def home(registrar: Any, family: Any) -> str:
    return place("state_home", registrar, "State home 2")


def moved(ref: str, home: str, cast: SimpleNamespace, *grounds: str, decided_by: str = "") -> None:
    amend.move(
        person=ref,
        facility=home,
        moved_on=date(2018, 2, 1),
        source="the site",
        grounds=grounds,
        decided_by=decided_by,
        **acting(cast.caseworker),
    )


def separation_of(ref: str) -> dict[str, Any]:
    (found,) = [facts for facts in occasions(ref).values() if "separated_on" in facts]
    return found


def verdict(ref: str, safeguard: str) -> str:
    current = Finding.objects.filter(person=ref, safeguard=safeguard, until__isnull=True)
    return current.values_list("verdict", flat=True).first() or "no_breach_found"


def test_a_court_that_is_merely_reported_leaves_it_open_who_decided(family, home, cast) -> None:
    moved(family["Farid"], home, cast, "best_interests", decided_by="court")
    assert verdict(family["Farid"], "S07") == "undetermined"
    judged(family["Farid"], cast.caseworker, "separation_order")
    assert separation_of(family["Farid"])["decided_by"] == "court"
    assert verdict(family["Farid"], "S07") == "no_breach_found"


def test_a_ground_of_the_childs_own_that_is_merely_reported_leaves_it_open_why(family, home, cast) -> None:
    moved(family["Farid"], home, cast, "best_interests", "own_wish")
    assert verdict(family["Farid"], "S08") == "undetermined"


def test_a_reported_ground_that_speaks_of_many_counts_whatever_is_said_beside_it(family, home, cast) -> None:
    moved(family["Farid"], home, cast, "age_threshold", "best_interests")
    assert separation_of(family["Farid"])["separation_grounds"] == "age_threshold"
    assert verdict(family["Farid"], "S08") == "breach"


def test_a_plans_own_tick_answers_for_no_determination(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker, grounds=("best_interests",))
    found = {each.safeguard.id: each for each in moves.missing(cast.caseworker, mref, TODAY)}
    assert found["S08"].finding.verdict == "undetermined"


def test_the_grounds_of_the_determination_count(family, home, cast) -> None:
    separated_by(family["Farid"], cast)
    planned(family["Farid"], home, cast.caseworker, grounds=("best_interests",))
    assert separation_of(family["Farid"])["separation_grounds"] == "safety"


def test_which_grounds_speak_of_one_person_is_what_the_law_files_say() -> None:
    pack = find_pack("international")
    assert set(pack.parameters["individual_grounds"].value) == OF_ONE
    assert set(pack.parameters["collective_grounds"].value) == set(GROUNDS) - OF_ONE
