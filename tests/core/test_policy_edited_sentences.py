"""Sentences that a changed threshold makes stale: found, said anew from the day, and never told of a day they
are not true of.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from amana.core.errors import PackFaults
from amana.core.policy import Pack, build_pack
from amana.core.policy.editing.checks import ages_nobody_has
from amana.core.policy.editing.edits import Edit, EditRefused, apply_edit
from amana.core.policy.editing.reach import idle, sentences

FROM = date(2018, 2, 1)
BEFORE = FROM - timedelta(days=1)


def texts(text: str) -> dict[str, str]:
    return {"en": text, "ar": text}


def law(**rule: Any) -> dict[str, Any]:
    """Children of up to `most` years are at home; the others nobody speaks of."""
    return {
        "pack.yaml": {
            "id": "small", "title": texts("small"), "jurisdiction": "none", "status": "unreviewed",
            "decisions": {"place": {"default": "none", "outcomes": {
                "home": {"en": "home", "ar": "home"}, "none": {"en": "none", "ar": "none"},
            }, "interim": [
                {"id": "wait", "possible_any": ["none"], "handling": texts("wait"), "source": "law/1"}
            ]}},
        },
        "facts.yaml": {"birth": {
            "type": "date", "kind": "person", "label": texts("birth"), "past": True, "class": "C1",
            "purpose": "placement", "retention": "case", "question": texts("when?"),
            "evidence_how": texts("card"),
        }},
        "sources.yaml": {"instruments": {"law": {
            "title": texts("law"), "kind": "law", "weight": "national-law", "standing": "reported",
            "articles": {"1": texts("one")},
        }}, "events": {}},
        "parameters.yaml": {"most": {
            "value": 3, "label": texts("most"), "source": "law/1",
            "reading": texts("until the fourth birthday"),
        }},
        "rules/small.yaml": {
            "id": "small", "decision": "place", "modality": "must", "source": "law/1", "when": "age <= :most",
            "outcome": "home", "reason": texts("3 or younger"), **rule,
        },
        "gaps.yaml": [{"id": "older", "decision": "place", "when": "age > :most", "title": texts("over 3")}],
        "conflicts.yaml": [{
            "id": "K", "against": {"rules": ["small"], "outcomes": []}, "reported": texts("to 3"),
            "conflict": texts("but"), "sources": ["law/1"],
        }],
    }  # fmt: skip


def raised(**more: Any) -> Edit:
    told = {"value": 5, "source": "law/1", "reading": texts("until the sixth birthday"), **more}
    return Edit("parameter", "most", FROM, told)


def after(edit: Edit, content: dict[str, Any] | None = None) -> Pack:
    return build_pack(apply_edit(content or law(), edit))


def test_every_sentence_that_tells_of_a_threshold_is_named() -> None:
    found = sentences(build_pack(law()), "most", FROM)
    assert [(each.key, each.texts["en"]) for each in found] == [
        ("rule:small", "3 or younger"),
        ("gap:older", "over 3"),
        ("conflict:K", "to 3"),
    ]


def test_a_rule_that_is_over_by_then_tells_of_nobody() -> None:
    ended = law(in_force={"until": "2018-01-01"})
    ended["gaps.yaml"].append(
        {"id": "later", "decision": "place", "when": "age <= :most", "in_force": {"from": "2018-01-01"},
         "title": texts("small too")}
    )  # fmt: skip
    pack = build_pack(ended)
    assert {each.key for each in sentences(pack, "most", FROM)} == {"gap:older", "gap:later"}
    assert idle(pack, after(raised(), ended), raised()) == "read_by_none"


def test_each_day_keeps_the_sentence_that_was_true_of_it() -> None:
    pack = after(raised(texts={"rule:small": texts("5 or younger"), "gap:older": texts("over 5")}))
    assert pack.rules["small"].reason["en"] == "3 or younger"
    assert pack.rules["small"].in_force.text == f"until {FROM}"
    later = pack.rules[f"small-{FROM}"]
    assert (later.reason["en"], later.in_force.text) == ("5 or younger", f"from {FROM}")
    assert {each.id: each.title["en"] for each in pack.gaps} == {"older": "over 3", f"older-{FROM}": "over 5"}
    assert pack.conflicts[0].rules == ("small", f"small-{FROM}")


def test_a_rule_that_begins_later_is_reworded_where_it_stands() -> None:
    content = law(in_force={"from": "2018-03-01"})
    content["gaps.yaml"].append(
        {"id": "early", "decision": "place", "when": "age <= :most", "in_force": {"until": "2018-03-01"},
         "title": texts("not yet")}
    )  # fmt: skip
    pack = after(raised(texts={"rule:small": texts("5 or younger")}), content)
    assert {rule.id: rule.reason["en"] for rule in pack.rules.values()} == {"small": "5 or younger"}


def test_two_changes_of_one_day_reword_one_successor() -> None:
    once = apply_edit(law(), raised(texts={"rule:small": texts("5 or younger")}))
    once["parameters.yaml"]["other"] = dict(law()["parameters.yaml"]["most"])
    told = {
        "value": 6,
        "source": "law/1",
        "reading": texts("six"),
        "texts": {"rule:small": texts("of that age")},
    }
    pack = build_pack(apply_edit(once, Edit("parameter", "other", FROM, told)))
    assert pack.rules[f"small-{FROM}"].reason["en"] == "of that age" and len(pack.rules) == 2


def test_what_a_conflict_reports_is_reworded_in_place() -> None:
    pack = after(raised(texts={"conflict:K": texts("a small child")}))
    assert [each.reported["en"] for each in pack.conflicts] == ["a small child"]


@pytest.mark.parametrize(
    "told",
    [{"rule:none": texts("x")}, {"gap:none": texts("x")}, {"conflict:none": texts("x")}, {"most": texts("x")},
     {"rule:small": {"en": "only"}}, ["rule:small"]],
)  # fmt: skip
def test_a_sentence_that_is_not_there_or_not_in_both_languages_is_refused(told: Any) -> None:
    with pytest.raises(EditRefused) as refused:
        after(raised(texts=told))
    assert {each.field for each in refused.value.faults} <= {"texts", "target"}


def test_a_reading_that_stays_while_the_value_changes_is_refused() -> None:
    kept = {"en": "until the fourth  birthday", "ar": "another"}
    with pytest.raises(EditRefused) as refused:
        after(raised(reading=kept))
    assert {each.field for each in refused.value.faults} == {"reading"}


@pytest.mark.parametrize(
    ("when", "why"),
    [("age < 3 AND age > 5", "never_holds"), ("age = 2", "never_decides"), ("age > 10", None)],
)
def test_a_rule_that_can_never_hold_is_told_apart(when: str, why: str | None) -> None:
    told = {"decision": "place", "modality": "may", "source": "law/1", "outcome": "home", "when": when}
    edit = Edit("rule_added", "new", FROM, {**told, "id": "new", "reason": texts("r")})
    before = build_pack(law())
    assert idle(before, build_pack(apply_edit(law(), edit), draft=True), edit) == why


@pytest.mark.parametrize("age", [-1, 121, 200])
def test_an_age_that_nobody_has_is_refused_in_thresholds_and_conditions(age: int) -> None:
    pack = build_pack(law())
    (fault,) = ages_nobody_has(pack, [raised(value=age)])
    assert fault.field == "value" and "0 to 120" in fault.mend
    added = Edit("rule_added", "new", FROM, {"when": f"age <= {age}"})
    assert [each.field for each in ages_nobody_has(pack, [added])] == ["when"]
    assert ages_nobody_has(pack, [raised(value=120), raised(value=0)]) == []


def test_an_edited_pack_with_new_sentences_still_holds_together() -> None:
    try:
        after(raised(texts={"rule:small": texts("a"), "gap:older": texts("b"), "conflict:K": texts("c")}))
    except PackFaults as faults:
        pytest.fail(str(faults))
