"""The files of papers: each under its own key, whole or not there, cleared where nobody names them."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from amana.apps.attachments import store
from amana.apps.attachments.store import LostFile, NoRoom
from amana.core.papers import CLEAN, ORIGINAL, PREVIEW

PAPER, OTHER = UUID(int=1), UUID(int=2)
PARTS = {CLEAN: b"clean words " * 5000, ORIGINAL: b"original words " * 5000, PREVIEW: b"a picture " * 500}
LATER = datetime.now(UTC) + timedelta(hours=2)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.PAPERS = tmp_path / "papers"
    return store.folder()


def test_each_part_comes_back_and_no_file_tells_anything(place: Path) -> None:
    name, key = store.new_name(), store.new_key()
    store.write(name, PAPER, key, PARTS)
    assert {part: store.read(name, PAPER, part, key) for part in PARTS} == PARTS
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    for path in place.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 and b"words" not in path.read_bytes()


def test_a_file_opens_in_no_other_place_and_under_no_other_key(place: Path) -> None:
    name, key = store.new_name(), store.new_key()
    store.write(name, PAPER, key, PARTS)
    for paper, part, tried in ((OTHER, CLEAN, key), (PAPER, CLEAN, store.new_key())):
        with pytest.raises(LostFile):
            store.read(name, paper, part, tried)
    (place / f"{name}.{CLEAN}").write_bytes((place / f"{name}.{ORIGINAL}").read_bytes())
    with pytest.raises(LostFile):
        store.read(name, PAPER, CLEAN, key)
    (place / f"{name}.{ORIGINAL}").write_bytes(b"A1")
    for part in (ORIGINAL, "../secret"):
        with pytest.raises(LostFile) as lost:
            store.read(name, PAPER, part, key)
        assert str(place) not in str(lost.value)


class Counting:
    """Ends the process, as `kill -9` does, at the nth of its steps to the disk."""

    def __init__(self, at: int) -> None:
        self.left = at

    def step(self, real: Any) -> Any:
        def stepped(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                os._exit(9)
            return real(*args, **kwargs)

        return stepped


@pytest.mark.parametrize("at", range(14))
def test_a_process_killed_at_any_step_leaves_no_half_file_and_what_it_leaves_is_cleared(
    at: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, key = store.new_name(), store.new_key()
    child = os.fork()
    if child == 0:
        counting = Counting(at)
        for what in ("open", "fsync", "fdopen"):
            setattr(os, what, counting.step(getattr(os, what)))
        Path.replace = counting.step(Path.replace)  # type: ignore[method-assign]
        try:
            store.write(name, PAPER, key, PARTS)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    left = [path.name.partition(".")[2] for found, path in store.names() if found == name]
    assert {part: store.read(name, PAPER, part, key) for part in left} == {part: PARTS[part] for part in left}
    assert store.sweep((), datetime.now(UTC)) == 0, "what was just written may be of a form being sent"
    store.sweep((), LATER)
    assert list(place.iterdir()) == []


def test_what_a_paper_names_is_never_cleared(place: Path) -> None:
    kept, stray = store.new_name(), store.new_name()
    for name in (kept, stray):
        store.write(name, PAPER, store.new_key(), PARTS)
    assert store.sweep({kept}, LATER) == 3
    assert {path.name.partition(".")[0] for path in place.iterdir()} == {kept}


def test_a_full_disk_is_told_and_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = iter(range(100))

    def full(_handle: int) -> None:
        if next(steps) > 0:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom, match="No space left"):
        store.write(store.new_name(), PAPER, store.new_key(), PARTS)
    assert list(place.iterdir()) == []
