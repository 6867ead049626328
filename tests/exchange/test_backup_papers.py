"""Papers in a backup: their files come back with the rows that name them, as they lay; a missing one
is told.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from amana.apps.attachments import store
from amana.core.papers import CLEAN, ORIGINAL
from amana.exchange.backup import container, papers
from amana.exchange.backup.container import Manifest

PARTS = {CLEAN: b"clean words", ORIGINAL: b"original words"}


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> list[str]:
    """Two papers that a database names, and one that it doesn't."""
    settings.PAPERS = tmp_path / "papers"
    names = [store.new_name() for _ in range(3)]
    for name in names:
        store.write(name, UUID(int=1), bytes(32), PARTS)
    return names[:2]


def test_a_database_without_papers_names_none() -> None:
    def ask(*_asked: Any) -> Any:
        raise AssertionError("not asked")

    assert papers.named(ask, ["registry_person"]) == []
    assert papers.named(lambda *_asked: [("b",), ("a",)], [papers.TABLE]) == ["a", "b"]


def test_files_come_back_as_they_lay_and_a_missing_one_is_told(
    kept: list[str], settings: Any, tmp_path: Path
) -> None:
    copied = tmp_path / "copied"
    copied.mkdir()
    papers.copy(copied, kept)
    assert len(list((copied / papers.FOLDER).iterdir())) == 4 and not papers.faults(copied, kept)
    (copied / papers.FOLDER / f"{kept[0]}.{ORIGINAL}").unlink()
    assert papers.faults(copied, kept) == [
        "papers: the files of 1 are missing, take them from an earlier backup"
    ]
    assert all(store.read(name, UUID(int=1), ORIGINAL, bytes(32)) for name in kept), "a copy of its own name"
    settings.PAPERS = tmp_path / "elsewhere"
    papers.put_back(copied)
    papers.put_back(copied)
    assert store.read(kept[1], UUID(int=1), ORIGINAL, bytes(32)) == b"original words"


def test_the_files_go_through_the_encrypted_container(kept: list[str], tmp_path: Path) -> None:
    from amana.exchange.backup.cipher import Lock

    folder, out = tmp_path / "folder", tmp_path / "out"
    for each in (folder, out):
        each.mkdir()
    papers.copy(folder, kept)
    made = datetime(2018, 2, 15, tzinfo=UTC).isoformat()
    manifest = Manifest(made, "0", "sqlite", None, {}, {}, {}, papers=kept)
    lock = Lock("file", bytes(range(32)))
    with (tmp_path / "backup").open("wb") as stream:
        container.write(stream, lock, manifest, folder)
    assert b"words" not in (tmp_path / "backup").read_bytes()
    with (tmp_path / "backup").open("rb") as stream:
        assert container.read(stream, lock, out).papers == kept
    assert not papers.faults(out, kept)
