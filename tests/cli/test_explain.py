"""`amana explain` on files: rule, conditions, citations, what happens meanwhile, in both languages."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from amana.cli.explain import command

ROWS = (
    "ref,birth,sex,nationality,mother_present\n"
    "A1,2014-02-16,male,TUR,true\n"
    "A2,2013-10/2014-06,female,TJK,true\n"
    "A3,2014-13,,,\n"
)


@pytest.fixture
def run(tmp_path):
    def invoke(*arguments: str):
        facts = tmp_path / "facts.csv"
        facts.write_text(ROWS, encoding="utf-8")
        return CliRunner().invoke(
            command, [str(facts), "--pack", "iraq_2018", "--on", "2018-02-15", *arguments]
        )

    return invoke


def test_everyone_is_explained_with_rule_conditions_and_sources(run):
    done = run()
    assert done.exit_code == 0, done.output
    assert "A rule requires it: stays with the mother." in done.stdout
    assert "[true] age is 3 or younger" in done.stdout
    assert "reported, not seen" in done.stdout


def test_an_open_answer_says_what_to_ask_and_what_happens_meanwhile(run):
    told = run("--ref", "A2").stdout
    assert "A1" not in told
    assert "[unknown] age is 3 or younger" in told
    assert "What would settle it: age." in told
    assert "Nobody is moved on an open question." in told


def test_the_pack_speaks_arabic(run):
    told = run("--ref", "A2", "--lang", "ar").stdout
    assert "لا يُنقل أحد والجواب غير محسوم" in told


def test_an_invalid_row_is_explained_too(run):
    assert "can't be so:" in run("--ref", "A3").stdout


def test_json_holds_truth_values_and_sentences(run):
    record = json.loads(run("--ref", "A2", "--json").stdout)
    infant = next(rule for rule in record["rules"] if rule["id"] == "infant-with-mother")
    assert infant["holds"] == "unknown"
    assert [part["truth"] for part in infant["condition"]["children"]] == ["unknown", "true"]
    assert record["needs"] == ["age"]
    assert record["interim"][0]["source"]
    assert record["pack"]["status"] == "unreviewed"


def test_a_reference_that_is_not_in_the_file_is_refused(run):
    done = run("--ref", "Z9")
    assert done.exit_code == 1
    assert "Z9" in str(done.exception)
