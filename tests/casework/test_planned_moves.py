"""Planning a move and carrying it out: what stops it stops it whole, and says what would clear it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from determined import LATER, acting, complete, separation
from moved import occasions, place, planned, separated_by
from registered import TODAY
from small_lists import one_family

from amana.apps.accounts.viewers import NotForYou
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.queries import changes
from amana.apps.oversight.models import Finding
from amana.apps.placements.models import PlannedMove, Stay, StayGround
from amana.apps.placements.moves import queries
from amana.apps.registry.models import Person
from amana.casework import amend, determine, moves
from amana.casework.moves import CustodyRefused, MoveRefused, Stopped

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def family(committed: Callable[..., Any]) -> dict[str, str]:
    """First name -> reference; a mother with children of 2, 9, 16 and 16 at a place of detention."""
    committed(one_family())
    return {name.split()[0]: ref for name, ref in Person.objects.values_list("name_latin", "ref")}


@pytest.fixture
def home(registrar: Any, family: Any) -> str:
    return place("state_home", registrar, "State home 2")


def stopped_by(findings: tuple[Any, ...]) -> set[str]:
    return {each.safeguard.id for each in findings}


def carry(mref: str, cast: SimpleNamespace, on: date = TODAY, moved_on: date | None = None) -> None:
    moves.carry_out(mref, moved_on=moved_on or on, **acting(cast.caseworker, on))


def test_a_separation_stops_and_names_each_safeguard_with_what_would_clear_it(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    found = moves.missing(cast.caseworker, mref, TODAY)
    assert stopped_by(found) == {"S06", "S07", "S08", "S09"}
    assert all(each.safeguard.clears["en"] and each.safeguard.clears["ar"] for each in found)
    with pytest.raises(Stopped) as stop:
        carry(mref, cast)
    assert stopped_by(stop.value.findings) == {"S06", "S07", "S08", "S09"}


def test_what_stops_leaves_nothing_but_the_attempt_in_the_trail(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    before = (list(Stay.objects.order_by("id").values()), StayGround.objects.count())
    version = Person.objects.get(ref=family["Farid"]).version
    with pytest.raises(Stopped):
        carry(mref, cast)
    assert (list(Stay.objects.order_by("id").values()), StayGround.objects.count()) == before
    assert Person.objects.get(ref=family["Farid"]).version == version
    assert PlannedMove.objects.get().state == "planned"
    (attempt,) = [each for each in changes(family["Farid"], cast.supervisor) if each.kind == "move.stopped"]
    assert attempt.payload == {
        "move": mref,
        "facility": home,
        "safeguards": ["S06", "S07", "S08", "S09"],
    }


def test_a_planned_separation_is_found_as_planned_and_clears_when_withdrawn(family, home, cast) -> None:
    ref = family["Farid"]
    mref = planned(ref, home, cast.caseworker, planned_for=TOMORROW)
    facts = occasions(ref)[f"plan:{mref}"]
    assert (facts["separation_state"], facts["separated_on"], facts["left_kind"]) == (
        "planned",
        "2018-02-16",
        "detention",
    )
    assert Finding.objects.filter(key=f"plan:{mref}", safeguard="S06", until=None).exists()
    moves.withdraw_move(mref, reason="She stays with her mother.", **acting(cast.supervisor))
    assert not Finding.objects.filter(key=f"plan:{mref}", until=None).exists()
    assert queries.plan(cast.caseworker, mref).closing_reason == "She stays with her mother."


def test_with_a_determination_by_two_people_the_move_is_carried_out_whole(family, home, cast) -> None:
    ref = family["Farid"]
    mref = planned(ref, home, cast.caseworker)
    separated_by(ref, cast)
    assert moves.missing(cast.caseworker, mref, TODAY) == ()
    carry(mref, cast)
    stay = Stay.objects.get(person=ref, until=None)
    assert (stay.facility_id, stay.since, stay.source) == (home, TODAY, f"plan:{mref}")
    told = StayGround.objects.get(stay=stay)
    assert (told.plan_id, told.grounds) == (mref, "age_threshold")
    facts = occasions(ref)[f"separation:{stay.pk}"]
    assert facts["separation_state"] == "done" and facts["determination_on"] == "2018-02-15"
    assert facts["separation_grounds"] == "age_threshold;safety"
    assert not Finding.objects.filter(person=ref, key=f"separation:{stay.pk}", verdict="breach").exists()


def test_a_determination_for_another_kind_of_place_does_not_open_this_one(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    separated_by(family["Farid"], cast, place_kind="family")
    assert "S06" in stopped_by(moves.missing(cast.caseworker, mref, TODAY))


def test_a_determination_that_only_waits_opens_nothing(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    asked = separation(place_kind="state_home")
    determine.ask_determination(family["Farid"], **asked, **acting(cast.caseworker))
    assert "S06" in stopped_by(moves.missing(cast.caseworker, mref, TODAY))


def test_a_later_determination_that_the_child_stays_closes_the_way_again(family, home, cast) -> None:
    ref = family["Farid"]
    mref = planned(ref, home, cast.caseworker)
    separated_by(ref, cast)
    asked = determine.ask_determination(ref, **complete(), **acting(cast.caseworker))
    version = Person.objects.get(ref=ref).version
    determine.approve(asked, reason="She is well cared for.", seen_version=version, **acting(cast.supervisor))
    assert "S06" in stopped_by(moves.missing(cast.caseworker, mref, TODAY))
    assert PlannedMove.objects.get().state == "planned", "nobody withdraws it silently"
    with pytest.raises(Stopped):
        carry(mref, cast)


def test_a_determination_approved_after_the_move_is_no_ground_for_it(family, home, cast) -> None:
    ref = family["Farid"]
    amend.move(person=ref, facility=home, moved_on=TODAY, source="the home", **acting(cast.caseworker))
    separated_by(ref, cast, on=TOMORROW, decided_on=date(2018, 2, 1), review_on=date(2018, 4, 1))
    stay = Stay.objects.get(person=ref, until=None)
    assert occasions(ref, TOMORROW)[f"separation:{stay.pk}"]["determination_on"] == "2018-02-16"
    assert Finding.objects.filter(person=ref, safeguard="S06", until=None, verdict="breach").exists()


def test_a_move_backdated_before_its_plan_is_refused(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    separated_by(family["Farid"], cast)
    for moved_on in (TODAY - timedelta(days=1), TOMORROW):
        with pytest.raises(MoveRefused) as refused:
            carry(mref, cast, moved_on=moved_on)
        assert refused.value.code == "day"


def test_an_age_in_doubt_stops_it(family, home, cast) -> None:
    """A youth who may have come of age may be a child: the separation stays watched."""
    ref = family["Rustam"]
    said = {"source": "statement", "note": "an uncle", "said_on": TODAY}
    amend.add_claim(person=ref, attribute="birth", stated="1999", **said, **acting(cast.caseworker))
    mref = planned(ref, home, cast.caseworker)
    assert "S06" in stopped_by(moves.missing(cast.caseworker, mref, TODAY))


@pytest.mark.parametrize("kind", ["detention", "juvenile"])
def test_custody_is_never_opened_by_a_plan_and_the_attempt_is_kept(family, cast, registrar, kind) -> None:
    jail = place(kind, registrar, f"Other {kind}")
    for child in ("Rustam", "Farid"):
        with pytest.raises(CustodyRefused, match="judicial order on the person's own acts"):
            planned(family[child], jail, cast.caseworker)
        assert AuditEntry.objects.filter(subject=family[child], kind="move.stopped").count() == 1
    assert not PlannedMove.objects.exists()


def test_a_plan_made_while_the_mother_was_there_opens_no_custody_once_she_left(
    family, cast, registrar
) -> None:
    jail, hospital = place("detention", registrar, "Site C"), place("other", registrar)
    amend.move(
        person=family["Zarina"], facility=jail, moved_on=TODAY, source="list", **acting(cast.caseworker)
    )
    mref = planned(family["Farid"], jail, cast.caseworker)
    amend.move(
        person=family["Zarina"], facility=hospital, moved_on=TODAY, source="list", **acting(cast.caseworker)
    )
    with pytest.raises(CustodyRefused):
        carry(mref, cast)
    assert AuditEntry.objects.filter(kind="move.stopped").count() == 1


def test_an_adult_who_is_held_may_be_transferred_but_nobody_is_brought_into_custody(
    family, cast, registrar
) -> None:
    jail, camp = place("detention", registrar, "Site C"), place("camp", registrar)
    planned(family["Zarina"], jail, cast.caseworker)
    moves.withdraw_move(
        PlannedMove.objects.get().ref, reason="Nobody asks for it any more.", **acting(cast.caseworker)
    )
    amend.move(
        person=family["Zarina"], facility=camp, moved_on=TODAY, source="list", **acting(cast.caseworker)
    )
    with pytest.raises(CustodyRefused):
        planned(family["Zarina"], jail, cast.caseworker)


def test_mother_and_children_moved_together_are_not_separated(family, cast, registrar) -> None:
    camp = place("camp", registrar)
    mref = planned(family["Farid"], camp, cast.caseworker, together=True, grounds=("best_interests",))
    assert f"plan:{mref}" not in occasions(family["Farid"])
    assert moves.missing(cast.caseworker, mref, TODAY) == ()
    carry(mref, cast)
    where = dict(Stay.objects.filter(until=None).values_list("person_id", "facility_id"))
    assert {where[ref] for ref in family.values()} == {camp}
    assert not any(key.startswith("separation") for key in occasions(family["Anora"]))


def test_an_infant_is_not_brought_to_a_state_home_with_a_determination_alone(family, home, cast) -> None:
    mref = planned(family["Anora"], home, cast.caseworker)
    separated_by(family["Anora"], cast)
    assert stopped_by(moves.missing(cast.caseworker, mref, TODAY)) == {"S13"}
    with pytest.raises(Stopped):
        carry(mref, cast)


def test_where_a_mother_has_moved_alone_moving_the_child_then_is_stopped(
    family, home, cast, registrar
) -> None:
    hospital = place("other", registrar)
    amend.move(
        person=family["Zarina"], facility=hospital, moved_on=TODAY, source="list", **acting(cast.caseworker)
    )
    then = planned(family["Farid"], home, cast.caseworker)
    assert "S06" in stopped_by(moves.missing(cast.caseworker, then, TODAY))


def test_what_becomes_known_of_a_plan_is_kept_and_its_grounds_stay(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    assert "S09" in stopped_by(moves.missing(cast.caseworker, mref, TODAY))
    moves.complete_plan(
        mref,
        planned_for=TOMORROW,
        care_identified=True,
        consulate="mother_refused",
        **acting(cast.caseworker),
    )
    assert "S09" not in stopped_by(moves.missing(cast.caseworker, mref, TODAY))
    plan = queries.plan(cast.caseworker, mref)
    assert (plan.planned_for, plan.grounds, plan.consulate) == (
        TOMORROW,
        ("age_threshold",),
        "mother_refused",
    )


def test_a_plan_is_closed_once(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker)
    moves.withdraw_move(mref, reason="Nobody asks for it any more.", **acting(cast.caseworker))
    for again in (
        lambda: moves.withdraw_move(mref, reason="Nobody asks for it any more.", **acting(cast.caseworker)),
        lambda: carry(mref, cast),
    ):
        with pytest.raises(MoveRefused) as refused:
            again()
        assert refused.value.code == "closed"


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"grounds": ()}, "grounds"),
        ({"grounds": ("rank",)}, "grounds"),
        ({"reason": "  "}, "not_in_words"),
        ({"reason": "x"}, "not_in_words"),
        ({"reason": "three long words " * 200}, "long"),
        ({"planned_for": TODAY - timedelta(days=1)}, "past"),
        ({"planned_for": TODAY + timedelta(days=181)}, "too_far"),
        ({"planned_for": date(3018, 1, 1)}, "too_far"),
        ({"facility": "S-222222"}, "no_place"),
        ({"consulate": "asked"}, "code"),
        ({"apart_reason": "order"}, "code"),
    ],
)
def test_a_plan_that_says_too_little_is_refused(family, home, cast, what, code) -> None:
    with pytest.raises(MoveRefused) as refused:
        planned(family["Farid"], what.pop("facility", home), cast.caseworker, **what)
    assert refused.value.code == code
    assert not PlannedMove.objects.exists()


def test_a_person_has_one_open_plan_and_does_not_move_to_where_she_is(family, home, cast, site) -> None:
    planned(family["Farid"], home, cast.caseworker)
    with pytest.raises(MoveRefused, match="planned already"):
        planned(family["Farid"], home, cast.caseworker)
    with pytest.raises(MoveRefused) as refused:
        planned(family["Rustam"], site, cast.caseworker)
    assert refused.value.code == "same_place"


def test_no_reason_stands_in_the_trail_or_in_the_clear(family, home, cast) -> None:
    from django.db import connection

    mref = planned(family["Farid"], home, cast.caseworker, reason="canary-4417 spoke of the child.")
    moves.withdraw_move(mref, reason="canary-4417 spoke of it again.", **acting(cast.caseworker))
    told = [str(each.payload) for each in changes(family["Farid"], cast.supervisor)]
    assert told and not any("canary" in each for each in told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, closing_reason FROM placements_plannedmove")
        for value in cursor.fetchone():
            assert b"canary" not in bytes(value)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("caseworker", "plan, withdraw"),
        ("operator", "plan, withdraw"),
        ("supervisor", "withdraw"),
        ("registrar", ""),
        ("monitor", ""),
        ("rules_editor", ""),
        ("administrator", ""),
        ("outsider", ""),
    ],
)
def test_moves_are_planned_by_those_who_carry_cases(family, home, cast, role, may) -> None:
    by, plans, withdraws = getattr(cast, role), "plan" in may, "withdraw" in may
    mref = planned(family["Farid"], home, cast.caseworker)
    attempts = [
        (plans, lambda: planned(family["Rustam"], home, by)),
        (plans, lambda: moves.carry_out(mref, moved_on=TODAY, by=by, at=LATER, on=TODAY)),
        (
            withdraws,
            lambda: moves.withdraw_move(
                mref, reason="Nobody asks for it any more.", by=by, at=LATER, on=TODAY
            ),
        ),
    ]
    for allowed, attempt in attempts:
        if allowed:
            with suppress(Stopped):
                attempt()
            continue
        with pytest.raises(NotForYou):
            attempt()


def test_half_a_year_ahead_may_be_planned_and_no_plan_is_put_off_farther(family, home, cast) -> None:
    mref = planned(family["Farid"], home, cast.caseworker, planned_for=TODAY + timedelta(days=180))
    with pytest.raises(MoveRefused) as refused:
        moves.complete_plan(
            mref,
            planned_for=TODAY + timedelta(days=181),
            care_identified=True,
            consulate="",
            **acting(cast.caseworker),
        )
    assert (refused.value.code, refused.value.field) == ("too_far", "planned_for")
