"""What counts as a separation, told from stays alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.placements.separation.courses import (
    FATHER,
    MOTHER,
    Parent,
    StayRow,
    last_day_together,
    of_one_kind_since,
    separation,
)

FIRST = date(2018, 1, 1)
ON = date(2018, 3, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def course(person: str, *moves: tuple[int, str], left: int | None = None) -> list[StayRow]:
    """Stays from (day, place): each ends where the next begins, the last on `left`."""
    ends = [*(begun for begun, _ in moves[1:]), left][: len(moves)]
    return [
        StayRow(number, person, place, place[0], day(begun), None if end is None else day(end))
        for number, ((begun, place), end) in enumerate(zip(moves, ends, strict=True), start=1)
    ]


def mother(*moves: tuple[int, str], name: str = "M", **what: object) -> Parent:
    left = what.pop("left", None)
    return Parent(name, MOTHER, course(name, *moves, left=left), **what)  # type: ignore[arg-type]  # its fields


def begun(stays: list[StayRow], *parents: Parent, on: date = ON) -> int | None:
    """The day number on which the separation that lasts began."""
    found = separation(stays, parents, on)
    return (found.stay.since - FIRST).days if found else None


def test_a_child_brought_to_where_the_mother_is_not_is_separated() -> None:
    child = course("C", (0, "A"), (10, "B"))
    found = separation(child, [mother((0, "A"))], ON)
    assert found and (found.stay.facility, found.left.facility, found.together_since) == ("B", "A", None)


def test_moving_the_mother_away_first_is_no_way_around_it() -> None:
    assert begun(course("C", (0, "A"), (10, "B")), mother((0, "A"), (9, "H"))) == 10
    assert begun(course("C", (0, "A"), (10, "B")), mother((0, "A"), left=9)) == 10


@pytest.mark.parametrize(
    "parents",
    [
        [mother((0, "A"), (10, "B"))],
        [mother((0, "B"))],
        [mother((0, "A"), left=5, died_by=day(5))],
        [],
    ],
    ids=["both move together", "the child joins her", "she died before", "nobody is known"],
)
def test_this_is_no_separation(parents: list[Parent]) -> None:
    assert begun(course("C", (0, "A"), (10, "B")), *parents) is None


def test_it_lasts_through_later_moves_until_the_child_is_with_her_again() -> None:
    child = course("C", (0, "A"), (10, "B"), (20, "D"))
    assert begun(child, mother((0, "A"))) == 10
    assert begun(child, mother((0, "A"), (30, "D"))) is None
    assert begun(child, mother((0, "A"), (30, "D")), on=day(29)) == 10


def test_a_second_separation_knows_since_when_the_child_was_with_her_again() -> None:
    child = course("C", (0, "A"), (10, "B"), (20, "A"), (30, "B"))
    found = separation(child, [mother((0, "A"))], ON)
    assert found and (found.stay.since, found.together_since) == (day(30), day(20))


def test_a_child_who_left_the_last_place_on_record_is_still_separated() -> None:
    assert begun(course("C", (0, "A"), (10, "B"), left=20), mother((0, "A"))) == 10


def test_it_ends_when_the_parents_who_were_left_have_certainly_died() -> None:
    child = course("C", (0, "A"), (10, "B"))
    assert begun(child, mother((0, "A"), left=20, died_by=day(20))) is None
    assert begun(child, mother((0, "A"), left=20, died_by=day(20)), on=day(19)) == 10


def test_moving_on_the_day_of_arrival_counts() -> None:
    assert begun(course("C", (0, "A"), (0, "B")), mother((0, "A"))) == 0


def test_of_two_possible_mothers_leaving_both_counts_and_staying_with_one_does_not() -> None:
    child = course("C", (0, "A"), (10, "B"))
    one, two = mother((0, "A"), name="M1", doubted=True), mother((0, "A"), (10, "B"), name="M2", doubted=True)
    assert begun(child, one, two) is None
    assert begun(child, one, mother((0, "A"), name="M2", doubted=True)) == 10


def test_a_father_counts_where_only_he_was_with_the_child() -> None:
    father = Parent("F", FATHER, course("F", (0, "A")))
    assert begun(course("C", (0, "A"), (10, "B")), father) == 10
    assert begun(course("C", (0, "A"), (10, "B")), father, mother((0, "B"))) is None
    assert (
        begun(course("C", (0, "A"), (10, "B")), mother((0, "A")), Parent("F", FATHER, course("F", (0, "B"))))
        == 10
    )


def test_a_transfer_between_places_of_one_kind_starts_no_clock_anew() -> None:
    stays = course("C", (0, "camp"), (5, "d1"), (9, "d2"))
    assert of_one_kind_since(stays, stays[-1]) == day(5)


def test_the_last_day_together_is_the_day_one_of_them_left() -> None:
    stays = course("C", (0, "A"), (10, "B"))
    assert last_day_together(stays, [mother((0, "A"))], ON) == day(10)
    assert last_day_together(stays, [mother((0, "A"), (4, "H"))], ON) == day(4)
    assert last_day_together(stays, [mother((0, "H"))], ON) is None


MOVES = st.lists(st.tuples(st.integers(0, 40), st.sampled_from("AB")), max_size=5).map(
    lambda moves: sorted(dict(moves).items())
)


@given(MOVES, MOVES, st.integers(0, 60))
def test_whoever_is_separated_is_not_with_her_and_was_before(child, woman, on) -> None:
    stays, parent = course("C", *child), mother(*woman)
    found = separation(stays, [parent], day(on))
    together = [
        number
        for number in range(on + 1)
        for own in stays
        for hers in parent.stays
        if own.facility == hers.facility and own.on(day(number)) and hers.on(day(number))
    ]
    if found is None:
        return
    begun = (found.stay.since - FIRST).days
    assert any(number < begun for number in together)
    assert not any(number >= begun for number in together)


@given(MOVES, MOVES)
def test_who_goes_wherever_she_goes_is_never_separated(woman, other) -> None:
    stays = course("C", *woman)
    assert separation(stays, [mother(*woman), mother(*other, name="Other", doubted=True)], ON) is None
