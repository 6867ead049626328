"""Counting whom an account reads, and alarms where it is more than its role's work comes to.

Heard from the read log itself (`audit.reading`), so that pages, lists and command line count alike. Hours and
days are the clock's, in UTC. Stands in `operations`: looking never waits for an import. An alarm says how
many, never whom; who was shown is in the read log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.guards.alerting import READING, alert
from amana.apps.guards.bounds import Bound, bounds_of
from amana.apps.guards.commands import OpeningRefused
from amana.apps.guards.models import ReadAlarm, ReadTally
from amana.apps.guards.openings import REVIEW
from amana.core.reasons import ASKED, in_words
from amana.core.tallies import add, crossed, size

ALARM, STOP = "alarm", "stop"
KEPT_FOR: Final = timedelta(days=2)
SHOWN: Final = 200


@dataclass(frozen=True)
class AlarmView:
    """One alarm: `window` as `2026-11-23` or `2026-11-23T14`, how many people, and beyond which bound."""

    id: UUID
    actor: UUID
    role: str
    window: str
    step: str
    people: int
    bound: int
    at: datetime
    seen_by: UUID | None
    seen_at: datetime | None
    reason: str


def note(sender: object, viewer: Any, refs: Sequence[str], at: datetime, **_signal: Any) -> str:
    """Count these people, in the transaction of the read log; `stop` where the account must prove itself
    anew, `alarm` where those who watch were told, else nothing.
    """
    people = [ref for ref in refs if ref.startswith("P-")]
    if not people or not isinstance(viewer, Viewer):
        return ""
    bounds = bounds_of(viewer.role)
    if bounds is None:
        return ""
    windows = {f"{at:%Y-%m-%dT%H}": bounds.hour, f"{at:%Y-%m-%d}": bounds.day}
    steps: set[str] = set()
    for tally in _tallies(viewer, windows, at):
        steps |= _count(viewer, tally, people, windows[tally.window], at)
    if steps and viewer.user_id is not None:
        alert(READING, by=viewer, at=at)
    return STOP if STOP in steps else ALARM if steps else ""


def _tallies(viewer: Viewer, windows: Iterable[str], at: datetime) -> list[ReadTally]:
    """Her tallies of these windows, held until the transaction ends; made where there is none."""
    mine = ReadTally.objects.select_for_update().filter(actor=viewer.audit_id, window__in=list(windows))
    found = list(mine.order_by("window"))
    missing = set(windows) - {each.window for each in found}
    if not missing:
        return found
    new = [ReadTally(actor=viewer.audit_id, window=window, at=at) for window in missing]
    ReadTally.objects.bulk_create(new, ignore_conflicts=True)
    return list(mine.order_by("window"))


def _count(viewer: Viewer, tally: ReadTally, people: Sequence[str], bound: Bound, at: datetime) -> set[str]:
    before = bytes(tally.marks)
    after = add(before, people, bytes(settings.AUDIT_KEY))
    if after == before:
        return set()
    ReadTally.objects.filter(pk=tally.pk).update(marks=after)
    one, other, steps = size(before), size(after), set()
    for step, limit in ((ALARM, bound.alarm), (STOP, bound.stop)):
        if crossed(one, other, limit, again=step == STOP):
            steps.add(step)
            ReadAlarm.objects.create(
                actor=viewer.audit_id,
                role=viewer.role,
                window=tally.window,
                step=step,
                people=other,
                bound=limit,
                at=at,
            )
    return steps


def alarms(viewer: Viewer) -> tuple[AlarmView, ...]:
    """All alarms: those nobody has seen to first, then the latest. Raises `NotForYou`."""
    viewer.require(REVIEW)
    rows = ReadAlarm.objects.order_by("-at")
    unseen, seen = rows.filter(seen_at__isnull=True), rows.filter(seen_at__isnull=False)
    return tuple(_view(row) for row in (*unseen, *seen[:SHOWN]))


def alarm(viewer: Viewer, number: UUID) -> AlarmView | None:
    """One alarm, None where there is none. Raises `NotForYou`."""
    viewer.require(REVIEW)
    found = ReadAlarm.objects.filter(pk=number).first()
    return _view(found) if found else None


def see_to(number: UUID, *, reason: str, by: Viewer, at: datetime) -> None:
    """Say in words what came of an alarm; once, and never of one's own. Raises `OpeningRefused`,
    `NotForYou`.
    """
    by.require(REVIEW)
    if not in_words(reason):
        raise OpeningRefused("reason", f"{ASKED}.", "reason")
    with recording(by, at) as log, transaction.atomic(using="operations"):
        row = ReadAlarm.objects.select_for_update().filter(pk=number).first()
        if row is None:
            raise NotForYou(by.role, REVIEW)
        if row.seen_at is not None:
            raise OpeningRefused("closed", "Somebody has seen to this alarm meanwhile.")
        if row.actor == by.audit_id:
            raise OpeningRefused("own", "Nobody sees to an alarm of her own.")
        row.seen_by, row.seen_at, row.reason = by.audit_id, at, reason.strip()
        row.save(update_fields=["seen_by", "seen_at", "reason"])
        log.entry("reading.seen_to", f"account:{row.actor}", {"alarm": row.pk, "people": row.people})


def forget_old(at: datetime) -> int:
    """Delete counts that no bound looks at any more; how many."""
    return int(ReadTally.objects.filter(at__lt=at - KEPT_FOR).delete()[0])


def _view(row: ReadAlarm) -> AlarmView:
    return AlarmView(
        row.pk,
        row.actor,
        row.role,
        row.window,
        row.step,
        row.people,
        row.bound,
        row.at,
        row.seen_by,
        row.seen_at,
        row.reason,
    )
