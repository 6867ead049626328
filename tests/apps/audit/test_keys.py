"""Keys: made once, readable by their owner only, never replaced."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from amana.apps.audit.keys import key, key_path


def test_a_key_is_made_at_first_start_and_stays(tmp_path: Path) -> None:
    first = key(tmp_path / "home", "audit")
    assert len(bytes.fromhex(first)) == 32
    assert key(tmp_path / "home", "audit") == first
    assert key(tmp_path / "home", "secret") != first


def test_only_the_owner_may_read_a_key_or_enter_the_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    key(home, "audit")
    assert stat.S_IMODE(key_path(home, "audit").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "keys").stat().st_mode) == 0o700


def test_several_starters_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: key(tmp_path / "home", "audit"), range(64)))
    assert len(found) == 1
    assert [path.name for path in (tmp_path / "home" / "keys").iterdir()] == ["audit.key"]
