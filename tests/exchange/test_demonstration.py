"""The invented list: the same for the same seed, in the promised proportions, and with nobody real in it."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from amana.core.dates import age_on
from amana.exchange.demonstration import (
    LISTED_ON,
    STANDS_ON,
    Family,
    Member,
    invent,
    nationality_mix,
    write_list,
)
from amana.exchange.demonstration.nations import nations
from amana.exchange.demonstration.population import AGE_BANDS, apportion


@pytest.fixture(scope="module")
def families() -> tuple[Family, ...]:
    return invent()


def members(families: tuple[Family, ...]) -> list[Member]:
    return [member for family in families for member in family.members]


def test_same_seed_writes_the_same_file_byte_for_byte(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_list(first, invent(90, seed=7), seed=7)
    write_list(second, invent(90, seed=7), seed=7)
    assert first.read_bytes() == second.read_bytes()


def test_another_seed_invents_other_people() -> None:
    assert invent(60, seed=1) != invent(60, seed=2)


def test_fifteen_hundred_people_follow_the_nationality_table(families: tuple[Family, ...]) -> None:
    women = Counter(f.nation for f in families for m in f.members if m.is_woman)
    children = Counter(f.nation for f in families for m in f.members if not m.is_woman)
    assert {share.code: (share.women, share.children) for share in nationality_mix()} == {
        code: (women[code], children[code]) for code in nations()
    }
    assert (len(women), women.total(), children.total()) == (20, 500, 1000)


def test_ages_of_children_follow_the_bands(families: tuple[Family, ...]) -> None:
    ages = [age_on(m.birth, STANDS_ON) for m in members(families) if not m.is_woman]
    for (first, last), percent in AGE_BANDS.items():
        assert sum(first <= age <= last for age in ages) == pytest.approx(percent * 10, abs=1)


@given(people=st.integers(12, 400), seed=st.integers(0, 2**32))
def test_any_size_and_seed_gives_that_many_people_who_could_be_a_family(people: int, seed: int) -> None:
    families = invent(people, seed)
    assert len(members(families)) == people
    assert sum(member.is_woman for member in members(families)) == round(people / 3)
    for family in families:
        assert all(member.birth < LISTED_ON <= STANDS_ON for member in family.members)
        assert all(member.birth <= member.arrived <= LISTED_ON for member in family.members)
        women = [member for member in family.members if member.is_woman]
        children = [member for member in family.members if not member.is_woman]
        assert all(age_on(woman.birth, STANDS_ON) >= 18 for woman in women)
        if women and children:
            assert age_on(women[0].birth, children[0].birth) >= 15
        assert all(earlier.birth <= later.birth for earlier, later in pairwise(children))


def test_siblings_are_months_apart_or_twins(families: tuple[Family, ...]) -> None:
    gaps = [
        later.birth - earlier.birth
        for family in families
        for earlier, later in pairwise([m for m in family.members if not m.is_woman])
    ]
    assert sum(not (gap == timedelta(0) or gap >= timedelta(days=270)) for gap in gaps) <= len(gaps) // 100


def test_the_office_shows_every_situation(families: tuple[Family, ...]) -> None:
    people = members(families)
    women_in = Counter(sum(member.is_woman for member in family.members) for family in families)
    assert women_in[0] >= 10
    assert women_in[2] >= 5
    assert 20 <= sum(member.pregnant is not None for member in people) <= 80
    assert 250 <= sum(not member.father_named for member in people) <= 450
    assert 10 <= sum(len(member.nations) > 1 for member in people) <= 80


def test_too_few_people_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 12 people"):
        invent(11)


@given(st.integers(0, 5000), st.dictionaries(st.integers(), st.integers(1, 500), min_size=1, max_size=30))
def test_apportioned_numbers_sum_to_the_whole_and_stay_within_one(
    total: int, weights: dict[int, int]
) -> None:
    shares = apportion(total, weights)
    assert sum(shares.values()) == total
    for key, weight in weights.items():
        assert abs(shares[key] - total * weight / sum(weights.values())) < 1 + 1e-9


def test_every_nation_has_names_in_two_scripts_and_spellings() -> None:
    assert set(nations()) == {share.code for share in nationality_mix()}
    for nation in nations().values():
        assert len(nation.female) >= 12
        assert len(nation.male) >= 12
        assert len(nation.family) >= 8
        assert nation.code in nation.written
        for name in (*nation.female, *nation.male, *nation.family):
            assert all(letter.isalpha() and letter < "\u0590" for letter in name.latin.replace(" ", ""))
            assert all("\u0600" <= letter <= "\u06ff" for letter in name.arabic.replace(" ", ""))


def test_no_name_is_typed_in_by_hand(families: tuple[Family, ...]) -> None:
    """Each full name is put together from the tables of its nation; none is copied from a list."""
    for family in families:
        nation = nations()[family.nation]
        parts = {name.latin for name in (*nation.female, *nation.male)}
        stems = [(name, sex) for name in nation.family for sex in ("male", "female")]
        surnames = {nation.family_name(name, sex).latin for name, sex in stems}
        for member in family.members:
            surname = next(name for name in surnames if member.name.latin.endswith(f" {name}"))
            rest = member.name.latin.removesuffix(f" {surname}")
            assert rest in parts | {f"{own} {fathers}" for own in parts for fathers in parts}


def test_the_sheet_says_that_nobody_in_it_exists(tmp_path: Path) -> None:
    written = write_list(tmp_path / "list.xlsx", invent(60))
    rows = CalamineWorkbook.from_path(written.path).get_sheet_by_index(0).to_python()
    assert "nobody in it exists" in rows[1][0]


def test_a_sheet_is_messy_as_promised(tmp_path: Path, families: tuple[Family, ...]) -> None:
    written = write_list(tmp_path / "list.xlsx", families)
    assert (written.people, len(written.held_back)) == (1500, 5)
    assert written.repeated >= 4
    with zipfile.ZipFile(written.path) as archive:
        assert b"mergeCell " in archive.read("xl/worksheets/sheet1.xml")
    rows = CalamineWorkbook.from_path(written.path).get_sheet_by_index(0).to_python()
    numbers = [row[0] for row in rows[5:] if isinstance(row[0], float)]
    assert len(numbers) == 1500 + len(written.held_back) + written.repeated
    assert numbers[-1] > len(numbers), "some numbers are missing"
    births = "\n".join(str(row[6]) for row in rows[5:] if row[6])
    for mark in ("هـ", "about", "~", "حوالي", "٢٠١", "/", ".", "2014-", "31/02/2014"):
        assert mark in births, mark


def test_a_small_list_has_no_mistakes_to_correct(tmp_path: Path) -> None:
    written = write_list(tmp_path / "list.xlsx", invent(12))
    assert (written.held_back, written.repeated) == ((), 0)
