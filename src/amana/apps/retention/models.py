"""Tables of retention: legal holds, erasures asked for and decided, periods, and what is due.

A legal hold keeps the records of a person from being erased; it closes no gate (that is the hold of
`apps.consents`). Nothing is edited: a hold ends, an erasure is decided once. Days are the office's, instants
UTC. What somebody gave as a reason in words is sealed.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import SealedText
from amana.apps.registry.models import Person


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


def _kept_for(field: Any) -> Any:
    """Until when records stay."""
    return kept(field, "C1", "protect", "case")


def _why(*, null: bool = False) -> Any:
    """Why records stay or go: it may tell what was done to the person."""
    return kept(SealedText(null=null), "C5", "protect", "case")


class RetentionHold(Record):
    """Nothing of a person is erased while it stands: until its last day, or until somebody other than its
    author ends it. `ground`: one of codes.HOLD_GROUNDS, sealed with the words, since it tells what happened.
    `of_class` or `of_paper` (an attachment's number): it keeps no more than this class or this paper.
    """

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "protect", "case")
    ground = _why()
    words = _why()
    of_class = _kept_for(models.CharField(max_length=3, blank=True, default=""))
    of_paper = _kept_for(models.UUIDField(null=True))
    since = _kept_for(models.DateField())
    until = _kept_for(models.DateField(null=True))
    review_on = _kept_for(models.DateField())
    placed_by = _trail(models.UUIDField())
    placed_at = _trail(models.DateTimeField())
    ended_on = _kept_for(models.DateField(null=True))
    ended_by = _trail(models.UUIDField(null=True))
    ended_at = _trail(models.DateTimeField(null=True))
    end_words = _why(null=True)
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "until"], condition=Q(ended_on__isnull=True), name="standing_hold_of_person"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["placed_by", "token"], name="retention_hold_once"),
            models.CheckConstraint(
                condition=Q(of_class="") | Q(of_paper__isnull=True), name="retention_hold_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, ended_at__isnull=True)
                | (
                    Q(ended_on__isnull=False, ended_by__isnull=False, ended_at__isnull=False)
                    & ~Q(ended_by=F("placed_by"))
                ),
                name="retention_hold_ended_by_another",
            ),
        ]


class Erasure(Record):
    """That one official asks to erase parts of what is kept of a person, and what another decided.

    `parts`: codes.PARTS joined by `;`. `counts`: part -> how much went. `state`: asked, done, refused or
    withdrawn.
    """

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "protect", "case")
    parts = _trail(models.CharField(max_length=60))
    ground = _trail(models.CharField(max_length=12))
    words = _why()
    asked_on = _trail(models.DateField())
    asked_by = _trail(models.UUIDField())
    asked_at = _trail(models.DateTimeField())
    state = _trail(models.CharField(max_length=10))
    decided_on = _trail(models.DateField(null=True))
    decided_by = _trail(models.UUIDField(null=True))
    decided_at = _trail(models.DateTimeField(null=True))
    decided_words = _why(null=True)
    counts = _trail(models.JSONField(default=dict))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="asked"), name="one_erasure_asked_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state="withdrawn", decided_by=F("asked_by"), decided_at__isnull=False)
                | (
                    Q(state__in=["done", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
                name="erasure_decided_by_another",
            ),
        ]


class RetentionPeriod(Record):
    """For how many months a class of data is kept after a case has ended, and what says so. A new one takes
    the place of the last; a class without one is kept.
    """

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    cls = kept(models.CharField(max_length=3), "system", "office", "office")
    months = kept(models.PositiveIntegerField(null=True), "system", "office", "office")
    basis = kept(models.CharField(max_length=500), "system", "office", "office")
    number = _trail(models.PositiveIntegerField(default=1))
    since = kept(models.DateField(), "system", "office", "office")
    set_by = _trail(models.UUIDField())
    set_at = _trail(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cls", "number"], name="retention_period_in_order")]


class RetentionDue(Record):
    """That the period of a part of what is kept of a person is over: proposed by the night, erased by nobody
    but two people. Rebuilt each night.
    """

    derived = True
    person_id: str

    person = kept(
        models.OneToOneField(Person, models.PROTECT, related_name="+", primary_key=True),
        "C1",
        "protect",
        "case",
    )
    parts = _trail(models.CharField(max_length=60))
    since = kept(models.DateField(), "system", "protect", "case")
    found_on = _trail(models.DateField())
