"""Writes of emergency openings, inside `recording`: begun, ended, reviewed, closed when their time is over.

A reference that nobody has is opened like any other and leads nowhere, so that asking costs as much, says as
much and is reviewed alike.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from amana.apps.accounts.queries import same_human
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import Actor, Log, recording
from amana.apps.guards import openings
from amana.apps.guards.models import Opening
from amana.apps.guards.openings import A_DAY, ASK, HOURS, REVIEW, SOURCE, circle, reach_of
from amana.apps.registry import assigning
from amana.apps.registry.models import Person
from amana.apps.registry.reach import among
from amana.core.errors import AmanaError
from amana.core.reasons import ASKED, in_words

MOST_WORDS = 2000


class OpeningRefused(AmanaError):
    """A case can't be opened or reviewed so. `code`: reach, limit, open, hours, reason, closed, own; `field`
    names what it is about.
    """

    def __init__(self, code: str, message: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(message)


def begin(ref: str, *, reason: str, hours: int, by: Viewer, at: datetime) -> UUID:
    """Open one case to read for some hours; the opening's id. `ref` is a sound reference of a person, known
    or not. Raises `OpeningRefused`, `NotForYou`.
    """
    by.require(ASK)
    if hours not in HOURS:
        raise OpeningRefused("hours", "A case is opened for one, two or four hours.", "hours")
    _require_words(reason)
    if among(by, [ref]):
        raise OpeningRefused("reach", "This case is open to you already.", "ref")
    with recording(by, at) as log:
        _close_expired(at, log)
        if any(each.ref == ref for each in openings.standing(by, at)):
            raise OpeningRefused("open", "You have opened this reference already; it still stands.", "ref")
        if openings.used(by.account, at) >= A_DAY:
            raise OpeningRefused("limit", f"No more than {A_DAY} openings within 24 hours.")
        row = Opening(
            ref=ref,
            account=by.account,
            by=by.audit_id,
            role=by.role,
            began_at=at,
            ends_at=at + timedelta(hours=hours),
            reason=reason.strip(),
        )
        row.save(force_insert=True)
        if Person.objects.filter(ref=ref).exists():
            assigning.keep([reach_of(row)])
        log.entry(
            "opening.begun", ref, {"opening": row.pk, "role": by.role, "until": row.ends_at.isoformat()}
        )
    found: UUID = row.pk
    return found


def end(number: UUID, *, by: Viewer, at: datetime) -> None:
    """End one's own opening at once; one that stands no longer stays as it is. Raises `NotForYou`."""
    by.require(ASK)
    with recording(by, at) as log:
        row = Opening.objects.filter(pk=number, account=by.account).first()
        if row is None:
            raise NotForYou(by.role, ASK)
        if row.ended_at is None:
            _close(row, min(at, row.ends_at), log)


def review(number: UUID, *, proper: bool, reason: str, by: Viewer, at: datetime) -> None:
    """Say whether an opening was proper, in words; one that was not ends at once. Once only, and never by the
    human being who opened. Raises `OpeningRefused`, `NotForYou`.
    """
    by.require(REVIEW)
    _require_words(reason)
    with recording(by, at) as log:
        row = Opening.objects.select_for_update().filter(pk=number).first()
        if row is None:
            raise NotForYou(by.role, REVIEW)
        if row.proper is not None:
            raise OpeningRefused("closed", "Somebody has reviewed this opening meanwhile.")
        if same_human(row.account, by.account):
            raise OpeningRefused("own", "Nobody reviews her own opening.")
        row.proper, row.reviewed_by, row.reviewed_at = proper, by.audit_id, at
        row.review_reason = reason.strip()
        row.save(update_fields=["proper", "reviewed_by", "reviewed_at", "review_reason"])
        if not proper and row.ended_at is None:
            _close(row, min(at, row.ends_at), log)
        log.entry("opening.reviewed", row.ref, {"opening": row.pk, "proper": proper})


def close_expired(*, by: Actor, at: datetime) -> None:
    """Take away the reach of openings whose time is over; they opened nothing since."""
    if Opening.objects.filter(ended_at__isnull=True, ends_at__lte=at).exists():
        with recording(by, at) as log:
            _close_expired(at, log)


def _close_expired(at: datetime, log: Log) -> None:
    for row in Opening.objects.filter(ended_at__isnull=True, ends_at__lte=at):
        _close(row, row.ends_at, log)


def _close(row: Opening, ended: datetime, log: Log) -> None:
    Opening.objects.filter(pk=row.pk).update(ended_at=ended)
    assigning.drop([row.ref], SOURCE, circle(row.pk))
    log.entry("opening.ended", row.ref, {"opening": row.pk})


def _require_words(reason: str) -> None:
    if not in_words(reason) or len(reason) > MOST_WORDS:
        raise OpeningRefused("reason", f"{ASKED}.", "reason")
