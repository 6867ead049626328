"""Commands on files alone make no office: no folder, no key, no database, wherever they are run."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import office_home as homes
from amana.apps.audit.keys import KEY_NAMES, LASTING_KEYS

FACTS = "ref,birth,sex\nA1,2014-02-16,male\n"
LIST = "Name,Sex,DOB,Nationality\nLina Sami,F,2014,Tunisian\n"
RULES = ("--pack", "iraq_2018", "--on", "2018-02-15")
ON_FILES = {
    "decide": ("decide", "facts.csv", *RULES),
    "explain": ("explain", "facts.csv", *RULES),
    "packs check": ("packs", "check", "iraq_2018"),
    "packs table": ("packs", "table", "iraq_2018"),
    "dry run": ("import", "list.csv", "--dry-run", "--listed-on", "2018-01-15"),
}
ON_AN_OFFICE = {
    "decide": ("decide",),
    "explain": ("explain", "P-7K3QXM"),
    "import": ("import", "list.csv"),
    "serve": ("serve",),
    "worker": ("worker",),
    "verify": ("audit", "verify"),
    "doctor": ("doctor",),
}


def amana(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in `folder` as a stranger would: no setting at all."""
    ours = ("AMANA_", "DJANGO_", "DATABASE_URL")
    return subprocess.run(
        [sys.executable, "-m", "amana", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith(ours)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of facts and a list."""
    (tmp_path / "facts.csv").write_text(FACTS, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def left(folder: Path) -> list[str]:
    """All that is in the folder."""
    return sorted(path.name for path in folder.rglob("*"))


@pytest.mark.parametrize("arguments", ON_FILES.values(), ids=ON_FILES)
def test_a_command_on_files_leaves_nothing_behind(folder: Path, arguments: tuple[str, ...]) -> None:
    done = amana(folder, *arguments)
    assert done.returncode == 0, done.stderr
    assert left(folder) == ["facts.csv", "list.csv"]


@pytest.mark.parametrize("arguments", ON_AN_OFFICE.values(), ids=ON_AN_OFFICE)
def test_where_no_office_is_none_is_made_by_looking_for_it(folder: Path, arguments: tuple[str, ...]) -> None:
    done = amana(folder, *arguments)
    assert done.returncode == 1
    assert "amana demo" in done.stdout + done.stderr
    assert "AMANA_HOME" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert left(folder) == ["facts.csv", "list.csv"]


def test_migrating_makes_the_home_and_its_keys_for_their_owner_only(folder: Path) -> None:
    assert amana(folder, "migrate").returncode == 0
    home = folder / "var"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {path.stem for path in (home / "keys").iterdir()} == set(KEY_NAMES)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (home / "keys").iterdir()} == {0o600}


@pytest.mark.parametrize("name", LASTING_KEYS)
def test_a_lost_key_is_not_made_anew(office_home: Path, name: str) -> None:
    lost = office_home / "keys" / f"{name}.key"
    lost.unlink()
    done = homes.run(office_home, "-m", "amana", "audit", "verify")
    assert done.returncode == 1
    assert "Restore it from your backup" in done.stderr
    assert not lost.exists()
    assert "is missing" in homes.run(office_home, "-m", "amana", "doctor").stdout
    assert not lost.exists()
