"""`amana office open`, and what it leads to: a real office that is served empty and takes in nobody yet."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import office_home as homes

WORDS = "correct horse battery staple"


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Open an office in a home; further words are further options."""
    file = tmp_path / "password"
    file.write_text(f"{WORDS}\n")

    def run(home: Path, *more: str) -> subprocess.CompletedProcess[str]:
        named = ("--name-en", "Office", "--name-ar", "مكتب", "--administrator", "admin@office.example")
        chosen = ("--pack", "iraq_2018", "--password-file", str(file))
        return homes.run(home, "-m", "amana", "office", "open", *named, *chosen, *more)

    return run


def test_an_office_is_opened_with_its_administrator_and_says_what_comes_next(
    tmp_path: Path, opened: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    home = tmp_path / "home"
    done = opened(home)
    assert done.returncode == 0, done.stderr
    assert "nobody is registered in it" in done.stdout and "amana doctor --live" in done.stdout
    assert WORDS not in done.stdout
    with sqlite3.connect(home / "amana.sqlite3") as database:
        assert database.execute("SELECT demonstration, stands_on FROM accounts_office").fetchall() == [
            (0, None)
        ]
        assert database.execute("SELECT email, role FROM accounts_user").fetchall() == [
            ("admin@office.example", "administrator")
        ]


def test_it_lists_every_missing_condition_and_refuses_a_list(
    tmp_path: Path, opened: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    home = tmp_path / "home"
    opened(home)
    done = homes.run(home, "-m", "amana", "doctor", "--live", "--json", AMANA_PLAIN_HTTP="")
    found = {each["subject"]: each for each in json.loads(done.stdout)}
    assert done.returncode == 1
    faults = {subject for subject, each in found.items() if each["state"] == "fault"}
    assert {"transport", "anchors", "backup", "impact assessment", "watching"} <= faults
    assert all(found[subject]["mend"] for subject in faults)
    sheet = shutil.copy(Path(__file__).parents[1] / "data" / "intake-list-1.xlsx", tmp_path / "list.xlsx")
    refused = homes.run(home, "-m", "amana", "import", str(sheet), "--listed-on", "2018-02-15")
    assert refused.returncode == 1 and "amana login" in refused.stderr
    with sqlite3.connect(home / "amana.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM registry_person").fetchone() == (0,)


def test_a_home_that_holds_anything_is_left_alone(
    office_home: Path, tmp_path: Path, opened: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    refused = opened(office_home)
    assert refused.returncode == 1 and "never grows out of it" in refused.stderr
    home = tmp_path / "real"
    opened(home)
    again = opened(home)
    assert again.returncode == 1 and "holds an office already" in again.stderr


def test_a_weak_password_opens_nothing(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("password1234\n")
    named = ("--name-en", "Office", "--name-ar", "مكتب", "--administrator", "admin@office.example")
    done = homes.run(
        tmp_path / "home", "-m", "amana", "office", "open", *named, "--pack", "iraq_2018",
        "--password-file", str(file),
    )  # fmt: skip
    assert done.returncode == 1 and "won't do" in done.stderr
    assert not (tmp_path / "home" / "amana.sqlite3").exists()


def test_peopled_and_not_fit_it_is_not_served(
    tmp_path: Path, opened: Callable[..., subprocess.CompletedProcess[str]], office_home: Path
) -> None:
    import served_office

    served_office.prepare(office_home)
    with sqlite3.connect(office_home / "amana.sqlite3") as database:
        database.execute("UPDATE accounts_office SET demonstration = 0, stands_on = NULL")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = homes.run(office_home, "-m", "amana", "serve", "--port", str(port), AMANA_PLAIN_HTTP="")
    assert done.returncode == 1
    assert "isn't fit for people who are not invented" in done.stderr and "backup" in done.stderr
    loaded = homes.run(office_home, "-c", "import amana.wsgi", AMANA_PLAIN_HTTP="1")
    assert loaded.returncode != 0 and "isn't fit for people" in loaded.stderr
