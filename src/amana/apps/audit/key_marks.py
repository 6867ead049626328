"""What the database knows of the office's lasting keys: their fingerprints, so that a lost or exchanged one
is found before anything is written under a new one.

A fingerprint tells nothing of a key. An office that has written nothing yet has no marks and loses nothing.
"""

from __future__ import annotations

import os
from datetime import datetime

from django.conf import settings
from django.db import connection

from amana.apps.audit import emergency, office_key
from amana.apps.audit.key_models import CaseKey, EmergencyLock, KeyMark
from amana.apps.audit.keys import LASTING_KEYS, LostKey, key, key_path
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import Actor, recording
from amana.core.errors import AmanaError

MARKED = tuple(name for name in LASTING_KEYS if name != "sealed")
"""The sealed key may be exchanged: every data key says itself which one closed it."""


class WrongKey(AmanaError):
    """A lasting key is there, but it is not the one that this office began with."""


def marks() -> dict[str, str]:
    """The fingerprints of the keys at hand that never change."""
    return {name: office_key.fingerprint(bytes.fromhex(key(settings.HOME, name))) for name in MARKED}


def keep_marks(by: Actor, at: datetime) -> None:
    """Remember the keys at hand where none was remembered; after the tables have been made."""
    kept = set(KeyMark.objects.values_list("name", flat=True))
    new = {name: mark for name, mark in marks().items() if name not in kept}
    if new:
        with recording(by, at) as log:
            KeyMark.objects.bulk_create(KeyMark(name=name, mark=mark) for name, mark in new.items())
            log.entry("keys.marked", "office", new)


def refuse_lost(*, although_locked: bool = False) -> None:
    """Raise `LostKey` or `WrongKey` where a lasting key of an office that has written something is missing or
    another. To be asked where the trail's tables are there. An emergency lock has destroyed the office key,
    and the rest goes on without it unless it is asked `although_locked`.
    """
    if not AuditEntry.objects.exists():
        return
    for name in MARKED:
        path = key_path(settings.HOME, name)
        if not path.exists():
            raise LostKey(path, name)
    _refuse_lost_office_key(although_locked)
    if KeyMark._meta.db_table not in connection.introspection.table_names():
        return
    known, here = dict(KeyMark.objects.values_list("name", "mark")), marks()
    for name, mark in known.items():
        if here.get(name, mark) != mark:
            path = key_path(settings.HOME, name)
            raise WrongKey(f"{path} is not the key that this office began with. Restore it from your backup.")


def locked() -> bool:
    """Whether an emergency lock stands; tables of an earlier version know none."""
    known = EmergencyLock._meta.db_table in connection.introspection.table_names()
    return known and emergency.is_locked()


def refuse_unfit() -> None:
    """Raise `UnfitKey` where the office key may be read by others, or stands where it must not."""
    if locked():
        return
    if found := office_key.faults(office_key.key_file(), elsewhere()):
        raise office_key.UnfitKey("\n".join(found))


def elsewhere() -> dict[str, str]:
    """Texts in which the office key must not stand, by what they are called."""
    others = {f"{name}.key": key(settings.HOME, name) for name in MARKED}
    return {**others, "DATABASE_URL": os.environ.get("DATABASE_URL") or ""}


def _refuse_lost_office_key(although_locked: bool) -> None:
    if locked() and not although_locked:
        return
    here = office_key.ring()
    if CaseKey._meta.db_table not in connection.introspection.table_names():
        return
    closed_by = set(CaseKey.objects.order_by().values_list("closed_by", flat=True).distinct())
    if foreign := sorted(closed_by - here.keys.keys()):
        raise WrongKey(
            f"The office key is another than the one that closed what this office keeps sealed "
            f"({', '.join(foreign)}). Restore that key from your backup."
        )
