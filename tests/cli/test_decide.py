"""`amana decide` on files: what it writes, what it says, what it refuses."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from amana.cli.decide import command

HEAD = "ref,birth,sex,nationality,mother_present\n"
ROWS = (
    HEAD
    + "A1,2014-02-16,male,TUR,true\n"
    + "A2,2013-10/2014-06,female,TJK,true\n"
    + "A3,2003-02-15,female,RUS,\n"
    + "A4,2014-13,male,TUR,true\n"
)
EXPECTED = [
    ["ref", "outcome", "rule", "possible", "needs", "citations"],
    ["A1", "with_mother", "infant-with-mother", "with_mother", "", "iq-protocol-2018/infants"],
    ["A2", "undetermined", "", "state_home;with_mother", "age", ""],
    ["A3", "no_lawful_placement", "default", "no_lawful_placement", "", ""],
    ["A4", "invalid", "", "", "age", ""],
]


@pytest.fixture
def facts(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> str:
        file = tmp_path / "facts.csv"
        file.write_bytes(text.encode(encoding))
        return str(file)

    return write


def run(*arguments: str):
    return CliRunner().invoke(command, [*arguments])


def decided(*arguments: str) -> list[list[str]]:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return list(csv.reader(io.StringIO(done.stdout)))


@pytest.mark.parametrize("engine", ["python", "sqlite", "duckdb"])
def test_each_person_gets_an_answer_in_the_order_of_the_file(facts, engine):
    assert decided(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", engine) == EXPECTED


def test_postgresql_answers_the_same(facts, postgres_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    answers = decided(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", "postgresql")
    assert answers == EXPECTED


@pytest.mark.parametrize("engine", ["python", "sqlite", "duckdb"])
def test_each_row_may_have_its_own_day(facts, engine):
    text = (
        "ref,day,birth,nationality\nB1,2017-06-30,2009,TUR\nB2,2018-01-15,2009,TUR\nB3,2018-02-15,2009,TUR\n"
        "B4,soon,2009,TUR\n"
    )
    answers = decided(facts(text), "--pack", "iraq_2018", "--on-column", "day", "--engine", engine)
    assert [(row[1], row[4]) for row in answers[1:]] == [
        ("no_lawful_placement", ""),
        ("undetermined", "law:amend-1980"),
        ("state_home", ""),
        ("invalid", "day"),
    ]


def test_earliest_and_latest_are_read_like_an_interval(facts):
    text = (
        "ref,birth_earliest,birth_latest,mother_present\nC1,2013-10-01,2014-06-30,true\nC2,2010-01-01,,true\n"
    )
    answers = decided(facts(text), "--pack", "iraq_2018", "--on", "2018-02-15")
    assert [row[3] for row in answers[1:]] == ["state_home;with_mother"] * 2


def test_earliest_after_latest_makes_the_row_invalid(facts):
    text = "ref,birth_earliest,birth_latest\nC1,2014-06-30,2013-10-01\n"
    answers = decided(facts(text), "--pack", "iraq_2018", "--on", "2018-02-15")
    assert (answers[1][1], answers[1][4]) == ("invalid", "age")


def test_both_forms_of_a_birth_are_a_usage_error(facts):
    done = run(facts("ref,birth,birth_latest\nC1,2014,\n"), "--pack", "iraq_2018", "--on", "2018-02-15")
    assert done.exit_code == 2
    assert "not both" in done.stderr


@pytest.mark.parametrize("days", [[], ["--on", "2018-02-15", "--on-column", "day"]])
def test_exactly_one_kind_of_day_is_wanted(facts, days):
    assert run(facts(ROWS), "--pack", "iraq_2018", *days).exit_code == 2


def test_an_absent_column_is_unknown_and_said_once_and_an_extra_one_is_ignored_and_said_once(facts):
    done = run(facts("ref,birth,note\nD1,2016,x\nD2,2016,y\n"), "--pack", "iraq_2018", "--on", "2018-02-15")
    assert done.exit_code == 0
    assert done.stderr.count("No column mother_present") == 1
    assert done.stderr.count("note") == 1
    assert done.stdout.count("no_lawful_placement;with_mother,mother_present") == 2


@pytest.mark.parametrize(
    ("column", "value", "need"),
    [
        ("sex", "boy", "sex"),
        ("nationality", "Turkish", "nationality"),
        ("mother_present", "yes", "mother_present"),
        ("birth", "yesterday", "age"),
    ],
)
@pytest.mark.parametrize("engine", ["python", "sqlite", "duckdb"])
def test_a_value_outside_its_domain_makes_only_that_row_invalid(facts, column, value, need, engine):
    text = f"ref,{column}\nE1,{value}\nE2,\n"
    answers = decided(facts(text), "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", engine)
    assert answers[1] == ["E1", "invalid", "", "", need, ""]
    assert answers[2][1] == "undetermined"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_makes_no_difference(facts, encoding):
    text = facts("ref,birth\nF1,1980\n", encoding)
    assert decided(text, "--pack", "iraq_2018", "--on", "2018-02-15")[1][:2] == ["F1", "not_a_child"]


def refused(file: str) -> str:
    done = run(file, "--pack", "iraq_2018", "--on", "2018-02-15")
    assert done.exit_code == 1
    return str(done.exception)


def test_a_file_without_ref_is_refused_with_the_headings_it_has(facts):
    assert "no column “ref”" in refused(facts("id;birth\n1;2014\n"))


def test_a_ref_that_stands_twice_is_refused_with_both_lines(facts):
    assert "Lines 2 and 4" in refused(facts("ref,birth\nG1,2014\nG2,2014\nG1,2015\n"))


def test_a_row_without_ref_is_refused_with_its_line(facts):
    assert "Line 3" in refused(facts("ref,birth\nG1,2014\n,2014\n"))


def test_a_file_in_another_encoding_is_refused_with_the_mend(facts):
    assert "CSV UTF-8" in refused(facts("ref,birth\nطفل,2014\n", "cp1256"))


def test_nothing_is_left_half_done_when_the_file_is_refused(facts, tmp_path):
    out = tmp_path / "verdicts.csv"
    out.write_text("kept", encoding="utf-8")
    file = facts("ref,birth\nG1,2014\nG1,2015\n")
    done = run(file, "--pack", "iraq_2018", "--on", "2018-02-15", "--out", str(out))
    assert done.exit_code == 1
    assert out.read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.csv", "verdicts.csv"]


def test_a_file_of_verdicts_is_written_whole(facts, tmp_path):
    out = tmp_path / "verdicts.csv"
    assert run(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15", "--out", str(out)).exit_code == 0
    assert list(csv.reader(out.open(encoding="utf-8"))) == EXPECTED


def test_counting_gives_outcomes_and_needs(facts):
    counted = decided(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15", "--count")
    assert counted == [
        ["outcome", "needs", "count"],
        ["invalid", "age", "1"],
        ["no_lawful_placement", "", "1"],
        ["undetermined", "age", "1"],
        ["with_mother", "", "1"],
    ]


def test_json_lines_hold_the_same(facts):
    done = run(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15", "--json")
    second = json.loads(done.stdout.splitlines()[1])
    assert second["possible"] == ["state_home", "with_mother"]
    assert second["needs"] == ["age"]


def test_no_database_is_made_by_a_command_on_files(facts, tmp_path):
    home = tmp_path / "home"
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    done = subprocess.run(
        [sys.executable, "-m", "amana", "decide", facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15"],
        env={**environment, "AMANA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(csv.reader(io.StringIO(done.stdout))) == EXPECTED
    assert not list(Path(home).rglob("*.sqlite3*"))


@pytest.mark.parametrize("url", ["", "postgresql://nobody@127.0.0.1:1/none"])
def test_postgresql_without_a_server_is_refused_before_a_line_is_written(facts, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    done = run(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15", "--engine", "postgresql")
    assert done.exit_code == 1
    assert "DATABASE_URL" in str(done.exception)
    assert not done.stdout


@pytest.mark.parametrize("form", [(), ("--count",), ("--count", "--json"), ("--engine", "duckdb")])
def test_where_answers_may_not_be_exact_it_is_said_once_unless_each_row_says_it(facts, form):
    acts = facts("ref,birth,act_date\nC1,2008,2017-06-01\nC2,2008,2017\n")
    asked = (acts, "--pack", "iraq_juvenile", "--decision", "age_group", "--on", "2018-02-15")
    done = run(*asked, *form)
    assert done.exit_code == 0, done.output
    assert done.stderr.count("may list more outcomes") == 1
    assert done.stderr.startswith("“age_group” of iraq_juvenile compares two dates")
    assert run(*asked, "--json").stderr == ""


def test_where_answers_are_exact_nothing_is_said_of_it(facts):
    assert run(facts(ROWS), "--pack", "iraq_2018", "--on", "2018-02-15").stderr == ""
