"""`amana import` into the demonstration office, and back out of it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import office_home as homes

READY = """
from datetime import UTC, datetime
from amana.start import start_office
start_office()
from amana.apps.accounts import commands, viewers
from amana.apps.placements import commands as places
from amana.exchange.demonstration.office import operator
at = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
commands.add_user(
    email="operator@demo.example", name="Office Terminal", role="operator",
    password="a long enough pass phrase",
    by=viewers.installer(), at=at,
)
places.add_facility(name_en="Site", name_ar="موقع", kind="detention", by=operator(), at=at)
"""
LIST = """Family,Name,Relation,Sex,DOB,Nationality
F1,Amel Sami,mother,F,1990,Tunisian
F1,Lina Sami,daughter,F,2014,Tunisian
"""


@pytest.fixture
def home(office_home: Path) -> Path:
    """An office with an operator and one place."""
    done = homes.run(office_home, "-c", READY)
    assert done.returncode == 0, done.stderr
    return office_home


def imported(home: Path, *args: str):
    """`amana import ...` on this home."""
    return homes.run(home, "-m", "amana", "import", *args)


def test_a_list_is_registered_once_and_taken_back(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    how = (str(path), "--listed-on", "2018-01-15", "--sender", "Site office", "--json")
    first = json.loads(imported(home, *how).stdout)["committed"]
    assert (first["added"], first["known"], first["families"]) == (2, 0, 1)
    again = json.loads(imported(home, *how).stdout)["committed"]
    assert (again["batch"], again["added"], again["known"]) == (None, 0, 2)
    undone = imported(home, "undo", first["batch"])
    assert undone.returncode == 0 and "2 people removed" in undone.stdout


def test_a_mistyped_batch_is_refused_in_words(home: Path) -> None:
    done = imported(home, "undo", "B-222223")
    assert done.returncode == 1 and "mistyped" in done.stderr and "Traceback" not in done.stderr


def test_without_an_office_only_a_dry_run_goes_ahead(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    done = imported(tmp_path / "nowhere", str(path), "--listed-on", "2018-01-15")
    assert done.returncode == 1 and "Traceback" not in done.stderr


def test_a_list_brought_in_is_swept_at_once(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST, "utf-8")
    done = imported(home, str(path), "--listed-on", "2018-01-15", "--sender", "Site office")
    assert done.returncode == 0, done.stderr
    assert "safeguards" in done.stderr
    with closing(sqlite3.connect(home / "amana.sqlite3")) as register:
        (found,) = register.execute("SELECT count(*) FROM oversight_finding WHERE until IS NULL").fetchone()
    assert found
