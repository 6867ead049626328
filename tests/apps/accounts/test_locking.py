"""The emergency lock: two people, one minute, then nothing sealed opens; an escrowed key ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from amana.apps.accounts import locking
from amana.apps.accounts.viewers import NotForYou, Viewer, installer
from amana.apps.audit import casekeys, custody_session, emergency, key_marks, office_key
from amana.apps.audit.emergency import Locked, LockRefused
from amana.apps.audit.key_models import EmergencyLock
from amana.apps.audit.keys import LostKey, make_key
from amana.apps.audit.recording import recording
from amana.apps.audit.sealing import seal, unseal
from amana.core import envelopes

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
SOON, LATE = AT + timedelta(seconds=59), AT + timedelta(seconds=61)
PLACE, CASE, SAID = "a.B.c [1]", "P-2222222", "she was afraid"


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An office key in a file of its own, so that the session's is not destroyed."""
    made = tmp_path / "keys" / "office.key"
    make_key(made)
    monkeypatch.setenv("AMANA_SEALED_KEY_FILE", str(made))
    casekeys.forget()
    emergency.look_again()
    yield made
    emergency.look_again()
    casekeys.forget()


def sealed() -> Any:
    with recording(installer(), AT):
        return seal(SAID, PLACE, CASE)


@pytest.mark.django_db
@pytest.mark.parametrize("first", locking.LOCKING)
def test_two_within_a_minute_lock_and_nothing_opens_or_closes(first: str, cast: Any) -> None:
    value = sealed()
    second = next(role for role in locking.LOCKING if role != first)
    assert not locking.lock(by=getattr(cast, first), at=AT)
    assert unseal(value, PLACE) == SAID
    assert locking.other_waits(getattr(cast, second), SOON)
    assert locking.lock(by=getattr(cast, second), at=SOON)
    with pytest.raises(Locked):
        unseal(value, PLACE)
    with pytest.raises(Locked):
        sealed()
    assert not casekeys._at_hand


@pytest.mark.django_db
def test_after_a_minute_it_must_be_asked_for_anew(cast: Any) -> None:
    assert not locking.lock(by=cast.monitor, at=AT)
    assert not locking.lock(by=cast.data_protection, at=LATE)
    assert not emergency.is_locked()
    assert locking.lock(by=cast.monitor, at=LATE + timedelta(seconds=1))
    assert emergency.is_locked()


@pytest.mark.django_db
def test_one_person_or_two_of_one_role_lock_nothing(cast: Any) -> None:
    for _ in range(3):
        assert not locking.lock(by=cast.monitor, at=AT)
    with pytest.raises(LockRefused):
        emergency.join(by=cast.monitor, role="data_protection", at=AT)
    assert not emergency.is_locked()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", ["administrator", "supervisor", "operator", "caseworker", "facility_manager"]
)
def test_nobody_else_locks(role: str, cast: Any) -> None:
    with pytest.raises(NotForYou):
        locking.lock(by=getattr(cast, role), at=AT)
    assert not EmergencyLock.objects.exists()


@pytest.mark.django_db
def test_a_process_that_looked_before_notices_within_five_seconds(cast: Any, monkeypatch) -> None:
    value, clock = sealed(), [1000.0]
    monkeypatch.setattr(emergency.time, "monotonic", lambda: clock[0])
    emergency.look_again()
    assert unseal(value, PLACE) == SAID
    with recording(installer(), AT):
        EmergencyLock.objects.create(
            asked_by=cast.monitor.audit_id,
            asked_role="monitor",
            asked_at=AT,
            joined_by=cast.data_protection.audit_id,
            joined_at=AT,
        )
    clock[0] += emergency.LOOK_EVERY + 0.1
    with pytest.raises(Locked):
        unseal(value, PLACE)


@pytest.mark.django_db
def test_keys_that_were_unlocked_in_a_session_are_dropped(cast: Any) -> None:
    custody_session.unlock(cast.monitor.audit_id, "s", envelopes.new_private_key(), AT)
    locking.lock(by=cast.monitor, at=AT)
    locking.lock(by=cast.data_protection, at=SOON)
    assert custody_session.unlocked(cast.monitor.audit_id, "s", SOON) is None


@pytest.mark.django_db(transaction=True)
def test_the_key_is_destroyed_and_an_escrowed_copy_reopens(key_file: Path) -> None:
    value, escrow = sealed(), key_file.read_text(encoding="ascii")
    for number, role in enumerate(locking.LOCKING):
        locking.lock(by=Viewer(None, UUID(int=number), role), at=AT)
    assert not key_file.exists()
    key_marks.refuse_lost()
    key_marks.refuse_unfit()
    with pytest.raises(LostKey):
        key_marks.refuse_lost(although_locked=True)
    make_key(key_file)
    with pytest.raises(key_marks.WrongKey):
        key_marks.refuse_lost(although_locked=True)
    key_file.write_text(escrow, encoding="ascii")
    key_marks.refuse_lost(although_locked=True)
    emergency.reopen(by=installer(), at=LATE)
    assert unseal(value, PLACE) == SAID
    with pytest.raises(LockRefused, match="not locked"):
        emergency.reopen(by=installer(), at=LATE)


def test_a_session_holds_a_key_for_a_quarter_of_an_hour() -> None:
    account, key = installer().audit_id, envelopes.new_private_key()
    custody_session.unlock(account, "s", key, AT)
    assert custody_session.unlocked(account, "s", AT + timedelta(minutes=14)) == key
    assert custody_session.unlocked(account, "another", AT) is None
    assert custody_session.unlocked(account, "s", AT + timedelta(minutes=15)) is None
    assert custody_session.unlocked(account, "s", AT) is None


def test_the_office_key_of_a_lock_is_the_one_that_is_at_hand(key_file: Path) -> None:
    assert office_key.key_file() == key_file
