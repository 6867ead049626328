"""The rest of what `amana doctor` looks at: keys, anchors, disk, clock. Readiness (databases, languages,
office) is beside it.
"""

from __future__ import annotations

import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from amana.apps.accounts.readiness import Finding
from amana.apps.audit import anchoring, key_marks, office_key
from amana.apps.audit.keys import KEY_MODE, KEY_NAMES, key_path
from amana.core.errors import AmanaError

LITTLE_DISK = 1024**3
TOO_LITTLE_DISK = 100 * 1024**2
CLOCK_SKEW_SECONDS = 120


def configuration() -> Finding:
    """Whether settings that weaken the office are on."""
    if settings.DEBUG:
        return Finding("settings", "fault", "DEBUG is on: error pages would show data", "Set DEBUG to False.")
    if settings.PLAIN_HTTP:
        mend = "Only for the demonstration on 127.0.0.1; elsewhere unset AMANA_PLAIN_HTTP."
        return Finding("settings", "warning", "cookies travel without https", mend)
    return Finding("settings", "well", f"home {settings.HOME}")


def keys() -> list[Finding]:
    """Whether each key is there and nobody else may read it."""
    others = [_key(name, key_path(settings.HOME, name)) for name in KEY_NAMES if name != "sealed"]
    return [*others, _office_key()]


def _office_key() -> Finding:
    """The key of what is sealed, wherever it is kept."""
    subject = "key sealed"
    try:
        file = office_key.key_file()
        faults = [] if file else office_key.faults(None, key_marks.elsewhere())
    except AmanaError as reason:
        return Finding(subject, "fault", "can't be used", str(reason))
    if faults:
        return Finding(subject, "fault", "can't be used", " ".join(faults))
    if file is not None:
        return _key("sealed", file)
    mend = "Name a file with AMANA_SEALED_KEY_FILE: it can be exchanged, and destroyed by a lock."
    return Finding(subject, "warning", "stands in the environment", mend)


def _key(name: str, path: Path) -> Finding:
    subject = f"key {name}"
    if not path.exists():
        return Finding(subject, "fault", "is missing", f"Restore {path.name} from your backup of keys.")
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode != KEY_MODE:
        return Finding(subject, "fault", f"has mode {mode:o}: others may read it", f"chmod 600 {path}")
    return Finding(subject, "well", "present, mode 600")


def anchors(at: datetime) -> Finding:
    """Whether anchors of the trail leave this office by themselves, and when the last one did."""
    try:
        place, last = anchoring.folder(), anchoring.newest()
    except anchoring.NoPlaceForAnchors as reason:
        return Finding("anchors", "fault", str(reason), "Set AMANA_ANCHORS, then start the worker again.")
    if place is None:
        mend = (
            "Set AMANA_ANCHORS to a folder whose copies this machine can't reach, or take them out by hand."
        )
        return Finding("anchors", "warning", "none leave this office by themselves", mend)
    if last is None or abs(at - last.at) > anchoring.LATE:
        words = f"the last was kept at {last.at:%Y-%m-%d %H:%M} UTC" if last else "none has been kept yet"
        return Finding("anchors", "fault", words, "Look at the worker's log and at the folder's rights.")
    return Finding("anchors", "well", f"the last at {last.at:%Y-%m-%d %H:%M} UTC, code {last.code}")


def home_folder() -> Finding:
    """Whether only the office's own account may enter AMANA_HOME."""
    mode = stat.S_IMODE(settings.HOME.stat().st_mode)
    if mode & 0o077:
        mend = f"chmod 700 {settings.HOME}"
        return Finding("home", "warning", f"has mode {mode:o}: others on this machine may enter", mend)
    return Finding("home", "well", "entered by its owner only")


def disk(free: int | None = None) -> Finding:
    """Whether the disk of AMANA_HOME has room; `free` in bytes."""
    free = shutil.disk_usage(settings.HOME).free if free is None else free
    words = f"{free / 1024**3:.1f} GiB free"
    if free < TOO_LITTLE_DISK:
        return Finding("disk", "fault", words, "Make room before the next import.")
    if free < LITTLE_DISK:
        return Finding("disk", "warning", words, "Make room soon.")
    return Finding("disk", "well", words)


def clock(at: datetime) -> Finding:
    """Whether this machine's clock agrees with the database's."""
    if connection.vendor != "postgresql":
        return Finding("clock", "well", f"{at:%Y-%m-%d %H:%M} UTC")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            skew = abs((cursor.fetchone()[0].astimezone(UTC) - at).total_seconds())
    except DatabaseError as reason:
        return Finding(
            "clock", "fault", f"the database did not tell: {type(reason).__name__}", "Look at the server."
        )
    if skew > CLOCK_SKEW_SECONDS:
        return Finding("clock", "fault", f"{skew:.0f} s apart from the database", "Set both clocks by NTP.")
    return Finding("clock", "well", f"{at:%Y-%m-%d %H:%M} UTC")
