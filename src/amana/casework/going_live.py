"""Going live: what must be so before an office serves others than invented people, and what it remembers.

Backups and the impact assessment are remembered in the trail itself, where they can't be put in afterwards.
"""

from __future__ import annotations

from datetime import datetime

from amana.apps.accounts.viewers import installer
from amana.apps.audit.recording import recording

BACKED_UP = "office.backed_up"


def note_backup(*, digest: str, rows: int, at: datetime) -> None:
    """Remember that a backup was made and restored on trial; `digest`: the SHA-256 of its file."""
    with recording(installer(), at) as log:
        log.entry(BACKED_UP, "office", {"sha256": digest, "rows": rows})
