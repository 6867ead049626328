"""What the tables themselves refuse, whoever writes: a first person who approves, an approval changed or
deleted, a determination in force that nobody approved.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from determined import CANARY, acting, approved, ask, family
from django.db import DatabaseError, IntegrityError, connection, transaction
from registered import AT

from amana.apps.accounts.viewers import installer
from amana.apps.audit import resealing
from amana.apps.audit.recording import recording
from amana.apps.determinations.models import Approval, Determination
from amana.casework import determine

__all__ = ["approved", "ask", "family"]
pytestmark = pytest.mark.django_db


def written(action: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(action)


@pytest.mark.parametrize(
    "action",
    ["UPDATE determinations_approval SET step = 'rejected'", "DELETE FROM determinations_approval"],
)
def test_an_approval_is_kept_for_ever(approved, action: str) -> None:
    approved("Farid")
    with pytest.raises(DatabaseError, match="kept as it was written"):
        written(action)
    assert sorted(Approval.objects.values_list("step", flat=True)) == ["approved", "requested"]


def test_no_row_says_that_the_requester_approved(ask, caseworker) -> None:
    ref = ask("Farid")
    same = {"by": caseworker.audit_id, "requested_by": caseworker.audit_id}
    for step in ("approved", "rejected"):
        with (
            pytest.raises(IntegrityError),
            recording(caseworker, AT),
        ):
            Approval.objects.create(
                determination_id=ref, step=step, role="caseworker", at=AT, on=AT.date(), **same
            )


def test_a_withdrawal_by_another_is_no_row(ask, caseworker) -> None:
    ref = ask("Farid")
    with pytest.raises(IntegrityError), recording(caseworker, AT):
        Approval.objects.create(
            determination_id=ref,
            step="withdrawn",
            by=uuid4(),
            requested_by=caseworker.audit_id,
            role="caseworker",
            at=AT,
            on=AT.date(),
        )


def test_a_determination_is_closed_once(approved, supervisor) -> None:
    ref = approved("Farid")
    with pytest.raises(IntegrityError), recording(supervisor, AT):
        Approval.objects.create(
            determination_id=ref,
            step="rejected",
            by=uuid4(),
            requested_by=supervisor.audit_id,
            role="supervisor",
            at=AT,
            on=AT.date(),
        )


@pytest.mark.parametrize(
    "state", ["approved", "rejected", "upheld", "under_appeal", "overturned", "superseded"]
)
@pytest.mark.parametrize("closed", ["nobody", "author"])
def test_nothing_is_in_force_that_its_author_alone_stands_for(ask, caseworker, state, closed) -> None:
    ref = ask("Farid")
    by = None if closed == "nobody" else caseworker.audit_id
    with pytest.raises(IntegrityError), recording(caseworker, AT):
        Determination.objects.filter(ref=ref).update(state=state, closed_by=by)


def test_a_determination_is_no_mere_record(ask, caseworker) -> None:
    ref = ask("Farid")
    with pytest.raises(IntegrityError), recording(caseworker, AT):
        Determination.objects.filter(ref=ref).update(state="recorded")


def test_what_was_said_stands_as_it_was_said_whatever_follows(approved, caseworker, supervisor) -> None:
    ref = approved("Farid")
    moving = {"state", "ended_on", "in_force_from", "closed_by"}
    columns = [field.attname for field in Determination._meta.fields if field.attname not in moving]

    def said() -> Any:
        return Determination.objects.filter(ref=ref).values_list(*columns).get()

    before = said()
    lodged = {"lodged_by": "mother", "lodged_on": AT.date(), "ground": "He was not asked at all."}
    determine.appeal(ref, **lodged, **acting(caseworker))
    closed = {
        "outcome": "overturned",
        "body": "court",
        "decided_on": AT.date(),
        "reasons": "He was not heard at all.",
    }
    determine.decide_appeal(ref, **closed, **acting(caseworker))
    assert said() == before


def test_the_texts_stand_sealed_in_the_database(approved) -> None:
    approved("Farid")
    for table in ("determinations_determination", "determinations_approval"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            told = b"".join(
                bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                for row in cursor.fetchall()
                for value in row
            )
        if table.endswith("approval"):
            assert CANARY.encode() not in told
        else:
            # The panel's names are staff's, and so is the form in which they are compared.
            assert told.count(CANARY.encode()) == 1


def test_the_reason_of_an_approval_can_be_encrypted_anew_but_neither_given_nor_taken_away(approved) -> None:
    approved("Farid")
    for action in (
        "UPDATE determinations_approval SET reason = NULL WHERE reason IS NOT NULL",
        "UPDATE determinations_approval SET reason = role WHERE reason IS NULL",
    ):
        with pytest.raises(DatabaseError):
            written(action)
    before = {row.pk: row.reason for row in Approval.objects.all()}
    kept = {row.pk: row.__dict__["reason"] for row in Approval.objects.all()}
    resealing.exchange_data_keys(by=installer(), at=AT, progress=lambda _done, _total: None)
    assert {row.pk: row.reason for row in Approval.objects.all()} == before
    renewed = [row for row in Approval.objects.all() if kept[row.pk]]
    assert renewed and all(bytes(row.__dict__["reason"]) != bytes(kept[row.pk]) for row in renewed)
