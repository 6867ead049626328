"""Erasing what was decided of one person and the facts that it rests on, for an erasure that two people
decided elsewhere. What officials determined is not among it.
"""

from __future__ import annotations

from amana.apps.audit.recording import Log
from amana.apps.audit.records import require_writing
from amana.apps.decisions.models import Decision, FactsRow


def decisions_of(person: str) -> int:
    """How many decisions on a person are kept."""
    return Decision.objects.filter(person=person).count()


def erase_decisions(person: str, log: Log) -> int:
    """Take away every decision on a person, those superseded included, and her facts; how many decisions."""
    require_writing(Decision, "erase")
    count = decisions_of(person)
    for model in (Decision, FactsRow):
        rows = model.objects.filter(person=person)
        rows._raw_delete(rows.db)
    log.entry("erasure.decisions", person, {"count": count})
    return count
