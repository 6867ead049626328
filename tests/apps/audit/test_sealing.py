"""Sealed columns: what is in the database tells nothing, and nothing can be moved or changed unseen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.audit.sealing import NONCE_BYTES, VERSION, SealedJson, SealedText, Unreadable, seal, unseal

PLACE, OTHER = "determinations.Determination.reasons", "determinations.Determination.recommendation"
SAID = "كانت خائفة she was afraid"


@given(st.text())
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unseal(seal(text, PLACE), PLACE) == text


def test_a_sealed_text_holds_nothing_of_what_was_said() -> None:
    sealed = seal(SAID, PLACE)
    assert not any(word.encode() in sealed for word in SAID.split())


def test_equal_texts_are_sealed_differently() -> None:
    assert seal(SAID, PLACE) != seal(SAID, PLACE)


def test_a_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(Unreadable):
        unseal(seal(SAID, PLACE), OTHER)


@pytest.mark.parametrize("place", [0, len(VERSION), len(VERSION) + NONCE_BYTES, -1])
def test_a_value_of_which_one_bit_was_changed_does_not_open(place: int) -> None:
    sealed = bytearray(seal(SAID, PLACE))
    sealed[place] ^= 1
    with pytest.raises(Unreadable) as refused:
        unseal(bytes(sealed), PLACE)
    assert SAID not in str(refused.value)


@pytest.mark.parametrize("value", [b"", VERSION, b"plain text that nobody sealed"])
def test_what_was_never_sealed_does_not_open(value: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(value, PLACE)


def test_the_database_can_ask_only_whether_there_is_a_value() -> None:
    for field in (SealedText(), SealedJson()):
        assert field.get_lookup("isnull")
        assert not any(field.get_lookup(name) for name in ("exact", "contains", "in", "startswith"))
