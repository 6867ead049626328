"""The table of papers. The files themselves lie encrypted beside the database (`store`).

What a paper is, what it goes with, its name and the keys of its files are sealed under the key of the case:
whoever has database and files learns that there is one. A paper is never changed; it is withdrawn, with a
reason, and stays. Sizes are bytes, days the office's, instants UTC.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import SealedJson, SealedText
from amana.apps.registry.models import Person


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


class Attachment(Record):
    """One paper of one person. `about`: record, ref (what it goes with: codes.KINDS and its reference), cls
    (the class of that), kind, pages, removed, name (as it came), key, and of each part its SHA-256 and size.

    `words`: what it is and says, for whoever can't see it; `others`: whether it speaks of people outside the
    family; `stored`: what its files are called.
    """

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "identify", "case")
    about = kept(SealedJson(), "C7", "source", "case")
    words = kept(SealedText(), "C7", "source", "case")
    others = kept(models.BooleanField(), "C4", "protect", "case")
    stored = kept(models.CharField(max_length=32, unique=True), "system", "source", "case")
    added_on = _trail(models.DateField())
    added_by = _trail(models.UUIDField())
    added_at = _trail(models.DateTimeField())
    withdrawn_on = _trail(models.DateField(null=True))
    withdrawn_by = _trail(models.UUIDField(null=True))
    withdrawn_at = _trail(models.DateTimeField(null=True))
    withdrawn_why = kept(SealedText(null=True), "C7", "trail", "case")
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["added_by", "token"], name="paper_added_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="paper_withdrawn_whole",
            ),
        ]
