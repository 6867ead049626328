"""Envelopes: read by the holders named and nobody else, at their own place, unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.core import envelopes
from amana.core.envelopes import NoKey, NotForThisKey, PrivateKey

MONITOR, EXAMINER, OTHER = (envelopes.new_private_key() for _ in range(3))
PLACE, SAID = "allegations.Allegation.text A-2222222", "هددوه they threatened him"


@settings(max_examples=50)
@given(st.text(), st.sets(st.sampled_from([MONITOR, EXAMINER, OTHER]), min_size=1))
def test_every_holder_reads_it_and_nobody_else(text: str, holders: set[PrivateKey]) -> None:
    envelope = envelopes.seal_to([key.public for key in holders], text, PLACE)
    for key in (MONITOR, EXAMINER, OTHER):
        if key in holders:
            assert envelopes.open_with(key, envelope, PLACE) == text
        else:
            with pytest.raises(NotForThisKey):
                envelopes.open_with(key, envelope, PLACE)


def test_it_holds_nothing_of_what_was_said_and_names_its_holders_by_marks() -> None:
    envelope = envelopes.seal_to([MONITOR.public, EXAMINER.public], SAID, PLACE)
    assert not any(word.encode() in envelope for word in SAID.split())
    assert set(envelopes.holders_of(envelope)) == {
        envelopes.mark(MONITOR.public),
        envelopes.mark(EXAMINER.public),
    }


@given(st.data())
def test_a_changed_cut_or_moved_envelope_does_not_open(data: st.DataObject) -> None:
    envelope = envelopes.seal_to([MONITOR.public], SAID, PLACE)
    at = data.draw(st.integers(0, len(envelope) - 1))
    changed = bytearray(envelope)
    changed[at] ^= 1 << data.draw(st.integers(0, 7))
    for wrong, place in ((bytes(changed), PLACE), (envelope[:at], PLACE), (envelope, "another place")):
        with pytest.raises(NotForThisKey) as refused:
            envelopes.open_with(MONITOR, wrong, place)
        assert "threatened" not in str(refused.value)


def test_a_holder_can_t_be_added_afterwards() -> None:
    mine = envelopes.seal_to([MONITOR.public], SAID, PLACE)
    both = envelopes.seal_to([MONITOR.public, OTHER.public], "anything", PLACE)
    head = len(envelopes.VERSION) + 1
    two = head + 2 * envelopes.MARK_BYTES
    slots = two + 2 * (envelopes.SLOT - envelopes.MARK_BYTES)
    forged = both[:slots] + mine[head + envelopes.SLOT :]
    for key in (MONITOR, OTHER):
        with pytest.raises(NotForThisKey):
            envelopes.open_with(key, forged, PLACE)


def test_nothing_is_sealed_to_nobody() -> None:
    with pytest.raises(NoKey, match="Nobody holds a key"):
        envelopes.seal_to([], SAID, PLACE)


@pytest.mark.parametrize("public", ["", "00" * 32, "zz" * 32, "ab" * 31, "ab" * 33])
def test_what_is_no_public_key_is_refused(public: str) -> None:
    with pytest.raises(NoKey, match="64 hexadecimal digits"):
        envelopes.check_public(public)


def test_a_key_file_opens_with_its_passphrase_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelopes, "SCRYPT_N", 2**10)
    text = envelopes.write_key(MONITOR, "a long enough passphrase")
    assert MONITOR.raw.hex() not in text and MONITOR.public in text
    assert envelopes.read_key(text, "a long enough passphrase") == MONITOR
    assert envelopes.public_of(text) == MONITOR.public
    for wrong, word in (
        (text, "another passphrase"),
        (text.replace(MONITOR.public, OTHER.public), "a long enough passphrase"),
        (text.replace("private ", "private 00"), "a long enough passphrase"),
        ("no key file", "a long enough passphrase"),
        ("", "a long enough passphrase"),
    ):
        with pytest.raises(NoKey):
            envelopes.read_key(wrong, word)


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(NoKey, match="12 characters"):
        envelopes.write_key(MONITOR, "short")


def test_a_private_key_shows_nothing_of_itself() -> None:
    assert MONITOR.raw.hex() not in repr(MONITOR) + str(MONITOR)


def test_a_fingerprint_is_read_aloud_in_groups() -> None:
    told = envelopes.fingerprint(MONITOR.public)
    assert [len(group) for group in told.split()] == [4] * 8
    assert told != envelopes.fingerprint(OTHER.public)
