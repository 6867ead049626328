"""What a list says of pregnancies is sealed, a flag to who may know, and told by no row's being there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from registered import AT
from small_lists import a_list, day, row

from amana.apps.audit.key_models import CaseKey
from amana.apps.audit.models import AuditPayload
from amana.apps.registry import care, queries
from amana.apps.registry.models import Claim, ListedRow, Person
from amana.casework import intake
from amana.casework.listing import ColumnGuess, ListRead

pytestmark = pytest.mark.django_db
BACK = ("registry", "0003_sealed_assignments")
SAYS = "yes-canary-five-months"


def listed() -> ListRead:
    """A pregnant woman, one of whom nothing is written, an old list's boy and a small girl."""
    asked = ColumnGuess(3, "Preg.", "pregnant", "heading", (), True)
    rows = (
        row(
            1,
            "Amina Karimova",
            "wife_mother",
            birth=day("1990-01-01"),
            pregnant=True,
            original={"Preg.": SAYS},
        ),
        row(2, "Zarina Karimova", "wife_mother", "2", birth=day("1992-01-01"), original={"Preg.": ""}),
        row(3, "Yusuf Karimov", "son", birth=day("2012-01-01"), original={"Preg.": ""}),
        row(4, "Maryam Karimova", "daughter", birth=day("2016-01-01"), original={"Preg.": ""}),
    )
    return replace(a_list(*rows), columns=(asked,))


def forth() -> None:
    """Every table as this version has it."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def raw() -> str:
    """Every value of the two tables and of the trail."""
    found = []
    for table in ("registry_claim", "registry_listedrow", "audit_auditpayload"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            found += [repr([plain(each) for each in row]) for row in cursor]
    return "\n".join(found)


def claims_of(viewer: Any, name: str) -> dict[str, tuple[bool | None, str]]:
    ref = Person.objects.get(name_latin=name).ref
    return {
        each.attribute: (each.flag, each.stated)
        for each in queries.claims(viewer, ref)
        if each.attribute == "pregnant"
    }


def test_neither_database_nor_trail_says_who_is_pregnant(committed: Callable[..., Any]) -> None:
    committed(listed())
    assert SAYS not in raw()
    told = Claim.objects.filter(attribute="pregnant")
    assert {(each.flag, each.stated) for each in told} == {(None, "")}
    assert {each.person.name_latin for each in told} == {"Amina Karimova", "Zarina Karimova"}
    assert len({len(each.__dict__["sealed"]) for each in told}) == 1
    rows = ListedRow.objects.order_by("number")
    assert [each.sealed is not None for each in rows] == [True, True, False, False]
    assert len({len(each.__dict__["sealed"]) for each in rows if each.sealed}) == 1
    assert not any("Preg." in each.original for each in rows)
    assert "Preg" not in "".join(AuditPayload.objects.values_list("body", flat=True))


def test_who_may_know_is_told_and_nobody_is_told_of_those_of_whom_nothing_is_said(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    batch = committed(listed()).batch
    assert claims_of(cast.caseworker, "Amina Karimova") == {"pregnant": (True, SAYS)}
    assert claims_of(cast.caseworker, "Zarina Karimova") == {}
    assert claims_of(cast.supervisor, "Amina Karimova") == {}
    cells = queries.listed_rows(cast.registrar, batch)[0].original
    assert cells["Preg."] == SAYS
    assert "Preg." not in queries.listed_rows(cast.supervisor, batch)[0].original


def test_the_mark_of_a_pregnancy_is_for_who_may_know_of_it_and_for_her_own_people(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    committed(listed())
    refs = dict(Person.objects.values_list("name_latin", "ref"))
    assert care.expecting(cast.caseworker, refs.values()) == {refs["Amina Karimova"]}
    assert cast.caseworker.trail[-1:] == [refs["Amina Karimova"]]
    for viewer in (cast.supervisor, cast.facility_manager, cast.other_caseworker):
        assert not care.expecting(viewer, refs.values())


def test_the_same_list_is_known_again_also_by_the_identity_of_earlier_versions(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    committed(listed())
    assert committed(listed()).batch is None
    from amana.apps.audit.recording import recording

    told = listed().rows[0]
    kept = ListedRow.objects.get(number=1)
    with recording(cast.registrar, AT):
        kept_under = told.earlier_identity(kept.batch.sender, kept.batch.listed_on)
        assert kept_under != kept.identity
        ListedRow.objects.filter(pk=kept.pk).update(identity=kept_under)
    assert committed(listed()).batch is None and Person.objects.count() == 4


def test_taking_a_list_back_takes_its_key_too(committed: Callable[..., Any], cast: SimpleNamespace) -> None:
    batch = committed(listed()).batch
    assert CaseKey.objects.filter(case=batch).count() == 1
    assert intake.undo(batch, by=cast.registrar, at=AT).undone
    assert not CaseKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_stood_in_the_clear_is_sealed_by_the_migration_and_comes_back_by_its_reverse(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    batch = committed(listed()).batch
    MigrationExecutor(connection).migrate([BACK])
    try:
        assert raw().count(SAYS) == 2
    finally:
        forth()
    assert SAYS not in raw()
    assert claims_of(cast.caseworker, "Amina Karimova") == {"pregnant": (True, SAYS)}
    assert queries.listed_rows(cast.registrar, batch)[0].original["Preg."] == SAYS
