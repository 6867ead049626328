"""Anchors: their content is their signature, and a code on paper tells one from every other."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.core.anchors import ALPHABET, Anchor, NoAnchor, check_code, gaps, kept_by, read, written

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
heads = st.dictionaries(st.integers(1, 64), st.tuples(st.integers(1, 10**9), digests), max_size=3)
anchors = st.builds(
    lambda writes, reads, minutes: Anchor(
        AT + timedelta(minutes=minutes), {"writes": writes, "reads": reads}
    ),
    heads,
    heads,
    st.integers(0, 10**6),
)


@given(anchors)
def test_an_anchor_is_read_as_it_was_written(anchor: Anchor) -> None:
    assert read(written(anchor)) == anchor
    assert check_code(f" {anchor.code.lower().replace('-', '')} ") == anchor.code


@given(anchors, anchors)
def test_different_anchors_have_different_codes(one: Anchor, other: Anchor) -> None:
    assert (one.code == other.code) == (one == other)


@given(anchors, st.data())
def test_one_wrong_character_of_a_code_is_found_with_its_group(anchor: Anchor, data: st.DataObject) -> None:
    places = [place for place, character in enumerate(anchor.code) if character != "-"]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(sorted(set(ALPHABET) - {anchor.code[place]})))
    with pytest.raises(NoAnchor, match=f"Group {place // 5 + 1} "):
        check_code(anchor.code[:place] + other + anchor.code[place + 1 :])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("at", "2018-02-16T09:00:00+00:00"),
        ("before", "2222-2222"),
        ("writes", {"1": [4, "a" * 64]}),
        ("reads", {}),
        ("code", "2222-" * 7 + "2222"),
    ],
)
def test_a_changed_anchor_is_refused(name: str, value: object) -> None:
    whole = json.loads(written(Anchor(AT, {"writes": {1: (3, "a" * 64)}, "reads": {1: (9, "b" * 64)}})))
    with pytest.raises(NoAnchor, match="changed after it was made"):
        read(json.dumps({**whole, name: value}))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"writes": {}, "reads": {}}', "x", '{"at": 3}', '{"at": "2018-02-15"}']
)
def test_what_is_no_anchor_is_refused_in_words(text: str) -> None:
    with pytest.raises(NoAnchor, match="no anchor"):
        read(text)


@pytest.mark.parametrize(
    "end", [[0, "a" * 64], [-1, "a" * 64], [1, "a"], [True, "a" * 64], ["1", "a" * 64], [1]]
)
def test_an_end_that_can_not_be_is_no_anchor(end: list[object]) -> None:
    whole = json.loads(written(Anchor(AT, {"writes": {1: (3, "a" * 64)}, "reads": {}})))
    whole["writes"]["1"] = end
    with pytest.raises(NoAnchor):
        read(json.dumps(whole))


def test_one_taken_out_of_a_row_of_anchors_is_missed() -> None:
    first = Anchor(AT, {"writes": {}, "reads": {}})
    second = Anchor(AT + timedelta(hours=1), {"writes": {}, "reads": {}}, first.code)
    third = Anchor(AT + timedelta(hours=2), {"writes": {}, "reads": {}}, second.code)
    assert gaps([third, first, second]) == ()
    assert gaps([first, third]) == (third,)
    assert gaps([second, third]) == ()


def test_two_anchors_that_contradict_each_other_are_both_kept() -> None:
    one = Anchor(AT, {"writes": {1: (3, "a" * 64)}, "reads": {}})
    other = Anchor(AT, {"writes": {1: (3, "b" * 64)}, "reads": {}})
    assert kept_by([one, other], "writes") == {1: {3: {"a" * 64, "b" * 64}}}
