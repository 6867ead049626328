"""Tables of allegations: that there is one, and the envelopes in which it stands.

Nothing here says of whom an allegation is, against which place, who told it or who took it: all of that
stands in the envelopes (`core.blind`), which open to keys the office doesn't hold. So without such a key
nobody can count by place or person, even with database, host and office key. Instants are UTC.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from amana.apps.allegations.codes import TOLD
from amana.apps.audit.columns import kept
from amana.apps.audit.records import Record


def _own(field: Any) -> Any:
    return kept(field, "system", "protect", "case")


class Allegation(Record):
    """One allegation, by a reference drawn at random. `state`: one of codes.STATES; `token` makes one of a
    form that is sent twice. Whoever acted on it is a monitor.
    """

    ref = _own(models.CharField(max_length=12, primary_key=True))
    told_at = _own(models.DateTimeField())
    state = _own(models.CharField(max_length=12, default=TOLD))
    acknowledged_at = _own(models.DateTimeField(null=True))
    acknowledged_by = _own(models.UUIDField(null=True))
    closed_at = _own(models.DateTimeField(null=True))
    closed_by = _own(models.UUIDField(null=True))
    token = _own(models.CharField(max_length=32, null=True, unique=True))

    class Meta:
        indexes = [models.Index(fields=["state", "told_at"], name="allegation_by_state")]


class Sealing(Record):
    """One envelope of an allegation, written once; the last one holds all that the earlier ones do. `about`:
    one of codes.ABOUT.
    """

    allegation_id: str
    allegation = _own(models.ForeignKey(Allegation, models.PROTECT, related_name="sealings"))
    number = _own(models.PositiveSmallIntegerField())
    about = _own(models.CharField(max_length=12))
    content = kept(models.BinaryField(), "C6", "protect", "case")
    at = _own(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allegation", "number"], name="sealings_in_order"),
        ]
