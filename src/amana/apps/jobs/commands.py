"""Asking for work, taking it, telling its progress and ending it. Each step is one atomic statement on both
databases.

A job whose worker gave no sign for 30 seconds is taken again (handlers can be run twice), at most three
times in all. The worker passes the instant; nothing here reads the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q

from amana.apps.accounts.viewers import Viewer
from amana.apps.jobs.models import Job, WorkerSign
from amana.core.errors import AmanaError

DEAD_AFTER = timedelta(seconds=30)
MOST_TRIES = 3
TOLD_EVERY = timedelta(seconds=0.2)


class JobRefused(AmanaError):
    """A handler can't do what was asked, for a reason the asker can mend; `message` is a key, worded by the
    page.
    """

    def __init__(self, message: str, **details: Any) -> None:
        self.message, self.details = message, details
        super().__init__(message)


@dataclass(frozen=True)
class Claimed:
    """A job in a worker's hands."""

    id: UUID
    kind: str
    arguments: Mapping[str, Any]
    by: UUID
    worker: str


def enqueue(
    *, kind: str, arguments: Mapping[str, Any], by: Viewer, at: datetime, job_id: UUID | None = None
) -> UUID:
    """Ask for work; returns the job's id, which a caller who must note it first may give.

    Raises NotForYou for an asker without an account.
    """
    job = Job.objects.create(
        id=job_id or uuid4(), kind=kind, arguments=dict(arguments), by=by.account, created=at
    )
    return UUID(str(job.pk))


def claim(*, worker: str, at: datetime) -> Claimed | None:
    """Take the oldest waiting job, or one whose worker died; None if there is none."""
    dead = Q(state=Job.State.RUNNING, heartbeat__lt=at - DEAD_AFTER)
    free = Job.objects.filter(Q(state=Job.State.QUEUED) | dead)
    for job in free.order_by("created")[:20]:
        as_seen = Job.objects.filter(pk=job.pk, state=job.state, heartbeat=job.heartbeat, tries=job.tries)
        if job.heartbeat is None:
            as_seen = Job.objects.filter(pk=job.pk, state=job.state, heartbeat__isnull=True, tries=job.tries)
        if job.tries >= MOST_TRIES:
            as_seen.update(state=Job.State.FAILED, finished=at, result={"message": "worker_died"})
            continue
        taken = as_seen.update(
            state=Job.State.RUNNING,
            heartbeat=at,
            worker=worker,
            tries=F("tries") + 1,
            done=0,
            total=0,
            step="",
        )
        if taken:
            return Claimed(job.pk, job.kind, job.arguments, job.by, worker)
    return None


def beat(*, job: Claimed, at: datetime) -> bool:
    """Give a sign of life; False if the job is no longer this worker's."""
    return bool(_mine(job).update(heartbeat=at))


def progress(job: Claimed, clock: Callable[[], datetime]) -> Callable[[int, int, str], None]:
    """The callable a handler tells its progress: done, total, step key. Told too often, it writes five
    times a second; a new step and the end are always written.
    """
    last: list[tuple[datetime, str]] = []

    def tell(done: int, total: int, step: str = "") -> None:
        at = clock()
        if last and at - last[0][0] < TOLD_EVERY and step == last[0][1] and done < total:
            return
        last[:] = [(at, step)]
        _mine(job).update(done=done, total=total, step=step, heartbeat=at)

    return tell


def finish(*, job: Claimed, result: Mapping[str, Any], at: datetime) -> bool:
    """The work is done."""
    return _end(job, Job.State.DONE, result, at)


def refuse(*, job: Claimed, reason: JobRefused, at: datetime) -> bool:
    """The work can't be done as asked."""
    return _end(job, Job.State.REFUSED, {"message": reason.message, **reason.details}, at)


def fail(*, job: Claimed, error: str, at: datetime) -> bool:
    """The work broke; `error` is the name of the exception's type, never its text."""
    return _end(job, Job.State.FAILED, {"message": "broken", "error": error}, at)


def worker_seen(*, worker: str, at: datetime) -> None:
    """A worker process is alive; signs older than a day are dropped."""
    WorkerSign.objects.update_or_create(name=worker, defaults={"at": at})
    WorkerSign.objects.filter(at__lt=at - timedelta(days=1)).delete()


def _mine(job: Claimed) -> Any:
    return Job.objects.filter(pk=job.id, state=Job.State.RUNNING, worker=job.worker)


def _end(job: Claimed, state: str, result: Mapping[str, Any], at: datetime) -> bool:
    return bool(_mine(job).update(state=state, result=dict(result), finished=at, heartbeat=at))
