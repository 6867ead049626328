"""What differs between two packs: nothing for equal ones, and every change with what it was and is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.decisions.packs import SHIPPED, find_pack, shipped_packs
from amana.core.policy import Pack
from amana.core.policy.diff import CASES, FieldChange, pack_diff
from amana.wording.pack_diff import diff_table

MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}
PACKS = st.sampled_from([find_pack(name) for name in shipped_packs()])


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """`edited(file, old, new)` changes a copy of iraq_2018 and gives its folder."""

    def change(file: str, old: str, new: str) -> Path:
        copy = Path(shutil.copytree(SHIPPED / "iraq_2018", tmp_path / "iraq_2018", dirs_exist_ok=True))
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new), encoding="utf-8")
        return copy

    return change


@pytest.mark.parametrize("name", shipped_packs())
def test_a_pack_equals_itself(name: str) -> None:
    assert pack_diff(find_pack(name), find_pack(name)).equal


@given(PACKS, PACKS)
def test_what_one_way_adds_the_other_way_takes_out(one: Pack, other: Pack) -> None:
    there, back = pack_diff(one, other), pack_diff(other, one)
    seen = {(each.kind, each.id, each.change) for each in there.entries}
    assert seen == {(each.kind, each.id, MIRRORED[each.change]) for each in back.entries}
    assert {(f.key, repr(f.before), repr(f.after)) for f in there.head} == {
        (f.key, repr(f.after), repr(f.before)) for f in back.head
    }
    assert there.equal == (one.id == other.id)


def test_a_pack_that_stands_on_another_differs_only_by_what_it_says_itself() -> None:
    found = pack_diff(find_pack("iraq_2018"), find_pack("iraq_moj_statement"))
    said = {(each.kind, each.id) for each in found.entries if each.kind != CASES}
    pack = find_pack("iraq_moj_statement")
    own = {
        (kind, name)
        for kind, all_ in pack.entries.items()
        for name in all_
        if pack.origin(kind, name) == pack.id
    }
    assert said == own


def test_a_changed_value_is_told_in_words_with_what_it_was_and_what_reads_it(
    edited: Callable[..., Path],
) -> None:
    after = find_pack(edited("parameters.yaml", "[IRQ, PSE]", "[IRQ]"))
    (change,) = pack_diff(find_pack("iraq_2018"), after).of("parameters")
    assert change.fields == (FieldChange("value", ["IRQ", "PSE"], ["IRQ"]),)
    assert change.read_by == ("state-home-1980", "foreign-children-before-amendment", "S17")
    with translation.override("en"):
        (section,) = diff_table(find_pack("iraq_2018"), after).sections
    assert section.rows[0][2:] == ("Value", "Iraq, Palestine", "Iraq")


def test_a_text_changed_in_one_language_only_is_told_in_the_other_too(edited: Callable[..., Path]) -> None:
    after = find_pack(edited("rules/adult.yaml", "  ar: بلغ", "  ar: أدرك"))
    with translation.override("en"):
        (rules,) = diff_table(find_pack("iraq_2018"), after).sections
    assert rules.rows[0][:3] == ("changed", "adult", "Why (in another language)")


def test_a_limit_on_acting_is_told_as_a_difference_of_the_answer(edited: Callable[..., Path]) -> None:
    old = "        en: not a child\n        ar: ليس طفلاً\n        harsh: false"
    after = find_pack(edited("pack.yaml", old, old.replace("false", "true")))
    with translation.override("en"):
        (section,) = diff_table(find_pack("iraq_2018"), after).sections
    _change, entry, what, was, now = section.rows[0]
    assert (entry, what) == ("“Placement”", "Answer: “not a child”")
    assert "Only on facts that are supported or better: no" in was
    assert "Only on facts that are supported or better: yes" in now


def test_interim_handling_and_conflicts_are_told_by_what_they_are_about(edited: Callable[..., Path]) -> None:
    after = find_pack(edited("pack.yaml", "Nobody is moved on", "No child is moved on"))
    with translation.override("en"):
        (section,) = diff_table(find_pack("iraq_2018"), after).sections
    (row,) = section.rows
    assert row[2] == "Meanwhile"
    assert row[4].startswith("“stays with the mother”: No child is moved on")


def test_the_order_of_facts_is_a_difference_because_it_breaks_ties(edited: Callable[..., Path]) -> None:
    folder = edited("facts.yaml", "# What", "# what")
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    head, sex = text.split("\nsex:\n")
    sex, rest = sex.split("\nnationality:\n")
    (folder / "facts.yaml").write_text(f"{head}\nnationality:\n{rest}\nsex:\n{sex}\n", encoding="utf-8")
    found = pack_diff(find_pack("iraq_2018"), find_pack(folder))
    assert [change.key for change in found.head] == ["facts"]
    assert not found.entries


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("other", ["iraq_moj_statement", "receiving_generic", "international"])
def test_every_entry_that_differs_stands_in_the_document(other: str, language: str) -> None:
    before, after = find_pack("iraq_2018"), find_pack(other)
    found = pack_diff(before, after)
    with translation.override(language):
        table = diff_table(before, after)
    rows = sum(len(section.rows) for section in table.sections)
    assert rows >= len({(each.kind, each.id) for each in found.entries if each.kind != CASES})
    assert all(len(row) == len(section.headings) for section in table.sections for row in section.rows)


def test_an_entry_that_takes_the_place_of_an_inherited_one_says_whose() -> None:
    before, after = find_pack("iraq_2018"), find_pack("iraq_moj_statement")
    changed = {each.id: each.replaces for each in pack_diff(before, after).of("rules")}
    assert changed["infant-with-mother"] == "iraq_2018"
    (rules,) = (part for part in diff_table(before, after).sections if part.title == "Rules")
    entries = {row[1] for row in rules.rows}
    assert "infant-with-mother\ntakes the place of that of iraq_2018" in entries


def test_a_new_fact_changes_no_worked_case_that_leaves_it_empty(edited: Callable[..., Path]) -> None:
    added = (
        "arrived: {type: date, kind: person, label: {en: arrival, ar: وصول}, class: C2, purpose: p, "
        "retention: case, question: {en: When, ar: متى}, evidence_how: {en: Stamp, ar: ختم}}\n"
    )
    after = find_pack(edited("facts.yaml", "\nsex:\n", f"\n{added}sex:\n"))
    found = pack_diff(find_pack("iraq_2018"), after)
    assert [(each.kind, each.id, each.change) for each in found.entries] == [("facts", "arrived", "added")]
