"""Erasing rows of lists as their sender wrote them, of one person: the row stays and tells nothing any more.
A row that came twice, in one list or another, is hers as often as it came.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from amana.apps.audit.recording import Log
from amana.apps.registry.models import ListedRow


def originals_of(person: str) -> int:
    """How many rows still say something of a person."""
    return sum(1 for row in _rows(person) if row.original or row.messages)


def erase_originals(person: str, log: Log) -> int:
    """Empty the rows of a person, inside a command that has asked for its own permission; how many."""
    count = 0
    for row in _rows(person).order_by("id"):
        if row.original or row.messages:
            row.original, row.messages, count = {}, [], count + 1
            row.save(update_fields=["original", "messages"])
    if count:
        log.entry("erasure.rows", person, {"count": count})
    return count


def _rows(person: str) -> QuerySet[Any]:
    hers = ListedRow.objects.filter(person=person)
    return ListedRow.objects.filter(Q(person=person) | Q(identity__in=hers.values("identity")))
