"""`amana keys`: exchanging keys in a real office, keys of custody on a machine without one, refusals."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import office_home as homes
from amana.cli.keys.custody import custody_group
from amana.core import envelopes

WORD = "a long enough passphrase"


WITH_OPERATOR = """
from amana.start import start_office
start_office()
from dataclasses import asdict
from datetime import UTC, datetime
from amana.apps.accounts import commands
from amana.apps.accounts.viewers import installer
from amana.exchange.demonstration.office import OPERATOR
commands.add_user(**asdict(OPERATOR), by=installer(), at=datetime(2018, 2, 15, tzinfo=UTC))
"""


@pytest.fixture
def manned(office_home: Path) -> Path:
    """An office in which the command line has its account."""
    done = homes.run(office_home, "-c", WITH_OPERATOR)
    assert done.returncode == 0, done.stderr
    return office_home


def keys(home: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    done = homes.run(home, "-m", "amana", "keys", *arguments, **more)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases stretched less, so that a test takes no second for it."""
    monkeypatch.setattr(envelopes, "SCRYPT_N", 2**10)


def custody(*arguments: str) -> Result:
    return CliRunner().invoke(custody_group, list(arguments))


def test_the_office_key_is_exchanged_and_the_old_one_kept_where_it_was_asked_for(manned: Path) -> None:
    file, old = manned / "keys" / "sealed.key", manned.parent / "old.key"
    before = file.read_text(encoding="ascii")
    status, told, problem = keys(manned, "rotate", "--old", str(old), "--json")
    assert (status, problem) == (0, "")
    assert json.loads(told) == {"cases": 0}
    assert old.read_text(encoding="ascii") == before != file.read_text(encoding="ascii")
    assert stat.S_IMODE(old.stat().st_mode) == 0o600
    assert keys(manned, "rotate", "--cases")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [("rotate",), ("rotate", "--cases", "--forget-old"), ("rotate", "--old", "x", "--forget-old")],
)
def test_what_becomes_of_the_old_key_must_be_said(office_home: Path, arguments: tuple[str, ...]) -> None:
    status, _, problem = keys(office_home, *arguments)
    assert status == 2
    assert "--old" in problem


def test_a_lost_lasting_key_is_not_made_anew_by_any_command(office_home: Path) -> None:
    for name in ("audit", "sealed", "pseudonym"):
        file = office_home / "keys" / f"{name}.key"
        kept = file.read_text(encoding="ascii")
        file.unlink()
        for arguments in (("migrate",), ("demo", "--prepare-only"), ("sweep",)):
            done = homes.run(office_home, "-m", "amana", *arguments)
            assert done.returncode == 1, arguments
            assert f"{name}.key is missing" in done.stderr
            assert not file.exists()
        file.write_text(kept, encoding="ascii")
        file.chmod(0o600)


def test_a_key_that_others_may_read_keeps_the_office_shut(office_home: Path) -> None:
    (office_home / "keys" / "sealed.key").chmod(0o644)
    done = homes.run(office_home, "-m", "amana", "sweep")
    assert done.returncode == 1
    assert "chmod 600" in done.stderr


def test_an_office_key_kept_elsewhere_opens_the_office(manned: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mounted" / "office.key"
    elsewhere.parent.mkdir()
    shutil.move(manned / "keys" / "sealed.key", elsewhere)
    named = {"AMANA_SEALED_KEY_FILE": str(elsewhere)}
    assert homes.run(manned, "-m", "amana", "migrate", **named).returncode == 0
    assert not (manned / "keys" / "sealed.key").exists()
    status, told, problem = keys(manned, "custody", "list", "--json", **named)
    assert (status, problem, json.loads(told)) == (0, "", [])


def test_an_office_that_is_not_locked_is_not_reopened(manned: Path) -> None:
    status, _, problem = keys(manned, "reopen")
    assert (status, problem.strip()) == (1, "The office is not locked.")


def test_a_key_of_custody_is_made_without_an_office_and_opens_with_its_passphrase(
    quick: None, tmp_path: Path
) -> None:
    file = tmp_path / "hers.key"
    made = custody("make", "--out", str(file), "--passphrase", WORD, "--json")
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    key = envelopes.read_key(file.read_text(encoding="ascii"), WORD)
    assert (key.public, envelopes.fingerprint(key.public)) == (told["public"], told["fingerprint"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]
    shown = custody("show", str(file), "--json")
    assert json.loads(shown.stdout) == told
    assert key.raw.hex() not in made.output + shown.output


def test_a_key_of_custody_is_never_written_over(quick: None, tmp_path: Path) -> None:
    file = tmp_path / "hers.key"
    file.write_text("kept", encoding="ascii")
    refused = custody("make", "--out", str(file), "--passphrase", WORD)
    assert "never written over" in str(refused.exception)
    assert file.read_text(encoding="ascii") == "kept"


def test_a_short_passphrase_makes_no_key(quick: None, tmp_path: Path) -> None:
    refused = custody("make", "--out", str(tmp_path / "hers.key"), "--passphrase", "short")
    assert "12 characters" in str(refused.exception)
    assert not list(tmp_path.iterdir())
