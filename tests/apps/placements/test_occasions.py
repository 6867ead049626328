"""The facts of stays and of the company of people, as the safeguards read them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registered import TODAY
from small_lists import many, one_family

sys.path.insert(0, str(Path(__file__).parents[2] / "casework"))
from determined import acting, assessed, judged
from moved import occasions, place

from amana.apps.placements.occasions import KINDS, provide
from amana.apps.registry.models import KinLink, Person
from amana.casework import amend

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16 at a place of detention."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


def stay_of(ref: str, on: date = TODAY) -> dict[str, Any]:
    return next(facts for key, facts in occasions(ref, on).items() if key.startswith("stay:"))


def moved(person: str, facility: str, cast: Any, day: date, **what: Any) -> None:
    amend.move(
        person=person, facility=facility, moved_on=day, source="list", **what, **acting(cast.caseworker)
    )


def test_a_child_with_a_detained_mother_has_a_stay_and_a_parent(family) -> None:
    ref = family["Farid"]
    assert stay_of(ref) == {
        "stay_since": "2018-01-15",
        "place_kind": "detention",
        "with_mother": True,
        "mother_detained": True,
    }
    assert occasions(ref)["person"] == {"parent_present": True, "siblings_apart": False}


def test_assessments_and_court_decisions_stand_in_the_stay(family, cast) -> None:
    ref = family["Farid"]
    assessed(ref, cast.caseworker, kind="periodic")
    judged(ref, cast.caseworker, "charge")
    judged(ref, cast.caseworker, "guardian")
    facts = stay_of(ref)
    assert (facts["last_assessment"], facts["last_review"]) == ("2018-02-15", "2018-02-15")
    assert facts["options_considered"] == "kinship" and "charge_on" in facts
    assert "guardian_on" in occasions(ref)["person"]


def test_a_transfer_starts_no_clock_anew_and_another_kind_of_place_does(family, cast, registrar) -> None:
    jail, home = place("detention", registrar, "Site C"), place("state_home", registrar)
    moved(family["Zarina"], jail, cast, date(2018, 2, 1))
    moved(family["Farid"], jail, cast, date(2018, 2, 1))
    assert stay_of(family["Farid"])["stay_since"] == "2018-01-15"
    moved(family["Farid"], home, cast, date(2018, 2, 10))
    facts = stay_of(family["Farid"])
    assert (facts["stay_since"], facts["admitted_on"]) == ("2018-02-10", "2018-02-10")
    assert (facts["with_mother"], facts["mother_detained"]) == (False, True)


def test_brothers_and_sisters_are_apart_where_one_is_moved_and_the_reason_told_shows(
    family, cast, registrar
) -> None:
    home = place("state_home", registrar)
    moved(family["Farid"], home, cast, date(2018, 2, 10), grounds=("age_threshold",), decided_by="authority")
    for name in ("Farid", "Anora", "Rustam"):
        assert occasions(family[name])["person"]["siblings_apart"] is True
    judged(family["Farid"], cast.caseworker, "placement_order")
    assert occasions(family["Anora"])["person"]["apart_reason"] == "court"
    (done,) = [facts for key, facts in occasions(family["Farid"]).items() if key.startswith("separation")]
    assert (done["separation_grounds"], done["decided_by"]) == ("age_threshold", "authority")


def test_an_adult_child_elsewhere_keeps_nobody_apart(family, cast, registrar) -> None:
    camp = place("camp", registrar)
    said = {"source": "document", "note": "card", "said_on": TODAY}
    amend.add_claim(
        person=family["Rustam"],
        attribute="birth",
        stated="1998-03-10",
        standing="confirmed",
        **said,
        **acting(cast.caseworker),
    )
    moved(family["Rustam"], camp, cast, date(2018, 2, 10))
    assert occasions(family["Anora"])["person"]["siblings_apart"] is False


def test_a_doubted_mother_leaves_it_open_whether_brothers_and_sisters_are_apart(
    family, cast, registrar
) -> None:
    from amana.apps.audit.recording import recording

    with recording(cast.operator, acting(cast.operator)["at"]):
        KinLink.objects.update(doubted=True)
    moved(family["Farid"], place("camp", registrar), cast, date(2018, 2, 10))
    assert "siblings_apart" not in occasions(family["Anora"])["person"]


def test_a_child_is_alone_from_the_day_the_mother_left_died_or_became_unable(family, cast, registrar) -> None:
    said = {"source": "clinic", "note": "the doctor", "said_on": date(2018, 2, 5)}
    amend.add_claim(
        person=family["Zarina"], attribute="unable_to_care", stated="true", **said, **acting(cast.caseworker)
    )
    company = occasions(family["Anora"])["person"]
    assert (company["parent_present"], company["alone_since"]) == (False, "2018-02-05")
    moved(family["Zarina"], place("other", registrar), cast, date(2018, 2, 3))
    assert occasions(family["Anora"])["person"]["alone_since"] == "2018-02-03"


def test_a_past_day_is_told_from_what_was_so_then(family, cast, registrar) -> None:
    moved(family["Farid"], place("state_home", registrar), cast, date(2018, 2, 10))
    assert stay_of(family["Farid"], date(2018, 2, 9))["place_kind"] == "detention"
    assert not any(key.startswith("separation") for key in occasions(family["Farid"], date(2018, 2, 9)))


def test_thousands_are_told_in_a_few_queries_and_each_once(committed, cast) -> None:
    committed(many(60))
    refs = list(Person.objects.values_list("ref", flat=True))
    with CaptureQueriesContext(connection) as asked:
        found = list(provide(refs, TODAY))
    assert len(asked) <= 12
    assert {each.kind for each in found} <= set(KINDS)
    assert len({(each.person, each.key) for each in found}) == len(found) == 2 * len(refs)


def test_a_stay_without_the_mother_counts_from_the_day_she_left_or_died_else_from_its_beginning(
    family, cast, registrar
) -> None:
    assert "without_mother_since" not in stay_of(family["Farid"])
    moved(family["Farid"], place("state_home", registrar), cast, date(2018, 2, 10))
    assert stay_of(family["Farid"])["without_mother_since"] == "2018-02-10"
    moved(family["Zarina"], place("other", registrar), cast, date(2018, 2, 3))
    assert stay_of(family["Anora"])["without_mother_since"] == "2018-02-03"
