"""Appending to a trail: picks a free chain, numbers, commits, chains and stores entries in bulk. What
an entry commits to and how it follows from the one before is in `amana.core.trail`.

One chain on SQLite, which has one writer anyway; 64 on PostgreSQL, so that writers don't queue behind one
another.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, models, transaction

from amana.apps.audit.loading import append_rows
from amana.apps.audit.models import (
    NONCE,
    AuditChain,
    AuditEntry,
    AuditPayload,
    ReadChain,
    ReadEntry,
    ReadPayload,
)
from amana.core.trail import GENESIS, Said, commitment, cover, digest, public_part

CHAINS = {"sqlite": 1, "postgresql": 64}
PAYLOAD = ("entry_id", "nonce", "body")


@dataclass(frozen=True)
class Line:
    """What one entry will say, before it has a place in a chain."""

    at: datetime
    actor: UUID
    kind: str
    subject: str
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Trail:
    """The three tables of a trail and the database they stand in."""

    alias: str
    head: type[models.Model]
    entry: type[models.Model]
    payload: type[models.Model]


WRITES = Trail("default", AuditChain, AuditEntry, AuditPayload)
READS = Trail("operations", ReadChain, ReadEntry, ReadPayload)


def canonical(payload: Mapping[str, Any]) -> str:
    """The one JSON text of a payload: keys sorted, no spaces; dates as ISO, UUIDs as text; anything else is
    refused.
    """
    return _write_payload(payload)


def _plain(value: object) -> str | list[Any]:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"an audit payload holds JSON values, dates and UUIDs, not {type(value).__name__}")


ENTRY = (*Said._fields, "commitment", "digest")


@lru_cache(maxsize=1024)
def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


_write_payload = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
).encode


def append(trail: Trail, lines: Sequence[Line]) -> list[int]:
    """Store the lines at the end of one chain, all or none; the entries' ids, in order. Joins an open
    transaction.
    """
    if not lines:
        return []
    with transaction.atomic(using=trail.alias):
        head = _lock_head(trail)
        before = head.sequence
        entries, words = _chain(head, lines)
        append_rows(trail.entry, ENTRY, entries)
        rows = trail.entry._default_manager.using(trail.alias).filter(chain=head.chain, sequence__gt=before)
        ids = list(rows.order_by("sequence").values_list("pk", flat=True))
        append_rows(trail.payload, PAYLOAD, ((id, *each) for id, each in zip(ids, words, strict=True)))
        head.save(using=trail.alias, update_fields=["sequence", "digest"])
    return ids


def _chain(head: Any, lines: Sequence[Line]) -> tuple[list[tuple[Any, ...]], list[tuple[str, str]]]:
    """Rows of entries and of payloads, in order; moves the head along."""
    key, chance = bytes(settings.AUDIT_KEY), secrets.token_hex(NONCE // 2 * len(lines))
    entries, words = [], []
    for place, line in enumerate(lines):
        nonce, body = chance[place * NONCE : (place + 1) * NONCE], canonical(line.payload)
        head.sequence += 1
        said = Said(
            head.chain,
            head.sequence,
            head.digest,
            _instant(line.at),
            str(line.actor),
            line.kind,
            line.subject,
        )
        told = public_part(said)
        committed = commitment(key, nonce, said, told, body)
        head.digest = digest(said.previous, cover(said.subject, committed), told)
        entries.append((*said[:3], line.at, line.actor, *said[5:], committed, head.digest))
        words.append((nonce, body))
    return entries, words


def _lock_head(trail: Trail) -> Any:
    """A chain nobody else is appending to; waits for one only when all are taken."""
    heads = trail.head._default_manager.using(trail.alias).order_by("chain")
    if connections[trail.alias].vendor == "sqlite":
        head = heads.first()
    else:
        head = heads.select_for_update(skip_locked=True).first() or heads.select_for_update().first()
    if head is not None:
        return head
    fresh = [
        trail.head(chain=n, digest=GENESIS) for n in range(1, CHAINS[connections[trail.alias].vendor] + 1)
    ]
    trail.head._default_manager.using(trail.alias).bulk_create(fresh, ignore_conflicts=True)
    return heads.select_for_update().first()
