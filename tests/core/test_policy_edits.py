"""Dated edits: the old text stays and stops, the new one begins, and nothing changes before its day."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import event, files, gap, judge, rule, texts

from amana.core.dates import ONE_DAY, DateSpan
from amana.core.facts import FactRow
from amana.core.policy import Pack, build_pack, decide
from amana.core.policy.editing.edits import Edit, EditRefused, apply_edit, edit_faults

FROM = date(2018, 3, 1)
ANYBODY = "age < :grown OR age >= :grown"


def law() -> dict[str, Any]:
    """Children go home, others to a clinic; an exception for the ill; a threshold of 18."""
    content = files(
        [
            rule("child", "age < :grown", "home", "must"),
            rule("adult", "age >= :grown", "clinic", "must"),
            rule("ill-child", "ill AND age < 5", "clinic", "must", exception_to=["child"]),
        ],
        events={"reform": event("2017-07/2018-01")},
    )
    content["parameters.yaml"]["grown"] |= {"source": "law/1"}
    content["conflicts.yaml"] = [
        {
            "id": "K1",
            "against": {"rules": ["child"]},
            "reported": texts("so"),
            "conflict": texts("but"),
            "sources": ["law/1"],
        }
    ]
    return content


def threshold(value: Any = 16, day: date | None = FROM, **more: Any) -> Edit:
    told = {"value": value, "source": "law/1", "reading": texts(f"until {value}"), **more}
    return Edit("parameter", "grown", day, told)


def successor(**more: Any) -> Edit:
    return Edit("rule_replaced", "child", FROM, {"outcome": "clinic", "reason": texts("now"), **more})


def after(edit: Edit, content: dict[str, Any] | None = None) -> Pack:
    return build_pack(apply_edit(content or law(), edit))


def refused(edit: Edit, content: dict[str, Any] | None = None, extends: Any = ()) -> set[str]:
    with pytest.raises(EditRefused) as found:
        apply_edit(content or law(), edit, extends)
    for fault in found.value.faults:
        assert fault.file
        assert fault.id
        assert fault.reason.endswith(".")
        assert fault.mend
    return {fault.field for fault in found.value.faults}


EDITS = {
    "a threshold": threshold(),
    "a rule added": Edit(
        "rule_added",
        "alone",
        FROM,
        {
            "decision": "care", "modality": "must", "source": "law/1", "when": "alone", "outcome": "clinic",
            "reason": texts("r"), "exception_to": ["child"],
        },
    ),
    "a rule replaced": successor(),
    "a rule ended": Edit("rule_ended", "ill-child", FROM, {}),
}  # fmt: skip
PACKS = {name: (build_pack(law()), after(edit)) for name, edit in EDITS.items()}


@pytest.mark.parametrize("name", sorted(EDITS))
@given(
    before=st.integers(1, 400),
    born=st.dates(date(1995, 1, 1), date(2017, 1, 1)),
    width=st.integers(0, 900),
    ill=st.sampled_from([True, False, None]),
    alone=st.sampled_from([True, False, None]),
)
@settings(max_examples=40, deadline=None)
def test_before_its_day_an_edit_changes_no_answer(*, name, before, born, width, ill, alone) -> None:
    old, new = PACKS[name]
    birth = DateSpan(born, born + timedelta(days=width))
    row = FactRow("r", FROM - timedelta(days=before), {"birth": birth, "ill": ill, "alone": alone})
    was, will = decide(old, "care", row), decide(new, "care", row)
    assert (was.outcome, was.possible, was.needs) == (will.outcome, will.possible, will.needs)


@pytest.mark.parametrize("name", sorted(EDITS))
def test_the_files_that_go_in_are_not_touched_and_no_text_is_lost(name: str) -> None:
    content = law()
    kept = deepcopy(content)
    changed = apply_edit(content, EDITS[name])
    assert content == kept
    rules = {
        entry["id"]: entry
        for file in changed
        if file.startswith("rules/")
        for entry in _entries(changed[file])
    }
    for entry in kept["rules/rules.yaml"]:
        left_out = {"in_force", "exception_to"}
        assert {key: rules[entry["id"]].get(key) for key in entry if key not in left_out} == {
            key: value for key, value in entry.items() if key not in left_out
        }
        assert set(entry.get("exception_to", [])) <= set(rules[entry["id"]].get("exception_to", []))
    assert changed["parameters.yaml"]["grown"]["value"] == 18


def _entries(content: Any) -> list[dict[str, Any]]:
    return content if isinstance(content, list) else [content]


def test_a_threshold_changes_on_its_day() -> None:
    pack = after(threshold())
    assert judge(pack, FROM - ONE_DAY, birth="2001-06-01", ill="false").outcome == "home"
    assert judge(pack, FROM, birth="2001-06-01", ill="false").outcome == "clinic"


def test_a_threshold_can_change_again_later_but_not_earlier() -> None:
    once = apply_edit(law(), threshold())
    twice = apply_edit(once, threshold(15, FROM + timedelta(days=30)))
    assert [each["value"] for each in twice["parameters.yaml"]["grown"]["changes"]] == [16, 15]
    assert refused(threshold(15, FROM), once) == {"from_"}
    assert refused(threshold(15, FROM - ONE_DAY), once) == {"from_"}


def test_a_threshold_that_changes_with_an_event_can_change_after_the_events_last_day() -> None:
    content = law()
    content["parameters.yaml"]["grown"]["changes"] = [
        {"from": "event:reform", "value": 17, "source": "law/1", "reading": texts("r")}
    ]
    build_pack(apply_edit(content, threshold(day=date(2018, 2, 1))))
    assert refused(threshold(day=date(2018, 1, 31)), content) == {"from_"}
    content["sources.yaml"]["events"]["reform"]["on"] = "2017-07/.."
    assert refused(threshold(), content) == {"from_"}


def test_a_replaced_rule_ends_on_the_day_on_which_its_successor_begins() -> None:
    pack = after(successor())
    old, new = pack.rules["child"], pack.rules["child-2018-03-01"]
    assert old.in_force.end is not None
    assert new.in_force.start is not None
    assert (old.in_force.end.day, new.in_force.start.day) == (FROM, FROM)
    assert (new.when, new.modality, new.source, new.outcome) == (old.when, old.modality, old.source, "clinic")
    assert judge(pack, FROM - ONE_DAY, birth="2010", ill="false").outcome == "home"
    assert judge(pack, FROM, birth="2010", ill="false").outcome == "clinic"


def test_exceptions_and_conflicts_follow_a_rule_to_its_successor() -> None:
    pack = after(successor(outcome="nothing"))
    assert pack.rules["ill-child"].exception_to == ("child", "child-2018-03-01")
    assert [each.rules for each in pack.conflicts] == [("child", "child-2018-03-01")]
    assert judge(pack, FROM, birth="2015", ill="true").outcome == "clinic"


def test_a_rule_that_ends_or_has_not_begun_can_not_be_ended() -> None:
    ended = apply_edit(law(), EDITS["a rule ended"])
    assert refused(Edit("rule_ended", "ill-child", FROM + timedelta(days=9), {}), ended) == {"from_"}
    begun = apply_edit(law(), successor())
    assert refused(Edit("rule_ended", "child-2018-03-01", FROM, {}), begun) == {"from_"}


def test_the_day_of_an_event_is_corrected_in_place() -> None:
    content = law()
    content["rules/rules.yaml"][2] |= {"in_force": {"from": "event:reform"}}
    known = Edit(
        "event", "reform", None, {"on": "2017-10-02", "standing": "reported", "where_read": "a paper"}
    )
    assert "law:reform" in judge(build_pack(content), date(2017, 9, 1), birth="2015", ill="true").needs
    pack = after(known, content)
    assert judge(pack, date(2017, 9, 1), birth="2015", ill="true").outcome == "home"
    assert pack.events["reform"].where_read == "a paper"


def test_an_edit_brings_its_text_and_describes_the_gap_it_opens() -> None:
    text = {
        "id": "decree",
        "title": texts("decree"),
        "kind": "law",
        "standing": "reported",
        "where_read": "told",
    }
    opened = gap("silent", "age >= :grown AND NOT ill", in_force={"from": "2018-03-01"})
    ends = Edit("rule_ended", "adult", FROM, {"instrument": text, "gaps": [opened]})
    again = Edit("rule_replaced", "ill-child", FROM, {"source": "decree", "instrument": text, "gaps": []})
    assert after(again).rules["ill-child-2018-03-01"].source == "decree"
    with_gap = build_pack(apply_edit(law(), ends), draft=True)
    assert [each.id for each in with_gap.gaps] == ["silent"]
    assert with_gap.gaps[0].accepted_by is None
    assert with_gap.sources["decree"].standing == "reported"


def test_a_known_text_gets_further_articles_and_keeps_what_it_says() -> None:
    more = {"instrument": {"id": "law", "articles": {"2": texts("second")}}, "source": "law/2"}
    pack = after(threshold(**more))
    assert set(pack.sources["law"].articles) == {"1", "2"}
    assert pack.sources["law"].standing == "reported"
    assert refused(threshold(instrument={"id": "law", "articles": {"1": texts("other")}})) == {"instrument"}
    assert refused(threshold(instrument={"id": "law", "standing": "unknown"})) == {"instrument"}


def test_nothing_is_verified_or_accepted_by_an_edit_and_the_pack_is_unreviewed() -> None:
    content = law()
    content["pack.yaml"]["status"] = "reviewed by counsel, 2018-01-01"
    assert after(threshold(), content).status == "unreviewed"
    text = {"id": "decree", "title": texts("decree"), "kind": "law", "standing": "verified"}
    assert refused(threshold(instrument=text)) == {"standing"}
    assert refused(threshold(gaps=[{**gap("g", "ill"), "accepted_by": "me"}])) == {"gaps"}
    assert refused(Edit("event", "reform", None, {"on": "2018", "standing": "verified"})) == {"standing"}


@pytest.mark.parametrize(
    ("edit", "fields"),
    [
        (Edit("parameter", "unknown", FROM, threshold().content), {"target"}),
        (Edit("event", "unknown", None, {"on": "2018"}), {"target"}),
        (Edit("rule_ended", "unknown", FROM, {}), {"target"}),
        (threshold(day=None), {"from_"}),
        (threshold("sixteen"), {"value"}),
        (threshold(True), {"value"}),
        (threshold(18), {"value"}),
        (threshold(reading={"en": "only English"}), {"reading"}),
        (threshold(source=""), {"source"}),
        (threshold(reason=texts("r")), {"reason"}),
        (threshold(instrument={"title": texts("no id")}), {"instrument"}),
        (threshold(gaps=[{"when": "ill"}]), {"gaps"}),
        (Edit("rule_added", "child", FROM, EDITS["a rule added"].content), {"id"}),
        (Edit("rule_added", "new", FROM, {"id": "other"}), {
            "id", "decision", "modality", "source", "when", "outcome", "reason",
        }),
        (successor(id="adult"), {"id"}),
        (Edit("event", "reform", FROM, {"on": "2018"}), {"from_"}),
        (Edit("event", "reform", None, {"on": "2017-07/2018-01"}), {"on"}),
        (Edit("event", "reform", None, {}), {"on"}),
        (Edit("wish", "child", FROM, {}), {"kind"}),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_a_faulty_edit_says_what_is_wrong_and_how_to_mend_it(edit: Edit, fields: set[str]) -> None:
    assert refused(edit) == fields


def test_faults_of_the_edited_pack_name_the_key_they_lie_in() -> None:
    told = {
        "decision": "care", "modality": "must", "source": "nowhere/1", "when": "agee > 3", "outcome": "hotel",
        "reason": {"en": "only English"}, "exception_to": ["nobody"],
    }  # fmt: skip
    content = apply_edit(law(), Edit("rule_added", "new", FROM, {**told, "reason": texts("r")}))
    from small_pack import faults

    assert {each.field for each in edit_faults(faults(content))} >= {"when", "source", "outcome"}


def test_an_inherited_entry_is_edited_in_the_packs_own_files() -> None:
    parent = build_pack(law())
    own = {
        "pack.yaml": {
            "id": "own", "title": texts("own"), "jurisdiction": "none", "status": "unreviewed",
            "extends": ["small"],
        }
    }  # fmt: skip
    for edit in (*EDITS.values(), Edit("event", "reform", None, {"on": "2017-10-02"})):
        changed = apply_edit(own, edit, [parent])
        pack, alone = build_pack(changed, [parent]), after(edit)
        for born in ("1999", "2001-06-01", "2014", "2016"):
            for ill in ("true", "false", ""):
                facts = {"birth": born, "ill": ill, "alone": "true"}
                for day in (FROM - ONE_DAY, FROM):
                    assert judge(pack, day, **facts) == judge(alone, day, **facts)
    assert [each.rules for each in pack.conflicts] == [("child",)]
    assert refused(Edit("rule_added", "child", FROM, EDITS["a rule added"].content), own, [parent]) == {"id"}
