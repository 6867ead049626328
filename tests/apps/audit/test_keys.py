"""Keys: made once, readable by their owner only, never replaced."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from amana.apps.audit.keys import KEY_NAMES, LASTING_KEYS, LostKey, key, key_path, make_key, make_missing


def test_missing_keys_are_made_once_and_stay(tmp_path: Path) -> None:
    make_missing(tmp_path / "home")
    first = {name: key(tmp_path / "home", name) for name in KEY_NAMES}
    make_missing(tmp_path / "home")
    assert {name: key(tmp_path / "home", name) for name in KEY_NAMES} == first
    assert all(len(bytes.fromhex(text)) == 32 for text in first.values())
    assert len(set(first.values())) == len(KEY_NAMES)


@pytest.mark.parametrize("name", LASTING_KEYS)
def test_a_lasting_key_is_never_made_by_being_asked_for(tmp_path: Path, name: str) -> None:
    with pytest.raises(LostKey, match="Restore it from your backup"):
        key(tmp_path / "home", name)
    assert not key_path(tmp_path / "home", name).exists()


def test_a_key_kept_elsewhere_is_not_made_here(tmp_path: Path) -> None:
    make_missing(tmp_path / "home", elsewhere=frozenset({"sealed"}))
    assert not key_path(tmp_path / "home", "sealed").exists()
    assert key_path(tmp_path / "home", "audit").exists()


def test_only_the_owner_may_read_a_key_or_enter_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_missing(home)
    assert stat.S_IMODE(key_path(home, "audit").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


def test_several_starters_at_once_agree_on_one_key(tmp_path: Path) -> None:
    path = key_path(tmp_path / "home", "audit")

    def start(_: int) -> str:
        make_key(path)
        return key(tmp_path / "home", "audit")

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(start, range(64)))
    assert len(found) == 1
    assert [each.name for each in path.parent.iterdir()] == ["audit.key"]
