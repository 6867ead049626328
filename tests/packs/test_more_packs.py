"""Packs of other laws: nothing is hard-wired, and each keeps what iraq_2018 promises a child."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest

from amana.apps.decisions.packs import find_pack, read_pack_files, shipped_packs
from amana.core.policy import Pack, decide, explain, read_row
from amana.exchange.engines import ENGINES
from amana.exchange.pack_check import case_row, check_pack

MORE = ("gate", "iraq_juvenile", "iraq_kurdistan_juvenile", "iraq_moj_statement", "receiving_generic")
ON = date(2018, 2, 15)
OUTCOMES_OF_CUSTODY = ("custody", "detention", "detain", "arrest", "prison")


@pytest.fixture(params=MORE)
def pack(request: pytest.FixtureRequest) -> Pack:
    return find_pack(request.param)


@pytest.mark.parametrize("name", MORE)
def test_it_has_no_fault_and_its_cases_agree_on_every_engine(
    name: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    assert check_pack(name, ENGINES).faults == ()


def test_it_is_unreviewed_and_nothing_in_it_is_called_verified(pack: Pack) -> None:
    assert pack.status == "unreviewed"
    assert {each.standing for each in (*pack.sources.values(), *pack.events.values())} <= {
        "reported",
        "unknown",
    }


def test_every_rule_that_it_wrote_answers_a_worked_case_and_every_decision_has_an_open_one(
    pack: Pack,
) -> None:
    told = {rule for case in pack.cases for rule in case.rule}
    own = {
        rule.id
        for rule in pack.rules.values()
        if rule.modality != "must_not" and pack.origin("rules", rule.id) == pack.id
    }
    assert own <= told
    opened = {case.decision for case in pack.cases if case.outcome == "undetermined"}
    assert opened == {case.decision for case in pack.cases}


def test_leap_births_are_among_its_cases_wherever_it_reads_an_age(pack: Pack) -> None:
    assert any("02-29" in fact for case in pack.cases for fact in case.facts.values())


def test_every_open_answer_and_every_gap_says_what_happens_meanwhile(pack: Pack) -> None:
    for case in pack.cases:
        if case.outcome in {"undetermined", pack.decisions[case.decision].default}:
            views = explain(pack, case.decision, case_row(case, pack)).interim
            assert views, case.id
            assert all(view.handling["ar"] and view.source.id for view in views)


def test_no_outcome_orders_custody_and_a_harsh_one_without_a_court_is_never_acted_on(pack: Pack) -> None:
    for decision in pack.decisions.values():
        for outcome in decision.outcomes.values():
            if any(word in outcome.id for word in OUTCOMES_OF_CUSTODY):
                assert outcome.id == "reported_detention_possible" and not outcome.actionable
            if outcome.harsh and decision.id in ("age_group", "responsibility"):
                assert not outcome.actionable, outcome.id


def test_no_fact_asks_about_a_relative_s_acts_or_about_fear() -> None:
    for name in shipped_packs():
        if name == "gate":
            continue  # It decides about no one: it asks about fear so that nothing is told to who is feared.
        for fact, told in find_pack(name).facts.items():
            asked = " ".join([fact, told.label["en"]]).lower()
            assert not any(
                word in asked for word in ("father", "relative", "member", "rank", "fear", "accus")
            )


def test_every_gap_and_question_names_what_it_is_about_and_nobody_has_accepted_it(pack: Pack) -> None:
    assert pack.questions
    assert all(gap.accepted_by is None and gap.route["ar"] for gap in pack.gaps)


def test_the_region_s_age_protects_a_child_of_nine_whom_the_federal_text_does_not() -> None:
    facts = {"birth": "2008-06-01", "act_date": "2017-06-01"}
    told = {
        name: decide(find_pack(name), "responsibility", read_row(find_pack(name), "A", ON, facts)).outcome
        for name in ("iraq_juvenile", "iraq_kurdistan_juvenile")
    }
    assert told == {
        "iraq_juvenile": "responsibility_possible",
        "iraq_kurdistan_juvenile": "no_responsibility",
    }


def test_the_region_writes_two_values_and_inherits_every_rule() -> None:
    pack = find_pack("iraq_kurdistan_juvenile")
    assert {name for name in pack.rules if pack.origin("rules", name) == pack.id} == set()
    assert set(read_pack_files("iraq_kurdistan_juvenile")["parameters.yaml"]) == {
        "responsibility_min",
        "first_act_read",
    }


@pytest.mark.parametrize(
    ("birth", "act", "exact"),
    [("2008-03-05", "2017-06-01", True), ("2005", "2016", True), ("2008", "2017", False)],
)
def test_an_answer_is_exact_where_no_combination_of_the_dates_leaves_one_band(
    birth: str, act: str, exact: bool
) -> None:
    pack = find_pack("iraq_juvenile")
    row = read_row(pack, "A", ON, {"birth": birth, "act_date": act})
    assert decide(pack, "age_group", row).exact is exact


def test_the_statement_opens_a_gap_for_children_of_three_and_only_for_them() -> None:
    pack = find_pack("iraq_moj_statement")
    on = date(2024, 3, 1)
    answers = {
        age: decide(
            pack,
            "placement",
            read_row(pack, "A", on, {"birth": f"{2024 - age}-01-01", "mother_present": "true"}),
        ).outcome
        for age in range(6)
    }
    assert [age for age, outcome in answers.items() if outcome == "no_lawful_placement"] == [3]
    assert answers[2] == "with_mother" and answers[4] == "state_home"


def test_until_the_statement_the_pack_answers_as_iraq_2018_does() -> None:
    before, after = find_pack("iraq_2018"), find_pack("iraq_moj_statement")
    for case in before.cases:
        row = case_row(case, before)
        assert decide(after, "placement", row).outcome == case.outcome, case.id


def test_a_clearance_that_was_refused_and_one_not_asked_for_are_the_same_blank() -> None:
    """A country must not learn from the pack's own answer that somebody feared it."""
    pack = find_pack("receiving_generic")
    assert pack.facts["cleared_on"].type == "date"
    assert not [name for name in pack.facts if "refus" in name and name != "refused"]
    assert {rule.id for rule in pack.rules.values() if "cleared_on" in rule.when} == {
        "clearance-missing",
        "receive",
    }


def test_that_nothing_was_asked_is_no_breach_and_starts_no_clock() -> None:
    pack = find_pack("receiving_generic")
    verdict = decide(pack, "answer", read_row(pack, "A", ON, {}))
    assert verdict.outcome == "no_answer_owed"


@pytest.mark.parametrize("name", shipped_packs())
@pytest.mark.parametrize("language", ["en", "ar"])
def test_its_page_opens_for_whoever_may_see_the_law(signed_in, name: str, language: str) -> None:
    page = signed_in("caseworker").get(f"/law/{name}/?lang={language}", follow=True)
    assert page.status_code == 200
    assert find_pack(name).title[language] in unescape(page.content.decode())
