"""The emergency lock: data-protection officer and monitor together withdraw the sealed keys.

One asks, the other joins within a minute; then no process of the office opens or closes anything sealed, the
opened data keys are dropped from memory and the file of the office key is destroyed on every host that
notices. Every process looks at most five seconds late. Only whoever holds a copy of the office key elsewhere
can end it, by putting the key back. What others had already on their screens stays seen.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from amana.apps.audit import office_key
from amana.apps.audit.key_models import EmergencyLock
from amana.apps.audit.recording import Actor, recording
from amana.core.errors import AmanaError

TOGETHER = timedelta(seconds=60)
LOOK_EVERY = 5.0
"""Seconds for which a process believes what it saw last."""

_seen: dict[str, tuple[float, bool]] = {}


class Locked(AmanaError):
    """The sealed keys have been withdrawn: nothing sealed can be read or written."""

    def __init__(self) -> None:
        super().__init__(
            "What is sealed is locked: data-protection officer and monitor have withdrawn the keys. "
            "Whoever keeps a copy of the office key ends this with `amana keys reopen`."
        )


class LockRefused(AmanaError):
    """A lock can't be asked for or joined so; the text says what would be right."""


def require_open() -> None:
    """Raise `Locked` where the office is locked, having dropped and destroyed what this process can reach."""
    seen = _seen.get("locked")
    now = time.monotonic()
    if seen is None or now - seen[0] > LOOK_EVERY:
        seen = (now, is_locked())
        _seen["locked"] = seen
    if seen[1]:
        withdraw()
        raise Locked


def is_locked() -> bool:
    """Whether a lock stands, as the database has it."""
    return bool(EmergencyLock.objects.filter(joined_at__isnull=False, ended_at__isnull=True).exists())


def look_again() -> None:
    """Have this process look at once, not at its next turn."""
    _seen.clear()


def ask(*, by: Actor, role: str, at: datetime) -> None:
    """Ask for a lock; it stands once somebody of the other role joins within a minute."""
    with recording(by, at) as log:
        EmergencyLock.objects.create(asked_by=by.audit_id, asked_role=role, asked_at=at)
        log.entry("lock.asked", "office", {"role": role})


def asked_by_other(role: str, at: datetime) -> EmergencyLock | None:
    """What somebody of another role asked for within the last minute, not joined yet."""
    open_ones = EmergencyLock.objects.filter(
        joined_at__isnull=True, asked_at__gt=at - TOGETHER, asked_at__lte=at
    )
    found: EmergencyLock | None = open_ones.exclude(asked_role=role).order_by("-asked_at").first()
    return found


def join(*, by: Actor, role: str, at: datetime) -> None:
    """Join what the other asked for: the office is locked. Raises `LockRefused`."""
    with recording(by, at) as log:
        found = asked_by_other(role, at)
        if found is None or found.asked_by == by.audit_id:
            raise LockRefused(
                "Nobody of the other role has asked for a lock in the last minute. Ask for one yourself, "
                "and have the other join within a minute."
            )
        EmergencyLock.objects.filter(pk=found.pk).update(joined_by=by.audit_id, joined_at=at)
        log.entry("lock.joined", "office", {"role": role})
    look_again()
    withdraw()


def withdraw() -> None:
    """Drop the opened keys from memory and destroy the file of the office key, if this host has one."""
    from amana.apps.audit import casekeys, custody_session

    casekeys.forget()
    custody_session.forget()
    file = office_key.key_file()
    if file is None or connection.in_atomic_block:
        return
    for each in (file, office_key.next_file(file)):
        _destroy(each)


def reopen(*, by: Actor, at: datetime) -> None:
    """End the lock; the office key has been put back. Raises `LockRefused` where none stands."""
    with recording(by, at) as log:
        ended = EmergencyLock.objects.filter(joined_at__isnull=False, ended_at__isnull=True)
        if not ended.update(ended_at=at):
            raise LockRefused("The office is not locked.")
        log.entry("lock.ended", "office", {})
    look_again()


def _destroy(file: Path) -> None:
    """Overwrite a file and remove it; a read-only one stays, and the lock holds without that."""
    with suppress(OSError):
        size = file.stat().st_size
        with file.open("r+b") as out:
            out.write(os.urandom(size))
            out.flush()
            os.fsync(out.fileno())
        file.unlink()
