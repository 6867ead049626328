"""A parameter whose value changes on a day or with an event: the value in force on the as-of date counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from small_pack import EVERYBODY, ON, event, files, judge, row, rule, texts

from amana.core.errors import Fault, PackFaults
from amana.core.policy import UNDETERMINED, Pack, build_pack, explain, frame
from amana.core.policy.kleene import judge_loosely
from amana.core.truth import Truth

BEFORE, DAY = date(2018, 2, 28), date(2018, 3, 1)
WINDOW = {"reform": event("2017-07/2018-01")}
CHILD = rule("child", "age < :grown", "home")
ADULT = rule("adult", "age >= :grown", "clinic")


def dated(value: Any, *changes: dict[str, Any]) -> dict[str, Any]:
    """One parameter with later values."""
    return {"value": value, "label": texts("label"), "changes": list(changes)}


def content(
    parameters: dict[str, Any], rules: list[dict[str, Any]] | None = None, **more: Any
) -> dict[str, Any]:
    return files(rules or [CHILD, ADULT], **more) | {"parameters.yaml": parameters}


def on_a_day(*changes: dict[str, Any]) -> Pack:
    return build_pack(content({"grown": dated(18, *changes)}))


def faults(found: dict[str, Any]) -> list[Fault]:
    with pytest.raises(PackFaults) as refused:
        build_pack(found)
    assert all(fault.file and fault.id and fault.mend for fault in refused.value.faults)
    return list(refused.value.faults)


def test_the_value_changes_on_a_certain_day_and_not_before() -> None:
    pack = on_a_day({"from": "2018-03-01", "value": 15})
    assert judge(pack, BEFORE, birth="2002").outcome == "home"
    assert judge(pack, DAY, birth="2002").outcome == "clinic"


def test_a_second_change_ends_the_first() -> None:
    pack = on_a_day({"from": "2018-03-01", "value": 15}, {"from": "2019-01-01", "value": 21})
    found = [
        judge(pack, on, birth="1999-06-01").outcome
        for on in (BEFORE, DAY, date(2018, 12, 31), date(2019, 1, 1))
    ]
    assert found == ["clinic", "clinic", "clinic", "home"]
    assert [period.text for period, _ in pack.parameters["grown"].periods] == [
        "until 2018-03-01",
        "from 2018-03-01 until 2019-01-01",
        "from 2019-01-01",
    ]


def with_event() -> Pack:
    return build_pack(content({"grown": dated(18, {"from": "event:reform", "value": 15})}, events=WINDOW))


def test_within_the_window_of_an_event_both_values_may_count_and_the_law_is_asked_for() -> None:
    verdict = judge(with_event(), date(2017, 10, 1), birth="2001")
    assert (verdict.outcome, verdict.possible) == (UNDETERMINED, ("clinic", "home"))
    assert verdict.needs == ("law:reform",)


def test_the_law_is_not_asked_for_where_the_value_makes_no_difference() -> None:
    assert judge(with_event(), date(2017, 10, 1), birth="2010").rules == ("child",)
    assert judge(with_event(), date(2017, 10, 1), birth="1990").rules == ("adult",)


def test_age_and_law_are_asked_for_where_both_matter() -> None:
    assert judge(with_event(), date(2017, 10, 1), birth="1999/2004").needs == ("age", "law:reform")


def test_outside_the_window_one_value_counts() -> None:
    assert judge(with_event(), date(2017, 6, 30), birth="2001").outcome == "home"
    assert judge(with_event(), date(2018, 1, 31), birth="2001").outcome == "clinic"


def test_a_rule_and_a_value_share_the_event_that_changes_both() -> None:
    rules = [
        rule("old", "age < :grown", "home", in_force={"until": "event:reform"}),
        rule("new", "age < :grown", "home", in_force={"from": "event:reform"}),
        rule("adult", "age >= :grown", "clinic"),
    ]
    parameters = {"grown": dated(18, {"from": "event:reform", "value": 15})}
    pack = build_pack(content(parameters, rules, events=WINDOW))
    verdict = judge(pack, date(2017, 10, 1), birth="2010")
    assert (verdict.outcome, verdict.rules) == ("home", ("new", "old"))


def test_both_ends_of_between_may_change_at_once() -> None:
    """Ends that never hold together (15 AND 14) are not put together."""
    parameters = {
        "low": dated(4, {"from": "event:reform", "value": 15}),
        "high": dated(14, {"from": "event:reform", "value": 20}),
    }
    rules = [
        rule("band", "age BETWEEN :low AND :high", "home"),
        rule("rest", "NOT (age BETWEEN :low AND :high)", "clinic"),
    ]
    pack = build_pack(content(parameters, rules, events=WINDOW))
    assert judge(pack, date(2017, 6, 1), birth="2010").rules == ("band",)
    assert judge(pack, date(2018, 6, 1), birth="2010").rules == ("rest",)
    assert judge(pack, date(2018, 6, 1), birth="2000").rules == ("band",)
    assert judge(pack, date(2017, 10, 1), birth="2010").needs == ("law:reform",)


def test_ends_that_cross_for_a_while_are_refused() -> None:
    parameters = {
        "low": dated(4, {"from": "2018-03-01", "value": 15}),
        "high": dated(14, {"from": "2019-03-01", "value": 20}),
    }
    found = faults(content(parameters, [rule("band", "age BETWEEN :low AND :high", "home")]))
    assert "lower end" in found[0].reason


def test_a_list_of_codes_may_change() -> None:
    parameters = {"ours": dated(["IRQ"], {"from": "2018-03-01", "value": ["IRQ", "PSE"]})}
    rules = [
        rule("ours", "nationality IN (:ours)", "home"),
        rule("others", "NOT (nationality IN (:ours))", "clinic"),
    ]
    pack = build_pack(content(parameters, rules))
    assert judge(pack, BEFORE, nationality="PSE").outcome == "clinic"
    assert judge(pack, DAY, nationality="PSE").outcome == "home"
    assert judge(pack, DAY, nationality="IRQ;PSE").outcome == "home"


def test_the_age_at_an_act_is_compared_with_the_value_in_force_now() -> None:
    rules = [rule("young", "age_at(arrived) < :grown", "home"), rule("no", EVERYBODY + " AND ill", "home")]
    parameters = {"grown": dated(18, {"from": "2018-03-01", "value": 15})}
    pack = build_pack(content(parameters, rules), draft=True)
    known = {"birth": "2000-06-01", "arrived": "2017-01-01", "ill": "false"}
    assert judge(pack, BEFORE, **known).outcome == "home"
    assert judge(pack, DAY, **known).outcome == "nothing"


def test_a_conflict_under_the_later_value_alone_is_found() -> None:
    found = faults(
        content(
            {"grown": dated(18, {"from": "2018-03-01", "value": 15})},
            [CHILD, rule("x", "age >= 18", "clinic")],
        )
    )
    assert [(fault.kind, "2018-03-01" in fault.reason) for fault in found] == [("gap", True)]
    found = faults(
        content(
            {"grown": dated(18, {"from": "2018-03-01", "value": 20})},
            [CHILD, rule("x", "age >= 18", "clinic")],
        )
    )
    assert [(fault.kind, "2018-03-01" in fault.reason) for fault in found] == [("conflict", True)]


def test_a_gap_may_speak_of_a_value_that_changes() -> None:
    gap = {"id": "g", "decision": "care", "when": "age >= :grown AND age < 18", "title": texts("gap")}
    parameters = {"grown": dated(18, {"from": "event:reform", "value": 15})}
    rules = [CHILD, rule("adult", "age >= 18", "clinic")]
    pack = build_pack(content(parameters, rules, gaps=[gap], events=WINDOW))
    assert judge(pack, date(2018, 6, 1), birth="2002").rules == ("default",)


def test_the_explanation_shows_which_value_counts() -> None:
    pack = on_a_day({"from": "2018-03-01", "value": 15})
    found = explain(pack, "care", row(pack, DAY, birth="2002"))
    old, new = next(view for view in found.rules if view.id == "child").condition.children
    assert [(view.children[0].kind, view.children[0].truth) for view in (old, new)] == [
        ("during", Truth.FALSE),
        ("during", Truth.TRUE),
    ]
    assert [view.children[1].operands for view in (old, new)] == [("18",), ("15",)]
    assert old.children[0].text == "until 2018-03-01"
    assert new.children[0].operands == ("2018-03-01", "")
    assert [reading.id for reading in found.readings] == ["grown"]


def test_the_change_of_a_value_is_among_what_time_changes() -> None:
    pack = on_a_day({"from": "2018-03-01", "value": 15})
    causes = [change.cause for change in explain(pack, "care", row(pack, ON, birth="2002")).changes]
    assert causes[0] == "law:2018-03-01"


def test_the_fallback_reads_changing_values_soundly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "CELL_CAP", 3)
    pack = with_event()
    assert judge(pack, date(2018, 6, 1), birth="2001").outcome == "clinic"
    verdict = judge(pack, date(2017, 10, 1), birth="2001")
    assert (verdict.possible, verdict.needs) == (("clinic", "home", "nothing"), ("law:reform",))
    engine = pack.engines["care"]
    found = engine.frame(date(2017, 10, 1))
    key = found.open_key({})[0]
    assert not judge_loosely(found.loose(key), engine.rules, "nothing", engine.asks).exact


REFUSED = {
    "a first value with a day": ({"value": 18, "label": texts("x"), "from": "2018-01-01"}, "has no dates"),
    "a change without a day": (dated(18, {"value": 15}), "“from” is missing"),
    "a change without a value": (dated(18, {"from": "2018-03-01"}), "“value” is missing"),
    "a change of another kind": (dated(18, {"from": "2018-03-01", "value": "x"}), "of another kind"),
    "an uncertain day": (dated(18, {"from": "2018-03", "value": 15}), "no certain day"),
    "a day of no calendar": (dated(18, {"from": "2018-02-30", "value": 15}), "no such day"),
    "an event of no pack": (dated(18, {"from": "event:none", "value": 15}), "names no event"),
    "changes in no order": (
        dated(18, {"from": "2019-01-01", "value": 15}, {"from": "2018-01-01", "value": 16}),
        "may come before",
    ),
    "an event that may come late": (
        dated(18, {"from": "event:reform", "value": 15}, {"from": "2018-01-01", "value": 16}),
        "may come before",
    ),
    "an unknown key": (
        dated(18, {"from": "2018-03-01", "value": 15, "until": "2019"}),
        "“until” is not known",
    ),
    "a source that is not there": (
        dated(18, {"from": "2018-03-01", "value": 15, "source": "x"}),
        "no source",
    ),
    "no list": ({"value": 18, "label": texts("x"), "changes": {"from": "2018-03-01"}}, "must be a list"),
}


@pytest.mark.parametrize("how", REFUSED)
def test_a_change_that_says_too_little_or_too_much_is_refused(how: str) -> None:
    parameter, reason = REFUSED[how]
    found = faults(content({"grown": parameter}, events=WINDOW))
    assert any(reason in fault.reason and fault.file == "parameters.yaml" for fault in found), found


def test_two_uncertain_events_need_their_order_declared() -> None:
    changes = ({"from": "event:first", "value": 15}, {"from": "event:second", "value": 16})
    events = {"first": event("2018"), "second": event("2018")}
    assert any(
        "may come before" in fault.reason
        for fault in faults(content({"grown": dated(18, *changes)}, events=events))
    )
    events["second"] = event("2018", after="first")
    pack = build_pack(content({"grown": dated(18, *changes)}, events=events))
    assert judge(pack, date(2018, 6, 1), birth="2002-08").possible == ("clinic", "home")
    assert judge(pack, date(2018, 6, 1), birth="2002-08").needs == ("law:first", "law:second")


def test_too_many_values_in_one_comparison_are_refused() -> None:
    changes = [{"from": f"20{year:02}-01-01", "value": year} for year in range(10, 20)]
    rules = [rule("x", "siblings IN (:a, :b)", "home")]
    found = faults(content({"a": dated(1, *changes), "b": dated(1, *changes)}, rules))
    assert any("too many values that change" in fault.reason for fault in found)
