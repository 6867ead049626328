"""A change of law may not call a ground that falls on many one of the person's own, nor empty the lists."""

from __future__ import annotations

from datetime import date

import pytest

from amana.apps.decisions.packs import find_pack
from amana.core.policy.editing.edits import Edit
from amana.core.policy.editing.grounds import FOR_MANY, OWN, codes_ever, mixed_grounds

DAY = date(2018, 3, 1)


def faults(target: str, *codes: str) -> list[str]:
    edit = Edit("parameter", target, DAY, {"value": list(codes)})
    return [each.reason for each in mixed_grounds(find_pack("iraq_2018"), [edit])]


@pytest.mark.parametrize("code", ["age_threshold", "protocol", "family_tie", "nationality", "suspicion"])
def test_no_ground_that_falls_on_many_becomes_one_of_the_person_s_own(code: str) -> None:
    assert faults(OWN, "best_interests", code) == [f"Grounds that fall on many at once: {code}."]


@pytest.mark.parametrize("code", ["age_threshold", "protocol", "family_tie", "nationality", "suspicion"])
def test_none_is_taken_off_the_list_of_those_that_fall_on_many(code: str) -> None:
    left = codes_ever(find_pack("iraq_2018"), FOR_MANY) - {code}
    assert faults(FOR_MANY, *left) == [f"Grounds taken off the list: {code}."]


@pytest.mark.parametrize("target", [OWN, FOR_MANY])
def test_no_list_is_left_empty(target: str) -> None:
    assert faults(target) == ["The list of grounds is empty."]


def test_a_shorter_list_of_own_grounds_and_a_longer_one_of_the_others_stand() -> None:
    assert faults(OWN, "best_interests", "safety") == []
    assert faults(FOR_MANY, *codes_ever(find_pack("iraq_2018"), FOR_MANY), "own_wish") == []
