"""A key of the demonstration's monitor, and one invented allegation that opens to it, so that both can be
tried.

The key file lies beside the databases and its passphrase is printed: in a real office neither would ever be
on the office's machine. Everybody and everything told is invented.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from amana.apps.accounts import custody
from amana.apps.accounts import queries as accounts
from amana.apps.accounts.viewers import Viewer, installer
from amana.apps.registry import queries as register
from amana.casework import allegations
from amana.casework.allegations import Telling
from amana.core import envelopes
from amana.exchange.demonstration.population import STANDS_ON
from amana.exchange.output_file import replace_bytes

FILE: Final = "demonstration-monitor.key"
OPENED_WITH: Final = "demonstration, no secret"
WORDS: Final = (
    "He says that a guard struck him with a belt because he asked for water, and that he signed a paper he "
    "could not read. ضربه الحارس بالحزام لأنه طلب ماء، ووقّع ورقة لم يستطع قراءتها."
)


def key_file() -> Path:
    """Where the key of the demonstration's monitor lies."""
    return Path(settings.HOME) / FILE


def prepare(*, at: datetime) -> str:
    """Make the key and take the allegation, once. Says what was done."""
    monitor, officer, worker = (_first(role) for role in ("monitor", "data_protection", "caseworker"))
    if monitor is None or officer is None or worker is None:
        return "no monitor, officer or caseworker to do it"
    if custody.holders(monitor):
        return "keys were offered before"
    key = envelopes.new_private_key()
    replace_bytes(key_file(), envelopes.write_key(key, OPENED_WITH).encode("ascii"))
    offered = custody.offer(public=key.public, by=monitor, at=at)
    custody.confirm(offered, fingerprint=envelopes.fingerprint(key.public), by=officer, at=at)
    child = _child_of(worker)
    if not child:
        return "a key of the monitor; nobody to tell of"
    told = Telling("both", "person", "agrees", WORDS, when="the night before last", against="a guard, tall")
    allegations.take(child, told, by=worker, at=at)
    return "a key of the monitor, and one allegation sealed to it"


def _first(role: str) -> Viewer | None:
    """The first open account of a role, by e-mail."""
    found = (each for each in accounts.accounts(installer()) if each.role == role and each.is_active)
    first = next(found, None)
    return accounts.viewer(first.id) if first else None


def _child_of(worker: Viewer) -> str:
    """A son of whom this caseworker holds the case; empty where there is none."""
    lines = register.people(worker, on=STANDS_ON, limit=200).rows
    return next((line.ref for line in lines if line.relation == "son"), "")
