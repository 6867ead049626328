"""The invented list on the real path: read in the sandbox, committed, decided; what interruptions leave."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amana.casework.listing import ListRead, read_list
from amana.exchange.demonstration import LISTED_ON, Family, Member, WrittenList, invent, write_list
from amana.exchange.sheets import read_workbook
from amana.exchange.vocabulary import intake_vocabulary

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def families() -> tuple[Family, ...]:
    return invent(300, seed=3)


@pytest.fixture(scope="module")
def written(families: tuple[Family, ...], tmp_path_factory: pytest.TempPathFactory) -> WrittenList:
    return write_list(tmp_path_factory.mktemp("list") / "list.xlsx", families, seed=3)


@pytest.fixture(scope="module")
def reading(written: WrittenList) -> ListRead:
    workbook = read_workbook(written.path)
    return read_list(workbook, listed_on=LISTED_ON, vocabulary=intake_vocabulary())


def by_name(families: tuple[Family, ...]) -> dict[tuple[str | None, str], Member]:
    return {
        (family.label, name): member
        for family in families
        for member in family.members
        for name in (member.name.latin, member.name.arabic)
    }


def test_every_row_is_read_as_it_was_meant(families: tuple[Family, ...], reading: ListRead) -> None:
    people = by_name(families)
    for row in reading.rows:
        if row.status not in ("ok", "warning"):
            continue
        meant = people.get((row.family, row.name_latin)) or people[(row.family, row.name_ar)]
        assert row.birth is not None
        assert row.birth.earliest is not None
        assert row.birth.earliest <= meant.birth <= (row.birth.latest or LISTED_ON), row.birth_stated
        assert (row.sex, row.relation, row.arrived) == (meant.sex, meant.relation, meant.arrived)
        assert bool(row.pregnant) == (meant.pregnant is not None)
        assert row.nationality <= frozenset(meant.nations)


def test_rows_with_mistakes_are_held_back_and_repeated_ones_told_apart(
    written: WrittenList, reading: ListRead
) -> None:
    statuses = Counter(row.status for row in reading.rows)
    assert statuses["ok"] + statuses["warning"] == written.people
    assert statuses["duplicate"] == written.repeated
    codes = {code.code for row in reading.rows if row.status == "error" for code in row.messages}
    assert set(written.held_back) <= codes


@pytest.mark.django_db
def test_an_interrupted_preparation_is_taken_up_where_it_stopped() -> None:
    from amana.apps.registry import queries
    from amana.exchange.demonstration import office

    office.open_demonstration((), at=AT)
    list_of_30 = office.write(30, 1)
    assert "30 people in" in office.take_in(list_of_30, at=AT, progress=lambda *_: None)
    # Here the first run ended.
    office.open_demonstration((), at=AT)
    assert "30 people already" in office.take_in(list_of_30, at=AT, progress=lambda *_: None)
    assert office.tell_what_happened(1, at=AT).startswith("deaths 1")
    assert office.tell_what_happened(1, at=AT) == "recorded before"
    assert len(queries.batches(office.operator())) == 1


def test_the_list_is_kept_where_the_office_keeps_its_files() -> None:
    from django.conf import settings

    from amana.exchange.demonstration import office

    assert office.write(12, 9).path.parent == Path(settings.HOME)
