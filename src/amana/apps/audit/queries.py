"""Reads of the trail: what was done to a subject, and who saw it. People are opaque ids here; names are in
accounts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from amana.apps.audit.models import AuditEntry, ReadSubject


class Looker(Protocol):
    """Whoever looks: accounts' Viewer."""

    @property
    def audit_id(self) -> UUID:
        """The opaque id the trail knows her by."""

    def require(self, permission: str) -> None:
        """Raise unless the role includes the permission."""

    def saw(self, ref: str) -> None:
        """Remember what was shown."""


@dataclass(frozen=True)
class TrailEntry:
    """One line of the trail; `payload` is None once erased."""

    at: datetime
    actor: UUID
    kind: str
    subject: str
    payload: Mapping[str, Any] | None


@dataclass(frozen=True)
class Sighting:
    """One request that showed a subject: when, to whom, on which page."""

    at: datetime
    actor: UUID
    kind: str


def changes(subject: str, viewer: Looker, limit: int = 200) -> tuple[TrailEntry, ...]:
    """What was done to a subject, newest first; needs `audit.see`."""
    viewer.require("audit.see")
    rows = AuditEntry.objects.filter(subject=subject).order_by("-at", "-pk")
    columns = rows.values_list("at", "actor", "kind", "subject", "payload__body")[:limit]
    viewer.saw(subject)
    return tuple(
        TrailEntry(at, actor, kind, ref, json.loads(body) if body else None)
        for at, actor, kind, ref, body in columns
    )


def sightings(subject: str, viewer: Looker, limit: int = 200) -> tuple[Sighting, ...]:
    """Who saw a subject, newest first; needs `audit.see`."""
    viewer.require("audit.see")
    rows = ReadSubject.objects.filter(ref=subject).order_by("-entry__at", "-pk")
    viewer.saw(subject)
    return tuple(
        Sighting(*row) for row in rows.values_list("entry__at", "entry__actor", "entry__kind")[:limit]
    )
