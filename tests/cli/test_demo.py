"""`amana demo`: one command makes a whole office, a second changes nothing, and no other office is touched.

Runs the real command in processes of its own, each with a home of its own, on the database of the session.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from amana.cli import demo
from amana.web.session.demonstration import ACCOUNTS

LINE = re.compile(r"^(\d+)\. (.+?): .+ \(\d+\.\d s\)$", re.MULTILINE)


def amana(home: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in `home`; `url` is a DATABASE_URL, or nothing for SQLite."""
    environment = {**os.environ, "AMANA_HOME": str(home), "COLUMNS": "120"}
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    return subprocess.run(
        [sys.executable, "-m", "amana", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def asked(home: Path, question: str) -> Any:
    """The one value a question about the register's file gives."""
    with sqlite3.connect(home / "amana.sqlite3") as register:
        return register.execute(question).fetchone()[0]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An office of 60 people on SQLite, and what was printed."""
    home = tmp_path_factory.mktemp("demo")
    done = amana(home, "demo", "--prepare-only", "--people", "60", "--steps-done", "3")
    assert done.returncode == 0, done.stderr
    return home, done.stdout


@pytest.fixture
def copied(prepared: tuple[Path, str], tmp_path: Path) -> Path:
    """That office once more, to be spoilt."""
    return Path(shutil.copytree(prepared[0], tmp_path / "home"))


def test_every_step_is_numbered_and_timed_where_make_stopped_counting(prepared: tuple[Path, str]) -> None:
    _, printed = prepared
    assert [int(number) for number, _ in LINE.findall(printed)] == list(range(4, 15))


def test_everybody_on_the_list_is_registered_and_decided(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    assert "60 people in" in printed
    assert asked(home, "SELECT count(*) FROM registry_person") == 60
    assert asked(home, "SELECT count(DISTINCT person_id) FROM decisions_decision") == 60
    assert asked(home, "SELECT count(*) FROM registry_listedrow WHERE status = 'error'") == 5


def test_one_proposed_change_of_law_waits_for_a_second_person(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    assert "stay_with_mother_max lowered from 2018-03-01, waiting for a second person" in printed
    assert asked(home, "SELECT state || author FROM decisions_proposal").startswith("proposed")
    assert asked(home, "SELECT count(*) FROM decisions_packversion WHERE current") == 0


def test_deaths_moves_and_documents_are_recorded(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    assert "deaths 1, moved to hospital 1," in printed
    assert asked(home, "SELECT count(*) FROM registry_claim WHERE source LIKE 'clinic:%'") == 1
    assert asked(home, "SELECT count(*) FROM registry_claim WHERE standing = 'confirmed'") >= 1


def test_acts_since_the_list_are_recorded_and_the_board_shows_them(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    moved = int(re.search(r"(\d+) moved by age alone", printed)[1])
    assert moved
    standing = "SELECT count(*) FROM oversight_finding WHERE until IS NULL"
    found = asked(home, f"{standing} AND safeguard = 'S08' AND verdict = 'breach'")
    assert found == moved + 1, "and one that is planned"


def test_there_is_one_sign_in_for_each_role_with_its_password(prepared: tuple[Path, str]) -> None:
    home, printed = prepared
    for account in ACCOUNTS:
        assert re.search(rf"{account.described.title} .*{account.email} .*{account.password}", printed)
    assert asked(home, "SELECT count(*) FROM accounts_user WHERE password NOT LIKE '!%'") == len(ACCOUNTS)


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_no_terminal_is_too_narrow_for_an_e_mail_or_a_password(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    demo._print_sign_ins()
    printed = capsys.readouterr().out
    for account in ACCOUNTS:
        assert re.search(rf"{account.email} +{account.password}", printed), account.email
        assert width < 80 or f"{account.described.title} " in printed


def test_nobody_signs_in_as_the_operator_of_the_command_line(prepared: tuple[Path, str]) -> None:
    home, _ = prepared
    assert asked(home, "SELECT password FROM accounts_user WHERE role = 'operator'").startswith("!")


def test_the_office_stands_in_february_2018_and_says_it_is_a_demonstration(
    prepared: tuple[Path, str],
) -> None:
    home, _ = prepared
    assert asked(home, "SELECT stands_on FROM accounts_office") == "2018-02-15"
    assert asked(home, "SELECT demonstration FROM accounts_office") == 1


def test_a_second_run_changes_nothing(prepared: tuple[Path, str]) -> None:
    home, _ = prepared
    entries = asked(home, "SELECT count(*) FROM audit_auditentry")
    again = amana(home, "demo", "--prepare-only", "--people", "60", "--json")
    assert again.returncode == 0, again.stderr
    told = json.loads(again.stdout)
    assert any("holds 60 people already" in step["said"] for step in told["steps"])
    assert [account["email"] for account in told["sign_ins"]] == [account.email for account in ACCOUNTS]
    assert asked(home, "SELECT count(*) FROM audit_auditentry") == entries


def test_fresh_throws_the_earlier_demonstration_away(copied: Path) -> None:
    done = amana(copied, "demo", "--prepare-only", "--people", "15", "--fresh")
    assert "thrown away" in done.stdout, done.stderr
    assert asked(copied, "SELECT count(*) FROM registry_person") == 15


@pytest.mark.parametrize("more", [(), ("--fresh",)])
def test_an_office_that_is_no_demonstration_is_left_alone(copied: Path, more: tuple[str, ...]) -> None:
    with sqlite3.connect(copied / "amana.sqlite3") as register:
        register.execute("UPDATE accounts_office SET demonstration = 0")
    before = asked(copied, "SELECT group_concat(password) FROM accounts_user")
    refused = amana(copied, "demo", "--prepare-only", *more)
    assert refused.returncode == 1
    assert "no demonstration" in refused.stderr
    assert asked(copied, "SELECT group_concat(password) FROM accounts_user") == before


def test_a_database_that_is_not_amanas_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "amana.sqlite3") as other:
        other.execute("CREATE TABLE ledger (id INTEGER)")
    refused = amana(tmp_path, "demo", "--prepare-only")
    assert refused.returncode == 1
    assert "aren't Amana's" in refused.stderr
    assert asked(tmp_path, "SELECT count(*) FROM sqlite_master WHERE type = 'table'") == 1


def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = amana(tmp_path, "demo", "--port", str(port))
    assert refused.returncode == 1
    assert f"--port {port + 1}" in refused.stderr
    assert not (tmp_path / "amana.sqlite3").exists()


def test_the_same_office_is_made_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    done = amana(tmp_path, "demo", "--prepare-only", "--people", "12", url=postgres_url)
    assert done.returncode == 0, done.stderr
    assert "postgresql" in done.stdout
    assert "12 people in" in done.stdout
    refused = amana(tmp_path, "demo", "--prepare-only", "--fresh", url=postgres_url)
    assert refused.returncode == 1
    assert "Drop that database" in refused.stderr


def test_an_office_opens_on_a_pack_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "my_office"
    own.mkdir()
    (own / "pack.yaml").write_text(
        "id: my_office\ntitle: {en: Mine, ar: مكتبي}\njurisdiction: IRQ\nstatus: unreviewed\n"
        "extends: [iraq_2018]\n",
        "utf-8",
    )
    home = tmp_path / "home"
    done = amana(home, "demo", "--prepare-only", "--people", "12", "--pack", str(own))
    assert done.returncode == 0, done.stderr
    assert asked(home, "SELECT pack FROM accounts_office") == str(own)
    assert asked(home, "SELECT count(*) FROM oversight_finding")


@pytest.mark.parametrize("pack", ["nowhere", "international"])
def test_an_office_on_no_pack_or_one_that_places_nobody_is_refused(tmp_path: Path, pack: str) -> None:
    refused = amana(tmp_path / "home", "demo", "--prepare-only", "--people", "12", "--pack", pack)
    assert refused.returncode == 1
    assert pack in refused.stderr and "Traceback" not in refused.stderr
    assert not (tmp_path / "home" / "amana.sqlite3").exists()
