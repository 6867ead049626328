"""Tables of keys: the closed data key of each case, what the office's keys are known by, public keys of those
who hold what the office may not read, and emergency locks.

No key stands here in the clear. Instants are UTC.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models

from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record


def _own(field: Any) -> Any:
    return kept(field, cls="system", purpose="protect", retention="case")


def _office(field: Any) -> Any:
    return kept(field, cls="system", purpose="protect", retention="office")


class CaseKey(Record):
    """The data key of one case, closed by the office key of that fingerprint. A retired one closes nothing
    new and goes when nothing stands under it any more. `round` counts the exchanges of data keys.
    """

    id = _own(models.UUIDField(primary_key=True, default=uuid4))
    case = kept(models.CharField(max_length=40), cls="C1", purpose="protect", retention="case")
    closed = _own(models.BinaryField())
    closed_by = _own(models.CharField(max_length=16))
    retired = _own(models.BooleanField(default=False))
    round = _own(models.PositiveIntegerField(default=0))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(retired=False), name="one_key_a_case"
            ),
        ]
        indexes = [models.Index(fields=["closed_by", "id"], name="case_key_by_office_key")]


class KeyMark(Record):
    """What a lasting key of the office was known by when it was first used; under `round` how often the data
    keys of all cases have been exchanged.
    """

    name = _office(models.CharField(max_length=20, primary_key=True))
    mark = _office(models.CharField(max_length=16))


class Holder(Record):
    """A public key whose owner alone can read what is sealed to it. `account` is opaque; `identity` holds the
    key of the pseudonyms, sealed to a monitor. It counts once a second person has confirmed it, and until it
    is withdrawn; what was sealed to it before stays readable by its owner.
    """

    id = _office(models.UUIDField(primary_key=True, default=uuid4))
    account = _office(models.UUIDField())
    role = _office(models.CharField(max_length=30))
    public = _office(models.CharField(max_length=64))
    identity = _office(models.BinaryField(null=True))
    added_by = _office(models.UUIDField())
    added_at = _office(models.DateTimeField())
    confirmed_by = _office(models.UUIDField(null=True))
    confirmed_at = _office(models.DateTimeField(null=True))
    withdrawn_by = _office(models.UUIDField(null=True))
    withdrawn_at = _office(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_custody_key_an_account",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("added_by")),
                name="second_person_confirms_custody",
            ),
        ]


class EmergencyLock(Record):
    """The sealed keys withdrawn: asked for by one, joined by another in time, ended when an escrowed copy of
    the office key is put back.
    """

    asked_by = _office(models.UUIDField())
    asked_role = _office(models.CharField(max_length=30))
    asked_at = _office(models.DateTimeField())
    joined_by = _office(models.UUIDField(null=True))
    joined_at = _office(models.DateTimeField(null=True))
    ended_at = _office(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(joined_by__isnull=True) | ~models.Q(joined_by=models.F("asked_by")),
                name="two_people_lock",
            ),
        ]
