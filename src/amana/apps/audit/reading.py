"""The read log: one entry a request, with every reference it showed. Stands in `operations`: looking never
waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol
from uuid import UUID

from django.dispatch import Signal

from amana.apps.audit.models import ReadSubject
from amana.apps.audit.trail import READS, Line, append
from amana.apps.audit.turns import transaction_in_turn

OPENED: Final = "opened:"
"""What the kind of an entry begins with where a page was shown through an emergency opening."""


class Reader(Protocol):
    """Whoever looked, with what was shown to her."""

    @property
    def audit_id(self) -> UUID:
        """The opaque id the trail knows her by."""

    @property
    def trail(self) -> list[str]:
        """References shown, in order."""


was_read = Signal()
"""Sent for every read entry, with `viewer`, the references (`refs`) and `at`, in the transaction that writes
it: one wait for the disk serves both.
"""


def record_reading(viewer: Reader, kind: str, at: datetime) -> frozenset[Any]:
    """Append one read entry for all the viewer has been shown and start her list anew; nothing shown,
    nothing written. What was answered by those who listen to `was_read`.
    """
    refs = list(dict.fromkeys(viewer.trail))
    if not refs:
        return frozenset()
    with transaction_in_turn(READS.alias):
        subject = refs[0] if len(refs) == 1 else ""
        (entry_id,) = append(READS, [Line(at, viewer.audit_id, kind, subject, {"subjects": refs})])
        ReadSubject.objects.bulk_create(ReadSubject(entry_id=entry_id, ref=ref) for ref in refs)
        heard = was_read.send(sender=None, viewer=viewer, refs=refs, at=at)
    viewer.trail.clear()
    return frozenset(told for _listener, told in heard)


def record_question(viewer: Reader, kind: str, subject: str, asked: Mapping[str, Any], at: datetime) -> None:
    """Append one read entry for a count that was asked for: nobody is shown, but who asks what, and how
    often, can be seen at `subject`.
    """
    with transaction_in_turn(READS.alias):
        (entry_id,) = append(READS, [Line(at, viewer.audit_id, kind, subject, asked)])
        ReadSubject.objects.create(entry_id=entry_id, ref=subject)
