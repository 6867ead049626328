"""Private keys of custody that their owners have unlocked for their own session: in the memory of this
process alone, for at most fifteen minutes, never on disk, dropped at sign-out and when the office is locked.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from amana.core.envelopes import PrivateKey

LASTS = timedelta(minutes=15)

_unlocked: dict[tuple[UUID, str], tuple[datetime, PrivateKey]] = {}
_turn = Lock()


def unlock(account: UUID, session: str, key: PrivateKey, at: datetime) -> None:
    """Hold a key for one account in one session from `at` on."""
    with _turn:
        _unlocked[account, session] = (at, key)


def unlocked(account: UUID, session: str, at: datetime) -> PrivateKey | None:
    """The key, where it was unlocked in this session less than fifteen minutes ago."""
    with _turn:
        for place, (since, _) in list(_unlocked.items()):
            if not timedelta() <= at - since < LASTS:
                del _unlocked[place]
        found = _unlocked.get((account, session))
    return found[1] if found else None


def forget(account: UUID | None = None) -> None:
    """Drop the keys of one account, or of everybody."""
    with _turn:
        for place in list(_unlocked):
            if account is None or place[0] == account:
                del _unlocked[place]
