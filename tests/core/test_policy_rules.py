"""What rules mean: against each other, over time, over several values, over records, over pairs of dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_pack import EVERYBODY, event, judge, open_pack, row, rule

from amana.core.facts import AllOf, Evidence, FactRow, Standing
from amana.core.policy import UNDETERMINED, decide


def test_a_rule_that_holds_gives_its_outcome_with_rule_and_citation() -> None:
    verdict = judge(open_pack([rule("ill", "ill", "clinic")]), ill="true")
    assert (verdict.outcome, verdict.rules, verdict.citations) == ("clinic", ("ill",), ("law/1",))


def test_nothing_that_holds_leaves_the_default() -> None:
    verdict = judge(open_pack([rule("ill", "ill", "clinic")]), ill="false")
    assert (verdict.outcome, verdict.rules, verdict.citations) == ("nothing", ("default",), ())


def test_an_unknown_fact_that_matters_is_undetermined_and_asked_for() -> None:
    verdict = judge(open_pack([rule("ill", "ill", "clinic")]))
    assert (verdict.outcome, verdict.needs) == (UNDETERMINED, ("ill",))
    assert verdict.possible == ("clinic", "nothing")


def test_an_unknown_fact_that_does_not_matter_is_not_asked_for() -> None:
    assert judge(open_pack([rule("all", "ill OR NOT ill", "clinic")])).outcome == "clinic"


def test_two_rules_over_adjoining_bands_are_definite_together() -> None:
    pack = open_pack([rule("small", "age <= 3", "home"), rule("big", "age >= 4", "home")])
    verdict = judge(pack, birth="2012/2016")
    assert (verdict.outcome, verdict.rules) == ("home", ("big", "small"))


def test_must_defeats_may() -> None:
    pack = open_pack([rule("may", EVERYBODY, "home"), rule("must", "ill", "clinic", "must")])
    assert judge(pack, birth="2014", ill="true").outcome == "clinic"
    assert judge(pack, birth="2014", ill="false").outcome == "home"
    assert judge(pack, birth="2014").possible == ("clinic", "home")


def test_must_not_removes_an_outcome_even_of_a_must() -> None:
    never = rule("never", "alone", "clinic", "must_not")
    pack = open_pack([rule("may", EVERYBODY, "home"), rule("must", "ill", "clinic", "must"), never])
    assert judge(pack, birth="2014", ill="true", alone="true").outcome == "home"


def test_an_exception_takes_its_rule_away_and_stands_for_itself() -> None:
    general = rule("general", EVERYBODY, "home")
    pack = open_pack([general, rule("special", "ill", "clinic", exception_to=["general"])])
    assert judge(pack, birth="2014", ill="true").rules == ("special",)
    assert judge(pack, birth="2014", ill="false").rules == ("general",)


def test_an_exception_that_is_itself_excepted_takes_nothing_away() -> None:
    rules = [
        rule("general", EVERYBODY, "home"),
        rule("special", "ill", "clinic", exception_to=["general"]),
        rule("back", "ill AND alone", "home", exception_to=["special"]),
    ]
    assert judge(open_pack(rules), birth="2014", ill="true", alone="true").rules == ("back", "general")


WINDOW = {"reform": event("2017-07/2018-01")}
OLD = rule("old", "ill", "home", in_force={"until": "event:reform"})
NEW = rule("new", "ill OR alone", "home", in_force={"from": "event:reform"})


def test_one_event_is_one_unknown_shared_by_every_rule() -> None:
    pack = open_pack([OLD, NEW], WINDOW)
    within = date(2017, 10, 1)
    assert judge(pack, within, ill="true", alone="false").rules == ("new", "old")
    verdict = judge(pack, within, ill="false", alone="true")
    assert (verdict.outcome, verdict.needs) == (UNDETERMINED, ("law:reform",))


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        ("2017-06-30", "nothing"),
        ("2017-07-01", UNDETERMINED),
        ("2018-01-30", UNDETERMINED),
        ("2018-01-31", "home"),
    ],
)
def test_an_event_has_happened_once_its_last_day_has_come(on: str, outcome: str) -> None:
    pack = open_pack([OLD, NEW], WINDOW)
    assert judge(pack, date.fromisoformat(on), ill="false", alone="true").outcome == outcome


def test_a_later_event_never_comes_before_the_one_it_follows() -> None:
    events = {"first": event("2017"), "second": event("2017", after="first")}
    rules = [
        rule("one", "ill", "home", in_force={"from": "event:first"}),
        rule("two", "ill", "clinic", in_force={"from": "event:second"}, exception_to=["one"]),
    ]
    verdict = judge(open_pack(rules, events), date(2017, 6, 1), ill="true")
    assert verdict.possible == ("clinic", "home", "nothing")
    assert verdict.needs == ("law:first", "law:second")
    both = [rules[0], rules[1] | {"in_force": {"from": "event:second"}, "when": "ill AND alone"}]
    assert judge(open_pack(both, events), date(2017, 6, 1), ill="true", alone="true").possible == (
        "clinic",
        "home",
        "nothing",
    )


def test_a_rule_that_needs_only_the_later_event_follows_the_chain() -> None:
    events = {"first": event("2018"), "second": event("2017/2019", after="first")}
    pack = open_pack([rule("two", "ill", "home", in_force={"from": "event:second"})], events)
    assert judge(pack, date(2017, 6, 1), ill="true").outcome == "nothing"


def test_a_certain_day_in_a_rule_switches_on_that_day() -> None:
    pack = open_pack([rule("old", "ill", "home", in_force={"until": "2018-02-15"})])
    assert judge(pack, date(2018, 2, 14), ill="true").outcome == "home"
    assert judge(pack, date(2018, 2, 15), ill="true").outcome == "nothing"


FOREIGN = rule("iraqi", "nationality IN ('IRQ', 'PSE')", "home")


def test_several_values_mean_one_or_more_of_them() -> None:
    pack = open_pack([FOREIGN])
    assert judge(pack, nationality="IRQ;PSE").outcome == "home"
    assert judge(pack, nationality="IRQ;UZB").outcome == UNDETERMINED
    assert judge(pack, nationality="TUR;UZB").outcome == "nothing"


def test_several_values_may_all_be_true_for_different_rules() -> None:
    pack = open_pack([FOREIGN, rule("turkish", "nationality = 'TUR'", "clinic", exception_to=["iraqi"])])
    assert judge(pack, nationality="IRQ;TUR").possible == ("clinic", "home")
    assert judge(pack, nationality="IRQ+TUR").outcome == "clinic"


def test_values_proved_on_all_sides_are_all_true() -> None:
    pack = open_pack([FOREIGN])
    assert judge(pack, nationality="IRQ+UZB").outcome == "home"
    confirmed = {"nationality": Evidence(Standing.CONFIRMED, "two passports")}
    values = {"nationality": frozenset({"IRQ", "UZB"})}
    assert decide(pack, "care", FactRow("x", date(2018, 1, 1), values, confirmed)).outcome == "home"
    disputed = {"nationality": Evidence(Standing.CONFIRMED, "two passports", disputed=True)}
    assert decide(pack, "care", FactRow("x", date(2018, 1, 1), values, disputed)).outcome == UNDETERMINED


def test_a_fact_of_one_value_never_holds_two() -> None:
    pack = open_pack([rule("boys", "sex = 'male'", "home")])
    assert judge(pack, sex="male;female").outcome == UNDETERMINED
    assert judge(pack, sex="male+female").outcome == "invalid"
    row_of_two = FactRow("x", date(2018, 1, 1), {"sex": AllOf({"male", "female"})})
    assert decide(pack, "care", row_of_two).outcome == "invalid"


def test_unlike_asks_the_opposite_of_like() -> None:
    pack = open_pack([rule("others", "nationality <> 'IRQ'", "home")])
    assert judge(pack, nationality="TUR").outcome == "home"
    assert judge(pack, nationality="IRQ+TUR").outcome == "nothing"
    assert judge(pack, nationality="IRQ;TUR").outcome == UNDETERMINED


def test_stateless_is_an_answer_and_not_the_same_as_unknown() -> None:
    pack = open_pack([rule("stateless", "nationality = 'XXA'", "home")])
    assert judge(pack, nationality="XXA").outcome == "home"
    assert judge(pack).outcome == UNDETERMINED


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"birth": "2018-02-16"}, "age"),
        ({"birth": "2014-13"}, "age"),
        ({"ill": "yes"}, "ill"),
        ({"siblings": "two"}, "siblings"),
        ({"nationality": "QQQ"}, "nationality"),
        ({"ill": "yes", "birth": "2019"}, "age;ill"),
    ],
)
def test_a_fact_that_contradicts_itself_is_invalid_and_named(facts: dict[str, str], wrong: str) -> None:
    when = "age < 18 AND ill AND siblings > 2 AND nationality = 'IRQ'"
    verdict = judge(open_pack([rule("all", when, "home")]), **facts)
    assert (verdict.outcome, ";".join(verdict.needs), verdict.possible) == ("invalid", wrong, ())


def test_a_contradiction_in_a_fact_that_no_rule_reads_is_not_looked_at() -> None:
    assert judge(open_pack([rule("ill", "ill", "home")]), ill="true", birth="2099").outcome == "home"


def test_a_birth_that_may_lie_ahead_is_clipped_to_the_day() -> None:
    pack = open_pack([rule("infant", "age = 0", "home")])
    assert judge(pack, date(2018, 2, 15), birth="2017-03/2019").outcome == "home"


def test_whole_numbers_are_cut_at_their_thresholds() -> None:
    pack = open_pack([rule("many", "siblings BETWEEN 2 AND 4", "home"), rule("six", "siblings = 6", "home")])
    outcomes = [judge(pack, siblings=str(count)).outcome for count in range(1, 8)]
    assert outcomes == ["nothing", "home", "home", "home", "nothing", "home", "nothing"]


RECORD = rule("unseen", "seen_by_doctor IS NOT KNOWN", "clinic")


def test_a_record_that_is_missing_is_a_fact_in_itself() -> None:
    pack = open_pack([RECORD])
    assert judge(pack).outcome == "clinic"
    assert judge(pack, seen_by_doctor="2018-01-01").outcome == "nothing"


def test_the_value_of_a_missing_record_stays_unknown() -> None:
    pack = open_pack([rule("late", "days_since(seen_by_doctor) > 30", "clinic")])
    assert judge(pack).needs == ("seen_by_doctor",)


@pytest.mark.parametrize(("days", "outcome"), [(29, "nothing"), (30, "nothing"), (31, "clinic")])
def test_days_since_counts_whole_days(days: int, outcome: str) -> None:
    pack = open_pack([rule("late", "days_since(arrived) > 30", "clinic")])
    arrived = date(2018, 2, 15) - timedelta(days=days)
    assert judge(pack, date(2018, 2, 15), arrived=arrived.isoformat()).outcome == outcome


@pytest.mark.parametrize(("days", "outcome"), [(-1, "home"), (0, "clinic"), (7, "clinic"), (8, "home")])
def test_days_until_counts_whole_days_ahead(days: int, outcome: str) -> None:
    rules = [rule("soon", "days_until(arrived) BETWEEN 0 AND 7", "clinic")]
    pack = open_pack([*rules, rule("else", "NOT days_until(arrived) BETWEEN 0 AND 7", "home")])
    arrived = date(2018, 2, 15) + timedelta(days=days)
    assert judge(pack, date(2018, 2, 15), arrived=arrived.isoformat()).outcome == outcome


@pytest.mark.parametrize(
    ("arrived", "on", "outcome"),
    [
        ("2018-01-15", "2018-02-14", "nothing"),
        ("2018-01-15", "2018-02-15", "clinic"),
        ("2018-01-31", "2018-02-28", "nothing"),
        ("2018-01-31", "2018-03-01", "clinic"),
    ],
)
def test_a_month_is_completed_on_the_same_day_of_the_month(arrived: str, on: str, outcome: str) -> None:
    pack = open_pack([rule("month", "months_since(arrived) >= 1", "clinic")])
    assert judge(pack, date.fromisoformat(on), arrived=arrived).outcome == outcome


def test_all_measures_of_one_birth_share_its_uncertainty() -> None:
    rules = [rule("young", "age < 18", "home"), rule("born-late", "birth >= '2000-02-16'", "home")]
    pack = open_pack([*rules, rule("grown", "age >= 18 AND birth < '2000-02-16'", "clinic")])
    assert judge(pack, date(2018, 2, 15)).possible == ("clinic", "home")
    assert judge(pack, date(2018, 2, 15), birth="2000-02-16/2001").outcome == "home"
    assert judge(pack, date(2018, 2, 15), birth="2000-02-15").outcome == "clinic"


ACT = rule("then-a-child", "age_at(arrived) < 15", "home")


def test_the_age_at_an_act_is_read_at_its_date() -> None:
    pack = open_pack([ACT])
    assert judge(pack, birth="2002-06-01", arrived="2017-05-31").outcome == "home"
    assert judge(pack, birth="2002-06-01", arrived="2017-06-01").outcome == "nothing"


def test_two_uncertain_dates_are_sound_and_say_that_they_are_not_exact() -> None:
    pack = open_pack([ACT])
    assert not pack.exact("care")
    verdict = judge(pack, birth="2002", arrived="2017")
    assert (verdict.outcome, verdict.exact) == (UNDETERMINED, False)
    assert verdict.needs == ("age", "arrived")
    assert judge(pack, birth="2005", arrived="2017").outcome == "home"


def test_a_birth_after_the_day_is_invalid_though_it_is_read_beside_another_date_alone() -> None:
    verdict = judge(open_pack([ACT]), birth="2018-02-20", arrived="2018-01-01")
    assert (verdict.outcome, verdict.needs, verdict.possible) == ("invalid", ("age",), ())
    assert judge(open_pack([ACT]), birth="2010", arrived="2018-13").needs == ("arrived",)


def test_two_dates_are_compared_whole() -> None:
    pack = open_pack([rule("before", "arrived <= seen_by_doctor", "home")])
    assert judge(pack, arrived="2017-05", seen_by_doctor="2017-06").outcome == "home"
    assert judge(pack, arrived="2017-05", seen_by_doctor="2017-05").outcome == UNDETERMINED
    assert judge(pack, arrived="2017-05-02", seen_by_doctor="2017-05-01").outcome == "nothing"


def test_ties_among_needs_go_to_the_fact_named_earlier() -> None:
    either = "(ill AND alone) OR (NOT ill AND NOT alone)"
    pack = open_pack([rule("same", either, "home"), rule("x", "(ill OR alone) AND siblings > 9", "home")])
    assert row(pack, ill="true").values["ill"] is True
    assert judge(pack, ill="true", siblings="2").needs == ("alone",)
    assert judge(pack, siblings="2").needs == ("alone", "ill")


def test_the_fewest_questions_are_asked() -> None:
    pack = open_pack([rule("a", "ill OR (alone AND siblings > 3)", "home")])
    assert judge(pack, alone="true").needs == ("ill", "siblings")
    assert judge(pack, alone="false").needs == ("ill",)
    assert judge(pack, ill="false", alone="true").needs == ("siblings",)


@pytest.mark.parametrize(
    "facts",
    [
        {"siblings": "9" * 30},
        {"siblings": "٢"},
        {"siblings": "--2"},
        {"nationality": ";"},
        {"nationality": "+"},
    ],
)
def test_a_text_that_says_nothing_readable_is_invalid_and_never_unknown(facts: dict[str, str]) -> None:
    pack = open_pack([rule("all", "siblings > 2 AND nationality = 'IRQ'", "home")])
    verdict = judge(pack, **facts)
    assert (verdict.outcome, verdict.needs) == ("invalid", tuple(facts))
