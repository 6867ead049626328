"""Tables of requests about one's own record, and of the period within which the office answers.

A request is written once; it is answered once, by another official than who took it down, and what is handed
over is noted. What was asked and answered is sealed, and stands in no list.
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


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


def _about(field: Any) -> Any:
    return kept(field, "C5", "protect", "case")


class AnsweringPeriod(Record):
    """Within how many days the office answers, from a day on, and on what that rests, in words. None is kept
    until somebody names one: then no request has a last day.
    """

    days = kept(models.PositiveSmallIntegerField(), "system", "office", "office")
    basis = kept(models.CharField(max_length=500), "system", "office", "office")
    since = kept(models.DateField(), "system", "office", "office")
    set_by = kept(models.UUIDField(), "system", "trail", "office")
    set_at = kept(models.DateTimeField(), "system", "trail", "office")


class RecordRequest(Record):
    """What somebody asks of a person's record. `taken_role`: the role of who took it down. `due_on`: its last
    day under the period that held when it was taken (None: no period was known).

    `said`: words, authority, topic, attribute, language. `claim`: the number of the claim that a correction
    is about. `answered`: reasons, complain.
    """

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "protect", "case")
    kind = _about(SealedText())
    asker = _about(SealedText())
    said = _about(SealedJson())
    claim = _trail(models.BigIntegerField(null=True))
    taken_on = _trail(models.DateField())
    taken_by = _trail(models.UUIDField())
    taken_at = _trail(models.DateTimeField())
    taken_role = _trail(models.CharField(max_length=30))
    due_on = _trail(models.DateField(null=True))
    closed_on = _trail(models.DateField(null=True))
    closed_by = _trail(models.UUIDField(null=True))
    closed_at = _trail(models.DateTimeField(null=True))
    answered = _about(SealedJson(null=True))
    handed_on = _trail(models.DateField(null=True))
    handed_by = _trail(models.UUIDField(null=True))
    handed_at = _trail(models.DateTimeField(null=True))
    handed = _about(SealedJson(null=True))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [
            models.Index(
                fields=["person"], condition=Q(closed_on__isnull=True), name="open_request_of_person"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["taken_by", "token"], name="request_taken_once"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True, closed_at__isnull=True, closed_on__isnull=True)
                | (
                    Q(closed_by__isnull=False, closed_at__isnull=False, closed_on__isnull=False)
                    & ~Q(closed_by=F("taken_by"))
                ),
                name="request_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True) | Q(closed_on__isnull=False),
                name="request_handed_after_answer",
            ),
        ]
