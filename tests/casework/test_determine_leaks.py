"""Where the texts of determinations go: into their tables, sealed, and to nobody else. What follows from them
elsewhere is told in codes, flags and days.
"""

from __future__ import annotations

import logging
from typing import Any

import pytest
from determined import (
    CANARY,
    acting,
    approved,
    ask,
    assessed,
    complete,
    family,
    judged,
    reported,
    separation,
)
from django.apps import apps
from django.db import connections
from registered import TODAY

from amana.apps.audit.models import AuditEntry
from amana.apps.determinations import queries
from amana.casework import determine, sweep
from amana.casework.determine import Incomplete

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db

OWN = "determinations"
WORDS = f"Said as a sentence: {CANARY}"


def everything(family: dict[str, str], ask: Any, caseworker: Any, supervisor: Any) -> None:
    """A case in which every command was used, with the canary in every text."""
    person = family["Farid"]
    assessed(person, caseworker)
    judged(person, caseworker)
    reported(person, caseworker, reasons=CANARY, citations=(CANARY,), evidence=(CANARY,))
    why = {"reason": WORDS, "seen_version": None}
    first, second, third = ask("Farid"), ask("Farid", **separation()), ask("Farid")
    determine.withdraw(second, **why, **acting(caseworker))
    determine.reject(third, **why, **acting(supervisor))
    determine.approve(first, **why, **acting(supervisor))
    determine.appeal(first, lodged_by="mother", lodged_on=TODAY, ground=WORDS, **acting(caseworker))
    ended = {"outcome": "upheld", "body": "court", "decided_on": TODAY, "reasons": WORDS}
    determine.decide_appeal(first, **ended, **acting(caseworker))


def rows_with(text: str, table: str, alias: str) -> int:
    """How many rows of a table hold the text in any column, as the database stores it."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return sum(
            text.encode() in (bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode())
            for row in cursor.fetchall()
            for value in row
        )


def test_no_other_table_holds_a_word_of_it(family, ask, caseworker, supervisor) -> None:
    everything(family, ask, caseworker, supervisor)
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != OWN and model._meta.managed:
            for alias in connections:
                if model._meta.db_table in connections[alias].introspection.table_names():
                    assert not rows_with(CANARY, model._meta.db_table, alias), model._meta.label


def test_in_their_own_tables_sealed_words_stand_in_no_column_in_the_clear(
    family, ask, caseworker, supervisor
) -> None:
    """In the clear stand the names of the panel and of bodies, and what is of a court's class."""
    everything(family, ask, caseworker, supervisor)
    for label in ("Approval", "Appeal"):
        assert not rows_with(CANARY, apps.get_model(OWN, label)._meta.db_table, "default")


def test_the_trail_tells_that_it_was_done_and_by_which_reference(family, ask, caseworker, supervisor) -> None:
    everything(family, ask, caseworker, supervisor)
    told = AuditEntry.objects.filter(subject=family["Farid"], kind__startswith="determination.")
    assert set(told.values_list("kind", flat=True)) == {
        "determination.recorded",
        "determination.requested",
        "determination.withdrawn",
        "determination.rejected",
        "determination.approved",
        "determination.under_appeal",
        "determination.upheld",
    }
    for body in told.values_list("payload__body", flat=True):
        assert CANARY not in body
        assert '"determination":"D-' in body


def test_neither_findings_nor_logs_nor_refusals_repeat_it(
    family, ask, caseworker, supervisor, caplog
) -> None:
    with caplog.at_level(logging.DEBUG):
        everything(family, ask, caseworker, supervisor)
        watched = sweep.stand(caseworker, family["Farid"], TODAY)
        with pytest.raises(Incomplete) as refused:
            determine.ask_determination(
                family["Farid"], **complete(grounds=(CANARY,), reasons=CANARY * 500), **acting(caseworker)
            )
    assert watched
    assert CANARY not in repr(watched)
    assert CANARY not in caplog.text
    assert CANARY not in f"{refused.value!r} {refused.value.faults!r}"


def test_what_waits_is_listed_without_a_word_of_it(ask, supervisor) -> None:
    ask("Farid", **separation())
    assert CANARY not in repr(queries.waiting(supervisor))
