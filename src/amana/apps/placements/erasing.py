"""Erasing where somebody stayed, for an erasure that two people decided elsewhere. A stay of which a ground
is told shows what an official did, and lasts; so do moves.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amana.apps.audit.among import Among
from amana.apps.audit.recording import Log
from amana.apps.audit.records import require_writing
from amana.apps.placements.models import Stay, StayGround


def staying(refs: Collection[str], on: date) -> frozenset[str]:
    """Those of these people who stay somewhere on that day, or will."""
    rows = Stay.objects.filter(Q(until__isnull=True) | Q(until__gt=on), Among("person_id", refs))
    return frozenset(rows.values_list("person_id", flat=True))


def stays_of(person: str) -> int:
    """How many stays of a person can go."""
    return _past(person).count()


def erase_stays(person: str, log: Log) -> int:
    """Take away where a person stayed; how many stays."""
    require_writing(Stay, "erase")
    rows = _past(person)
    count = rows.count()
    rows._raw_delete(rows.db)
    log.entry("erasure.stays", person, {"count": count})
    return count


def _past(person: str) -> QuerySet[Any]:
    told: QuerySet[Any] = Stay.objects.filter(person=person, until__isnull=False)
    return told.exclude(Exists(StayGround.objects.filter(stay=OuterRef("pk"))))
