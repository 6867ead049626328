"""A draft stands with holes and contradictions, told as its findings; faults of form refuse it."""

from __future__ import annotations

from typing import Any

import pytest
from small_pack import EVERYBODY, ON, event, files, gap, row, rule

from amana.core.errors import PackFaults
from amana.core.policy import UNDETERMINED, Pack, Verdict, build_pack, decide

CHILD = rule("child", "age < :grown", "home")
ADULT = rule("adult", "age >= :grown", "clinic")


def draft(content: dict[str, Any]) -> Pack:
    """A draft; the same content is refused as a pack."""
    with pytest.raises(PackFaults):
        build_pack(content)
    return build_pack(content, draft=True)


def judged(pack: Pack, **facts: str) -> Verdict:
    return decide(pack, "care", row(pack, ON, **facts))


def test_a_sound_draft_has_no_findings_and_is_the_pack() -> None:
    content = files([CHILD, ADULT])
    assert build_pack(content, draft=True).findings == ()
    assert build_pack(content, draft=True).hash == build_pack(content).hash


def test_a_new_gap_stands_in_the_findings_and_answers_with_the_default() -> None:
    pack = draft(files([rule("ill-child", "age < 18 AND ill", "home"), ADULT]))
    assert [(fault.kind, fault.file) for fault in pack.findings] == [("gap", "gaps.yaml")]
    assert judged(pack, birth="2014", ill="false").outcome == "nothing"


def test_a_gap_that_covers_nothing_is_a_finding() -> None:
    pack = draft(files([CHILD, ADULT], [gap("none", "age < 3")]))
    assert [(fault.kind, fault.id) for fault in pack.findings] == [("gap", "none")]


def test_a_gap_that_reads_what_no_rule_reads_is_a_finding_and_asks_nobody_for_it() -> None:
    pack = draft(files([CHILD, ADULT], [gap("ill", "ill")]))
    assert {fault.kind for fault in pack.findings} == {"gap"}
    assert judged(pack, birth="1999/2001").needs == ("age",)


def test_missing_interim_handling_is_a_finding() -> None:
    content = files([CHILD, ADULT])
    content["pack.yaml"]["decisions"]["care"]["interim"][0]["possible_any"] = ["nothing"]
    assert [fault.kind for fault in draft(content).findings] == ["interim"]


def test_where_two_rules_conflict_both_outcomes_are_possible_and_no_answer_helps() -> None:
    pack = draft(files([CHILD, ADULT, rule("ill", "ill", "clinic")]))
    assert [(fault.kind, fault.id) for fault in pack.findings] == [("conflict", "child")]
    verdict = judged(pack, birth="2014", ill="true")
    assert (verdict.outcome, verdict.possible, verdict.needs) == (UNDETERMINED, ("clinic", "home"), ())


def test_what_leads_out_of_a_conflict_is_asked_for() -> None:
    pack = draft(files([CHILD, ADULT, rule("ill", "ill", "clinic")]))
    verdict = judged(pack, birth="2014")
    assert (verdict.possible, verdict.needs) == (("clinic", "home"), ("ill",))
    assert judged(pack, ill="true").needs == ("age",)


def test_a_conflict_within_the_window_of_the_law_asks_for_the_law() -> None:
    later = rule("later", EVERYBODY, "clinic", in_force={"from": "event:reform"})
    pack = draft(files([CHILD, ADULT, later], events={"reform": event("2018")}))
    assert judged(pack, birth="2014").needs == ("law:reform",)


def test_a_fault_of_form_refuses_a_draft_and_tells_all_faults() -> None:
    content = files([CHILD | {"when": "foo"}, ADULT, rule("ill", "ill", "clinic")])
    with pytest.raises(PackFaults) as refused:
        build_pack(content, draft=True)
    assert [fault.kind for fault in refused.value.faults] == ["form"]
