"""Writes of the trail other than appending: erasing payloads. The entries stay and still verify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from amana.apps.audit.models import AuditPayload
from amana.apps.audit.queries import Looker
from amana.apps.audit.recording import Log, recording
from amana.apps.audit.records import require_writing


def erase_payloads(*, subject: str, reason: str, by: Looker, at: datetime) -> int:
    """Erase what the trail holds in words about a subject; returns how many payloads went.

    That it was done, how many and why is itself an entry. `reason` is a key, never a person's data.
    """
    by.require("audit.see")
    with recording(by, at) as log:
        return erase_words(of=[subject], told_of=subject, reason=reason, log=log)


def erase_words(*, of: Sequence[str] | QuerySet[Any], told_of: str, reason: str, log: Log) -> int:
    """Erase the payloads about these subjects inside a command that has asked for its own permission; how
    many went.

    `of` are references, or a query of them; the entry that tells of it has the subject `told_of`.
    """
    require_writing(AuditPayload, "erase")
    erased, _ = AuditPayload.objects.filter(entry__subject__in=of).delete()
    log.entry("payload.erased", told_of, {"count": erased, "reason": reason})
    return erased
