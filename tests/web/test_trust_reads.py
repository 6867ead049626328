"""The read log: whoever is shown is in it, once a request, and what it says can't be thinned out unseen."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from small_family import settle

from amana.apps.audit.models import AuditEntry, AuditPayload, ReadEntry, ReadPayload, ReadSubject
from amana.apps.audit.queries import sightings
from amana.apps.audit.trail import READS, WRITES
from amana.apps.audit.verifying import anchor, verify


@pytest.fixture
def settled(cast: SimpleNamespace) -> SimpleNamespace:
    return settle(cast.registrar)


def logged(client: Client, address: str, **headers: str) -> list[set[str]]:
    """The subjects of each entry that one request wrote."""
    before = set(ReadEntry.objects.values_list("pk", flat=True))
    client.get(address, headers=headers)
    new = ReadEntry.objects.exclude(pk__in=before).order_by("pk")
    return [set(ReadSubject.objects.filter(entry=each).values_list("ref", flat=True)) for each in new]


@pytest.mark.parametrize("tab", ["", "identity/", "family/", "placement/", "history/"])
def test_each_tab_of_a_case_writes_one_entry_with_its_person(
    tab: str, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    (subjects,) = logged(signed_in("supervisor"), f"/people/{settled.yusuf}/{tab}")
    assert settled.yusuf in subjects


def test_the_people_list_writes_everybody_it_shows_and_nobody_else(
    settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("caseworker")
    (subjects,) = logged(client, "/people/?q=Karim")
    assert subjects == {settled.zarina, settled.nilufar, settled.idris}
    assert logged(client, "/people/?q=nobody-of-this-name") == []


def test_a_batch_and_its_download_say_who_read_the_rows_held_back(
    settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    client = signed_in("registrar")
    assert logged(client, f"/register/{settled.batch}/") == [{settled.batch}]
    assert logged(client, f"/register/{settled.batch}/held-back.csv") == [{settled.batch}]


def test_pages_that_show_nobody_and_refusals_write_nothing(
    settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    assert logged(signed_in("supervisor"), "/law/") == []
    assert logged(signed_in("administrator"), f"/people/{settled.yusuf}/") == []
    assert logged(signed_in("supervisor"), "/people/P-222222/") == []


def test_who_saw_a_person_names_the_account_and_the_page(
    settled: SimpleNamespace, signed_in: Callable[..., Client], cast: SimpleNamespace
) -> None:
    signed_in("caseworker").get(f"/people/{settled.yusuf}/placement/")
    found = sightings(settled.yusuf, cast.monitor)
    assert (found[0].actor, found[0].kind) == (cast.caseworker.audit_id, "case:placement-show")
    page = signed_in("supervisor").get(f"/people/{settled.yusuf}/history/").content.decode()
    assert "Layla Nasser" in page and "case, placement" in page
    other = signed_in("registrar").get(f"/people/{settled.yusuf}/history/").content.decode()
    assert "Layla Nasser" not in other


def test_taking_somebody_out_of_who_saw_is_found(
    settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    signed_in("caseworker").get(f"/people/{settled.yusuf}/")
    assert list(verify(READS)) == []
    ReadSubject.objects.filter(ref=settled.yusuf).delete()
    assert {fault.reason for fault in verify(READS)} == {"index"}


def test_putting_somebody_into_who_saw_is_found(
    settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    signed_in("caseworker").get(f"/people/{settled.yusuf}/")
    entry = ReadEntry.objects.get()
    ReadSubject.objects.create(entry=entry, ref=settled.idris)
    assert {fault.reason for fault in verify(READS)} == {"index"}


@pytest.mark.parametrize("model", [AuditEntry, ReadEntry, AuditPayload, ReadPayload])
def test_raw_sql_can_not_change_an_entry_nor_delete_one(
    model: Any, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    signed_in("caseworker").get(f"/people/{settled.yusuf}/")
    table, payload = model._meta.db_table, model in {AuditPayload, ReadPayload}
    tries = [f"UPDATE {table} SET {'body' if payload else 'kind'} = 'x'"]
    tries += [] if payload else [f"DELETE FROM {table}"]
    alias = READS.alias if model in {ReadEntry, ReadPayload} else "default"
    for statement in tries:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(using=alias),
            connections[alias].cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize("trail", [WRITES, READS], ids=["writes", "reads"])
def test_an_end_cut_off_with_its_head_shows_against_an_anchor_alone(
    trail: Any, settled: SimpleNamespace, signed_in: Callable[..., Client]
) -> None:
    for _ in range(3):
        signed_in("caseworker").get(f"/people/{settled.yusuf}/")
    kept = anchor(trail)
    chain, (sequence, _) = max(kept.items(), key=lambda each: each[1][0])
    head = trail.head._default_manager.get(chain=chain)
    before = trail.entry._default_manager.filter(chain=chain, sequence=sequence - 1).first()
    gone = trail.entry._default_manager.filter(chain=chain, sequence=sequence)
    with connections[trail.alias].cursor() as cursor:
        table, sqlite = trail.entry._meta.db_table, cursor.db.vendor == "sqlite"
        guard = f"{table}_no_delete"
        cursor.execute(f"DROP TRIGGER {guard}" if sqlite else "SET LOCAL session_replication_role = replica")
    if trail is READS:
        ReadSubject.objects.filter(entry__in=gone.values("pk")).delete()
    trail.payload._default_manager.filter(entry__in=gone.values("pk")).delete()
    gone.delete()
    head.sequence, head.digest = sequence - 1, before.digest if before else "0" * 64
    head.save()
    assert [fault.reason for fault in verify(trail, kept)] == ["anchor"]
