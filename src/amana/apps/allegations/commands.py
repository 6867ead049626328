"""Writes of allegations, inside `recording`.

The trail learns that one was told, under its own reference and with the digest of its envelope: not of whom,
and not by whom it was taken, for an entry beside the page that somebody opened a minute earlier would tell
both. Who took it stands in the envelope, for the monitor. What a monitor does carries her id.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence

from amana.apps.accounts.viewers import NOBODY_ID, Viewer
from amana.apps.allegations import codes
from amana.apps.allegations.contents import packed, place_of
from amana.apps.allegations.models import Allegation, Sealing
from amana.apps.audit.recording import Log
from amana.apps.registry.models import Person
from amana.core.blind import seal_blind
from amana.core.reference import new_reference

TAKER = Viewer(None, NOBODY_ID, "")
"""Who the trail says has taken an allegation."""


def taken_before(token: str) -> str:
    """The allegation that was made of this form; empty where none was."""
    found = Allegation.objects.filter(token=token).values_list("ref", flat=True).first() if token else None
    return found or ""


def names_of(person: str) -> tuple[str, str]:
    """Names on record, Arabic and Latin, for the envelope; nothing is shown, so nothing is noted as seen."""
    row = Person.objects.filter(ref=person).values_list("name_ar", "name_latin").first()
    return row or ("", "")


def store(told: Mapping[str, str], holders: Sequence[str], *, token: str, log: Log) -> str:
    """Keep an allegation, sealed to these public keys; its reference. Raises `NoKey`."""
    ref = _free_reference()
    Allegation.objects.create(ref=ref, told_at=log.at, token=token or None)
    _seal(ref, told, holders, about=codes.FIRST, log=log)
    return ref


def acknowledge(ref: str, *, log: Log) -> bool:
    """Note that a monitor has it in hand; whether that was new."""
    rows = Allegation.objects.filter(ref=ref, state=codes.TOLD)
    done = rows.update(state=codes.ACKNOWLEDGED, acknowledged_at=log.at, acknowledged_by=log.by.audit_id)
    if done:
        log.entry("allegation.acknowledged", ref)
    return bool(done)


def ask(ref: str, told: Mapping[str, str], holders: Sequence[str], *, log: Log) -> None:
    """Seal it anew, so that an examiner can read it, too. Raises `NoKey`."""
    _seal(ref, told, holders, about=codes.ASKED, log=log)


def close(ref: str, told: Mapping[str, str], holders: Sequence[str], *, log: Log) -> bool:
    """Close it with what was found, sealed; whether it was still open. Raises `NoKey`."""
    rows = Allegation.objects.filter(ref=ref).exclude(state=codes.CLOSED)
    done = rows.update(state=codes.CLOSED, closed_at=log.at, closed_by=log.by.audit_id)
    if done:
        _seal(ref, told, holders, about=codes.ENDED, log=log)
    return bool(done)


def digest_of(content: bytes) -> str:
    """SHA-256 of an envelope, as the trail keeps it."""
    return hashlib.sha256(content).hexdigest()


def _seal(ref: str, told: Mapping[str, str], holders: Sequence[str], *, about: str, log: Log) -> None:
    number = Sealing.objects.filter(allegation=ref).count() + 1
    content = seal_blind(holders, packed(told), place_of(ref, number))
    Sealing.objects.create(allegation_id=ref, number=number, about=about, content=content, at=log.at)
    log.entry(f"allegation.{about}", ref, {"number": number, "digest": digest_of(content)})


def _free_reference() -> str:
    chance = random.SystemRandom()
    while True:
        ref = new_reference("A", chance)
        if not Allegation.objects.filter(ref=ref).exists():
            return ref
