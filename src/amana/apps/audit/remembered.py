"""What the trail remembers of the office itself, such as its last backup: the newest entry of a kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from amana.apps.audit.models import AuditEntry


@dataclass(frozen=True)
class Remembered:
    """One entry about the office: when, by whom (trail id), and what it said; empty where that was erased."""

    at: datetime
    actor: UUID
    told: dict[str, Any]


def last(kind: str) -> Remembered | None:
    """The newest entry of this kind about the office, None where there is none."""
    entry = (
        AuditEntry.objects.filter(subject="office", kind=kind)
        .select_related("payload")
        .order_by("-at", "-pk")
        .first()
    )
    if entry is None:
        return None
    payload = getattr(entry, "payload", None)
    return Remembered(entry.at, entry.actor, json.loads(payload.body) if payload else {})
