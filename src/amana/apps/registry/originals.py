"""Erasing rows of lists as their sender wrote them, of one person: the row stays and tells nothing any
more.
"""

from __future__ import annotations

from amana.apps.audit.recording import Log
from amana.apps.registry.models import ListedRow


def originals_of(person: str) -> int:
    """How many rows still say something of a person."""
    return sum(1 for row in ListedRow.objects.filter(person=person) if row.original or row.messages)


def erase_originals(person: str, log: Log) -> int:
    """Empty the rows of a person, inside a command that has asked for its own permission; how many."""
    count = 0
    for row in ListedRow.objects.filter(person=person).order_by("id"):
        if row.original or row.messages:
            row.original, row.messages, count = {}, [], count + 1
            row.save(update_fields=["original", "messages"])
    if count:
        log.entry("erasure.rows", person, {"count": count})
    return count
