"""Writes of the trail other than appending: erasing payloads. The entries stay and still verify, because an
entry of its own names every payload that went; one that goes without being named is found as a fault.

An erasure's own payload is never erased: it holds counts, a ground and numbers of entries, nothing of a
person.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import QuerySet

from amana.apps.audit.models import AuditPayload
from amana.apps.audit.recording import Log
from amana.apps.audit.records import require_writing
from amana.core.trail import ERASURE, Ranges


def erase_words(
    *,
    of: Sequence[str] | QuerySet[Any],
    told_of: str,
    reason: str,
    log: Log,
    lasting: Collection[str] = (),
) -> int:
    """Erase the payloads about these subjects inside a command that has asked for its own permission; how
    many went.

    `of` are references, or a query of them; the entry that tells of it has the subject `told_of`. `reason` is
    a key, never a person's data. Payloads of entries of the kinds `lasting` stay.
    """
    require_writing(AuditPayload, "erase")
    doomed = AuditPayload.objects.filter(entry__subject__in=of).exclude(entry__kind__in={ERASURE, *lasting})
    named = Ranges()
    places = doomed.order_by("entry__chain", "entry__sequence")
    for chain, sequence in places.values_list("entry__chain", "entry__sequence").iterator():
        named.add(chain, sequence)
    doomed._raw_delete(doomed.db)
    entries = {str(chain): some for chain, some in named.by_chain.items()}
    log.entry(ERASURE, told_of, {"count": len(named), "reason": reason, "entries": entries})
    return len(named)
