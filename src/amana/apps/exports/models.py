"""Tables of the export gate: a file that is asked for, the answers of who approves, and the copy taken.

Neither the file nor whom it holds is kept: of the people a keyed digest, so that what was approved is what is
taken; of the copy its hash, its mark and the seed of the order of its rows, so that a leaked one is traced.
Instants are UTC.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "trail")


class Export(Record):
    """A file of people that somebody asks for. `columns` and `classes` are joined by `;`; `filters`: name ->
    values; `people`: how many, `counted`: with those asked for shortly before by the same account; `reason`:
    why, in words, in which nobody is named; `asked_account` is the account, `asked_by` its trail id.
    """

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    kind = _trail(models.CharField(max_length=12))
    form = _trail(models.CharField(max_length=4))
    language = _trail(models.CharField(max_length=8))
    columns = _trail(models.CharField(max_length=120))
    classes = _trail(models.CharField(max_length=40))
    filters = kept(models.JSONField(default=dict), "C1", "trail", "trail")
    people = _trail(models.PositiveIntegerField())
    counted = _trail(models.PositiveIntegerField())
    digest = _trail(models.CharField(max_length=64))
    recipient_kind = _trail(models.CharField(max_length=12))
    recipient = _trail(models.CharField(max_length=200))
    purpose = _trail(models.CharField(max_length=12))
    reason = kept(models.CharField(max_length=1000), "C1", "trail", "trail")
    asked_by = _trail(models.UUIDField())
    asked_account = _trail(models.UUIDField())
    asked_on = _trail(models.DateField())
    asked_at = _trail(models.DateTimeField())
    until = _trail(models.DateTimeField())
    state = _trail(models.CharField(max_length=10))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [models.Index(fields=["asked_by", "asked_at"], name="export_of_account")]
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "token"], name="export_asked_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="export_of_somebody"),
        ]


class ExportApproval(Record):
    """What somebody other than who asked answered. `role`: hers when she answered."""

    export_id: object

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    export = _trail(models.ForeignKey(Export, models.PROTECT, related_name="approvals"))
    answer = _trail(models.CharField(max_length=3))
    role = _trail(models.CharField(max_length=30))
    reason = kept(models.CharField(max_length=1000), "C1", "trail", "trail")
    by = _trail(models.UUIDField())
    at = _trail(models.DateTimeField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "by"], name="export_answered_once")]


class ExportCopy(Record):
    """The one copy that was taken of a file. `number` counts the copies of the office; `mark` stands in every
    row; `seed` gives the order of the rows; `digest`: SHA-256 of the file.
    """

    export_id: object

    export = _trail(models.OneToOneField(Export, models.PROTECT, related_name="copy", primary_key=True))
    number = _trail(models.PositiveIntegerField(unique=True))
    mark = _trail(models.CharField(max_length=20, unique=True))
    seed = _trail(models.CharField(max_length=64))
    digest = _trail(models.CharField(max_length=64))
    people = _trail(models.PositiveIntegerField())
    taken_by = _trail(models.UUIDField())
    taken_at = _trail(models.DateTimeField())
