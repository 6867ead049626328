"""Staged lists lie sealed: nothing of one is readable without the office key, and no file opens in another's
place, cut off or changed.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amana.apps.audit import office_key
from amana.apps.audit.keys import make_key
from amana.casework.listing import ListRead, RowRead
from amana.exchange import staged_reading, staged_seal, staging
from amana.exchange.staged_seal import SpoiltStaged
from amana.exchange.staging import NotStaged, StagedList

pytestmark = pytest.mark.django_db
AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
CANARY = "Zahra-canary-4471"


@pytest.fixture
def staged(settings: Any, tmp_path: Path) -> StagedList:
    settings.STAGED = tmp_path / "staged"
    kept = staging.stage(
        [f"Name\n{CANARY}\n".encode()], file_name=f"{CANARY}.csv", sender=CANARY, listed_on=date(2018, 1, 15),
        facility="", by=uuid4(), at=AT,
    )  # fmt: skip
    rows = (RowRead(number=2, status="error", original={"Name": CANARY}, name_latin=CANARY),)
    staged_reading.keep(kept, ListRead("Sheet1", 1, (), rows, kept.listed_on))
    return kept


def test_nothing_of_a_staged_list_lies_in_the_clear_and_all_of_it_opens(staged: StagedList) -> None:
    files = list(staging.home().rglob("*"))
    assert len([path for path in files if path.is_file()]) == 6
    for path in files:
        assert CANARY not in path.name
        assert path.is_dir() or (CANARY.encode() not in path.read_bytes() and path.stat().st_mode & 0o77 == 0)
    assert CANARY in staged.content().decode()
    again = staging.load(staged.token)
    assert (again.sender, again.file_name) == (CANARY, f"{CANARY}.csv")
    reading = staged_reading.load(again)
    assert (
        reading and reading.rows[0].name_latin == CANARY == next(staged_reading.held_back(again)).name_latin
    )


@pytest.mark.parametrize("name", ["about.json", "list.sealed", "rows.jsonl", "key.json"])
def test_a_file_that_was_cut_off_changed_or_exchanged_does_not_open(staged: StagedList, name: str) -> None:
    path = staged.folder / name
    whole = path.read_bytes()
    other = (staged.folder / "reading.json").read_bytes()
    for spoilt in (whole[:-1], whole[:2], b"", whole[:-9] + b"x" + whole[-8:], other):
        path.write_bytes(spoilt)
        with pytest.raises((SpoiltStaged, NotStaged)):
            staging.load(staged.token)
            staged.content()
            list(staged_reading.held_back(staged)), staged_reading.load(staged)
    path.write_bytes(whole)
    assert staging.load(staged.token).sender == CANARY


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=40), max_size=6), st.integers(1, 17))
def test_what_was_written_in_any_chunks_is_read_piece_by_piece(
    tmp_path: Path, chunks: list[bytes], piece: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staged_seal, "PIECE", piece)
        path, key = tmp_path / "file", b"k" * 32
        staged_seal.write(path, chunks, key)
        pieces = list(staged_seal.read(path, key))
        assert b"".join(pieces) == b"".join(chunks) and all(len(each) <= piece for each in pieces)
        head = path.read_bytes()
        first = staged_seal.LENGTH_BYTES + int.from_bytes(head[: staged_seal.LENGTH_BYTES], "big")
        if len(pieces) > 1:
            path.write_bytes(head[:first])
            with pytest.raises(SpoiltStaged):
                list(staged_seal.read(path, key))


def test_lines_cut_by_a_piece_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged_seal, "PIECE", 3)
    staged_seal.write(tmp_path / "file", ["زهراء\nb\n\nlast".encode()], b"k" * 32)
    assert list(staged_seal.lines(tmp_path / "file", b"k" * 32)) == ["زهراء", "b", "", "last"]


def test_a_new_office_key_closes_what_is_staged_anew(
    staged: StagedList, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "office.key"
    before = office_key.ring()
    file.write_text(before.keys[before.newest].hex(), encoding="ascii")
    monkeypatch.delenv("AMANA_SEALED_KEY", raising=False)
    monkeypatch.setenv("AMANA_SEALED_KEY_FILE", str(file))
    following = office_key.next_file(file)
    make_key(following)
    assert staging.close_anew() == 1 and staging.close_anew() == 0
    following.replace(file)
    assert staging.load(staged.token).sender == CANARY
    assert json.loads((staged.folder / "key.json").read_text("ascii"))["closed_by"] != before.newest


def test_what_lies_there_unsealed_goes_at_the_next_clearing(staged: StagedList) -> None:
    (staged.folder / "key.json").unlink()
    assert staging.sweep(AT + timedelta(minutes=1)) == 1 and not staged.folder.exists()
