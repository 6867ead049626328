"""The best first question: one yes/no question on a missing fact, whose answers are what the engine says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import ON, event, fact, files, gap, rule

from amana.apps.decisions.packs import find_pack
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactRow, FactValue
from amana.core.policy import Explanation, FirstQuestion, Pack, build_pack, decide, domain, explain, read_row

SECOND = "event:second"
RULES = [
    rule("young", "age < 7 AND ill", "clinic", in_force={"from": "event:first"}),
    rule("boys", "age BETWEEN 7 AND 15 AND sex = 'male'", "home"),
    rule("not-girls", "age > 15 AND sex <> 'female'", "shelter"),
    rule("kin", "siblings >= 3 AND nationality IN ('IRQ', 'PSE')", "kin", "must", exception_to=["boys"]),
    rule("lately", "days_since(arrived) <= 30 AND nationality <> 'TUR'", "tent", "must_not"),
    rule(
        "late", "months_since(arrived) > 4 AND age < 7 AND NOT ill", "tent", in_force={"from": "event:second"}
    ),
    rule("unseen", "seen_by_doctor IS NOT KNOWN AND ill AND age > 15", "clinic", exception_to=["not-girls"]),
]
OUTCOMES = ("clinic", "home", "shelter", "kin", "tent", "nothing")
FACTS = {
    "nationality": fact("code", scheme="iso-3166-1-alpha-3", several=True),
    "birth": fact("date", past=True),
}
SPANS = {"first": "2018-01/2018-06", "second": "2018-02/2018-08"}


@lru_cache
def pack_with(first: str = SPANS["first"], second: str = SPANS["second"]) -> Pack:
    named = {"first": event(first), "second": event(second, after="first")}
    content = files(RULES, [gap("silent", "age >= 0")], named, OUTCOMES)
    content["facts.yaml"] |= FACTS
    return build_pack(content)


SMALL = pack_with()
days = st.dates(date(1995, 1, 1), date(2018, 3, 20))


def spans(most: date) -> st.SearchStrategy[DateSpan | None]:
    within = days.filter(lambda day: day <= most)
    pairs = st.tuples(st.none() | within, st.none() | days)
    sound = pairs.filter(lambda pair: None in pair or pair[0] <= pair[1])
    return st.none() | sound.map(lambda pair: DateSpan(*pair))


codes = st.none() | st.frozensets(st.sampled_from(["IRQ", "PSE", "TUR", "UZB"]), min_size=1)
rows = st.fixed_dictionaries(
    {
        "birth": spans(ON),
        "sex": st.none() | st.frozensets(st.sampled_from(["male", "female"]), min_size=1),
        "nationality": codes | codes.map(lambda found: AllOf(found) if found else None),
        "ill": st.none() | st.booleans(),
        "siblings": st.none() | st.integers(0, 5),
        "arrived": spans(date(2018, 3, 20)),
        "seen_by_doctor": st.none() | st.just(DateSpan.day(date(2018, 1, 2))),
    }
).map(lambda values: FactRow("ref", ON, values))


def asked(pack: Pack, row: FactRow, decision: str = "care") -> tuple[Explanation, FirstQuestion | None]:
    explanation = explain(pack, decision, row)
    return explanation, explanation.first_question


def narrowed(question: FirstQuestion, value: FactValue, yes: bool) -> FactValue:
    """The value of a fact after the answer, where the answer is a value of its own."""
    if question.kind == "date":
        assert question.cut
        span = value if isinstance(value, DateSpan) else DateSpan(None, None)
        if yes:
            return DateSpan(span.earliest, question.cut)
        return DateSpan(question.cut + timedelta(days=1), span.latest)
    assert question.kind == "flag"
    return yes


def completions(pack: Pack, question: FirstQuestion, value: FactValue, yes: bool) -> Iterator[FactValue]:
    """Every value that knows more, says the answer and is not refused."""
    if question.kind in ("date", "flag"):
        yield narrowed(question, value, yes)
    elif question.kind == "number":
        assert question.number is not None
        yield from (number for number in range(-1, 8) if (number >= question.number) is yes)
    else:
        fact = pack.facts[question.name]
        known = (
            value if isinstance(value, frozenset) else frozenset({*question.codes, *sorted(domain(fact))[:3]})
        )
        sizes = range(1, len(known) + 1) if fact.several else [1]
        for chosen in (set(each) for size in sizes for each in combinations(sorted(known), size)):
            if bool(chosen & set(question.codes)) is yes:
                yield AllOf(chosen) if fact.several else frozenset(chosen)


def after(pack: Pack, row: FactRow, question: FirstQuestion, yes: bool) -> list[tuple[Pack, FactRow]]:
    """The packs and rows in which a question is answered, one for each completion of the answer."""
    if question.kind == "law":
        on = f"../{row.on}" if yes else f"{row.on + timedelta(days=1)}/.."
        known = {ident: pack.events[ident].on for ident in SPANS}
        if question.name == "second" and yes:
            known["first"] = on
        if question.name == "first" and not yes:
            known["second"] = on
        return [(pack_with(**(known | {question.name: on})), row)]
    found = completions(pack, question, row.values.get(question.name), yes)
    return [(pack, replace(row, values={**row.values, question.name: value})) for value in found]


def check_answers(pack: Pack, row: FactRow) -> FirstQuestion | None:
    explanation, question = asked(pack, row)
    if question is None:
        assert explanation.verdict.definite or explanation.verdict.outcome == "invalid"
        return None
    for yes, told in ((True, question.if_yes), (False, question.if_no)):
        found = {
            outcome
            for known, answered in after(pack, row, question, yes)
            for outcome in decide(known, "care", answered).possible
        }
        assert set(told) == found
        assert set(told) <= set(explanation.verdict.possible)
    return question


@settings(max_examples=300, deadline=None)
@given(rows)
def test_each_answer_leaves_exactly_the_outcomes_that_the_engine_gives_for_it(row: FactRow) -> None:
    check_answers(SMALL, row)


@settings(max_examples=300, deadline=None)
@given(rows, st.randoms(use_true_random=False))
def test_asking_again_and_again_ends_in_one_outcome(row: FactRow, chance) -> None:
    pack = SMALL
    for _turn in range(30):
        question = check_answers(pack, row)
        if question is None:
            return
        pack, row = chance.choice(after(pack, row, question, chance.random() < 0.5))
    pytest.fail("Thirty answers did not end in one outcome.")


@settings(max_examples=300, deadline=None)
@given(rows)
def test_only_facts_that_are_needed_are_asked_and_never_a_record(row: FactRow) -> None:
    explanation, question = asked(SMALL, row)
    if question is not None:
        assert question.fact in explanation.verdict.needs
        assert question.kind == "law" or SMALL.facts[question.name].kind == "person"


@settings(max_examples=300, deadline=None)
@given(rows)
def test_a_cut_is_a_day_within_what_is_known(row: FactRow) -> None:
    question = asked(SMALL, row)[1]
    if question is None or question.kind != "date":
        return
    span = row.values[question.name]
    if isinstance(span, DateSpan):
        assert question.cut
        assert span.earliest is None or span.earliest <= question.cut
        assert span.latest is None or question.cut < span.latest


def iraq(on: date = date(2018, 2, 15), **facts: str) -> FirstQuestion | None:
    pack = find_pack("iraq_2018")
    return asked(pack, read_row(pack, "A", on, facts), "placement")[1]


def test_an_age_is_asked_as_a_day_of_birth() -> None:
    question = iraq(birth="2013-10/2014-06", mother_present="true")
    assert question == FirstQuestion(
        "age", "birth", "date", ("state_home",), ("with_mother",), cut=date(2014, 2, 15)
    )


def test_the_cut_follows_the_day_that_is_asked_about() -> None:
    first, second = (
        iraq(date(2018, 2, day), birth="2013-10/2014-06", mother_present="true") for day in (15, 28)
    )
    assert first and second
    assert (first.cut, second.cut) == (date(2014, 2, 15), date(2014, 2, 28))


def test_of_three_thresholds_the_one_is_asked_that_leaves_least_open() -> None:
    question = iraq(sex="female", mother_present="true")
    assert question
    assert question.cut == date(2003, 2, 15)
    assert question.if_yes == ("no_lawful_placement", "not_a_child")
    assert question.if_no == ("state_home", "with_mother")


def test_a_day_of_law_is_asked_as_of_the_day() -> None:
    question = iraq(date(2018, 1, 15), birth="2009", nationality="TUR")
    assert question == FirstQuestion(
        "law:amend-1980",
        "amend-1980",
        "law",
        ("state_home",),
        ("no_lawful_placement",),
        cut=date(2018, 1, 15),
    )


def test_codes_are_asked_as_the_rule_names_them() -> None:
    question = iraq(date(2017, 6, 30), birth="2009")
    assert question
    assert (question.kind, question.codes) == ("code", ("IRQ", "PSE"))
    assert (question.if_yes, question.if_no) == (("state_home",), ("no_lawful_placement",))


def test_a_flag_is_asked_by_itself() -> None:
    question = iraq(birth="2016")
    assert question
    assert (question.fact, question.kind) == ("mother_present", "flag")


@pytest.mark.parametrize("facts", [{"birth": "2009"}, {"birth": "2019"}])
def test_nothing_is_asked_of_an_answer_that_is_definite_or_invalid(facts: dict[str, str]) -> None:
    assert iraq(**facts) is None


def only_records() -> Pack:
    seen = "days_since(seen_by_doctor)"
    return build_pack(files([rule("late", f"{seen} > 30", "clinic")], [gap("seen", f"{seen} <= 30")]))


def test_a_record_is_never_asked() -> None:
    pack = only_records()
    explanation = explain(pack, "care", FactRow("ref", ON, {"seen_by_doctor": None}))
    assert explanation.verdict.needs == ("seen_by_doctor",)
    assert explanation.first_question is None


def compared(*conditions: str) -> Pack:
    rules = [rule(f"r{place}", text, "clinic") for place, text in enumerate(conditions)]
    content = files(rules, [gap("silent", "age >= 0 OR NOT age >= 0")])
    content["facts.yaml"] |= {"birth": fact("date", past=True), "act": fact("date")}
    return build_pack(content)


def test_where_two_dates_are_compared_the_cut_is_seen_from_the_other() -> None:
    pack = compared("age_at(act) < 9")
    row = read_row(pack, "ref", ON, {"birth": "2008", "act": "2017-05-05"})
    explanation, question = asked(pack, row)
    assert not explanation.exact
    assert explanation.inexact == "dates"
    assert question
    assert (question.kind, question.cut) == ("date", date(2008, 5, 5))
    assert (question.if_yes, question.if_no) == (("nothing",), ("clinic",))


@settings(max_examples=100, deadline=None)
@given(spans(ON), spans(date(2018, 3, 20)), st.randoms(use_true_random=False))
def test_answers_about_compared_dates_are_what_the_engine_says(birth, act, chance) -> None:
    pack = compared("age_at(act) < 9", "arrived < act", "age > 12")
    row = FactRow("ref", ON, {"birth": birth, "act": act, "arrived": DateSpan.day(date(2017, 1, 1))})
    for _turn in range(12):
        question = asked(pack, row)[1]
        if question is None:
            return
        for yes, told in ((True, question.if_yes), (False, question.if_no)):
            value = narrowed(question, row.values[question.name], yes)
            answered = replace(row, values={**row.values, question.name: value})
            assert decide(pack, "care", answered).possible == told
        value = narrowed(question, row.values[question.name], chance.random() < 0.5)
        row = replace(row, values={**row.values, question.name: value})


def test_too_many_cells_still_have_a_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amana.core.policy.frame.CELL_CAP", 10)
    pack = pack_with.__wrapped__()
    assert not pack.engines["care"].finite
    row = FactRow("ref", ON, {"birth": DateSpan(date(2011, 1, 1), date(2011, 12, 31)), "ill": True})
    explanation, question = asked(pack, row)
    assert (explanation.exact, explanation.inexact) == (False, "cells")
    assert question
