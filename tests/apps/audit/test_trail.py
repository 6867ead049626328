"""The trail: what is written stays written, chained and committed to."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.audit import commands, queries
from amana.apps.audit.models import AuditChain, AuditEntry, AuditPayload, ReadEntry, ReadSubject
from amana.apps.audit.reading import record_reading
from amana.apps.audit.recording import recording
from amana.apps.audit.trail import GENESIS, READS, WRITES, Line, append, canonical
from amana.apps.audit.verifying import anchor, count, length, verify

NOW = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(count: int, subject: str = "P-7K3QXM") -> None:
    """Some entries by the installer."""
    with recording(installer(), NOW) as log:
        for number in range(count):
            log.entry("person.added", subject, {"number": number})


def past_triggers(statement: str, *values: Any) -> None:
    """What somebody with the database in hand can do: drop the guard, then write."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)


def reasons() -> set[str]:
    """Which kinds of fault a verification finds."""
    return {fault.reason for fault in verify(WRITES)}


def test_entries_are_numbered_and_each_names_the_one_before() -> None:
    write(3)
    write(2)
    entries = list(AuditEntry.objects.order_by("chain", "sequence"))
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous == GENESIS
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert not list(verify(WRITES))


def test_a_command_that_fails_leaves_neither_record_nor_entry() -> None:
    with pytest.raises(ZeroDivisionError), recording(installer(), NOW) as log:
        log.entry("person.added", "P-7K3QXM")
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


def test_a_nested_command_joins_the_outer_one() -> None:
    other = Viewer(None, uuid.uuid4(), "registrar")
    with recording(installer(), NOW) as outer:
        outer.entry("batch.committed", "B-7K3QXM")
        with recording(other, NOW) as inner:
            inner.entry("person.added", "P-7K3QXM")
        assert not AuditEntry.objects.exists()
    assert list(AuditEntry.objects.order_by("sequence").values_list("actor", "kind")) == [
        (installer().audit_id, "batch.committed"),
        (other.audit_id, "person.added"),
    ]


def test_a_nested_command_that_fails_takes_its_entries_back() -> None:
    with recording(installer(), NOW) as outer:
        outer.entry("batch.committed", "B-7K3QXM")
        with pytest.raises(ZeroDivisionError), recording(installer(), NOW) as inner:
            inner.entry("person.added", "P-7K3QXM")
            raise ZeroDivisionError
    assert [entry.kind for entry in AuditEntry.objects.all()] == ["batch.committed"]


def test_an_instant_without_time_zone_is_refused() -> None:
    naive = datetime(2018, 2, 15)
    with pytest.raises(ValueError, match="aware"), recording(installer(), naive):
        pass


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditpayload"])
def test_the_database_itself_refuses_to_change_the_trail(table: str) -> None:
    write(1)
    column = "kind" if table.endswith("entry") else "body"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {column} = 'other'")


def test_the_database_itself_refuses_to_delete_entries() -> None:
    write(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_auditentry")


def test_the_read_log_is_guarded_alike() -> None:
    append(READS, [Line(NOW, uuid.uuid4(), "people:list", "", {"subjects": []})])
    operations = connections["operations"]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(using="operations"),
        operations.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_readentry")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "person.removed"),
        ("subject", "P-222222"),
        ("at", "2019-01-01 00:00:00+00:00"),
        ("commitment", "0" * 64),
        ("actor", "00000000000040008000000000000009"),
    ],
)
def test_a_changed_column_is_found(column: str, value: str) -> None:
    write(3)
    past_triggers(f"UPDATE audit_auditentry SET {column} = %s WHERE sequence = 2", value)
    assert "changed" in reasons()


def test_a_removed_entry_is_found() -> None:
    write(3)
    AuditPayload.objects.filter(entry__sequence=2).delete()
    past_triggers("DELETE FROM audit_auditentry WHERE sequence = 2")
    assert "missing" in reasons()


def test_a_cut_end_is_found_against_the_head() -> None:
    write(3)
    AuditPayload.objects.filter(entry__sequence=3).delete()
    past_triggers("DELETE FROM audit_auditentry WHERE sequence = 3")
    assert reasons() == {"head"}


def test_a_cut_end_with_its_head_is_found_against_an_anchor() -> None:
    write(3)
    kept = anchor(WRITES)
    second = AuditEntry.objects.get(sequence=2)
    AuditPayload.objects.filter(entry__sequence=3).delete()
    past_triggers("DELETE FROM audit_auditentry WHERE sequence = 3")
    AuditChain.objects.filter(chain=second.chain).update(sequence=2, digest=second.digest)
    assert not list(verify(WRITES))
    assert {fault.reason for fault in verify(WRITES, kept)} == {"anchor"}


def test_a_changed_payload_is_found() -> None:
    write(1)
    past_triggers("UPDATE audit_auditpayload SET body = %s", '{"number":7}')
    assert reasons() == {"payload"}


def test_the_chain_holds_after_a_payload_was_erased(operator: Viewer) -> None:
    write(3)
    with recording(operator, NOW) as log:
        assert commands.erase_words(of=["P-7K3QXM"], told_of="P-7K3QXM", reason="request", log=log) == 3
    assert not list(verify(WRITES))
    entries = queries.changes("P-7K3QXM", operator)
    assert [entry.kind for entry in entries] == ["payload.erased"] + ["person.added"] * 3
    (ranges,) = entries[0].payload["entries"].values()
    assert (entries[0].payload["count"], entries[0].payload["reason"]) == (3, "request")
    assert sum(last - first + 1 for first, last in ranges) == 3
    assert {entry.payload for entry in entries[1:]} == {None}


def test_a_payload_deleted_without_an_entry_that_says_so_is_found(operator: Viewer) -> None:
    write(3)
    AuditPayload.objects.filter(entry__sequence=2).delete()
    assert reasons() == {"gone"}
    with recording(operator, NOW) as log:
        commands.erase_words(of=["P-7K3QXM"], told_of="P-7K3QXM", reason="request", log=log)
    assert [fault.sequence for fault in verify(WRITES)] == [2]


def test_the_payload_of_an_erasure_stays_when_its_subject_is_erased_again(operator: Viewer) -> None:
    write(1)
    for _ in range(2):
        with recording(operator, NOW) as log:
            commands.erase_words(of=["P-7K3QXM"], told_of="P-7K3QXM", reason="request", log=log)
    told = [each.payload for each in queries.changes("P-7K3QXM", operator) if each.kind == "payload.erased"]
    assert [each["count"] for each in told if each] == [0, 1]
    assert not list(verify(WRITES))


def test_equal_payloads_do_not_show_as_equal() -> None:
    with recording(installer(), NOW) as log:
        log.entry("person.added", "P-7K3QXM", {"name": "Amal"})
        log.entry("person.added", "P-7K3QXM", {"name": "Amal"})
    first, second = AuditEntry.objects.values_list("commitment", flat=True)
    assert first != second


def test_the_heads_tell_how_long_the_trail_is() -> None:
    before = length(WRITES)
    write(3)
    write(2)
    assert length(WRITES) == before + 5 == count(WRITES)


def test_postgresql_has_64_chains_and_sqlite_one() -> None:
    write(1)
    assert AuditChain.objects.count() == (1 if connection.vendor == "sqlite" else 64)


def test_one_read_entry_stands_for_a_request_and_names_all_it_showed(operator: Viewer) -> None:
    operator.saw("P-7K3QXM")
    operator.saw("F-222222")
    operator.saw("P-7K3QXM")
    record_reading(operator, kind="people:list", at=NOW)
    assert ReadEntry.objects.count() == 1
    assert set(ReadSubject.objects.values_list("ref", flat=True)) == {"P-7K3QXM", "F-222222"}
    assert operator.trail == []
    assert not list(verify(READS))
    (seen,) = queries.sightings("P-7K3QXM", operator)
    assert (seen.at, seen.actor, seen.kind) == (NOW, operator.audit_id, "people:list")


def test_a_request_that_showed_nobody_leaves_no_read_entry(operator: Viewer) -> None:
    record_reading(operator, kind="law:list", at=NOW)
    assert not ReadEntry.objects.exists()


def test_the_trail_is_for_those_who_may_see_it(caseworker: Viewer, outsider: Viewer) -> None:
    from amana.apps.accounts.viewers import NotForYou

    for viewer in (caseworker, outsider):
        with pytest.raises(NotForYou):
            queries.changes("P-7K3QXM", viewer)
        with pytest.raises(NotForYou):
            queries.sightings("P-7K3QXM", viewer)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text(), json_values, max_size=5))
def test_canonical_text_does_not_depend_on_the_order_of_keys(payload: dict[str, Any]) -> None:
    assert canonical(payload) == canonical(dict(reversed(payload.items())))


def test_a_payload_of_anything_but_plain_values_is_refused() -> None:
    with pytest.raises(TypeError, match="timedelta"):
        canonical({"wait": timedelta(days=1)})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=6))
def test_whatever_is_appended_verifies(db: None, lines: list[tuple[str, str]]) -> None:
    clean = [(a.replace("\0", ""), b.replace("\0", "")) for a, b in lines]
    append(WRITES, [Line(NOW, uuid.uuid4(), kind, subject, {"text": kind}) for kind, subject in clean])
    assert not list(verify(WRITES))
