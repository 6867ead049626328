"""Need-to-know denies by default: every condition must be true, and nothing is granted that no cell holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.need_to_know import ASKS, CLASSES, NOTHING, Cell, Level, decide, level

cells = st.builds(Cell, st.sampled_from(Level), sealed=st.booleans(), once=st.booleans())
roles = st.dictionaries(st.sampled_from(CLASSES), cells)
classes = st.sampled_from([*CLASSES, "C11", "", "system"])
verbs = st.sampled_from([*ASKS, "export", ""])


@given(roles, classes, st.sampled_from([False, None]), verbs, st.tuples(st.booleans(), st.booleans()))
def test_outside_the_relation_or_where_it_is_unknown_nothing_is_allowed(
    role: dict[str, Cell], cls: str, held: bool | None, verb: str, told: tuple[bool, bool]
) -> None:
    named, first = told
    assert not decide(role, cls, held, verb, named=named, first=first)


@given(roles, classes, verbs, st.booleans(), st.booleans())
def test_what_no_cell_holds_is_refused(
    role: dict[str, Cell], cls: str, verb: str, named: bool, first: bool
) -> None:
    cell = role.get(cls, NOTHING)
    if decide(role, cls, True, verb, named=named, first=first):
        assert cell.level >= ASKS[verb] > Level.NONE
        assert not cell.sealed or named or cell.once
        assert not cell.once or first


@given(roles, classes, verbs)
def test_a_purpose_the_role_does_not_have_is_refused(role: dict[str, Cell], cls: str, verb: str) -> None:
    assert not decide(role, cls, True, verb, named=True, first=True, purposes={"place"}, purpose="search")


@given(roles, st.sampled_from(CLASSES))
def test_a_level_opens_all_below_it_and_nothing_above(role: dict[str, Cell], cls: str) -> None:
    opened = level(role, cls, True)
    for verb, asked in ASKS.items():
        assert decide(role, cls, True, verb) == (Level.NONE < asked <= opened)


@pytest.mark.parametrize("verb", ASKS)
def test_what_may_be_written_once_is_never_read_again(verb: str) -> None:
    once = {"C6": Cell(Level.WRITE, once=True)}
    assert not decide(once, "C6", True, verb, named=True)
    assert decide(once, "C6", True, verb, first=True) == (verb == "write")


@pytest.mark.parametrize("least", [each for each in Level if each < Level.WRITE])
def test_what_may_only_be_read_is_not_written_once_either(least: Level) -> None:
    assert not decide({"C6": Cell(least, once=True)}, "C6", True, "write", first=True)


def test_a_sealed_class_opens_only_to_whoever_is_named_for_the_record() -> None:
    sealed = {"C5": Cell(Level.READ, sealed=True)}
    assert not decide(sealed, "C5", True, "exists")
    assert decide(sealed, "C5", True, "read", named=True)
    assert not decide(sealed, "C5", False, "read", named=True)


def test_a_purpose_of_the_role_opens_what_the_cell_holds_and_no_more() -> None:
    role = {"C1": Cell(Level.READ)}
    assert decide(role, "C1", True, "read", purposes={"place"}, purpose="place")
    assert not decide(role, "C1", True, "write", purposes={"place"}, purpose="place")
