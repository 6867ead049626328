"""`amana import --dry-run`: on files alone, without office or database."""

import csv
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from amana.cli import amana

DATA = Path(__file__).parent.parent / "data"
LIST = str(DATA / "intake-list-1.xlsx")


def run(*args):
    """Run `amana import` in this process."""
    return CliRunner().invoke(amana, ["import", *map(str, args)])


def test_a_dry_run_needs_no_database_and_leaves_none(tmp_path):
    home, out = tmp_path / "home", tmp_path / "rows.csv"
    given = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    env = {**given, "AMANA_HOME": str(home), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "amana",
            "import",
            LIST,
            "--listed-on",
            "2018-01-15",
            "--dry-run",
            "--out",
            str(out),
        ],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not home.exists()
    with out.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 1537


def test_the_summary_counts_rows_and_messages_and_prints_no_name():
    done = run(LIST, "--listed-on", "2018-01-15", "--dry-run")
    assert done.exit_code == 0
    for part in ("1,537 rows", "birth", "duplicate", "bidi_control", "Not read: sheet notes."):
        assert part in done.stdout
    assert "Tomonobu" not in done.output


def test_the_json_summary_gives_columns_statuses_and_messages():
    told = json.loads(run(LIST, "--listed-on", "2018-01-15", "--dry-run", "--json").stdout)
    assert told["status"] == {"ok": 1414, "warning": 26, "error": 41, "duplicate": 20, "skipped": 36}
    assert told["columns"][6] == {
        "column": "G",
        "heading": "تاريخ الولادة / DOB",
        "field": "birth",
        "reason": "heading",
        "sure": True,
    }
    assert told["messages"]["impossible_date"] == 11


def test_a_refused_column_is_named_with_the_reason(tmp_path):
    path = tmp_path / "scored.csv"
    path.write_text("Name,Sex,Age,Risk score\nLina Sami,F,3,87\n")
    done = run(path, "--listed-on", "2018-01-15", "--dry-run")
    assert "keeps no score about a child" in done.stdout and "87" not in done.stdout


def test_a_mapping_file_corrects_the_guess_and_keeps_headings_like_no(tmp_path):
    path, mapping, out = tmp_path / "list.csv", tmp_path / "map.yaml", tmp_path / "rows.csv"
    path.write_text("No,X,Y\nLina Sami,2012,F\nSami Ali,2013,M\n")
    mapping.write_text("No: name\nX: birth\nY: sex\n")
    done = run(path, "--listed-on", "2018-01-15", "--dry-run", "--mapping", mapping, "--out", out)
    assert done.exit_code == 0, done.output
    assert out.read_text("utf-8").splitlines()[1].startswith("2,ok,,,Lina Sami,female,2012-01-01,2012-12-31")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("- a\n- b\n", "one field"),
        ("{", "YAML or JSON"),
        ("Q: name\n", "does not have"),
        ("A: shoes\n", "does not exist"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_in_words(tmp_path, content, words):
    path, mapping = tmp_path / "list.csv", tmp_path / "map.yaml"
    path.write_text("Name,Sex,Age\nLina Sami,F,3\n")
    mapping.write_text(content)
    done = run(path, "--listed-on", "2018-01-15", "--dry-run", "--mapping", mapping)
    assert done.exit_code == 1 and words in str(done.exception)


@pytest.mark.parametrize("name", ["none.xlsx", "empty.xlsx", "notes.csv"])
def test_an_unreadable_file_ends_with_status_1_and_a_mend(tmp_path, name):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "notes.csv").write_text("We spoke of many things\n")
    out = tmp_path / "rows.csv"
    done = subprocess.run(
        [sys.executable, "-m", "amana", "import", str(tmp_path / name), "--dry-run", "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1 and "." in done.stderr and "Traceback" not in done.stderr
    assert not out.exists()


def test_a_bad_date_is_wrong_usage():
    assert run(LIST, "--listed-on", "15/01/2018", "--dry-run").exit_code == 2
    assert run("--dry-run").exit_code == 2


def test_the_command_knows_both_forms():
    command = import_module("amana.cli.import").command
    assert set(command.commands) == {"list", "undo"}
    assert "undo" in run("--help").stdout
