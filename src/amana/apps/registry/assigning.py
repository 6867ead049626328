"""Writes of assignments and of the reach that follows from them, inside `recording`.

Reach is never said: each function here keeps it equal to what `derived` would make of the assignments and
registrations; stays keep theirs in `placements.commands`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from amana.apps.accounts.viewers import team_circle, user_circle, ward_circle
from amana.apps.audit.loading import insert
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import Sealed, seal_many, sealed_for
from amana.apps.registry.models import Person
from amana.apps.registry.reach import REGISTRAR_DAYS
from amana.apps.registry.relations import Assignment, Reach

CASE, OFFER, REFERRAL, WARD = "case", "offer", "referral", "ward"
STAY, REGISTRATION = "stay", "registration"
AT_ONCE = 500


class NewReach(NamedTuple):
    """Columns of a row of reach."""

    person_id: str
    circle: str
    since: date
    until: date | None
    classes: str
    source: str


class NewAssignment(NamedTuple):
    """Columns of an assignment."""

    person_id: str
    batch_id: str | None
    kind: str
    team: str
    official: UUID | None
    since: date
    until: date | None
    classes: str
    purpose: Sealed | None
    reason: Sealed | None
    by: UUID
    at: Any


def take_in(
    refs: Sequence[str],
    *,
    batch: str | None,
    team: str,
    official: UUID | None,
    registrar: UUID | None,
    on: date,
    log: Log,
) -> None:
    """Assign the new people of a list to a team and its first official, and keep them in their registrar's
    reach for a while.
    """
    who, when = log.by.audit_id, log.at
    cases = [
        NewAssignment(ref, batch, CASE, team, official, on, None, "", None, None, who, when) for ref in refs
    ]
    if team:
        insert(Assignment, NewAssignment._fields, cases)
        keep(row for each in cases for row in reach_of(each))
    if registrar:
        keep(registered(ref, registrar, on) for ref in refs)


def registered(ref: str, registrar: UUID, on: date) -> NewReach:
    """The reach of whoever registered a person, for a while."""
    last = on + timedelta(days=REGISTRAR_DAYS)
    return NewReach(ref, user_circle(registrar), on, last, "", REGISTRATION)


def reach_of(assignment: Any) -> Iterator[NewReach]:
    """What follows from a standing assignment: anything with its columns."""
    ref, since, until = assignment.person_id, assignment.since, assignment.until
    if assignment.kind == CASE:
        yield NewReach(ref, team_circle(assignment.team), since, until, "", CASE)
    circle = ward_circle if assignment.kind == WARD else user_circle
    if assignment.official and assignment.kind != OFFER:
        yield NewReach(ref, circle(assignment.official), since, until, assignment.classes, assignment.kind)


def keep(rows: Iterable[NewReach]) -> None:
    """Add rows of reach."""
    insert(Reach, NewReach._fields, rows)


def drop(refs: Sequence[str], source: str, circle: str = "") -> None:
    """Take the rows of one source away from these people, of one circle where it is named."""
    for start in range(0, len(refs), AT_ONCE):
        gone = Reach.objects.filter(person__in=refs[start : start + AT_ONCE], source=source)
        (gone.filter(circle=circle) if circle else gone).delete()


def hold(refs: Sequence[str], *, team: str, official: UUID | None, reason: str, on: date, log: Log) -> None:
    """Give the cases of these people to an official of a team (None: nobody holds them); what stood ends."""
    batches: Mapping[str, str | None] = dict(
        Person.objects.filter(ref__in=list(refs)).values_list("ref", "batch_id")
    )
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        standing = Assignment.objects.filter(person__in=some, kind=CASE, ended_on__isnull=True)
        standing.update(ended_on=on)
        drop(some, CASE)
        who, when = log.by.audit_id, log.at
        said = _said(some, reason, log)
        new = [
            NewAssignment(ref, batches[ref], CASE, team, official, on, None, "", None, said[ref], who, when)
            for ref in some
        ]
        insert(Assignment, NewAssignment._fields, new)
        keep(row for each in new for row in reach_of(each))
    told = {"team": team, "official": str(official) if official else None}
    for ref in refs:
        log.entry("case.assigned", ref, told)


def _said(refs: Sequence[str], reason: str, log: Log) -> Mapping[str, Sealed | None]:
    """The reason, sealed for the new case of each of these people."""
    rows = [Assignment(person_id=ref, kind=CASE, by=log.by.audit_id, at=log.at) for ref in refs]
    return dict(zip(refs, seal_many("reason", [(row, reason or None) for row in rows]), strict=True))


def give(
    ref: str,
    *,
    kind: str,
    official: UUID,
    until: date | None = None,
    classes: Iterable[str] = (),
    purpose: str = "",
    team: str = "",
    on: date,
    log: Log,
) -> int:
    """Offer a case, refer it, or give a ward to her guardian; the assignment's number."""
    batch = Person.objects.filter(ref=ref).values_list("batch_id", flat=True).first()
    row = Assignment.objects.create(
        person_id=ref,
        batch_id=batch,
        kind=kind,
        team=team,
        official=official,
        since=on,
        until=until,
        classes=";".join(sorted(classes)),
        purpose=purpose or None,
        by=log.by.audit_id,
        at=log.at,
    )
    keep(reach_of(row))
    told = {"official": str(official), "until": until, "classes": row.classes}
    log.entry(f"{'case' if kind == OFFER else kind}.{'offered' if kind == OFFER else 'given'}", ref, told)
    return int(row.pk)


def end(assignment: int, *, reason: str, on: date, log: Log) -> None:
    """End an offer, a referral or a ward: what it opened closes at once."""
    row = Assignment.objects.filter(pk=assignment, ended_on__isnull=True).exclude(kind=CASE).get()
    said = sealed_for(row, "reason", reason or None)
    Assignment.objects.filter(pk=row.pk).update(ended_on=on, reason=said)
    if row.kind != OFFER:
        drop([row.person_id], row.kind)
        others = Assignment.objects.filter(person=row.person_id, kind=row.kind, ended_on__isnull=True)
        keep(new for each in others for new in reach_of(each))
    log.entry(f"{row.kind}.ended", row.person_id, {"official": str(row.official)})


def derived(registrars: Mapping[UUID, UUID], day_of: Any) -> Iterator[NewReach]:
    """The reach that assignments and registrations make, from the sources alone: `registrars` maps trail ids
    to accounts, `day_of` an instant to the office's day.
    """
    for row in Assignment.objects.filter(ended_on__isnull=True).exclude(kind=OFFER).iterator():
        yield from reach_of(row)
    people = Person.objects.filter(Q(batch__isnull=False)).values_list("ref", "batch__by", "batch__at")
    for ref, by, at in people.iterator():
        if by in registrars:
            yield registered(ref, registrars[by], day_of(at))
