"""Writes of the trail other than appending: erasing a payload. The entry stays and still verifies."""

from __future__ import annotations

from datetime import datetime

from amana.apps.audit.models import AuditPayload
from amana.apps.audit.queries import Looker
from amana.apps.audit.recording import recording


def erase_payloads(*, subject: str, reason: str, by: Looker, at: datetime) -> int:
    """Erase what the trail holds in words about a subject; returns how many payloads went.

    That it was done, how many and why is itself an entry. `reason` is a key, never a person's data.
    """
    by.require("audit.see")
    with recording(by, at) as log:
        erased, _ = AuditPayload.objects.filter(entry__subject=subject).delete()
        log.entry("payload.erased", subject, {"count": erased, "reason": reason})
    return erased
