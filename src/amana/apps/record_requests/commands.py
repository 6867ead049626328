"""Writes of requests about one's own record, inside `recording`. Whether a command may be given `casework`
decides.

The trail learns that something was asked and answered, never what.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.apps.record_requests.models import AnsweringPeriod, RecordRequest


def made_before(token: str, by: Viewer) -> str:
    """The request that this author took down with this token: a form sent twice makes one."""
    if not token:
        return ""
    found = RecordRequest.objects.filter(taken_by=by.audit_id, token=token).values_list("pk", flat=True)
    return str(found[0]) if found else ""


def last_day(taken_on: date) -> date | None:
    """By when a request taken on that day is to be answered; None while no period is known for it."""
    row = AnsweringPeriod.objects.filter(since__lte=taken_on).order_by("-since", "-set_at", "-id").first()
    return taken_on + timedelta(days=row.days) if row else None


def set_period(days: int, basis: str, since: date, *, log: Log) -> None:
    """Keep within how many days the office answers from a day on; requests taken before keep their day."""
    AnsweringPeriod.objects.create(days=days, basis=basis, since=since, set_by=log.by.audit_id, set_at=log.at)
    log.entry("answering_period.set", "office", {"days": days, "basis": basis, "since": since})


def store(
    person: str,
    kind: str,
    asker: str,
    said: Mapping[str, Any],
    *,
    claim: int | None,
    role: str,
    on: date,
    log: Log,
    token: str,
) -> str:
    """Keep a request. Its id."""
    row = RecordRequest.objects.create(
        person_id=person, kind=kind, asker=asker, said=dict(said), claim=claim, taken_on=on,
        taken_by=log.by.audit_id, taken_at=log.at, taken_role=role, due_on=last_day(on), token=token or None,
    )  # fmt: skip
    log.entry("record_request.taken", person, {"request": str(row.id), "due": row.due_on})
    return str(row.id)


def answer(row: RecordRequest, answered: Mapping[str, str], *, on: date, log: Log) -> None:
    """Keep how a request was answered."""
    RecordRequest.objects.filter(pk=row.pk).update(
        answered=sealed_for(row, "answered", dict(answered)),
        closed_on=on,
        closed_by=log.by.audit_id,
        closed_at=log.at,
    )
    log.entry("record_request.answered", row.person_id, {"request": str(row.id)})


def hand_over(row: RecordRequest, told: Mapping[str, str], *, on: date, log: Log) -> None:
    """Keep that, and how, the answer came to her."""
    RecordRequest.objects.filter(pk=row.pk).update(
        handed=sealed_for(row, "handed", dict(told)),
        handed_on=on,
        handed_by=log.by.audit_id,
        handed_at=log.at,
    )
    log.entry("record_request.handed_over", row.person_id, {"request": str(row.id)})
