"""Reads of requests about one's own record. Each takes the viewer, is denied by default, and notes whom it
showed.

What is kept here is C5: for who doesn't read that class of this person there is only what she took down
herself. No role of a facility has any of it: that somebody complains of a place is not told there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.record_requests.models import AnsweringPeriod, RecordRequest
from amana.apps.registry.reach import require_reach

SEE, COUNT = "requests.see", "requests.count"
CLASS = "C5"


@dataclass(frozen=True)
class RequestView:
    """One request. `answer` and `reasons` are empty while it waits; `handed` while nothing was handed over;
    `mine`: the viewer took it down, so somebody else answers.
    """

    id: UUID
    person: str
    kind: str
    asker: str
    authority: str
    words: str
    topic: str
    attribute: str
    language: str
    claim: int | None
    taken_on: date
    taken_by_name: str
    due_on: date | None
    answer: str
    reasons: str
    complain: str
    closed_on: date | None
    closed_by_name: str
    handed: str
    handed_note: str
    handed_on: date | None
    mine: bool

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return self.closed_on is None


@dataclass(frozen=True)
class Period:
    """Within how many days the office answers, since when and on what that rests."""

    days: int
    basis: str
    since: date


@dataclass(frozen=True)
class Waiting:
    """How many requests wait, how many of them are late, and how many have no last day. Counts of the whole
    office, of nobody.
    """

    open: int
    late: int
    no_day: int
    answered_lately: int


def of_person(viewer: Viewer, ref: str) -> tuple[RequestView, ...]:
    """What was asked of one person's record, the newest first. Raises `NotForYou`."""
    rows = _rows(viewer, ref, SEE).order_by("-taken_at", "id")
    viewer.saw(ref)
    return _views(viewer, rows)


def one(viewer: Viewer, ref: str, number: UUID) -> RequestView:
    """One request of a person. Raises `NotForYou`, also for one that isn't there or is another's."""
    return next(iter(_views(viewer, [require_one(viewer, ref, number)])))


def require_one(viewer: Viewer, ref: str, number: UUID, permission: str = SEE) -> RecordRequest:
    """The row, for commands. Raises `NotForYou`."""
    row: RecordRequest | None = _rows(viewer, ref, permission).filter(pk=number).first()
    if row is None:
        raise NotForYou(viewer.role, permission)
    viewer.saw(ref)
    return row


def _rows(viewer: Viewer, ref: str, permission: str) -> QuerySet[RecordRequest]:
    """Of a person in reach: all of them, or for who doesn't read the class what she took down herself."""
    rows: QuerySet[RecordRequest] = RecordRequest.objects.filter(person=ref)
    if require_reach(viewer, ref, permission).reads(CLASS):
        return rows
    return rows.filter(taken_by=viewer.audit_id)


def period(on: date) -> Period | None:
    """Within how many days a request taken on that day is answered; None while nobody has named a period."""
    row = AnsweringPeriod.objects.filter(since__lte=on).order_by("-since", "-set_at", "-id").first()
    return Period(row.days, row.basis, row.since) if row else None


def periods(viewer: Viewer) -> tuple[Period, ...]:
    """Every period ever set, the newest first. Raises `NotForYou`."""
    viewer.require(COUNT)
    rows = AnsweringPeriod.objects.order_by("-since", "-set_at", "-id")
    return tuple(Period(row.days, row.basis, row.since) for row in rows)


def waiting(viewer: Viewer, on: date) -> Waiting:
    """How many wait. Raises `NotForYou`."""
    viewer.require(COUNT)
    unanswered = RecordRequest.objects.filter(closed_on__isnull=True)
    lately = RecordRequest.objects.filter(closed_on__gt=on - timedelta(days=30), closed_on__lte=on)
    return Waiting(
        unanswered.count(),
        unanswered.filter(due_on__lt=on).count(),
        unanswered.filter(due_on__isnull=True).count(),
        lately.count(),
    )


def _views(viewer: Viewer, rows: Iterable[RecordRequest]) -> tuple[RequestView, ...]:
    known = list(rows)
    ids = {who for row in known for who in (row.taken_by, row.closed_by) if who}
    names = dict(User.objects.filter(audit_id__in=ids).values_list("audit_id", "name"))
    return tuple(_view(viewer, row, names) for row in known)


def _view(viewer: Viewer, row: RecordRequest, names: Mapping[UUID, str]) -> RequestView:
    said, answered, handed = row.said, row.answered or {}, row.handed or {}
    return RequestView(
        id=row.id,
        person=row.person_id,
        kind=row.kind,
        asker=row.asker,
        authority=said.get("authority", ""),
        words=said.get("words", ""),
        topic=said.get("topic", ""),
        attribute=said.get("attribute", ""),
        language=said.get("language", ""),
        claim=row.claim,
        taken_on=row.taken_on,
        taken_by_name=names.get(row.taken_by, ""),
        due_on=row.due_on,
        answer=answered.get("answer", ""),
        reasons=answered.get("reasons", ""),
        complain=answered.get("complain", ""),
        closed_on=row.closed_on,
        closed_by_name=names.get(row.closed_by, "") if row.closed_by else "",
        handed=handed.get("way", ""),
        handed_note=handed.get("note", ""),
        handed_on=row.handed_on,
        mine=row.taken_by == viewer.audit_id,
    )
