"""What a page may know about a job: its own asker's, or any for whoever sees the system."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.jobs.models import Job, WorkerSign


@dataclass(frozen=True)
class JobView:
    """State and progress of one job; `step` and a refusal's `result["message"]` are keys, worded by the
    page.
    """

    id: UUID
    kind: str
    state: str
    done: int
    total: int
    step: str
    result: Mapping[str, Any]
    arguments: Mapping[str, Any]
    by: UUID
    created: datetime
    heartbeat: datetime | None
    finished: datetime | None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed", "refused"}


_COLUMNS = (
    "id",
    "kind",
    "state",
    "done",
    "total",
    "step",
    "result",
    "arguments",
    "by",
    "created",
    "heartbeat",
    "finished",
)


def job(job_id: UUID | str, viewer: Viewer) -> JobView | None:
    """One job, None if there is none; NotForYou for another's."""
    row = Job.objects.filter(pk=job_id).values_list(*_COLUMNS).first()
    if row is None:
        return None
    found = JobView(*row)
    if found.by != viewer.user_id and not viewer.may("system.see"):
        raise NotForYou(viewer.role, "system.see")
    return found


def was_asked(job_id: UUID) -> bool:
    """Whether there is a job of that id, whatever became of it."""
    return Job.objects.filter(pk=job_id).exists()


def waiting() -> int:
    """How many jobs are queued."""
    return Job.objects.filter(state=Job.State.QUEUED).count()


def last_sign() -> datetime | None:
    """When a worker last gave a sign of life; None if there never was one."""
    return WorkerSign.objects.order_by("-at").values_list("at", flat=True).first()
