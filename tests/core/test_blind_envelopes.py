"""Blind envelopes: read by the holders named and nobody else, who can't be told from what is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.core import blind
from amana.core.blind import open_blind, seal_blind
from amana.core.envelopes import NoKey, NotForThisKey, PrivateKey, new_private_key

MONITOR, EXAMINER, OTHER = (new_private_key() for _ in range(3))
PLACE, SAID = "allegation A-222222 1", "هددوه they threatened him"


@settings(max_examples=50)
@given(st.text(), st.sets(st.sampled_from([MONITOR, EXAMINER, OTHER]), min_size=1))
def test_every_holder_reads_it_and_nobody_else(text: str, holders: set[PrivateKey]) -> None:
    envelope = seal_blind([key.public for key in holders], text, PLACE)
    for key in (MONITOR, EXAMINER, OTHER):
        if key in holders:
            assert open_blind(key, envelope, PLACE) == text
        else:
            with pytest.raises(NotForThisKey):
                open_blind(key, envelope, PLACE)


def test_it_tells_neither_what_was_said_nor_for_whom_nor_for_how_many() -> None:
    one = seal_blind([MONITOR.public], SAID, PLACE)
    three = seal_blind([key.public for key in (MONITOR, EXAMINER, OTHER)], SAID, PLACE)
    assert len(one) == len(three)
    for envelope in (one, three):
        assert not any(word.encode() in envelope for word in SAID.split())
        assert not any(bytes.fromhex(key.public) in envelope for key in (MONITOR, EXAMINER, OTHER))


def test_nine_holders_take_two_rounds_of_slots_and_each_of_them_reads() -> None:
    keys = [new_private_key() for _ in range(9)]
    envelope = seal_blind([key.public for key in keys], SAID, PLACE)
    assert envelope[blind.HEAD - 1] == 2 * blind.SLOTS
    assert {open_blind(key, envelope, PLACE) for key in keys} == {SAID}


@given(st.data())
def test_a_changed_cut_or_moved_envelope_does_not_open(data: st.DataObject) -> None:
    envelope = seal_blind([MONITOR.public], SAID, PLACE)
    at = data.draw(st.integers(0, len(envelope) - 1))
    changed = bytearray(envelope)
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    for wrong, place in ((bytes(changed), PLACE), (envelope[:at], PLACE), (envelope, "another place")):
        with pytest.raises(NotForThisKey) as refused:
            open_blind(MONITOR, wrong, place)
        assert "threatened" not in str(refused.value)


def test_a_holder_can_t_be_added_afterwards() -> None:
    mine = seal_blind([MONITOR.public], SAID, PLACE)
    theirs = seal_blind([OTHER.public], "anything", PLACE)
    ends = blind.HEAD + blind.SLOTS * blind.SLOT
    with pytest.raises(NotForThisKey):
        open_blind(OTHER, theirs[:ends] + mine[ends:], PLACE)


def test_without_a_holder_nothing_is_sealed() -> None:
    with pytest.raises(NoKey, match="Name the holders"):
        seal_blind([], SAID, PLACE)
    with pytest.raises(NoKey):
        seal_blind(["abc"], SAID, PLACE)
