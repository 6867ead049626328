"""The table of guardians and counsel. Nothing is edited: a row goes from asked to standing or refused, and
from standing to ended, each step by a named official. What was said of the appointment is sealed.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import SealedJson, SealedText
from amana.apps.registry.models import Person
from amana.apps.representatives.codes import OPEN


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


def _about(field: Any) -> Any:
    return kept(field, "C4", "protect", "case")


class Representative(Record):
    """That an account stands by a person as guardian or counsel, from `appointed_on` until `until` (None:
    without end); asked for by one official and confirmed by another.

    `named`: the sealed classes are open to her as well. `said`: ground (who appointed her, by which paper),
    agreed (whether the person said yes: needed of a client) and view, in words. `assignment`: the number of
    the assignment that opens the case to her while it stands.
    """

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "protect", "case")
    account = _trail(models.UUIDField())
    capacity = _about(models.CharField(max_length=8))
    appointed_on = _about(models.DateField())
    until = _about(models.DateField(null=True))
    named = _trail(models.BooleanField(default=False))
    said = kept(SealedJson(), "C4", "protect", "case")
    state = _trail(models.CharField(max_length=8))
    asked_on = _trail(models.DateField())
    asked_by = _trail(models.UUIDField())
    asked_at = _trail(models.DateTimeField())
    answered_on = _trail(models.DateField(null=True))
    answered_by = _trail(models.UUIDField(null=True))
    answered_at = _trail(models.DateTimeField(null=True))
    answer_reason = kept(SealedText(null=True), "C4", "protect", "case")
    assignment = _trail(models.BigIntegerField(null=True))
    ended_on = _trail(models.DateField(null=True))
    ended_by = _trail(models.UUIDField(null=True))
    ended_at = _trail(models.DateTimeField(null=True))
    end_reason = kept(SealedText(null=True), "C4", "protect", "case")
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [models.Index(fields=["account", "state"], name="representative_of_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "account"], condition=Q(state__in=OPEN), name="stands_by_once"
            ),
            models.UniqueConstraint(fields=["asked_by", "token"], name="representative_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True, answered_at__isnull=True)
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("asked_by"))),
                name="representative_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="stands") | Q(assignment__isnull=False), name="standing_has_assignment"
            ),
        ]
