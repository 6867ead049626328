"""Tables of emergency openings (who opened which case outside her relation, why, until when, and what whoever
reviewed it found), and of how many people each account reads, with the alarms that follow.

The reference is kept as it was asked for, whether or not anybody has it: a row tells nobody who exists. The
reasons speak of the official's own act, are sealed under a key of the opening's own, and are read by whoever
opened and by whoever reviews. Instants UTC.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import Bound, SealedText


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


def _span(field: Any) -> Any:
    return kept(field, "system", "trail", "day")


class Opening(Record):
    """One case opened for a few hours by an official who does not stand in her role's relation to it.

    `account` is an account's id, `by` what the trail knows it by; `ended_at` is set when it was ended early
    or its time had run out. `proper`: what the review found, None while it is owed.
    """

    sealed_with = Bound(("id",), "id")

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    ref = kept(models.CharField(max_length=12), "C1", "trail", "case")
    account = _trail(models.UUIDField())
    by = _trail(models.UUIDField())
    role = _trail(models.CharField(max_length=30))
    began_at = _trail(models.DateTimeField())
    ends_at = _trail(models.DateTimeField())
    ended_at = _trail(models.DateTimeField(null=True))
    reason = _trail(SealedText())
    proper = _trail(models.BooleanField(null=True))
    reviewed_by = _trail(models.UUIDField(null=True))
    reviewed_at = _trail(models.DateTimeField(null=True))
    review_reason = _trail(SealedText(null=True))

    class Meta:
        indexes = [
            models.Index(fields=["account", "began_at"], name="opening_of_account"),
            models.Index(fields=["began_at"], condition=Q(proper__isnull=True), name="opening_to_review"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="opening_ends_later"),
            models.CheckConstraint(
                condition=Q(proper__isnull=True, reviewed_by__isnull=True)
                | (Q(proper__isnull=False, reviewed_by__isnull=False) & ~Q(reviewed_by=F("by"))),
                name="opening_reviewed_by_another",
            ),
        ]


class GivenReason(Record):
    """Why an official read what her role reads with a reason only: whose, of which class, when, in words."""

    sealed_with = Bound(("id",), "id")

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    ref = kept(models.CharField(max_length=12), "C1", "trail", "case")
    cls = _trail(models.CharField(max_length=3))
    by = _trail(models.UUIDField())
    at = _trail(models.DateTimeField())
    reason = _trail(SealedText())


class ReadTally(models.Model):
    """How many different people an account has read within one hour or day of the clock, as keyed marks."""

    actor = _span(models.UUIDField())
    window = _span(models.CharField(max_length=13))
    marks = _span(models.BinaryField(default=b""))
    at = _span(models.DateTimeField(db_index=True))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "window"], name="one_tally_a_window")]


class ReadAlarm(models.Model):
    """That an account read more people than its role's work comes to: how many, never whom.

    `step`: `alarm`, those who watch were told; `stop`, it had to prove anew who sat there. `reason`: what
    came of it, of the official alone.
    """

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    actor = _trail(models.UUIDField())
    role = _trail(models.CharField(max_length=30))
    window = _trail(models.CharField(max_length=13))
    step = _trail(models.CharField(max_length=5))
    people = _trail(models.PositiveIntegerField())
    bound = _trail(models.PositiveIntegerField())
    at = _trail(models.DateTimeField(db_index=True))
    seen_by = _trail(models.UUIDField(null=True))
    seen_at = _trail(models.DateTimeField(null=True))
    reason = _trail(models.CharField(max_length=2000, blank=True, default=""))
