"""Appending to a trail: picks a free chain, numbers, commits, chains and stores entries in bulk.

One chain on SQLite, which has one writer anyway; 64 on PostgreSQL, so that writers don't queue behind one
another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connections, models, transaction

from amana.apps.audit.models import AuditChain, AuditEntry, AuditPayload, ReadChain, ReadEntry, ReadPayload

GENESIS = "0" * 64
CHAINS = {"sqlite": 1, "postgresql": 64}
ROWS_AT_ONCE = 2000


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


def commitment(nonce: str, body: str) -> str:
    """HMAC-SHA256 under the audit key over nonce and body."""
    return hmac.digest(bytes(settings.AUDIT_KEY), (nonce + body).encode(), "sha256").hex()


class Columns(NamedTuple):
    """Every column of an entry that its digest covers, in the order it covers them."""

    chain: int
    sequence: int
    previous: str
    at: datetime
    actor: UUID
    kind: str
    subject: str
    commitment: str


def digest(columns: Columns) -> str:
    """SHA-256 over the columns, joined so that no two rows can look alike."""
    at, actor = columns.at.astimezone(UTC).isoformat(), str(columns.actor)
    text = _write_columns([*columns[:3], at, actor, *columns[5:]])
    return hashlib.sha256(text.encode()).hexdigest()


# Built once: making an encoder for every entry would double the time of a verification.
_write_payload = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
).encode
_write_columns = json.JSONEncoder(ensure_ascii=False).encode


def append(trail: Trail, lines: Sequence[Line]) -> list[models.Model]:
    """Store the lines at the end of one chain, all or none, and return the entries; joins an open
    transaction.
    """
    if not lines:
        return []
    with transaction.atomic(using=trail.alias):
        head = _lock_head(trail)
        entries, payloads = _chain(trail, head, lines)
        rows = trail.entry._default_manager.using(trail.alias).bulk_create(entries, batch_size=ROWS_AT_ONCE)
        for row, payload in zip(rows, payloads, strict=True):
            payload.entry_id = row.pk
        trail.payload._default_manager.using(trail.alias).bulk_create(payloads, batch_size=ROWS_AT_ONCE)
        head.save(using=trail.alias, update_fields=["sequence", "digest"])
    return list(rows)


def _chain(trail: Trail, head: Any, lines: Sequence[Line]) -> tuple[list[Any], list[Any]]:
    """Entries and payloads in order; moves the head along."""
    entries, payloads = [], []
    for line in lines:
        nonce, body = secrets.token_hex(16), canonical(line.payload)
        committed = commitment(nonce, body)
        previous, head.sequence = head.digest, head.sequence + 1
        columns = Columns(
            head.chain, head.sequence, previous, line.at, line.actor, line.kind, line.subject, committed
        )
        head.digest = digest(columns)
        entries.append(trail.entry(**columns._asdict(), digest=head.digest))
        payloads.append(trail.payload(nonce=nonce, body=body))
    return entries, payloads


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
