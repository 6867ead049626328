"""Writes of guardians and counsel, inside `recording`. Whether a command may be given `casework` decides.

The trail learns that somebody was asked for, confirmed, refused or ended, never on what ground.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.apps.registry import assigning
from amana.apps.representatives.codes import ASKED, ENDED, NAMED, OPEN, PLAIN, REFUSED, STANDS
from amana.apps.representatives.models import Representative


def made_before(token: str, by: Viewer) -> str:
    """The row that this official asked for with this token: a form sent twice makes one."""
    if not token:
        return ""
    found = Representative.objects.filter(asked_by=by.audit_id, token=token).values_list("pk", flat=True)
    return str(found[0]) if found else ""


def stands_already(person: str, account: UUID) -> bool:
    """Whether this account stands by this person, or is asked for."""
    return bool(Representative.objects.filter(person=person, account=account, state__in=OPEN).exists())


def store(
    person: str,
    account: UUID,
    *,
    capacity: str,
    appointed_on: date,
    until: date | None,
    named: bool,
    said: Mapping[str, Any],
    on: date,
    log: Log,
    token: str,
) -> str:
    """Keep that a representative is asked for; she sees nothing by this. Its id."""
    row = Representative.objects.create(
        person_id=person, account=account, capacity=capacity, appointed_on=appointed_on, until=until,
        named=named, said=dict(said), state=ASKED, asked_on=on, asked_by=log.by.audit_id, asked_at=log.at,
        token=token or None,
    )  # fmt: skip
    log.entry("representative.asked", person, {"representative": str(row.id), "capacity": capacity})
    return str(row.id)


def confirm(row: Representative, *, on: date, log: Log) -> None:
    """Open the case to her, at once and until the last day."""
    number = assigning.give(
        row.person_id,
        kind=assigning.WARD,
        official=row.account,
        until=row.until,
        classes=NAMED if row.named else PLAIN,
        on=on,
        log=log,
    )
    _answer(row, {"state": STANDS, "assignment": number}, on=on, log=log)
    log.entry("representative.confirmed", row.person_id, {"representative": str(row.id)})


def refuse(row: Representative, reason: str, *, on: date, log: Log) -> None:
    """Keep that another official doesn't confirm her, and why."""
    told = {"state": REFUSED, "answer_reason": sealed_for(row, "answer_reason", reason)}
    _answer(row, told, on=on, log=log)
    log.entry("representative.refused", row.person_id, {"representative": str(row.id)})


def end(row: Representative, reason: str, *, on: date, log: Log) -> None:
    """Close the case to her at once."""
    assigning.end(int(row.assignment), reason="", on=on, log=log)
    told: dict[str, Any] = {"state": ENDED, "end_reason": sealed_for(row, "end_reason", reason)}
    told |= {"ended_on": on, "ended_by": log.by.audit_id, "ended_at": log.at}
    Representative.objects.filter(pk=row.pk).update(**told)
    log.entry("representative.ended", row.person_id, {"representative": str(row.id)})


def _answer(row: Representative, told: Mapping[str, Any], *, on: date, log: Log) -> None:
    step = {"answered_on": on, "answered_by": log.by.audit_id, "answered_at": log.at}
    Representative.objects.filter(pk=row.pk, state=ASKED).update(**told, **step)
