"""Decisions that the day may have overtaken, read for the night: what each was taken on, from which facts,
and when the next birthday that may change it lies. The machine's own read, shown to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.apps.decisions.models import Decision
from amana.apps.decisions.office_pack import PLACEMENT


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that stands: its day, the plain facts it was taken from, and the next deciding birthday with
    its cause.
    """

    person: str
    on: date
    facts: Mapping[str, str | bool | None]
    next_earliest: date | None
    next_latest: date | None
    next_cause: str


def taken(refs: Sequence[str]) -> list[Taken]:
    """The decisions that stand on these people; who was never decided is absent."""
    rows = Decision.objects.filter(person__in=refs, decision=PLACEMENT, superseded_at__isnull=True)
    columns = ("person_id", "on", "facts", "next_earliest", "next_latest", "next_cause")
    return [Taken(*row) for row in rows.order_by("person").values_list(*columns)]
