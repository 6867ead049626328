"""The explanation: each condition with its truth, what carries it, what may be done, what time changes."""

from __future__ import annotations

from datetime import date

import pytest

from amana.apps.decisions.packs import find_pack
from amana.core.facts import Evidence, FactRow, Standing
from amana.core.policy import ConditionView, Explanation, Pack, RuleView, explain, read_row
from amana.core.truth import Truth

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
AFTER = date(2018, 2, 15)
WITHIN = date(2018, 1, 15)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return find_pack("iraq_2018")


def told(
    pack: Pack, on: date = AFTER, standing: dict[str, Standing] | None = None, **facts: str
) -> Explanation:
    row = read_row(pack, "P-1", on, facts)
    evidence = {name: Evidence(found, "the mother", "as stated") for name, found in (standing or {}).items()}
    return explain(pack, "placement", FactRow(row.ref, row.on, row.values, evidence))


def rule(explanation: Explanation, ident: str) -> RuleView:
    return next(view for view in explanation.rules if view.id == ident)


def truths(view: ConditionView) -> list[Truth]:
    return [view.truth, *(truth for child in view.children for truth in truths(child))]


def test_each_condition_shows_true_false_or_unknown(pack: Pack) -> None:
    explanation = told(pack, birth="2016", mother_present="")
    assert truths(rule(explanation, "infant-with-mother").condition) == [U, T, U]
    assert truths(rule(explanation, "adult").condition) == [F]


def test_a_condition_shows_its_text_operator_values_and_parameters(pack: Pack) -> None:
    condition = rule(told(pack), "state-home-foreign").condition
    assert (condition.kind, condition.fact, condition.operands) == ("between", "age", ("4", "14"))
    assert condition.parameters == ("state_home_min", "state_home_max")
    assert condition.text == "age BETWEEN :state_home_min AND :state_home_max"


def test_a_rule_shows_its_period_and_whether_it_is_in_force(pack: Pack) -> None:
    explanation = told(pack, WITHIN, birth="2009", nationality="TUR")
    old, new = rule(explanation, "state-home-1980"), rule(explanation, "state-home-foreign")
    assert (old.in_force, old.holds, old.until) == (U, F, "2017-07/2018-01")
    assert (new.in_force, new.holds, new.from_) == (U, U, "2017-07/2018-01")
    assert new.source.id == "iq-law-126-1980/admission"
    assert new.source.standing == "reported"


def test_the_window_of_the_law_is_asked_and_will_close(pack: Pack) -> None:
    explanation = told(pack, WITHIN, birth="2009-06-01", nationality="TUR", sex="male")
    assert [question.fact for question in explanation.questions] == ["law:amend-1980"]
    first = explanation.changes[0]
    assert (first.cause, first.earliest, first.latest) == (
        "law:amend-1980",
        date(2018, 1, 16),
        date(2018, 1, 31),
    )
    assert first.possible_after == ("state_home",)


def test_an_uncertain_birth_changes_between_a_first_and_a_last_day(pack: Pack) -> None:
    explanation = told(pack, birth="2014-05", mother_present="true", sex="female")
    found = [(change.cause, change.earliest, change.latest) for change in explanation.changes]
    assert found == [
        ("age:4", date(2018, 5, 1), date(2018, 5, 31)),
        ("age:15", date(2029, 5, 1), date(2029, 5, 31)),
        ("age:18", date(2032, 5, 1), date(2032, 5, 31)),
    ]
    assert explanation.changes[0].possible_before == ("with_mother",)
    assert explanation.changes[0].possible_after == ("state_home",)


def test_a_change_already_possible_begins_tomorrow(pack: Pack) -> None:
    explanation = told(pack, birth="2014-02", mother_present="true")
    assert explanation.verdict.outcome == "undetermined"
    assert explanation.changes[0].earliest == date(2018, 2, 16)
    assert explanation.changes[0].latest == date(2018, 2, 28)


def test_a_grown_person_has_no_birthday_to_wait_for(pack: Pack) -> None:
    assert told(pack, birth="1980").changes == ()


def test_the_standing_is_the_weakest_of_the_facts_that_carry_the_outcome(pack: Pack) -> None:
    standing = {"birth": Standing.CONFIRMED, "mother_present": Standing.SUPPORTED, "sex": Standing.CLAIMED}
    explanation = told(pack, standing=standing, birth="2016", mother_present="true", sex="male")
    assert explanation.standing is Standing.SUPPORTED
    assert {fact.name for fact in explanation.facts if fact.carries} == {"birth", "mother_present"}


@pytest.mark.parametrize(
    ("standing", "actionable"),
    [(Standing.CLAIMED, False), (Standing.SUPPORTED, True), (Standing.CONFIRMED, True)],
)
def test_a_harsh_outcome_needs_facts_supported_or_better(
    pack: Pack, standing: Standing, actionable: bool
) -> None:
    explanation = told(pack, standing={"birth": standing}, birth="2009")
    assert explanation.verdict.outcome == "state_home"
    assert explanation.actionable is actionable
    assert bool(explanation.interim) is not actionable


def test_a_harsh_outcome_on_facts_without_standing_is_not_acted_on(pack: Pack) -> None:
    explanation = told(pack, birth="2009")
    assert (explanation.standing, explanation.actionable) == (None, False)


def test_reported_detention_is_never_acted_on(pack: Pack) -> None:
    known = {"birth": Standing.CONFIRMED, "sex": Standing.CONFIRMED}
    explanation = told(pack, standing=known, birth="2002", sex="male")
    assert explanation.verdict.outcome == "reported_detention_possible"
    assert not explanation.actionable
    assert [interim.id for interim in explanation.interim] == ["no-custody-by-age-or-kin"]


def test_a_gap_is_never_acted_on_and_care_continues(pack: Pack) -> None:
    explanation = told(pack, standing={"birth": Standing.CONFIRMED}, birth="2016", mother_present="false")
    assert explanation.verdict.rules == ("default",)
    assert not explanation.actionable
    assert "gap-keeps-care-and-family" in {interim.id for interim in explanation.interim}


def test_what_is_undetermined_or_invalid_carries_its_interim_handling(pack: Pack) -> None:
    assert told(pack).interim
    invalid = told(pack, birth="2019")
    assert (invalid.verdict.outcome, invalid.changes, invalid.actionable) == ("invalid", (), False)
    assert invalid.interim
    assert [question.fact for question in invalid.questions] == ["age"]


def test_conflicts_stand_beside_the_rule_and_the_outcome_they_speak_of(pack: Pack) -> None:
    explanation = told(pack, birth="2009", nationality="TUR")
    assert {conflict.id for conflict in explanation.conflicts} == {"K1", "K3", "K4", "K5"}
    assert {source.weight for conflict in explanation.conflicts for source in conflict.sources} >= {
        "soft-law"
    }


def test_an_invalid_fact_is_shown_as_not_known(pack: Pack) -> None:
    assert truths(rule(told(pack, birth="2019"), "adult").condition) == [U]


def test_the_age_is_shown_from_youngest_to_oldest(pack: Pack) -> None:
    birth = next(fact for fact in told(pack, birth="2013/2014").facts if fact.name == "birth")
    assert (birth.youngest, birth.oldest, birth.needs_name) == (3, 5, "age")


def test_the_readings_of_the_text_are_shown(pack: Pack) -> None:
    names = {parameter.id for parameter in told(pack).readings}
    assert {"stay_with_mother_max", "state_home_max", "majority"} <= names


def test_a_defeated_rule_names_what_defeats_it() -> None:
    from small_pack import open_pack, row
    from small_pack import rule as entry

    rules = [
        entry("general", "age >= 0", "home"),
        entry("special", "ill", "clinic", exception_to=["general"]),
        entry("duty", "alone", "clinic", "must"),
    ]
    small = open_pack(rules)
    views = explain(small, "care", row(small, birth="2014", ill="true", alone="true")).rules
    assert {view.id: view.defeated_by for view in views}["general"] == ("special",)
    views = explain(small, "care", row(small, birth="2014", ill="false", alone="true")).rules
    assert {view.id: view.defeated_by for view in views}["general"] == ("duty",)


def test_every_worked_case_is_explained_in_both_languages(pack: Pack) -> None:
    for case in pack.cases:
        explanation = explain(pack, case.decision, read_row(pack, case.id, case.on, case.facts))
        assert explanation.verdict.outcome == case.outcome
        for view in explanation.rules:
            assert view.reason["en"] and view.reason["ar"]
        for question in explanation.questions:
            assert question.text["en"] and question.text["ar"]
        if explanation.verdict.outcome in ("undetermined", "invalid", "no_lawful_placement"):
            assert all(interim.handling["ar"] for interim in explanation.interim)
            assert explanation.interim
