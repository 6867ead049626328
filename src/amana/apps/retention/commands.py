"""Writes of retention, inside `recording`. Whether a command may be given is decided in `casework`.

The trail learns that something was held, freed or erased, and how much; never why in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.apps.registry.models import Person
from amana.apps.retention import codes
from amana.apps.retention.models import Erasure, RetentionDue, RetentionHold, RetentionPeriod


def held_before(token: str, by: Viewer) -> str:
    """The hold that this author placed with this token: a form sent twice places one."""
    if not token:
        return ""
    rows = RetentionHold.objects.filter(placed_by=by.audit_id, token=token)
    found = rows.values_list("pk", flat=True).first()
    return "" if found is None else str(found)


def take_turn(person: str) -> bool:
    """Wait for whoever holds or erases what is kept of this person; whether there is such a person."""
    rows = Person.objects.select_for_update().filter(ref=person).values_list("ref", flat=True)
    return rows.first() is not None


def store_hold(
    person: str,
    *,
    ground: str,
    words: str,
    until: date | None,
    review_on: date,
    on: date,
    log: Log,
    token: str,
    of_class: str = "",
    of_paper: UUID | None = None,
) -> str:
    """Keep a hold on what is kept of a person, or on one class or paper of it. Its id."""
    row = RetentionHold.objects.create(
        person_id=person,
        ground=ground,
        words=words,
        of_class=of_class,
        of_paper=of_paper,
        since=on,
        until=until,
        review_on=review_on,
        placed_by=log.by.audit_id,
        placed_at=log.at,
        token=token or None,
    )
    log.entry("retention.held", person, {"hold": str(row.pk), "until": until, "review_on": review_on})
    return str(row.pk)


def end_hold(hold: UUID, person: str, words: str, *, on: date, log: Log) -> bool:
    """End a hold that somebody else placed; whether there was one."""
    row = RetentionHold.objects.filter(pk=hold, person=person, ended_on=None)
    row = row.exclude(placed_by=log.by.audit_id).first()
    if row is None:
        return False
    RetentionHold.objects.filter(pk=row.pk).update(
        ended_on=on, ended_by=log.by.audit_id, ended_at=log.at, end_words=sealed_for(row, "end_words", words)
    )
    log.entry("retention.freed", person, {"hold": str(hold), "on": on})
    return True


def store_erasure(person: str, *, parts: Sequence[str], ground: str, words: str, on: date, log: Log) -> str:
    """Keep that an erasure is asked for. Its id."""
    row = Erasure.objects.create(
        person_id=person,
        parts=";".join(parts),
        ground=ground,
        words=words,
        asked_on=on,
        asked_by=log.by.audit_id,
        asked_at=log.at,
        state=codes.ASKED,
    )
    log.entry("erasure.asked", person, {"erasure": str(row.pk), "parts": list(parts), "ground": ground})
    return str(row.pk)


def waiting_erasure(erasure: UUID) -> Any:
    """The row of an erasure that waits, held until the open transaction ends; None where there is none."""
    return Erasure.objects.select_for_update().filter(pk=erasure, state=codes.ASKED).first()


def close_erasure(row: Any, *, state: str, words: str, counts: Mapping[str, int], on: date, log: Log) -> None:
    """Keep what was decided of an erasure that waited."""
    Erasure.objects.filter(pk=row.pk).update(
        state=state,
        decided_on=on,
        decided_by=log.by.audit_id,
        decided_at=log.at,
        decided_words=sealed_for(row, "decided_words", words) if words else None,
        counts=dict(counts),
    )
    told = {"erasure": str(row.pk), "counts": dict(counts)}
    log.entry(f"erasure.{state}", row.person_id, told)


def store_period(cls: str, months: int | None, basis: str, *, on: date, log: Log) -> None:
    """Keep for how long a class is kept; None: without end again."""
    last = RetentionPeriod.objects.filter(cls=cls).aggregate(last=Max("number"))["last"] or 0
    RetentionPeriod.objects.create(
        cls=cls, months=months, basis=basis, number=last + 1, since=on, set_by=log.by.audit_id, set_at=log.at
    )
    log.entry("retention.period_set", "office", {"class": cls, "months": months, "basis": basis})


def store_due(found: Iterable[tuple[str, Sequence[str], date]], *, on: date, log: Log) -> int:
    """Put what is due in the place of what was; how many people. The trail is told how many, where any
    are.
    """
    RetentionDue.objects.all().delete()
    rows = [
        RetentionDue(person_id=ref, parts=";".join(parts), since=since, found_on=on)
        for ref, parts, since in found
    ]
    RetentionDue.objects.bulk_create(rows, batch_size=500)
    if rows:
        log.entry("retention.proposed", "office", {"people": len(rows)})
    return len(rows)
