"""The trail in its final form: chained, append-only entries with separately erasable payloads.

An entry commits to its payload by HMAC-SHA256 under the audit key, so that an erased payload leaves the
chain whole and a guess at its content can't be tested without the key. Triggers refuse UPDATE and DELETE of
entries. Instants are UTC; digests and nonces are lower-case hex. Written by `trail.append` alone.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.key_models import CaseKey, EmergencyLock, Holder, KeyMark

__all__ = [
    "AuditChain",
    "AuditEntry",
    "AuditPayload",
    "CaseKey",
    "EmergencyLock",
    "Holder",
    "KeyMark",
    "ReadChain",
    "ReadEntry",
    "ReadPayload",
    "ReadSubject",
]

DIGEST = 64
NONCE = 32


def _own(field: Any) -> Any:
    return kept(field, cls="system", purpose="trail", retention="trail")


class Head(models.Model):
    """The end of one chain: the last sequence number and its digest. Locked while entries are appended."""

    chain = _own(models.PositiveSmallIntegerField(primary_key=True))
    sequence = _own(models.BigIntegerField(default=0))
    digest = _own(models.CharField(max_length=DIGEST))

    class Meta:
        abstract = True


class Entry(models.Model):
    """One line of a trail; `digest` covers the other columns and, through `previous`, all lines before."""

    chain = _own(models.PositiveSmallIntegerField())
    sequence = _own(models.BigIntegerField())
    previous = _own(models.CharField(max_length=DIGEST))
    at = _own(models.DateTimeField())
    actor = _own(models.UUIDField())
    kind = _own(models.CharField(max_length=60))
    subject = _own(models.CharField(max_length=120, blank=True))
    commitment = _own(models.CharField(max_length=DIGEST))
    digest = _own(models.CharField(max_length=DIGEST))

    class Meta:
        abstract = True


class AuditChain(Head):
    """Head of a write chain."""


class AuditEntry(Entry):
    """Something was written; in the same transaction as the record itself."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="audit_entry_place")]
        indexes = [models.Index(fields=["subject", "at"], name="audit_entry_subject")]


class AuditPayload(models.Model):
    """What was written, as canonical JSON; may be erased without hurting the chain."""

    entry = _own(models.OneToOneField(AuditEntry, models.PROTECT, primary_key=True, related_name="payload"))
    nonce = _own(models.CharField(max_length=NONCE))
    body = kept(models.TextField(), cls="C1", purpose="trail", retention="trail")


class ReadChain(Head):
    """Head of a read chain."""


class ReadEntry(Entry):
    """Something was looked at: one entry a request; `kind` is the page's name."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="read_entry_place")]
        indexes = [models.Index(fields=["actor", "at"], name="read_entry_actor")]


class ReadPayload(models.Model):
    """What was looked at, as canonical JSON of references; may be erased without hurting the chain."""

    entry = _own(models.OneToOneField(ReadEntry, models.PROTECT, primary_key=True, related_name="payload"))
    nonce = _own(models.CharField(max_length=NONCE))
    body = kept(models.TextField(), cls="C1", purpose="trail", retention="trail")


class ReadSubject(models.Model):
    """An index from a reference to the requests that showed it, for `who saw`; derived from the payload."""

    entry = _own(models.ForeignKey(ReadEntry, models.PROTECT, related_name="subjects"))
    ref = kept(models.CharField(max_length=40), cls="C1", purpose="trail", retention="trail")

    class Meta:
        indexes = [models.Index(fields=["ref"], name="read_subject_ref")]
