"""`amana explain` on files: rule, conditions, citations, what happens meanwhile, in both languages."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from amana.apps.decisions.packs import find_pack
from amana.cli.explain import command
from amana.core.facts import Contradiction
from amana.exchange.facts_file import read_cell

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
    assert "“2014-13” can't be read" in run("--ref", "A3").stdout


def test_a_cell_that_cannot_be_read_is_repeated_with_what_would_be_right(tmp_path):
    facts = tmp_path / "facts.csv"
    head = "ref,birth,sex,nationality,mother_present\n"
    facts.write_text(f"{head}A,12/05/2002,Female,Turkey,yes\n", encoding="utf-8")
    asked = [str(facts), "--pack", "iraq_2018", "--on", "2018-02-15"]
    told = CliRunner().invoke(command, asked).stdout
    for cell, right in (
        ("12/05/2002", "Write year, month, day: 2014-05-12"),
        ("Female", "Write one of: female, male."),
        ("Turkey", "Write three-letter codes of states, such as IRQ"),
        ("yes", "Write true or false."),
    ):
        (line,) = (line for line in told.splitlines() if line.startswith("  - ") and f"“{cell}”" in line)
        assert f"“{cell}” can't be read" in line and right in line


def test_nothing_but_the_explanation_repeats_a_cell_that_cannot_be_read():
    fact = find_pack("iraq_2018").facts["birth"]
    value = read_cell(fact, "12/05/2002", find_pack("iraq_2018"))
    assert isinstance(value, Contradiction) and value.stated == "12/05/2002"
    assert "2002" not in f"{value!r}{value.reason}"


def test_nothing_is_explained_from_a_file_that_is_refused_further_down(tmp_path):
    facts = tmp_path / "facts.csv"
    facts.write_text("ref,birth\nA,2014\nB,2015\nA,2016\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(facts), "--pack", "iraq_2018", "--on", "2018-02-15"])
    assert done.exit_code == 1 and not done.stdout
    assert "Lines 2 and 4 have the same ref" in str(done.exception)


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


def test_each_condition_stands_beside_its_fact(run):
    told = run("--ref", "A2").stdout
    assert "[unknown] age is 3 or younger — birth: between October 2013 and June 2014, age 3 or 4" in told


def test_the_best_first_question_is_a_cut_in_births(run):
    told = run("--ref", "A2").stdout
    assert "Born on or before 15 February 2014 (4 or older on 15 February 2018)?" in told
    record = json.loads(run("--ref", "A2", "--json").stdout)["first_question"]
    assert (record["cut"], record["if_yes"], record["if_no"]) == (
        "2014-02-15",
        ["state_home"],
        ["with_mother"],
    )


def test_why_not_tells_what_stands_in_the_way(run):
    done = run("--ref", "A1", "--why-not", "state_home")
    assert done.exit_code == 0, done.output
    assert "Why not “state home”?" in done.stdout
    assert "[false] age is 4 to 14 — birth: 16 February 2014, age 3" in done.stdout
    assert "Facts" not in done.stdout


def test_why_not_in_json_names_the_failing_conditions_with_their_facts(run):
    record = json.loads(run("--ref", "A1", "--why-not", "state_home", "--json").stdout)
    told = record["why_not"]
    assert (told["outcome"], told["status"]) == ("state_home", "excluded")
    failing = next(rule for rule in told["rules"] if rule["id"] == "state-home-foreign")["failing"]
    assert [(each["truth"], each["facts"][0]["fact"]) for each in failing] == [("false", "birth")]


def test_what_leads_to_an_outcome_never_acted_on_is_not_in_the_record(run, tmp_path):
    facts = tmp_path / "boy.csv"
    facts.write_text("ref,birth,sex\nB1,2002-05,\n", encoding="utf-8")
    done = CliRunner().invoke(command, [str(facts), "--pack", "iraq_2018", "--on", "2018-02-15", "--json"])
    record = json.loads(done.stdout)
    assert (record["first_question"]["if_yes"], record["first_question"]["if_no"]) == (None, None)
    assert record["branches"] == []


def test_an_answer_the_decision_does_not_know_is_refused_with_those_it_knows(run):
    done = run("--ref", "A1", "--why-not", "prison")
    assert done.exit_code == 2
    assert "“prison”" in done.stderr and "state_home" in done.stderr


def test_an_answer_that_is_exact_says_nothing_of_it(run):
    record = json.loads(run("--ref", "A2", "--json").stdout)
    assert (record["exact"], record["exact_in_words"]) == (True, "")


def test_a_decision_that_is_not_exact_says_so_in_words(tmp_path):
    facts = tmp_path / "acts.csv"
    facts.write_text("ref,birth,act_date\nC1,2005/2008,2016/2017\n", encoding="utf-8")
    asked = [str(facts), "--pack", "iraq_juvenile", "--decision", "age_group", "--on", "2018-02-15"]
    record = json.loads(CliRunner().invoke(command, [*asked, "--json"]).stdout)
    assert record["exact"] is False
    assert "Two dates are compared that are not both known to the day" in record["exact_in_words"]
    told = CliRunner().invoke(command, asked).stdout
    assert "! Two dates are compared that are not both known to the day" in told
    assert "age as of the act: 7 to 12" in told
    assert "Best first question" in told
