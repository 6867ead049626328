"""The encryption of a backup: nothing but the whole file with its own key opens."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amana.exchange.backup import cipher
from amana.exchange.backup.cipher import BadBackup, BadKey, Lock, Reader, Writer

LOCK = Lock("file", bytes(range(32)))
OTHER = Lock("file", bytes(32))


def closed(content: bytes, lock: Lock = LOCK) -> bytes:
    out = io.BytesIO()
    with Writer(out, lock, {"engine": "sqlite"}) as writer:
        writer.write(content)
    return out.getvalue()


def opened(file: bytes, lock: Lock = LOCK) -> bytes:
    return Reader(io.BytesIO(file), lock).readall()


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "PIECE", 16)


@given(content=st.binary(max_size=100), piece=st.integers(1, 40))
@settings(max_examples=60)
def test_what_was_closed_opens_again_whatever_its_length(content: bytes, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "PIECE", piece)
        assert opened(closed(content)) == content


@given(data=st.data(), content=st.binary(min_size=1, max_size=80))
@settings(max_examples=150)
def test_no_changed_cut_or_lengthened_file_opens(data: st.DataObject, content: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "PIECE", 16)
        whole = closed(content)
        at = data.draw(st.integers(0, len(whole) - 1))
        spoilt = data.draw(
            st.sampled_from(
                [
                    whole[:at],
                    whole + b"\0" * (at + 1),
                    whole[:at] + bytes([whole[at] ^ (1 << data.draw(st.integers(0, 7)))]) + whole[at + 1 :],
                ]
            )
        )
        with pytest.raises(BadBackup):
            opened(spoilt)


def test_pieces_of_one_file_can_not_change_places(small_pieces: None) -> None:
    file = closed(b"a" * 16 + b"b" * 16 + b"c")
    head = file.index(b"\n", len(cipher.MAGIC)) + 1
    first, second, rest = file[head : head + 32], file[head + 32 : head + 64], file[head + 64 :]
    with pytest.raises(BadBackup):
        opened(file[:head] + second + first + rest)
    with pytest.raises(BadBackup):
        opened(file[:head] + first + rest)


def test_another_key_opens_nothing_and_no_two_files_share_theirs() -> None:
    with pytest.raises(BadBackup, match="The key is another"):
        opened(closed(b"text"), OTHER)
    assert closed(b"text") != closed(b"text")
    assert b"text" not in closed(b"text")


def test_a_passphrase_opens_what_it_closed_and_a_key_file_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "COST", 2**4)
    words = cipher.of_passphrase("five words are long enough")
    file = closed(b"text", words)
    assert opened(file, words) == b"text"
    with pytest.raises(BadBackup):
        opened(file, cipher.of_passphrase("five other words are long too"))
    with pytest.raises(BadBackup, match="closed with a passphrase"):
        opened(file)


@pytest.mark.parametrize("words", ["", "short", "fifteen letters"])
def test_a_short_passphrase_is_refused(words: str) -> None:
    with pytest.raises(BadKey, match="too short"):
        cipher.of_passphrase(words)


def test_guessing_a_passphrase_costs_128_mebibytes_a_guess_and_a_file_can_not_ask_for_more() -> None:
    assert cipher.COST * 8 * 128 == 128 * 1024**2
    head = closed(b"").split(b"\n", 2)[1]
    assert b'"cost": 131072' in head
    for cost in (b"4194304", b"-1", b"0", b"131071", b'"131072"'):
        file = cipher.MAGIC + head.replace(b"131072", cost) + b"\n"
        with pytest.raises(BadBackup, match="no backup"):
            Reader(io.BytesIO(file), LOCK)


def test_a_key_inside_the_office_or_open_to_others_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "home" / "backup.key", tmp_path / "backup.key"
    inside.parent.mkdir()
    for path in (inside, outside):
        cipher.make_key_file(path)
        assert path.stat().st_mode & 0o777 == 0o600
    home = tmp_path / "home"
    assert cipher.of_key_file(outside, home).kind == "file"
    with pytest.raises(BadKey, match="inside AMANA_HOME"):
        cipher.of_key_file(inside, home)
    outside.chmod(0o640)
    with pytest.raises(BadKey, match="mode 640"):
        cipher.of_key_file(outside, home)
    with pytest.raises(BadKey, match="no key can be made"):
        cipher.make_key_file(outside)
    with pytest.raises(BadKey, match="can't be read"):
        cipher.of_key_file(tmp_path / "none.key", home)
    strange = tmp_path / "strange.key"
    strange.write_text("not a key")
    strange.chmod(0o600)
    with pytest.raises(BadKey, match="no key of 64"):
        cipher.of_key_file(strange, home)
