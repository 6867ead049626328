"""Why not another answer: which conditions fail, which are open, what is not in force, what sets it aside."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import ON, open_pack
from small_pack import row as facts_row
from small_pack import rule as entry

from amana.apps.decisions.packs import find_pack
from amana.core.policy import ConditionView, Contrast, Pack, contrast, decide, read_row
from amana.core.truth import Truth

AFTER, BEFORE, WITHIN = date(2018, 2, 15), date(2017, 6, 30), date(2018, 1, 15)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack("iraq_2018")


def why_not(pack: Pack, outcome: str, on: date = AFTER, **facts: str) -> Contrast:
    return contrast(pack, "placement", read_row(pack, "P-1", on, facts), outcome)


def texts(views: tuple[ConditionView, ...]) -> list[str]:
    return [view.text for view in views]


def test_an_excluded_answer_names_the_conditions_that_fail(pack: Pack) -> None:
    told = why_not(pack, "with_mother", birth="2009", mother_present="false")
    assert (told.outcome, told.status) == ("with_mother", "excluded")
    (infant,) = told.rules
    assert texts(infant.failing) == ["age <= :stay_with_mother_max", "mother_present"]
    assert [view.facts for view in infant.failing] == [("birth",), ("mother_present",)]
    assert infant.unknown == ()


def test_a_possible_answer_names_the_conditions_it_hangs_on(pack: Pack) -> None:
    told = why_not(pack, "state_home", birth="2013-10/2014-06", mother_present="true", nationality="TJK")
    assert told.status == "possible"
    old, new = told.rules
    assert (old.rule.id, texts(old.unknown)) == ("state-home-1980", [])
    assert texts(old.failing) == ["nationality IN (:state_home_1980_origins)"]
    assert old.in_force is Truth.FALSE
    assert (new.rule.id, new.failing, new.in_force) == ("state-home-foreign", (), Truth.TRUE)
    assert texts(new.unknown) == ["age BETWEEN :state_home_min AND :state_home_max"]


def test_the_answer_given_is_told_with_the_rule_that_gives_it(pack: Pack) -> None:
    told = why_not(pack, "not_a_child", birth="1980")
    assert told.status == "given"
    assert (told.rules[0].failing, told.rules[0].unknown, told.rules[0].defeated_by) == ((), (), ())


def test_a_text_not_yet_in_force_is_named_with_its_period(pack: Pack) -> None:
    told = why_not(pack, "state_home", BEFORE, birth="2009", nationality="TUR")
    assert told.status == "excluded"
    new = next(each for each in told.rules if each.rule.id == "state-home-foreign")
    assert (new.in_force, new.rule.from_, new.failing) == (Truth.FALSE, "2017-07/2018-01", ())


def test_a_text_whose_day_is_not_known_leaves_the_answer_open(pack: Pack) -> None:
    told = why_not(pack, "state_home", WITHIN, birth="2009", nationality="TUR")
    assert told.status == "possible"
    assert {each.rule.id: each.in_force for each in told.rules}["state-home-foreign"] is Truth.UNKNOWN


def test_the_default_is_excluded_by_the_rules_that_speak(pack: Pack) -> None:
    told = why_not(pack, "no_lawful_placement", birth="2013-10/2014-06", mother_present="true")
    assert (told.status, told.rules) == ("excluded", ())
    assert [view.id for view in told.silencing] == ["infant-with-mother", "state-home-foreign"]


def test_an_answer_that_is_never_acted_on_is_explained_like_any_other(pack: Pack) -> None:
    told = why_not(pack, "reported_detention_possible", birth="2002", sex="female")
    assert (told.status, texts(told.rules[0].failing)) == ("excluded", ["sex = 'male'"])


def test_facts_that_contradict_themselves_leave_no_answer_to_compare_with(pack: Pack) -> None:
    assert why_not(pack, "state_home", birth="2019").status == "invalid"


def test_an_answer_the_decision_does_not_know_is_refused(pack: Pack) -> None:
    with pytest.raises(KeyError):
        why_not(pack, "prison", birth="2009")


def test_a_rule_that_is_set_aside_names_what_sets_it_aside() -> None:
    small = open_pack(
        [
            entry("general", "age >= 0", "home"),
            entry("duty", "alone", "clinic", "must"),
            entry("never", "ill", "clinic", "must_not"),
        ]
    )
    told = contrast(small, "care", facts_row(small, birth="2014", alone="true", ill="false"), "home")
    assert (told.status, told.rules[0].defeated_by) == ("excluded", ("duty",))
    told = contrast(small, "care", facts_row(small, birth="2014", alone="true", ill="true"), "clinic")
    assert (told.status, told.rules[0].defeated_by) == ("excluded", ("never",))
    assert [each.rule.id for each in told.rules] == ["duty"]


def test_parts_that_fail_only_together_are_named_together() -> None:
    small = open_pack(
        [entry("never", "age < 4 AND age > 5", "home"), entry("all", "age >= 0", "clinic", "must")]
    )
    told = contrast(small, "care", facts_row(small, birth="2010/2015"), "home")
    assert texts(told.rules[0].failing) == ["age < 4 AND age > 5"]


def test_of_alternatives_every_one_that_fails_is_named() -> None:
    small = open_pack([entry("either", "(ill OR alone) AND NOT siblings > 3", "home")])
    told = contrast(small, "care", facts_row(small, ill="false", alone="false", siblings="5"), "home")
    assert texts(told.rules[0].failing) == ["ill", "alone", "NOT siblings > 3"]


def test_too_many_cells_are_contrasted_by_what_each_rule_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amana.core.policy.frame.CELL_CAP", 1)
    rules = [entry("general", "age >= 0", "home"), entry("duty", "alone", "clinic", "must")]
    small = open_pack(rules)
    told = contrast(small, "care", facts_row(small, birth="2014", alone="true"), "home")
    assert (told.status, told.rules[0].defeated_by) == ("excluded", ("duty",))


births = st.sampled_from(
    ["", "2016", "2013-10/2014-06", "2009", "201X", "2002", "2002-08/2003-08", "1980", "199X"]
)
written = st.fixed_dictionaries(
    {
        "birth": births,
        "sex": st.sampled_from(["", "male", "female"]),
        "nationality": st.sampled_from(["", "IRQ", "TUR", "IRQ;TUR", "IRQ+TUR"]),
        "mother_present": st.sampled_from(["", "true", "false"]),
    }
)


@settings(max_examples=200, deadline=None)
@given(written, st.sampled_from([BEFORE, WITHIN, AFTER, ON]))
def test_an_excluded_answer_always_has_a_reason_and_the_status_is_the_engines(
    pack: Pack, facts: dict[str, str], on: date
) -> None:
    row = read_row(pack, "P-1", on, facts)
    possible = decide(pack, "placement", row).possible
    for outcome in pack.decisions["placement"].outcomes:
        told = contrast(pack, "placement", row, outcome)
        assert (told.status != "excluded") == (outcome in possible)
        if told.status != "excluded":
            continue
        assert told.rules or told.silencing
        for each in told.rules:
            assert each.failing or each.in_force is Truth.FALSE or each.defeated_by
