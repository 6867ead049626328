"""A child left behind because the parent was moved, told from stays alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.placements.separation.courses import FATHER, MOTHER, Parent, Separation, StayRow
from amana.apps.placements.separation.departures import departure

FIRST = date(2018, 1, 1)
ON = date(2018, 3, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def course(person: str, *moves: tuple[int, str], left: int | None = None) -> list[StayRow]:
    """Stays from (day, place): each ends where the next begins, the last on `left`."""
    ends = [*(begun for begun, _ in moves[1:]), left]
    numbers = range(1 if person == "C" else 101, 200)
    return [
        StayRow(number, person, place, place[0], day(begun), None if end is None else day(end))
        for number, (begun, place), end in zip(numbers, moves, ends, strict=False)
    ]


def parent(*moves: tuple[int, str], name: str = "M", role: str = MOTHER, **what: object) -> Parent:
    left = what.pop("left", None)
    return Parent(name, role, course(name, *moves, left=left), **what)  # type: ignore[arg-type]  # its fields


def left_on(stays: list[StayRow], *parents: Parent, on: date = ON) -> int | None:
    """The day number on which the parent left, where the child is apart by that."""
    found = departure(stays, parents, on)
    return (found.begun - FIRST).days if found else None


def test_a_mother_moved_alone_leaves_a_child_apart_from_the_day_she_left() -> None:
    found = departure(course("C", (0, "A")), [parent((0, "A"), (10, "H"))], ON)
    assert isinstance(found, Separation) and found.away
    assert (found.begun, found.stay.facility, found.left.facility, found.act.facility) == (
        day(10),
        "A",
        "A",
        "H",
    )
    assert found.together_since is None


def test_it_counts_from_the_day_she_left_once_it_is_known_where_she_was_brought() -> None:
    late = Parent("M", MOTHER, [*course("M", (0, "A"), left=10), *course("M", (15, "H"))])
    assert left_on(course("C", (0, "A")), late) == 10
    assert left_on(course("C", (0, "A")), late, on=day(14)) is None


@pytest.mark.parametrize(
    "parents",
    [
        [parent((0, "A"))],
        [parent((0, "A"), left=10)],
        [parent((0, "A"), (10, "H"), died_by=day(10))],
        [parent((0, "A"), (10, "H")), parent((0, "A"), name="M2", doubted=True)],
        [parent((0, "H"), (10, "K"))],
        [parent((0, "A")), parent((0, "A"), (10, "H"), name="F", role=FATHER)],
        [],
    ],
    ids=[
        "she stays",
        "nobody knows where she is",
        "she died",
        "another possible mother stays",
        "she was never there",
        "a father is moved while the mother stays",
        "nobody is known",
    ],
)
def test_this_is_no_departure(parents: list[Parent]) -> None:
    assert left_on(course("C", (0, "A")), *parents) is None


def test_who_leave_on_one_day_leave_nobody_behind() -> None:
    assert left_on(course("C", (0, "A"), (10, "B")), parent((0, "A"), (10, "H"))) is None
    assert left_on(course("C", (0, "A"), (10, "H")), parent((0, "A"), (10, "H"))) is None


def test_a_father_who_was_alone_with_the_child_counts() -> None:
    father = parent((0, "A"), (10, "H"), name="F", role=FATHER)
    assert left_on(course("C", (0, "A")), father) == 10
    assert left_on(course("C", (0, "A")), father, parent((0, "H"), (10, "A"))) is None


def test_it_lasts_through_a_later_move_of_the_child_until_they_are_together_again() -> None:
    child = course("C", (0, "A"), (20, "B"))
    assert left_on(child, parent((0, "A"), (10, "H"))) == 10
    assert left_on(child, parent((0, "A"), (10, "H"), (30, "B"))) is None
    assert left_on(child, parent((0, "A"), (10, "H"), (30, "B")), on=day(29)) == 10
    assert left_on(course("C", (0, "A")), parent((0, "A"), (10, "H"), (12, "A"))) is None


def test_a_second_departure_knows_since_when_she_had_been_back() -> None:
    found = departure(course("C", (0, "A")), [parent((0, "A"), (10, "H"), (12, "A"), (20, "K"))], ON)
    assert found and (found.begun, found.together_since, found.act.facility) == (day(20), day(12), "K")


def test_it_ends_when_she_has_certainly_died() -> None:
    dead = parent((0, "A"), (10, "H"), left=20, died_by=day(20))
    assert left_on(course("C", (0, "A")), dead) is None
    assert left_on(course("C", (0, "A")), dead, on=day(19)) == 10


MOVES = st.lists(st.tuples(st.integers(0, 30), st.sampled_from("ABH")), min_size=1, max_size=5).map(
    lambda moves: sorted(dict(moves).items())
)


@given(MOVES, MOVES, st.integers(0, 40))
def test_who_is_with_a_mother_today_was_not_left_behind(hers, his, today) -> None:
    mother, child = parent(*hers), course("C", *his)
    found = departure(child, [mother], day(today))
    here = [stay for stay in child if stay.on(day(today)) and (stay.until or ON) > day(today)]
    beside = [stay for stay in mother.stays if stay.on(day(today)) and (stay.until or ON) > day(today)]
    if found is not None:
        assert found.begun <= day(today) and found.act.facility != found.stay.facility
        assert not {stay.facility for stay in here} & {stay.facility for stay in beside}
