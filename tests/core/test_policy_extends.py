"""A pack that extends another inherits by id, replaces by id, takes out by name; and every misfit is told."""

from __future__ import annotations

from typing import Any

import pytest
from small_pack import EVERYBODY, ON, event, fact, files, gap, judge, rule, texts

from amana.core.errors import Fault, PackFaults
from amana.core.policy import Pack, build_pack

CHILD = rule("child", "age < :grown", "home")
ADULT = rule("adult", "age >= :grown", "clinic")
SILENT = gap("girls", "age < :grown AND sex = 'female'")
BOY = CHILD | {"when": "age < :grown AND sex = 'male'"}


def base(**more: Any) -> Pack:
    """The pack beneath."""
    content = files([BOY, ADULT], [SILENT], {"reform": event("2018")}) | more
    content["pack.yaml"] |= {"id": "base", "leap_day_birthday": "feb-28", "approximate_years": 2}
    return build_pack(content)


def above(rules: list[dict[str, Any]] | None = None, **head: Any) -> dict[str, Any]:
    """A pack with nothing of its own but some rules and keys of its head."""
    start = {"id": "above", "title": texts("above"), "jurisdiction": "x", "status": "unreviewed"}
    return {"pack.yaml": {**start, "extends": ["base"], **head}, "rules/own.yaml": rules or []}


def faults(content: dict[str, Any], *extends: Pack) -> list[Fault]:
    with pytest.raises(PackFaults) as refused:
        build_pack(content, extends or [base()])
    assert all(fault.file and fault.id and fault.reason and fault.mend for fault in refused.value.faults)
    return list(refused.value.faults)


def outcome(pack: Pack, **facts: str) -> str:
    return judge(pack, ON, **facts).outcome


def test_a_pack_with_nothing_of_its_own_answers_as_the_one_beneath() -> None:
    pack, beneath = build_pack(above(), [base()]), base()
    for facts in ({"birth": "2014", "sex": "male"}, {"birth": "1990"}, {"birth": "2014"}, {}):
        assert judge(pack, ON, **facts) == judge(beneath, ON, **facts)
    assert list(pack.facts) == list(beneath.facts)
    assert [found.id for found in pack.gaps] == ["girls"]


def test_each_entry_says_which_pack_wrote_it() -> None:
    pack = build_pack(above([rule("ill", "ill", "clinic", "must")]), [base()])
    assert pack.rules["adult"].file == "base/rules/rules.yaml"
    assert pack.rules["ill"].file == "rules/own.yaml"
    assert (pack.origin("rules", "adult"), pack.origin("rules", "ill")) == ("base", "above")
    assert pack.gaps[0].file == "base/gaps.yaml"


def test_a_third_pack_sees_who_wrote_what_first() -> None:
    middle = build_pack(above([rule("ill", "ill", "clinic", "must")], id="middle"), [base()])
    pack = build_pack(above(extends=["middle"]), [middle])
    assert [pack.rules[name].file for name in ("adult", "ill")] == [
        "base/rules/rules.yaml",
        "middle/rules/own.yaml",
    ]


def test_cases_stay_with_the_pack_that_wrote_them() -> None:
    case = {"ref": "c", "on": "2018-01-01", "birth": "1990", "outcome": "clinic", "rule": "adult"}
    beneath = base(**{"cases/c.csv": [case]})
    assert beneath.cases and not build_pack(above(), [beneath]).cases


def test_the_leap_day_and_the_years_of_about_are_inherited_unless_written() -> None:
    pack = build_pack(above(), [base()])
    assert (pack.leap_day, pack.approximate_years) == ("feb-28", 2)
    pack = build_pack(above(leap_day_birthday="mar-01", approximate_years=0), [base()])
    assert (pack.leap_day, pack.approximate_years) == ("mar-01", 0)


def test_a_rule_of_the_same_id_takes_the_place_of_the_inherited_one() -> None:
    pack = build_pack(above([ADULT | {"outcome": "nothing"}]), [base()])
    assert outcome(pack, birth="1990") == "nothing"
    assert pack.origin("rules", "adult") == "above"
    placed = pack.entries["rules"]
    assert (placed["adult"].replaces, placed["child"].replaces) == ("base", "")
    third = build_pack(above([ADULT], id="third", extends=["above"]), [pack]).entries["rules"]
    assert (third["adult"].replaces, third["child"].replaces) == ("above", "")
    again = build_pack(above(id="third", extends=["above"]), [pack]).entries["rules"]
    assert (again["adult"].pack, again["adult"].replaces) == ("above", "base")


def test_a_packs_note_is_kept_and_not_inherited() -> None:
    noted = build_pack(above(note=texts("read this first")), [base()])
    assert noted.note == texts("read this first")
    assert build_pack(above(id="third", extends=["above"]), [noted]).note == {}


def test_a_parameter_of_the_same_id_counts_in_inherited_rules() -> None:
    content = above() | {"parameters.yaml": {"grown": {"value": 15, "label": texts("grown")}}}
    pack = build_pack(content, [base()])
    assert outcome(pack, birth="2002-06") == "clinic"
    assert outcome(base(), birth="2002-06", sex="male") == "home"


def test_an_event_of_the_same_id_counts_in_inherited_rules() -> None:
    later = rule("later", "ill", "home", "must", in_force={"from": "event:reform"})
    beneath = base(**{"rules/later.yaml": [later]})
    law = {"events": {"reform": event("2018-02-15")}}
    pack = build_pack(above() | {"sources.yaml": law}, [beneath])
    assert pack.rules["later"].in_force.start is not None
    assert pack.rules["later"].in_force.start.text == "2018-02-15"
    assert outcome(pack, birth="1990", ill="true") == "home"
    assert outcome(beneath, birth="1990", ill="true") == "undetermined"


def test_what_is_withdrawn_is_gone_and_noted() -> None:
    girl = rule("girl", "age < :grown AND sex = 'female'", "home")
    pack = build_pack(above([girl], withdraws={"gaps": ["girls"]}), [base()])
    assert not pack.gaps
    assert pack.withdrawn == {"gaps/girls": "base"}
    assert outcome(pack, birth="2014") == "home"


def test_withdrawing_what_is_not_inherited_is_refused_with_what_is() -> None:
    found = faults(above(withdraws={"rules": ["nobody"]}))
    assert [(fault.file, fault.id) for fault in found] == [("pack.yaml", "withdraws")]
    assert "“nobody”" in found[0].reason and "adult, child" in found[0].mend


def test_withdrawing_what_the_pack_writes_itself_is_refused() -> None:
    found = faults(above([ADULT], withdraws={"rules": ["adult"]}))
    assert "has one of its own" in found[0].reason


def test_only_rules_gaps_and_questions_can_be_withdrawn() -> None:
    assert any("“conflicts”" in fault.reason for fault in faults(above(withdraws={"conflicts": ["K1"]})))


def test_a_withdrawn_rule_leaves_a_gap_that_must_be_told() -> None:
    found = faults(above(withdraws={"rules": ["adult"]}))
    assert [fault.kind for fault in found] == ["gap"]
    assert build_pack(above(withdraws={"rules": ["adult"]}), [base()], draft=True).findings


def test_an_exception_to_a_withdrawn_rule_is_refused_where_it_stands() -> None:
    special = rule("special", "ill", "clinic", exception_to=["child"])
    gone = {"rules": ["child"], "gaps": ["girls"]}
    found = faults(above(withdraws=gone), base(**{"rules/s.yaml": [special]}))
    assert [(fault.file, fault.id) for fault in found] == [("base/rules/s.yaml", "special")]
    assert "comes from “base”" in found[0].mend


def test_a_gap_that_a_new_rule_fills_must_be_withdrawn() -> None:
    girl = rule("girl", "age < :grown AND sex = 'female'", "home")
    found = faults(above([girl]))
    assert [(fault.file, fault.id, fault.kind) for fault in found] == [("base/gaps.yaml", "girls", "gap")]
    assert "withdraws" in found[0].mend


def test_a_fact_of_another_type_is_refused_by_each_inherited_rule_that_reads_it() -> None:
    found = faults(above() | {"facts.yaml": {"sex": fact("boolean")}})
    assert {(fault.file, fault.id) for fault in found} == {
        ("base/rules/rules.yaml", "child"),
        ("base/gaps.yaml", "girls"),
    }
    assert all("is a boolean" in fault.reason and "“base”" in fault.mend for fault in found)


def test_a_parameter_that_no_longer_fits_is_refused_by_each_inherited_rule() -> None:
    found = faults(above() | {"parameters.yaml": {"grown": {"value": "old", "label": texts("grown")}}})
    assert {fault.id for fault in found} == {"child", "adult", "girls"}
    assert all("is a whole number" in fault.reason for fault in found)


def test_a_decision_without_an_outcome_of_inherited_rules_is_refused() -> None:
    content = files([])["pack.yaml"]["decisions"]
    del content["care"]["outcomes"]["clinic"]
    content["care"]["interim"][0]["possible_any"] = ["home", "nothing"]
    found = faults(above(decisions=content))
    assert [(fault.file, fault.id) for fault in found] == [("base/rules/rules.yaml", "adult")]


def test_an_instrument_without_an_article_that_is_cited_is_refused() -> None:
    law = {"title": texts("law"), "kind": "law", "standing": "reported", "articles": {"2": texts("other")}}
    found = faults(above() | {"sources.yaml": {"instruments": {"law": law}}})
    assert {fault.id for fault in found} >= {"child", "adult"}


def other(ident: str = "other", **head: Any) -> Pack:
    return build_pack(above(id=ident, extends=["base"], **head), [base()])


def test_two_packs_that_inherit_one_entry_agree() -> None:
    pack = build_pack(above(extends=["base", "other"]), [base(), other()])
    assert list(pack.rules) == list(base().rules)


def changed() -> Pack:
    content = above([ADULT | {"outcome": "home"}], id="changed")
    return build_pack(content, [base()])


def test_two_packs_with_different_entries_of_one_id_are_refused() -> None:
    found = faults(above(extends=["base", "changed"]), base(), changed())
    assert [(fault.file, fault.id) for fault in found] == [("pack.yaml", "pack")]
    assert "“base” and “changed” have different rules “adult”" in found[0].reason


def test_an_entry_of_its_own_settles_what_two_packs_say() -> None:
    content = above([ADULT | {"outcome": "nothing"}], extends=["base", "changed"])
    assert outcome(build_pack(content, [base(), changed()]), birth="1990") == "nothing"


def test_what_one_pack_withdraws_and_another_has_is_refused() -> None:
    girl = rule("girl", EVERYBODY + " AND sex = 'female' AND age < :grown", "home")
    without = build_pack(above([girl], id="without", withdraws={"gaps": ["girls"]}), [base()])
    found = faults(above(extends=["without", "base"]), without, base())
    assert any("“without” withdraws the gap “girls”" in fault.reason for fault in found)


def test_two_packs_that_read_leap_days_otherwise_are_refused() -> None:
    turned = other("turned", leap_day_birthday="mar-01")
    found = faults(above(extends=["base", "turned"]), base(), turned)
    assert any("differ on “leap_day_birthday”" in fault.reason for fault in found)


def test_the_hash_covers_the_packs_beneath() -> None:
    before = build_pack(above(), [base()]).hash
    assert build_pack(above(), [base()]).hash == before
    law = {"grown": {"value": 17, "label": texts("grown")}}
    assert build_pack(above(), [base(**{"parameters.yaml": law})]).hash != before


def test_conflicts_are_inherited_once_and_replaced_by_id() -> None:
    conflict = {
        "id": "K1",
        "against": {"rules": ["adult"]},
        "reported": texts("reported"),
        "conflict": texts("conflict"),
        "sources": ["law/1"],
    }
    beneath = base(**{"conflicts.yaml": [conflict]})
    beside = build_pack(above(id="beside"), [beneath])
    pack = build_pack(above(extends=["base", "beside"]), [beneath, beside])
    assert [found.id for found in pack.conflicts] == ["K1"]
    own = above() | {"conflicts.yaml": [conflict | {"reported": texts("otherwise")}]}
    assert [found.reported for found in build_pack(own, [beneath]).conflicts] == [texts("otherwise")]


def test_questions_for_counsel_are_inherited_and_may_be_withdrawn() -> None:
    question = {"id": "Q1", "text": texts("is it in force?"), "about": ["adult", "law/1"]}
    beneath = base(**{"questions.yaml": [question]})
    assert [found.id for found in build_pack(above(), [beneath]).questions] == ["Q1"]
    assert not build_pack(above(withdraws={"questions": ["Q1"]}), [beneath]).questions
