"""The table of contacts: whom to call, as the person tells it.

Who it is and the number stand sealed under the key of the case; `blind` finds a number again, tells nothing
of it, and is empty once the contact has ended. There is no field for what a relative is accused of. Days are
the office's, instants UTC.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record
from amana.apps.audit.sealing import SealedJson
from amana.apps.registry.models import Person


def _trail(field: Any) -> Any:
    return kept(field, "system", "trail", "case")


class Contact(Record):
    """One number of one relative. `said`: who (name and how she stands to the person), phone, as told."""

    person_id: str

    id = _trail(models.UUIDField(primary_key=True, default=uuid4))
    person = kept(models.ForeignKey(Person, models.PROTECT, related_name="+"), "C1", "identify", "case")
    said = kept(SealedJson(padded=256), "C4", "kinship", "case")
    blind = kept(models.CharField(max_length=64, blank=True, default=""), "C4", "search", "case")
    added_on = _trail(models.DateField())
    added_by = _trail(models.UUIDField())
    added_at = _trail(models.DateTimeField())
    ended_on = _trail(models.DateField(null=True))
    ended_by = _trail(models.UUIDField(null=True))
    ended_at = _trail(models.DateTimeField(null=True))
    token = _trail(models.CharField(max_length=32, null=True))

    class Meta:
        indexes = [models.Index(fields=["blind", "person"], name="contact_by_number")]
        constraints = [models.UniqueConstraint(fields=["added_by", "token"], name="contact_added_once")]
