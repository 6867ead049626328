"""A mother is moved alone from where her child stays: the child's separation, judged like any other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import acting
from moved import occasions, place, planned, separated_by, urgent
from registered import TODAY
from small_lists import one_family

from amana.apps.oversight.models import Finding
from amana.apps.registry.models import Person
from amana.casework import amend, moves

pytestmark = pytest.mark.django_db

CAMP_SINCE = date(2018, 2, 1)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def family(committed: Callable[..., Any], registrar: Any, cast: SimpleNamespace) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16, all of them in a camp."""
    committed(one_family())
    found = {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}
    camp = place("camp", registrar, "Camp")
    for ref in (found["Zarina"], *(ref for name, ref in found.items() if name != "Zarina")):
        amend.move(person=ref, facility=camp, moved_on=CAMP_SINCE, source="list", **acting(cast.caseworker))
    return {**found, "camp": camp}


def away(family: dict[str, str], to: str, cast: SimpleNamespace, day: date = TODAY, **what: Any) -> None:
    amend.move(
        person=family["Zarina"],
        facility=to,
        moved_on=day,
        source="list",
        **what,
        **acting(cast.caseworker, day),
    )


def apart(ref: str, on: date = TODAY) -> dict[str, Any]:
    """The facts of the separation of one child; empty for none."""
    return next((facts for facts in occasions(ref, on).values() if "separated_on" in facts), {})


def found(ref: str) -> dict[str, str]:
    rows = Finding.objects.filter(person=ref, until=None, verdict__in=("breach", "undetermined", "overdue"))
    return dict(rows.values_list("safeguard", "verdict"))


@pytest.mark.parametrize("kind", ["detention", "other", "family", "camp"])
def test_a_child_left_in_the_camp_as_the_mother_is_moved_is_a_separation(
    family, cast, registrar, kind
) -> None:
    away(family, place(kind, registrar, "Elsewhere"), cast)
    for name in ("Farid", "Anora"):
        assert found(family[name])["S06"] == "breach"
    facts = apart(family["Farid"])
    assert (facts["separated_on"], facts["separation_state"], facts["left_kind"]) == (
        "2018-02-15",
        "done",
        "camp",
    )
    assert (facts["from_mother"], facts["urgent"]) == (True, False)


def test_after_a_week_a_judge_is_asked_for_and_a_rule_for_many_is_no_ground(family, cast, registrar) -> None:
    away(family, place("detention", registrar, "Jail"), cast, date(2018, 2, 5), grounds=("suspicion",))
    amend.move(  # another change of the case, as of today
        person=family["Madina"],
        facility=place("family", registrar, "An aunt"),
        moved_on=TODAY,
        source="list",
        **acting(cast.caseworker),
    )
    assert {"S06", "S07", "S08"} <= found(family["Farid"]).keys()


def test_it_ends_when_she_is_back_or_the_child_follows(family, cast, registrar) -> None:
    jail = place("detention", registrar, "Jail")
    away(family, jail, cast)
    amend.move(
        person=family["Anora"], facility=jail, moved_on=TODAY, source="list", **acting(cast.caseworker)
    )
    assert not apart(family["Anora"]) and "S06" not in found(family["Anora"])
    away(family, family["camp"], cast, TOMORROW)
    assert not apart(family["Farid"], TOMORROW) and "S06" not in found(family["Farid"])


def test_a_determination_made_before_covers_it_and_one_made_after_does_not(family, cast, registrar) -> None:
    separated_by(family["Farid"], cast, place_kind="camp")
    away(family, place("detention", registrar, "Jail"), cast)
    assert "S06" not in found(family["Farid"]) and found(family["Anora"])["S06"] == "breach"
    separated_by(family["Anora"], cast, place_kind="camp", on=TOMORROW)
    assert found(family["Anora"])["S06"] == "breach"


def test_an_urgent_move_of_the_mother_covers_three_days_and_no_more(family, cast, registrar) -> None:
    urgent(family["Zarina"], place("other", registrar, "Hospital"), cast.caseworker)
    assert apart(family["Farid"])["urgent"] is True and "S06" not in found(family["Farid"])
    assert apart(family["Farid"], TODAY + timedelta(days=3))["urgent"] is True
    late = apart(family["Farid"], TODAY + timedelta(days=4))
    assert (late["urgent"], late["separated_on"]) == (False, "2018-02-18")


def test_a_mother_moved_on_from_where_she_was_brought_urgently_is_no_longer_covered(
    family, cast, registrar
) -> None:
    urgent(family["Zarina"], place("other", registrar, "Hospital"), cast.caseworker)
    away(family, place("detention", registrar, "Jail"), cast)
    assert apart(family["Farid"])["urgent"] is False and found(family["Farid"])["S06"] == "breach"


def test_a_return_on_paper_begins_no_exception_anew(family, cast, registrar) -> None:
    hospital = place("other", registrar, "Hospital")
    mref = urgent(family["Zarina"], hospital, cast.caseworker)
    back = {"returned_to": family["camp"], "reason": "She is well again and back with them."}
    moves.end_urgent(mref, ended_on=TOMORROW, **back, **acting(cast.caseworker, TOMORROW))
    again = TODAY + timedelta(days=2)
    urgent(family["Zarina"], hospital, cast.caseworker, again, moved_on=again)
    assert apart(family["Farid"], TODAY + timedelta(days=3))["urgent"] is True
    assert apart(family["Farid"], TODAY + timedelta(days=4))["urgent"] is False


def test_a_planned_treatment_of_the_mother_has_the_same_three_days_and_a_reported_one_none(
    family, cast, registrar
) -> None:
    hospital = place("other", registrar, "Hospital")
    mref = planned(
        family["Zarina"],
        hospital,
        cast.caseworker,
        grounds=("medical",),
        reason="She is operated on in the hospital.",
    )
    moves.carry_out(mref, moved_on=TODAY, **acting(cast.caseworker))
    assert apart(family["Farid"])["urgent"] is True and "S06" not in found(family["Farid"])
    assert apart(family["Farid"], TODAY + timedelta(days=4))["urgent"] is False


def test_a_treatment_that_is_merely_reported_covers_nothing(family, cast, registrar) -> None:
    away(family, place("other", registrar, "Hospital"), cast, grounds=("medical",))
    assert found(family["Farid"])["S06"] == "breach"


def test_moving_the_child_then_is_an_act_of_its_own_beside_it(family, cast, registrar) -> None:
    away(family, place("detention", registrar, "Jail"), cast)
    amend.move(
        person=family["Farid"],
        facility=place("state_home", registrar),
        moved_on=TOMORROW,
        source="list",
        **acting(cast.caseworker, TOMORROW),
    )
    both = [facts for facts in occasions(family["Farid"], TOMORROW).values() if "separated_on" in facts]
    assert sorted(each["separated_on"] for each in both) == ["2018-02-15", "2018-02-16"]
