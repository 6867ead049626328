"""Reads of allegations: that there are some, and, with a private key, what is said.

The monitor sees every one. Any other holder sees those her key opens, which needs the key; without it nobody
is told whether a reference exists. The officer of data protection learns how many there are, and nobody else
learns anything. Each reading is noted under the allegation's own reference.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.allegations import codes
from amana.apps.allegations.commands import digest_of
from amana.apps.allegations.contents import place_of, unpacked
from amana.apps.allegations.models import Allegation, Sealing
from amana.apps.audit.models import AuditEntry
from amana.core.blind import open_blind
from amana.core.envelopes import NotForThisKey, PrivateKey
from amana.core.need_to_know import Level

SEE, TAKE, ANSWER = "allegations.see", "allegations.take", "allegations.answer"
COLUMNS = ("ref", "told_at", "state", "acknowledged_at", "closed_at")
MOST = 500
"""So many of the newest are tried with a key, or listed."""


@dataclass(frozen=True)
class Line:
    """That there is an allegation, and where it stands: one of codes.STATES."""

    ref: str
    told_at: datetime
    state: str
    acknowledged_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Opened:
    """An allegation read with a key: its content (contents.FIELDS) of the last envelope that opens, and
    whether the trail holds the digest of that envelope (`vouched`).
    """

    line: Line
    told: dict[str, str]
    vouched: bool


def reads_all(viewer: Viewer) -> bool:
    """Whether every allegation is for her: the monitor alone."""
    return viewer.may(ANSWER) and viewer.reads("C6")


def how_many(viewer: Viewer) -> int | None:
    """How many there are in the office, for whom her role lets know that; else None. Raises `NotForYou`."""
    viewer.require(SEE)
    return Allegation.objects.count() if viewer.sees("C6") >= Level.EXISTS else None


def waiting(viewer: Viewer) -> int:
    """How many the monitor has not acknowledged; 0 for everybody else."""
    return Allegation.objects.filter(state=codes.TOLD).count() if reads_all(viewer) else 0


def lines(viewer: Viewer, key: PrivateKey | None = None) -> tuple[Line, ...]:
    """Every allegation for the monitor; for another holder those her key opens. The newest first. Raises
    `NotForYou`.
    """
    viewer.require(SEE)
    newest = Allegation.objects.order_by("-told_at", "ref")
    if not reads_all(viewer) and (key is None or not viewer.reads("C6", named=True)):
        return ()
    found = tuple(Line(*row) for row in newest.values_list(*COLUMNS)[:MOST])
    if key is not None and not reads_all(viewer):
        # Not noted as seen before one is opened: the log would tell which of all were taken by her.
        return tuple(line for line in found if _last_opened(line.ref, key) is not None)
    viewer.saw_all(line.ref for line in found)
    return found


def line(viewer: Viewer, ref: str) -> Line:
    """One, for the monitor. Raises `NotForYou`, the same for an unknown one."""
    viewer.require(ANSWER)
    row = Allegation.objects.filter(ref=ref).values_list(*COLUMNS).first() if reads_all(viewer) else None
    if row is None:
        raise NotForYou(viewer.role, ANSWER)
    viewer.saw(ref)
    return Line(*row)


def opened(viewer: Viewer, ref: str, key: PrivateKey) -> Opened:
    """An allegation that this key opens. Raises `NotForYou`, the same for an unknown one."""
    viewer.require(SEE)
    row = Allegation.objects.filter(ref=ref).values_list(*COLUMNS).first()
    found = _last_opened(ref, key) if row is not None and viewer.reads("C6", named=True) else None
    if row is None or found is None:
        raise NotForYou(viewer.role, SEE)
    viewer.saw(ref)
    content, told = found
    return Opened(Line(*row), told, digest_of(content) in _digests(ref))


def envelopes(viewer: Viewer, ref: str) -> dict[str, Any]:
    """The last envelope of an allegation as plain values, for the monitor to open on a machine of her own.
    Raises `NotForYou`.
    """
    line(viewer, ref)
    number, content = _sealings(ref)[0]
    return {"ref": ref, "number": number, "envelope": content.hex()}


def _sealings(ref: str) -> list[tuple[int, bytes]]:
    rows = Sealing.objects.filter(allegation=ref).order_by("-number").values_list("number", "content")
    return [(number, bytes(content)) for number, content in rows]


def _last_opened(ref: str, key: PrivateKey) -> tuple[bytes, dict[str, str]] | None:
    """The last envelope that this key opens, and its content."""
    for number, content in _sealings(ref):
        try:
            return content, unpacked(open_blind(key, content, place_of(ref, number)))
        except NotForThisKey:
            continue
    return None


def _digests(ref: str) -> set[str]:
    """Digests of envelopes as the trail holds them."""
    entries = AuditEntry.objects.filter(subject=ref, kind__startswith="allegation.")
    bodies = entries.values_list("payload__body", flat=True)
    return {str(json.loads(body).get("digest", "")) for body in bodies if body}
