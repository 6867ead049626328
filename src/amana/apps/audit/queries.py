"""Reads of the trail: what was done to a subject, and who saw it. People are opaque ids here; names are in
accounts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from amana.apps.audit.models import AuditEntry, AuditPayload, ReadSubject
from amana.core.trail import ERASURE

MONITORS_OWN = "A-"
"""How references of allegations begin: what was done with one, and who read it, is the monitor's to see."""


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


@dataclass(frozen=True)
class Looked:
    """How often somebody saw a subject on one page, and when first and last."""

    actor: UUID
    kind: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Erasure:
    """One erasure: when, by whom, how many payloads and on which ground; of whom is not told."""

    at: datetime
    actor: UUID
    count: int
    ground: str


def changes(subject: str, viewer: Looker, limit: int = 200) -> tuple[TrailEntry, ...]:
    """What was done to a subject, newest first; needs `audit.see`."""
    _require(viewer, subject)
    rows = AuditEntry.objects.filter(subject=subject).order_by("-at", "-pk")
    columns = rows.values_list("at", "actor", "kind", "subject", "payload__body")[:limit]
    viewer.saw(subject)
    return tuple(
        TrailEntry(at, actor, kind, ref, json.loads(body) if body else None)
        for at, actor, kind, ref, body in columns
    )


def sightings(subject: str, viewer: Looker, limit: int = 200) -> tuple[Sighting, ...]:
    """Who saw a subject, newest first; needs `audit.see`."""
    _require(viewer, subject)
    rows = ReadSubject.objects.filter(ref=subject).order_by("-entry__at", "-pk")
    viewer.saw(subject)
    return tuple(
        Sighting(*row) for row in rows.values_list("entry__at", "entry__actor", "entry__kind")[:limit]
    )


def looked(subject: str, viewer: Looker) -> tuple[Looked, ...]:
    """Who saw a subject on which page and how often, the last to look first; needs `audit.see`."""
    _require(viewer, subject)
    viewer.saw(subject)
    by_page = ReadSubject.objects.filter(ref=subject).values_list("entry__actor", "entry__kind")
    summed = by_page.annotate(count=Count("pk"), first=Min("entry__at"), last=Max("entry__at"))
    return tuple(Looked(*row) for row in summed.order_by("-last", "entry__kind"))


def erasures(viewer: Looker, limit: int = 200) -> tuple[Erasure, ...]:
    """What was erased from the trail, newest first; needs `audit.see`."""
    viewer.require("audit.see")
    rows = AuditEntry.objects.filter(kind=ERASURE).order_by("-at", "-pk")
    told = (
        (at, actor, json.loads(body) if body else {})
        for at, actor, body in rows.values_list("at", "actor", "payload__body")[:limit]
    )
    return tuple(Erasure(at, actor, said.get("count", 0), said.get("reason", "")) for at, actor, said in told)


def _require(viewer: Looker, subject: str) -> None:
    viewer.require("allegations.answer" if subject.startswith(MONITORS_OWN) else "audit.see")


def last_acts(subjects: Collection[str], left_out: tuple[str, ...]) -> Mapping[str, datetime]:
    """When something was last done to each of these subjects, kinds that begin with one of `left_out`
    aside: asked by the night.
    """
    aside = Q()
    for prefix in left_out:
        aside |= Q(kind__startswith=prefix)
    rows = AuditEntry.objects.filter(subject__in=subjects).exclude(aside).order_by()
    return dict(rows.values("subject").annotate(last=Max("at")).values_list("subject", "last"))


def kinds_with_words(subject: str) -> Mapping[str, int]:
    """How many payloads of each kind stand about a subject, those of erasures left out: asked by an erasure,
    which has asked for its own permission.
    """
    standing = AuditPayload.objects.filter(entry__subject=subject).exclude(entry__kind=ERASURE)
    counted = standing.values("entry__kind").annotate(count=Count("pk"))
    return dict(counted.values_list("entry__kind", "count"))
