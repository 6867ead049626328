"""Why a case was assigned, offered or taken back is sealed, stands in no trail, and survives the migration
that sealed what stood in the clear.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from registered import AT, TODAY
from small_lists import one_family

from amana.apps.audit.key_models import CaseKey
from amana.apps.audit.models import AuditPayload
from amana.apps.registry.caseloads import assignments
from amana.apps.registry.models import Person
from amana.apps.registry.relations import Assignment
from amana.casework import caseload, intake

pytestmark = pytest.mark.django_db
WHY = "Her uncle waits at the gate."
BACK = ("registry", "0002_assignments_and_reach")


def handed_on(cast: SimpleNamespace) -> str:
    ref = Person.objects.order_by("ref").values_list("ref", flat=True)[0]
    when: dict[str, Any] = {"at": AT, "on": TODAY}
    made = caseload.hand_on(ref, to=cast.other_caseworker.user_id, reason=WHY, by=cast.caseworker, **when)
    caseload.revoke(made, reason=f"Not now. {WHY}", by=cast.caseworker, **when)
    return ref


def forth() -> None:
    """Every table as this version has it."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def raw() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM registry_assignment")
        return repr(
            [[bytes(each) if isinstance(each, memoryview) else each for each in row] for row in cursor]
        )


def test_who_reads_the_case_reads_why_and_neither_database_nor_trail_says_it(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    committed(one_family())
    ref = handed_on(cast)
    offer = next(each for each in assignments(cast.caseworker, ref) if each.kind == "offer")
    assert (offer.purpose, offer.reason) == (WHY, f"Not now. {WHY}")
    told = "".join(AuditPayload.objects.values_list("body", flat=True))
    assert "uncle" not in raw() + told


def test_cases_given_to_an_official_at_once_say_why_each_for_itself(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    committed(one_family())
    refs = list(Person.objects.values_list("ref", flat=True))
    caseload.assign(
        refs, to=cast.caseworker.user_id, reason=WHY, by=cast.supervisor, at=AT + timedelta(hours=1), on=TODAY
    )
    rows = Assignment.objects.filter(kind="case", ended_on__isnull=True)
    assert {row.reason for row in rows} == {WHY} and "uncle" not in raw()
    assert len({bytes(row.__dict__["reason"]) for row in rows}) == len(refs)


def test_the_data_keys_of_a_batch_go_when_it_is_taken_back(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    batch = committed(one_family()).batch
    refs = list(Person.objects.values_list("ref", flat=True))
    later = AT + timedelta(hours=1)
    caseload.assign(refs, to=cast.caseworker.user_id, reason=WHY, by=cast.supervisor, at=later, on=TODAY)
    assert CaseKey.objects.filter(case__in=refs).count() == len(refs)
    assert intake.undo(batch, by=cast.registrar, at=later).undone
    assert not CaseKey.objects.filter(case__in=refs).exists()


@pytest.mark.django_db(transaction=True)
def test_what_stood_in_the_clear_is_sealed_by_the_migration_and_comes_back_by_its_reverse(
    committed: Callable[..., Any], cast: SimpleNamespace
) -> None:
    committed(one_family())
    ref = handed_on(cast)
    MigrationExecutor(connection).migrate([BACK])
    try:
        assert raw().count(WHY) == 2
    finally:
        forth()
    assert "uncle" not in raw()
    row = Assignment.objects.get(person=ref, kind="offer")
    assert (row.purpose, row.reason) == (WHY, f"Not now. {WHY}")
