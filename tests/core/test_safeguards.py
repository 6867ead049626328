"""What safeguards find: breaches, duties, open questions, contradictions, the day they are judged on, and age
in doubt.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_pack import ON, event, texts
from watched_pack import (
    DECIDED_FIRST,
    LOOKED_AT,
    PARAMETERS,
    found,
    occasion,
    person_row,
    safeguard,
    watched,
)

from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, Evidence, FactRow, Standing
from amana.core.policy import Pack, decide
from amana.core.safeguards import Occasion, SafeguardVerdict, explain_finding, find, find_all, watch_row

CHILD = {"birth": "2012-05-01"}
PARTED = {"parted_on": "2018-01-10"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return watched(DECIDED_FIRST, LOOKED_AT)


@pytest.mark.parametrize(
    ("decided", "verdict"),
    [
        ("", SafeguardVerdict.BREACH),
        ("2018-01-11", SafeguardVerdict.BREACH),
        ("2018-01-10", SafeguardVerdict.NO_BREACH),
        ("2018-01-09", SafeguardVerdict.NO_BREACH),
        ("2018-01", SafeguardVerdict.UNDETERMINED),
    ],
)
def test_a_forbidden_state_is_a_breach_while_it_stands(
    pack: Pack, decided: str, verdict: SafeguardVerdict
) -> None:
    assert found(pack, "decided-first", **CHILD, **PARTED, decided_on=decided).verdict is verdict


def test_what_is_not_known_of_a_person_leaves_it_undetermined_and_says_what_to_ask(pack: Pack) -> None:
    finding = found(pack, "decided-first", **PARTED)
    assert finding.verdict is SafeguardVerdict.UNDETERMINED
    assert finding.needs == ("age",)
    assert finding.possible == ("breach", "no_breach_found")
    assert finding.due is None


def test_an_adult_is_none_of_its_business(pack: Pack) -> None:
    finding = found(pack, "decided-first", birth="1990", **PARTED)
    assert finding.verdict is SafeguardVerdict.NO_BREACH
    assert finding.possible == ("no_breach_found",)


@pytest.mark.parametrize("wrong", [{"birth": "2019"}, {"birth": "2012-05-01", "decided_on": "soon"}])
def test_a_contradiction_never_ends_in_no_breach_found(pack: Pack, wrong: dict[str, str]) -> None:
    finding = found(pack, "decided-first", **PARTED, **wrong)
    assert finding.verdict is SafeguardVerdict.UNDETERMINED
    assert finding.needs == (("decided_on",) if "decided_on" in wrong else ("age",))


def test_a_contradiction_tells_what_would_be_possible_without_it(pack: Pack) -> None:
    adult = found(pack, "decided-first", birth="1980", parted_on="never")
    assert (adult.verdict, adult.possible) == ("undetermined", ("no_breach_found",))
    child = found(pack, "looked-at", birth="2019", place="prison", stay_since="2018-02-10")
    assert (child.verdict, child.possible) == ("undetermined", ("duty_open", "no_breach_found"))
    assert child.due == DateSpan.day(date(2018, 2, 24))


def test_the_last_day_of_a_clock_is_in_time(pack: Pack) -> None:
    since = ON - timedelta(days=14)
    open_ = found(pack, "looked-at", **CHILD, place="prison", stay_since=since.isoformat())
    assert (open_.verdict, open_.due) == ("duty_open", DateSpan.day(ON))
    late = found(
        pack, "looked-at", on=ON + timedelta(days=1), **CHILD, place="prison", stay_since=since.isoformat()
    )
    assert (late.verdict, late.due) == ("overdue", DateSpan.day(ON))


def test_of_several_clocks_the_first_whose_condition_holds_counts(pack: Pack) -> None:
    stay = {"place": "prison", "stay_since": "2017-01-01", "last_look": "2018-01-01"}
    finding = found(pack, "looked-at", **CHILD, **stay)
    assert (finding.verdict, finding.due) == ("duty_open", DateSpan.day(date(2018, 4, 1)))


def test_a_clock_on_an_uncertain_day_runs_from_the_first_to_the_last_it_may_be(pack: Pack) -> None:
    finding = found(pack, "looked-at", **CHILD, place="prison", last_look="2017-11")
    assert finding.verdict is SafeguardVerdict.UNDETERMINED
    assert finding.possible == ("duty_open", "overdue")
    assert finding.needs == ("last_look",)
    assert finding.due == DateSpan(date(2018, 1, 30), date(2018, 2, 28))


def test_a_clock_without_its_first_day_is_undetermined_and_asks_for_it(pack: Pack) -> None:
    finding = found(pack, "looked-at", **CHILD, place="prison")
    assert (finding.verdict, finding.needs, finding.due) == ("undetermined", ("stay_since",), None)


def test_a_day_that_may_be_any_up_to_one_leaves_its_clock_open_at_that_end(pack: Pack) -> None:
    finding = found(pack, "looked-at", **CHILD, place="prison", stay_since="../2018-01-01")
    assert (finding.verdict, finding.due) == ("overdue", DateSpan(None, date(2018, 1, 15)))


def test_a_duty_that_applies_to_nobody_has_no_day(pack: Pack) -> None:
    finding = found(pack, "looked-at", **CHILD, place="home", stay_since="2017-01-01")
    assert (finding.verdict, finding.due) == ("no_breach_found", None)


def test_a_duty_that_may_not_apply_still_tells_by_when_it_would_be_owed(pack: Pack) -> None:
    finding = found(pack, "looked-at", place="prison", stay_since="2018-02-10")
    assert finding.possible == ("duty_open", "no_breach_found")
    assert finding.due == DateSpan.day(date(2018, 2, 24))


def test_a_clock_of_no_days_is_in_time_on_the_day_itself_only() -> None:
    told = safeguard("told", "stay", "duty", applies="age >= 0", duty={"start": "stay_since", "clock": 0})
    pack = watched(told)
    assert found(pack, "told", **CHILD, stay_since="2018-02-15").verdict is SafeguardVerdict.OPEN
    assert found(pack, "told", **CHILD, stay_since="2018-02-14").verdict is SafeguardVerdict.OVERDUE


def test_what_is_done_ends_a_duty() -> None:
    duty = {"start": "stay_since", "clock": 3, "done": "last_look IS KNOWN"}
    pack = watched(safeguard("once", "stay", "duty", applies="age >= 0", duty=duty))
    assert found(pack, "once", **CHILD, stay_since="2018-01-01").verdict is SafeguardVerdict.OVERDUE
    done = found(pack, "once", **CHILD, stay_since="2018-01-01", last_look="2018-02-01")
    assert (done.verdict, done.due) == ("no_breach_found", None)


def test_a_clock_that_changes_gives_its_days_as_of_the_day() -> None:
    shorter = {**PARAMETERS, "first_look": {"value": 14, "label": texts("first look")}}
    shorter["first_look"]["changes"] = [{"from": "2018-02-01", "value": 7}]
    pack = watched(LOOKED_AT, parameters=shorter)
    stay = {"place": "prison", "stay_since": "2018-01-20"}
    before = found(pack, "looked-at", on=date(2018, 1, 31), **CHILD, **stay)
    assert (before.verdict, before.due) == ("duty_open", DateSpan.day(date(2018, 2, 3)))
    after = found(pack, "looked-at", on=date(2018, 2, 1), **CHILD, **stay)
    assert (after.verdict, after.due) == ("overdue", DateSpan.day(date(2018, 1, 27)))


def test_while_it_is_open_which_clock_is_in_force_both_count() -> None:
    shorter = {**PARAMETERS, "first_look": {"value": 14, "label": texts("first look")}}
    shorter["first_look"]["changes"] = [{"from": "event:reform", "value": 7}]
    pack = watched(LOOKED_AT, parameters=shorter, events={"reform": event("2018-02")})
    finding = found(pack, "looked-at", **CHILD, place="prison", stay_since="2018-02-05")
    assert (finding.verdict, finding.needs) == ("undetermined", ("law:reform",))
    assert finding.due == DateSpan(date(2018, 2, 12), date(2018, 2, 19))


def test_a_safeguard_finds_only_while_it_is_in_force() -> None:
    later = DECIDED_FIRST | {"in_force": {"from": "2018-03-01"}}
    pack = watched(later)
    assert found(pack, "decided-first", **CHILD, **PARTED).verdict is SafeguardVerdict.NO_BREACH
    then = found(pack, "decided-first", on=date(2018, 3, 1), **CHILD, **PARTED)
    assert then.verdict is SafeguardVerdict.BREACH


def test_of_codes_that_are_all_true_the_only_one_is_told_from_one_of_several() -> None:
    only = "grounds = 'age_threshold' AND NOT grounds IN ('best_interests', 'own_wish')"
    pack = watched(safeguard("not-by-age", "parting", "breach", applies="age < 18", breach=only))
    assert found(pack, "not-by-age", **CHILD, grounds="age_threshold").verdict is SafeguardVerdict.BREACH
    both = Occasion("parting", "p", "parting:1", {"grounds": AllOf({"age_threshold", "best_interests"})})
    assert find(pack, "not-by-age", person_row(pack, **CHILD), both).verdict is SafeguardVerdict.NO_BREACH
    either = found(pack, "not-by-age", **CHILD, grounds="age_threshold;best_interests")
    assert either.verdict is SafeguardVerdict.UNDETERMINED


ADMITTED = safeguard(
    "admitted-by-law",
    "stay",
    "warn",
    applies="place = 'home' AND age < :grown",
    breach="nationality <> 'IRQ'",
    judged_on="admitted",
    in_force={"until": "2018-01-01"},
)


def test_law_and_age_are_those_of_the_day_it_is_judged_on() -> None:
    pack = watched(ADMITTED)
    stay = {"place": "home", "nationality": "TUR"}
    then = found(pack, "admitted-by-law", birth="2000-01-15", admitted="2017-06-01", **stay)
    assert then.verdict is SafeguardVerdict.WARN
    grown = found(pack, "admitted-by-law", birth="1999-01-15", admitted="2017-06-01", **stay)
    assert grown.verdict is SafeguardVerdict.NO_BREACH
    later = found(pack, "admitted-by-law", birth="2010", admitted="2018-01-01", **stay)
    assert later.verdict is SafeguardVerdict.NO_BREACH


@pytest.mark.parametrize("admitted", ["", "2017", "../2017-01-01", "some day"])
def test_a_day_that_is_not_certain_leaves_what_is_judged_on_it_undetermined(admitted: str) -> None:
    finding = found(watched(ADMITTED), "admitted-by-law", **CHILD, place="home", admitted=admitted)
    assert (finding.verdict, finding.needs) == ("undetermined", ("admitted",))


@pytest.mark.parametrize("admitted", ["", "2017"])
def test_what_surely_does_not_apply_asks_for_no_day(admitted: str) -> None:
    finding = found(watched(ADMITTED), "admitted-by-law", **CHILD, place="prison", admitted=admitted)
    assert (finding.verdict, finding.needs) == ("no_breach_found", ())


def test_a_day_on_which_nobody_was_a_child_is_still_asked_for_since_age_hangs_on_it() -> None:
    finding = found(watched(ADMITTED), "admitted-by-law", birth="1980", place="home")
    assert finding.verdict is SafeguardVerdict.UNDETERMINED


def test_age_in_doubt_counts_in_favour_of_the_child_where_the_safeguard_says_so() -> None:
    doubted = DECIDED_FIRST | {"id": "favoured", "age_in_doubt": "youngest"}
    pack = watched(DECIDED_FIRST, doubted)
    facts = {"birth": "1998/2003", **PARTED}
    assert found(pack, "decided-first", **facts).verdict is SafeguardVerdict.UNDETERMINED
    assert found(pack, "favoured", **facts).verdict is SafeguardVerdict.BREACH
    assert found(pack, "favoured", birth="1990/1995", **PARTED).verdict is SafeguardVerdict.NO_BREACH
    assert found(pack, "favoured", birth="1998/..", **PARTED).verdict is SafeguardVerdict.BREACH


def test_a_birth_of_which_nothing_is_stated_is_no_age_in_doubt() -> None:
    pack = watched(DECIDED_FIRST | {"age_in_doubt": "youngest"})
    finding = found(pack, "decided-first", **PARTED)
    assert (finding.verdict, finding.needs) == ("undetermined", ("age",))
    impossible = found(pack, "decided-first", birth="2019/2020", **PARTED)
    assert (impossible.verdict, impossible.needs) == ("undetermined", ("age",))


def test_all_safeguards_of_a_kind_are_asked_of_each_occasion_in_order(pack: Pack) -> None:
    occasions = [
        occasion(pack, "stay", place="prison", stay_since="2018-02-10"),
        occasion(pack, "parting", **PARTED),
        Occasion("unknown kind", "p", "x", {}),
    ]
    row = person_row(pack, **CHILD)
    findings = find_all(pack, row, occasions)
    assert [(each.safeguard, each.key) for each in findings] == [
        ("looked-at", "stay:1"),
        ("decided-first", "parting:1"),
    ]
    assert findings == tuple(
        find(pack, each.safeguard, row, there) for each, there in zip(findings, occasions, strict=False)
    )


def test_a_pack_without_safeguards_finds_nothing_and_knows_none_by_name() -> None:
    bare = watched()
    assert find_all(bare, person_row(bare), [Occasion("stay", "p", "stay:1", {})]) == ()
    assert bare.watch is None
    with pytest.raises(KeyError):
        find(bare, "decided-first", person_row(bare), Occasion("parting", "p", "parting:1", {}))


def test_evidence_that_proves_two_codes_counts_in_findings_too() -> None:
    pack = watched(safeguard("foreign", "parting", "warn", applies="age < 18", breach="nationality <> 'IRQ'"))
    birth = DateSpan.day(date(2012, 5, 1))
    both = frozenset({"IRQ", "TUR"})
    proof = {"nationality": Evidence(Standing.CONFIRMED, "two passports seen")}
    record = Occasion("parting", "p", "parting:1", {})
    open_ = FactRow("p", ON, {"birth": birth, "nationality": both})
    proved = FactRow("p", ON, {"birth": birth, "nationality": both}, proof)
    assert find(pack, "foreign", open_, record).verdict is SafeguardVerdict.UNDETERMINED
    assert find(pack, "foreign", proved, record).verdict is SafeguardVerdict.NO_BREACH
    assert find_all(pack, proved, [record]) == (find(pack, "foreign", proved, record),)


def test_a_finding_is_explained_condition_by_condition(pack: Pack) -> None:
    row, record = person_row(pack, **CHILD), occasion(pack, "parting", **PARTED)
    explained = explain_finding(pack, "decided-first", row, record)
    assert explained.verdict.outcome == "breach"
    (rule,) = explained.rules
    assert [child.text for child in rule.condition.children] == [
        "age < :grown",
        "NOT decided_on IS KNOWN OR decided_on > parted_on",
    ]
    assert {fact.name for fact in explained.facts} == {"birth", "decided_on", "parted_on"}


def test_the_row_that_is_judged_is_a_row_of_the_watch(pack: Pack) -> None:
    row = watch_row(pack, "decided-first", person_row(pack, **CHILD), occasion(pack, "parting", **PARTED))
    assert pack.watch is not None
    assert decide(pack.watch, "decided-first", row).outcome == "breach"
    assert (row.ref, row.on) == ("p", ON)


def test_an_uncertain_day_it_is_judged_on_is_a_contradiction_in_the_row() -> None:
    pack = watched(ADMITTED)
    row = watch_row(pack, "admitted-by-law", person_row(pack, **CHILD), occasion(pack, "stay", place="home"))
    assert isinstance(row.values["admitted"], Contradiction)
    assert row.on == ON
