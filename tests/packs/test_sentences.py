"""Conditions, verdicts and open answers in plain sentences; conflicts beside what they stand against."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from amana.apps.decisions.packs import find_pack
from amana.core.policy import decide, explain, read_row
from amana.core.policy.expression import read_condition
from amana.wording.branches import branches_in_words
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import listed
from amana.wording.verdicts import needs_in_words, verdict_in_words

ON = date(2018, 2, 15)
MOTHER = "the mother is held at the same place and able to care for the child"
WINDOW = date(2018, 1, 15)
CONFLICTS = {
    "K1": "state_home",
    "K2": "with_mother",
    "K3": "state_home",
    "K6": "reported_detention_possible",
    "K8": "reported_detention_possible",
    "K14": "reported_detention_possible",
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def pack():
    return find_pack("iraq_2018")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("age <= 3", "age is 3 or younger"),
        ("age < 4", "age is below 4"),
        ("age > 14", "age is above 14"),
        ("age = 9", "age is 9"),
        ("age <> 9", "age is not 9"),
        ("age BETWEEN 4 AND 14", "age is 4 to 14"),
        (
            "NOT mother_present",
            f"it is not so that {MOTHER}",
        ),
        ("NOT (age <= 3)", "age is above 3"),
        ("NOT (sex = 'male')", "sex is not male"),
        ("NOT nationality IN ('IRQ', 'PSE')", "nationality is not one of: Iraq or Palestine"),
        (
            "NOT (sex = 'male' OR age >= 18 AND mother_present)",
            f"none of these: sex is male; age is 18 or older and {MOTHER}",
        ),
        ("sex = 'male' OR age >= 18", "sex is male or age is 18 or older"),
        ("nationality IN ('IRQ', 'PSE', 'TUR')", "nationality is Iraq, Palestine or Türkiye"),
        ("days_since(birth) <= 30", "number of days since birth is at most 30"),
        ("birth <= '2010-03-01'", "birth is on or before 1 March 2010"),
        (
            "birth BETWEEN '2010-03-01' AND '2010-04-01'",
            "birth is from 1 March 2010 to 1 April 2010",
        ),
    ],
)
def test_a_condition_says_what_the_rule_says(pack, condition, words):
    node, refusals = read_condition(condition, pack.facts, pack.parameters)
    assert not refusals
    assert rule_condition_in_words(node, pack.facts) == words


def test_what_is_not_on_record_or_not_so_is_one_alternative(pack):
    asked = "urgent IS NOT KNOWN OR NOT urgent OR days_since(separated_on) > 3"
    node, refusals = read_condition(asked, pack.watch.facts, pack.watch.parameters)
    assert not refusals
    assert rule_condition_in_words(node, pack.watch.facts) == (
        "it is not on record that it is an urgent protective move "
        "or number of days since the separation is more than 3"
    )


def told(pack, on=ON, **facts):
    return verdict_in_words(decide(pack, "placement", read_row(pack, "A", on, facts)), pack, "placement")


def test_must_may_and_a_gap_are_told_apart(pack):
    assert told(pack, birth="2016", mother_present="true") == "A rule requires it: stays with the mother."
    assert told(pack, birth="2009") == "A rule allows it and none requires it: state home."
    assert told(pack, birth="2016", mother_present="false") == "No rule speaks: no lawful placement."


def test_either_text_of_the_law_is_told_as_one_answer(pack):
    assert told(pack, WINDOW, birth="2009", nationality="IRQ").endswith("none requires it: state home.")


def test_an_unknown_day_of_law_is_named_by_what_happened(pack):
    needs = decide(
        pack, "placement", read_row(pack, "A", WINDOW, {"birth": "2009", "nationality": "TUR"})
    ).needs
    assert "amended to admit foreign children" in needs_in_words(needs, pack)


@pytest.mark.parametrize(
    ("facts", "branches"),
    [
        (
            {"birth": "2013-10/2014-06", "mother_present": "true"},
            ("If 3: stays with the mother.", "If 4: state home."),
        ),
        (
            {"birth": "201X", "mother_present": "true"},
            ("If 3 or younger: stays with the mother.", "If 4 to 8: state home."),
        ),
        (
            {"birth": "2016"},
            (
                f"If {MOTHER}: stays with the mother.",
                f"If it is not so that {MOTHER}: no lawful placement.",
            ),
        ),
        ({"birth": "2002-08/2003-08"}, ()),
        ({"birth": "2009"}, ()),
    ],
)
def test_an_answer_open_on_one_fact_is_told_case_by_case(pack, facts, branches):
    assert branches_in_words(pack, "placement", read_row(pack, "A", ON, facts)) == branches


def test_ages_without_an_end_are_told_as_older(pack):
    row = read_row(pack, "A", ON, {"birth": "../2000-03-01", "sex": "female"})
    assert branches_in_words(pack, "placement", row) == (
        "If 17: no lawful placement.",
        "If 18 or older: not a child.",
    )


@pytest.mark.parametrize(("conflict", "outcome"), CONFLICTS.items())
def test_a_conflict_stands_beside_the_outcome_it_is_against(pack, conflict, outcome):
    facts = {
        "state_home": {"birth": "2009"},
        "with_mother": {"birth": "2016", "mother_present": "true"},
        "reported_detention_possible": {"birth": "2001", "sex": "male"},
    }[outcome]
    explained = explain(pack, "placement", read_row(pack, "A", ON, facts))
    assert conflict in {each.id for each in explained.conflicts}


def test_care_refused_by_nationality_stands_beside_the_first_text_only(pack):
    before = read_row(pack, "A", date(2017, 6, 30), {"birth": "2009", "nationality": "IRQ"})
    after = read_row(pack, "A", ON, {"birth": "2009", "nationality": "IRQ"})
    assert "K12" in {each.id for each in explain(pack, "placement", before).conflicts}
    assert "K12" not in {each.id for each in explain(pack, "placement", after).conflicts}


def test_lists_follow_the_language():
    assert listed(["a", "b"]) == "a, b"
    with translation.override("ar"):
        assert listed(["a", "b"]) == "a، b"
