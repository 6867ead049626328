"""The data keys: one for each case, closed by the office key, opened once a case and process.

Opened ones are kept in memory, the last 20,000 of them, and dropped when the office is locked. A data key is
32 random bytes; it is made when something of a case is first sealed, in the transaction that writes it. A
writer holds the row of the key until she is done, so that no exchange of keys passes her by.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from amana.apps.audit import emergency, office_key
from amana.apps.audit.key_models import CaseKey, KeyMark
from amana.apps.audit.office_key import Unreadable

MOST_AT_HAND = 20_000
AT_ONCE = 500

_at_hand: OrderedDict[UUID, AESGCM] = OrderedDict()
_turn = Lock()


def cipher(number: UUID) -> AESGCM:
    """What opens values under this data key. Raises `Unreadable`, `Locked`, `LostKey`."""
    emergency.require_open()
    found = _at_hand.get(number)
    if found is None:
        have([number])
        found = _at_hand.get(number)
    if found is None:
        raise Unreadable("The data key of a sealed value is gone. Restore the database from its backup.")
    return found


def have(numbers: Iterable[UUID]) -> None:
    """Have these data keys at hand, those that exist, by one query for all that are not."""
    missing = [number for number in dict.fromkeys(numbers) if number not in _at_hand]
    if missing:
        emergency.require_open()
    for start in range(0, len(missing), AT_ONCE):
        rows = CaseKey.objects.filter(pk__in=missing[start : start + AT_ONCE])
        for pk, case, closed, closed_by in rows.values_list("pk", "case", "closed", "closed_by"):
            _keep(pk, AESGCM(office_key.open_closed(bytes(closed), bound(pk, case), closed_by)))


def current(cases: Iterable[str]) -> dict[str, UUID]:
    """Case -> the data key that closes what is written now, made where there is none; held until the open
    transaction ends. Raises `Locked`, `LostKey`, `UnfitKey`.
    """
    wanted = sorted(set(cases))
    if not all(wanted):
        raise ValueError("Something can only be sealed for a case: no case was named.")
    emergency.require_open()
    found = _standing(wanted)
    if missing := [case for case in wanted if case not in found]:
        make(missing)
        found.update(_standing(missing))
    return found


def make(cases: Iterable[str]) -> None:
    """Make a data key for each of these cases; whoever made one meanwhile wins."""
    _hold_office_key()
    turn, rows = this_round(), []
    for case in cases:
        number, data_key = uuid4(), AESGCM.generate_key(256)
        closed_by, closed = office_key.close(data_key, bound(number, case))
        rows.append(CaseKey(id=number, case=case, closed=closed, closed_by=closed_by, round=turn))
        _keep(number, AESGCM(data_key))
    CaseKey.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def this_round() -> int:
    """How often the data keys of all cases have been exchanged."""
    told = KeyMark.objects.filter(name="round").values_list("mark", flat=True).first()
    return int(told or 0)


def forget() -> None:
    """Drop every opened key from memory."""
    with _turn:
        _at_hand.clear()


def bound(number: UUID, case: str) -> str:
    """What a closed data key is bound to."""
    return f"case key {number} {case}"


def _standing(cases: list[str]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for start in range(0, len(cases), AT_ONCE):
        rows = CaseKey.objects.filter(case__in=cases[start : start + AT_ONCE], retired=False)
        held: Mapping[str, UUID] = dict(
            rows.select_for_update(no_key=True).order_by("pk").values_list("case", "pk")
        )
        found.update(held)
    return found


def _hold_office_key() -> None:
    """Wait for an exchange of the office key to end: what is closed under the old one after its end would be
    lost. On SQLite whoever writes is alone.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CaseKey._meta.db_table} IN ROW EXCLUSIVE MODE")


def _keep(number: UUID, opened: AESGCM) -> None:
    with _turn:
        _at_hand[number] = opened
        while len(_at_hand) > MOST_AT_HAND:
            _at_hand.popitem(last=False)
