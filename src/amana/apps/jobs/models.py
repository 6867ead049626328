"""Jobs: state and progress of long work. Arguments and results hold references and counts, never a person's
data.

Stands in `operations`, so that progress is seen while an import holds the register.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from amana.apps.audit.columns import kept


def _own(field: Any) -> Any:
    return kept(field, cls="system", purpose="operate", retention="job")


class Job(models.Model):
    """One piece of work. `heartbeat` is the last sign of life of the worker that holds it, in UTC."""

    class State(models.TextChoices):
        """queued -> running -> done | failed | refused; a running job whose worker died is taken again."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        REFUSED = "refused"

    id = _own(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False))
    kind = _own(models.CharField(max_length=60))
    arguments = _own(models.JSONField(default=dict))
    state = _own(models.CharField(max_length=10, choices=State.choices, default=State.QUEUED))
    done = _own(models.PositiveIntegerField(default=0))
    total = _own(models.PositiveIntegerField(default=0))
    step = _own(models.CharField(max_length=60, blank=True))
    result = _own(models.JSONField(default=dict))
    by = _own(models.UUIDField())
    created = _own(models.DateTimeField())
    heartbeat = _own(models.DateTimeField(null=True))
    finished = _own(models.DateTimeField(null=True))
    worker = _own(models.CharField(max_length=80, blank=True))
    tries = _own(models.PositiveSmallIntegerField(default=0))

    class Meta:
        indexes = [models.Index(fields=["state", "created"], name="job_state_created")]


class WorkerSign(models.Model):
    """The last sign of life of each worker process, idle ones included."""

    name = _own(models.CharField(max_length=80, primary_key=True))
    at = _own(models.DateTimeField())
