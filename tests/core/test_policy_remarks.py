"""What a pack may stand with and a reader should look at: idle rules, and texts whose number changes."""

from __future__ import annotations

from typing import Any

import pytest
from small_pack import event, faults, files, rule, texts

from amana.core.errors import PackFaults
from amana.core.policy import build_pack

CHILD = rule("child", "age < :grown", "home")
ADULT = rule("adult", "age >= :grown", "clinic")


def remarks(*rules: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """Kind, id and reason of each remark on a sound pack."""
    content = files([CHILD, ADULT, *rules]) | more
    return [(each.kind, each.id, each.reason) for each in build_pack(content).remarks]


def test_a_pack_whose_rules_all_answer_somebody_has_no_remark() -> None:
    assert remarks(rule("ill", "ill", "home", "must")) == []


def test_a_rule_that_can_never_hold_is_remarked_on_and_refuses_nothing() -> None:
    ((kind, ident, reason),) = remarks(rule("none", "age < 3 AND age > 15", "clinic"))
    assert (kind, ident) == ("idle", "none")
    assert "never holds" in reason


def test_a_rule_that_never_wins_is_remarked_on_with_what_it_gives_way_to() -> None:
    ((kind, ident, reason),) = remarks(
        rule("small", "age < 3", "clinic"), rule("every", "age < 18", "home", "must")
    )[-1:]
    assert (kind, ident) == ("idle", "small")
    assert "it gives way (every)" in reason


def test_a_rule_that_an_exception_always_takes_out_is_remarked_on() -> None:
    told = remarks(
        rule("infant", "age < 3", "clinic"), rule("ever", "age < 5", "home", exception_to=["infant"])
    )
    assert [(kind, ident) for kind, ident, _reason in told] == [("idle", "infant")]


def test_a_rule_that_answered_before_it_ended_is_not_idle() -> None:
    old = rule("old", "ill", "home", "must", in_force={"until": "2010-01-01"})
    young = rule("young", "ill", "home", in_force={"from": "event:reform"})
    events = {"reform": event("2017/2018")}
    content = files([CHILD, rule("grown", "age >= :grown", "home"), old, young], events=events)
    assert build_pack(content).remarks == ()


def test_a_remark_stands_in_a_draft_too_and_is_no_finding() -> None:
    pack = build_pack(files([CHILD, ADULT, rule("none", "age < 3 AND age > 15", "clinic")]), draft=True)
    assert pack.findings == ()
    assert [each.kind for each in pack.remarks] == ["idle"]


def test_a_pack_that_is_refused_is_not_refused_for_its_remarks() -> None:
    idle = rule("none", "age < 3 AND age > 15", "clinic")
    with pytest.raises(PackFaults) as refused:
        build_pack(files([rule("ill-child", "age < 18 AND ill", "home"), ADULT, idle]))
    assert {fault.kind for fault in refused.value.faults} == {"gap"}


GROWN = {
    "value": 18,
    "label": texts("grown"),
    "changes": [{"from": "2018-03-01", "value": 15}],
}


@pytest.mark.parametrize(
    "reason",
    [
        {"en": "A child below 18 stays.", "ar": "نص"},
        {"en": "A child below eighteen stays.", "ar": "نص"},
        {"en": "A child stays.", "ar": "الطفل دون ١٨ يبقى"},
        {"en": "Fifteen is the age.", "ar": "نص"},
    ],
)
def test_a_reason_that_repeats_a_number_which_changes_is_remarked_on(reason: dict[str, str]) -> None:
    content = files([CHILD | {"reason": reason}, ADULT]) | {"parameters.yaml": {"grown": GROWN}}
    ((kind, ident, told),) = [(each.kind, each.id, each.reason) for each in build_pack(content).remarks]
    assert (kind, ident) == ("stale", "child")
    assert "“grown”" in told


def test_another_number_and_a_value_that_never_changes_are_not_remarked_on() -> None:
    named = CHILD | {"reason": texts("Below 18, the law of 1980 says.")}
    assert build_pack(files([named, ADULT])).remarks == ()
    changed = files([CHILD | {"reason": texts("The law of 1980 says so.")}, ADULT])
    assert build_pack(changed | {"parameters.yaml": {"grown": GROWN}}).remarks == ()


def test_a_later_value_says_its_own_reading_where_the_first_has_one() -> None:
    content = files([CHILD, ADULT]) | {"parameters.yaml": {"grown": GROWN | {"reading": texts("until then")}}}
    (found,) = faults(content)
    assert (found.id, found.reason) == ("grown", "The key “reading” is missing or empty.")
