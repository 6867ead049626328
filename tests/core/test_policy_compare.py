"""Two packs on the same people: matrix, movers, conflicts and gaps, each against the slow way to find it."""

from __future__ import annotations

import sys
from collections import Counter
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from small_pack import event, files, gap, row, rule, texts

from amana.core.facts import FactRow
from amana.core.policy import Pack, build_pack, decide, explain
from amana.core.policy.compare import Comparison, compare, compare_pairs

sys.path.insert(0, str(Path(__file__).parents[1] / "spec"))
import random_facts

ON = date(2018, 2, 15)
SILENT = gap("silent", "age >= :grown AND NOT ill")


def law(grown: int = 18, **more: Any) -> dict[str, Any]:
    """Children go home, the ill to a clinic; of grown people who are not ill nothing is said."""
    content = files(
        [rule("child", "age < :grown AND NOT ill", "home"), rule("ill", "ill", "clinic")], [SILENT]
    )
    content["parameters.yaml"]["grown"]["value"] = grown
    content["conflicts.yaml"] = [conflict("K1", rules=["child"]), conflict("K2", outcomes=["clinic"])]
    return content | more


def conflict(ident: str, **against: Any) -> dict[str, Any]:
    told = {"reported": texts("so"), "conflict": texts("but"), "sources": ["law/1"]}
    return {"id": ident, "against": against, **told}


def people(pack: Pack, *births: str, ill: str = "false") -> list[FactRow]:
    return [row(pack, ON, birth=birth, ill=ill) for birth in births]


def step(before: dict[str, Any], after: dict[str, Any], *rows: FactRow) -> Comparison:
    return compare(build_pack(before), build_pack(after), "care", rows, on=ON)


def test_the_matrix_counts_everybody_and_the_movers_are_those_off_its_diagonal() -> None:
    pack = build_pack(law())
    rows = [*people(pack, "2001-06-01", "2001-07-01", "2010-01-01"), *people(pack, "2019", "", "2001-06-01")]
    found = step(law(), law(16), *rows)
    counted = {(each.before, each.after): (each.count, each.ages) for each in found.matrix}
    assert counted == {
        ("home", "home"): (1, ()),
        ("home", "nothing"): (3, ((16, 3),)),
        ("invalid", "invalid"): (1, ()),
        ("undetermined", "undetermined"): (1, ()),
    }
    assert (found.people, len(found.movers)) == (6, 3)
    assert {(each.before.outcome, each.after.outcome) for each in found.movers} == {("home", "nothing")}


def test_uncertain_ages_of_movers_are_told_as_uncertain() -> None:
    pack = build_pack(law())
    found = step(law(), law(14), *people(pack, "2001-06/2002-06"))
    assert [each.ages for each in found.matrix] == [((None, 1),)]


def test_needs_and_grounds_that_change_under_one_outcome_are_counted_apart() -> None:
    after = law(18)
    after["rules/rules.yaml"][0]["id"] = "minor"
    after["conflicts.yaml"] = []
    pack = build_pack(law())
    found = step(law(), after, *people(pack, "2010"), *people(pack, "2000", ill=""))
    assert (len(found.movers), found.grounds_changed) == (0, 1)
    wider = law(18)
    wider["rules/rules.yaml"].append(rule("young", "age < 1 AND alone", "clinic", "must"))
    open_case = row(pack, ON, birth="2017-06-01", ill="false", alone="")
    undetermined = row(pack, ON, birth="", ill="false")
    found = step(law(), wider, open_case, undetermined)
    assert [(each.before.needs, each.after.needs) for each in found.needs_changed] == [
        (("age",), ("age", "alone"))
    ]


def test_conflicts_are_counted_by_the_people_they_stand_against() -> None:
    pack = build_pack(law())
    found = step(law(), law(16), *people(pack, "2001-06-01", "2010", ""), *people(pack, "2010", ill="true"))
    told = {each.conflict.id: (each.before, each.after, each.stood, each.stands) for each in found.conflicts}
    assert told == {"K1": (3, 2, True, True), "K2": (1, 1, True, True)}
    assert [each.conflict.id for each in found.conflicts_lost] == ["K1"]
    assert found.conflicts_gained == ()


def test_a_conflict_appears_with_the_rule_it_stands_against_even_against_nobody() -> None:
    after = law()
    after["rules/rules.yaml"].append(rule("alone", "alone AND age < 3", "clinic", "must"))
    after["conflicts.yaml"].append(conflict("K3", rules=["alone"]))
    found = step(law(), after, *people(build_pack(law()), "2010"))
    assert [(each.conflict.id, each.before, each.after) for each in found.conflicts_gained] == [("K3", 0, 0)]
    back = step(after, law(), *people(build_pack(law()), "2010"))
    assert [(each.conflict.id, each.stood, each.stands) for each in back.conflicts_lost] == [
        ("K3", True, False)
    ]


def test_gaps_open_and_close_as_entries_and_by_the_people_in_them() -> None:
    pack = build_pack(law())
    found = step(law(), law(16), *people(pack, "2001-06-01", "2000-03/2002-03", "1990"))
    (opened,) = found.gaps_opened
    assert opened.gap is not None
    counts = (opened.before, opened.after, opened.possibly_before, opened.possibly_after)
    assert (opened.gap.id, counts) == ("silent", (1, 2, 1, 3))
    assert [
        each.gap.id for each in step(law(16), law(), *people(pack, "2001-06-01")).gaps_closed if each.gap
    ] == ["silent"]


def test_silence_that_no_entry_describes_is_told_of_a_draft() -> None:
    draft = build_pack(law(**{"gaps.yaml": []}), draft=True)
    before = build_pack(law())
    found = compare(before, draft, "care", people(before, "1990"), on=ON)
    assert [(each.gap, each.after) for each in found.gaps_opened] == [(None, 1)]
    assert [each.gap.id for each in found.gaps_closed if each.gap] == ["silent"]


def test_a_gap_that_only_later_law_opens_is_not_open_on_the_day() -> None:
    after = law()
    after["rules/rules.yaml"][1]["in_force"] = {"until": "2018-06-01"}
    after["gaps.yaml"].append(gap("later", "ill", in_force={"from": "2018-06-01"}))
    assert step(law(), after, *people(build_pack(law()), "2010")).gaps_opened == ()
    found = compare(build_pack(law()), build_pack(after), "care", [], on=date(2018, 6, 1))
    assert [each.gap.id for each in found.gaps_opened if each.gap] == ["later"]


def test_each_pack_reads_the_facts_of_a_person_by_its_own_definitions() -> None:
    pack = build_pack(law())
    pair = (row(pack, ON, birth="2010", ill="false"), row(pack, ON, birth="2010", ill="true"))
    found = compare_pairs(pack, pack, "care", [pair], on=ON)
    assert [(each.before, each.after) for each in found.matrix] == [("home", "clinic")]


def test_a_pack_that_can_not_be_exact_says_so() -> None:
    loose = law()
    loose["rules/rules.yaml"].append(rule("late", "arrived < seen_by_doctor AND alone", "clinic", "must"))
    found = step(law(), loose, *people(build_pack(law()), "2010"))
    assert (found.exact_before, found.exact_after) == (True, False)


def shipped() -> tuple[Pack, Pack]:
    """The office's pack, and the same with the reading “until three” and no foreign children in homes."""
    from amana.apps.decisions.pack_text import PackText, text_on_disk

    text = text_on_disk("iraq_2018")
    changed = deepcopy(dict(text.files))
    changed["parameters.yaml"]["stay_with_mother_max"]["value"] = 2
    changed["rules/state-home-foreign.yaml"]["in_force"]["until"] = "2018-03-01"
    return text.pack, PackText(changed, text.extends).draft


@pytest.mark.parametrize("on", [date(2018, 1, 15), ON, date(2018, 3, 1)])
def test_a_comparison_agrees_with_deciding_and_explaining_everybody_twice(on: date) -> None:
    before, after = shipped()
    rows = list(random_facts.rows(7, 300, [on]))
    found = compare(before, after, "placement", rows, on=on)
    pairs = [[decide(pack, "placement", each) for pack in (before, after)] for each in rows]
    assert {(each.before, each.after): each.count for each in found.matrix} == Counter(
        (was.outcome, will.outcome) for was, will in pairs
    )
    assert [each.ref for each in found.movers] == [
        row.ref for row, (was, will) in zip(rows, pairs, strict=True) if was.outcome != will.outcome
    ]
    for pack, side in ((before, "before"), (after, "after")):
        stood: Counter[str] = Counter()
        for each in rows:
            stood.update(conflict.id for conflict in explain(pack, "placement", each).conflicts)
        assert {
            each.conflict.id: getattr(each, side) for each in found.conflicts if getattr(each, side)
        } == stood
        silent = sum("default" in decide(pack, "placement", each).rules for each in rows)
        assert sum(getattr(each, side) for each in found.gaps) <= silent


def test_an_event_that_is_open_counts_what_may_hold() -> None:
    content = law()
    content["rules/rules.yaml"].append(
        rule("reform", "age < :grown AND NOT ill", "clinic", "must", in_force={"from": "event:reform"})
    )
    content["sources.yaml"]["events"] = {"reform": event("2018")}
    found = step(law(), content, *people(build_pack(law()), "2010"))
    assert [(each.before, each.after) for each in found.matrix] == [("home", "undetermined")]
    assert [(each.conflict.id, each.before, each.after) for each in found.conflicts_gained] == [("K2", 0, 1)]


def test_those_a_conflict_meets_by_another_rule_than_it_names_are_told_apart() -> None:
    before, after = law(), law()
    for content in (before, after):
        content["conflicts.yaml"] = [conflict("K1", rules=["child"], outcomes=["home"])]
    after["rules/rules.yaml"].append(rule("grown", "age >= :grown AND NOT ill", "home"))
    after["gaps.yaml"] = []
    pack = build_pack(before)
    (found,) = step(before, after, *people(pack, "2010", "2011", "1990")).conflicts
    assert (found.before, found.after) == (2, 3)
    assert (found.others_before, found.others_after) == (0, 1)
