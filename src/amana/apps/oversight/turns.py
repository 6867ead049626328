"""Turns of those who look at the same family at one time, so that none of them writes what is already old.

On PostgreSQL two changes may be made of a mother and of her child at once; each alone would see the other as
it was. Whoever follows up a change first takes the turn of the families it concerns; whoever goes over
everybody takes everybody's turn for one group, and waits for those under way. Held until the open
transaction ends. SQLite has one writer anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from django.db import connection

from amana.apps.registry.models import Person

EVERYBODY, FAMILY = 0x53574550, 0x46414D
"""Names of the locks; any two numbers do."""


def take_turn(refs: Sequence[str]) -> None:
    """Wait for whoever else follows up a change in the families of these people."""
    if connection.vendor != "postgresql" or not refs:
        return
    people = Person.objects.filter(ref__in=refs).values_list("ref", "family_id")
    families = sorted({_number(family or ref) for ref, family in people})
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [EVERYBODY])
        for number in families:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [FAMILY, number])


def take_every_turn() -> None:
    """Wait for whoever follows up a change, and have everybody else wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [EVERYBODY])


def _number(ref: str) -> int:
    """A reference as a signed number of 32 bits; two that share one wait for each other needlessly."""
    return crc32(ref.encode()) - (1 << 31)
