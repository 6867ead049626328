"""Sessions in the read log: begun, proved anew, ended, refused.

Stands in `operations`: signing in never waits. What was typed is never kept; a refused try names the account
where there is one, else nothing.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from amana.apps.audit.trail import READS, Line, append

BEGAN, PROVED, ENDED, REFUSED = "session.began", "session.proved", "session.ended", "session.refused"


def record_session(kind: str, *, actor: UUID, account: UUID | None, at: datetime) -> None:
    """Append one entry; `actor` and `account` are opaque ids, `account` None for one that does not exist."""
    append(READS, [Line(at, actor, kind, f"account:{account}" if account else "", {})])
