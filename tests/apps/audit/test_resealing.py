"""Exchanging keys: everything stays readable, nothing stays under the old one, however the work was ended."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from amana.apps.accounts.viewers import installer
from amana.apps.audit import casekeys, office_key, resealing
from amana.apps.audit.key_models import CaseKey
from amana.apps.audit.keys import make_key
from amana.apps.audit.models import AuditEntry
from amana.apps.audit.recording import recording
from amana.apps.audit.sealing import FIRST, NONCE_BYTES, Sealed, Unreadable
from amana.apps.oversight.models import Waiver
from amana.apps.registry.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
REFS = [f"P-{digit * 7}" for digit in "23456789"]


class Killed(BaseException):
    """Stands for the end of a process in the middle of its work."""


def quiet(_done: int, _total: int) -> None:
    """Nobody looks."""


@pytest.fixture(autouse=True)
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office key in a file of its own, so that the session's stays."""
    made = tmp_path / "keys" / "office.key"
    make_key(made)
    monkeypatch.setenv("AMANA_SEALED_KEY_FILE", str(made))
    casekeys.forget()
    return made


@pytest.fixture
def waivers(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight cases with a sealed ground each, looked at three at a time."""
    monkeypatch.setattr(resealing, "AT_ONCE", 3)
    with recording(installer(), AT):
        for ref in REFS:
            Person.objects.create(ref=ref, folded=" x", registered_at=AT)
            Waiver.objects.create(
                person_id=ref,
                safeguard="S11",
                key="k",
                verdict="overdue",
                ground=f"ground of {ref}",
                made_on=date(2018, 2, 15),
                until=date(2018, 3, 1),
                by=installer().audit_id,
                at=AT,
            )


def grounds() -> dict[str, str]:
    casekeys.forget()
    return {row.person_id: row.ground for row in Waiver.objects.all()}


EXPECTED = {ref: f"ground of {ref}" for ref in REFS}


def test_a_new_office_key_opens_everything_and_the_old_one_nothing(
    waivers: None, key_file: Path, tmp_path: Path
) -> None:
    before, old = office_key.ring().newest, tmp_path / "old.key"
    told: list[tuple[int, int]] = []
    done = resealing.exchange_office_key(
        old=old, by=installer(), at=AT, progress=lambda *each: told.append(each)
    )
    assert (done, told[-1]) == (8, (8, 8))
    assert grounds() == EXPECTED
    assert before not in office_key.ring().keys and len(office_key.ring().keys) == 1
    assert not CaseKey.objects.filter(closed_by=before).exists()
    assert office_key.fingerprint(bytes.fromhex(old.read_text(encoding="ascii"))) == before
    assert stat.S_IMODE(old.stat().st_mode) == stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert AuditEntry.objects.filter(kind="keys.office_key_exchanged").count() == 1


@pytest.mark.parametrize("after", range(3))
def test_an_exchange_of_the_office_key_that_was_cut_off_is_taken_up(
    waivers: None, key_file: Path, after: int
) -> None:
    calls = 0

    def die(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Killed

    with pytest.raises(Killed):
        resealing.exchange_office_key(old=None, by=installer(), at=AT, progress=die)
    assert grounds() == EXPECTED
    following = office_key.next_file(key_file).read_text(encoding="ascii")
    resealing.exchange_office_key(old=None, by=installer(), at=AT, progress=quiet)
    assert grounds() == EXPECTED
    assert key_file.read_text(encoding="ascii") == following
    assert not office_key.next_file(key_file).exists()


def test_a_key_in_the_environment_is_not_exchanged(waivers: None, key_file: Path, monkeypatch) -> None:
    monkeypatch.setenv("AMANA_SEALED_KEY", key_file.read_text(encoding="ascii"))
    monkeypatch.delenv("AMANA_SEALED_KEY_FILE")
    with pytest.raises(office_key.UnfitKey, match="AMANA_SEALED_KEY_FILE"):
        resealing.exchange_office_key(old=None, by=installer(), at=AT, progress=quiet)


def test_a_file_that_holds_something_else_is_not_written_over(waivers: None, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("something else", encoding="utf-8")
    with pytest.raises(office_key.UnfitKey, match="Name another file"):
        resealing.exchange_office_key(old=taken, by=installer(), at=AT, progress=quiet)
    assert taken.read_text(encoding="utf-8") == "something else"
    assert grounds() == EXPECTED


def test_new_data_keys_take_the_place_of_all_old_ones(waivers: None) -> None:
    before = set(CaseKey.objects.values_list("pk", flat=True))
    kept = {row.pk: bytes(row.__dict__["ground"]) for row in Waiver.objects.all()}
    done = resealing.exchange_data_keys(by=installer(), at=AT, progress=quiet)
    assert (done.rows, done.values, done.unreadable) == (8, 8, 0)
    assert grounds() == EXPECTED
    assert not before & set(CaseKey.objects.values_list("pk", flat=True))
    assert CaseKey.objects.count() == 8 and not CaseKey.objects.filter(retired=True).exists()
    assert not any(bytes(row.__dict__["ground"]) == kept[row.pk] for row in Waiver.objects.all())


@pytest.mark.parametrize("after", range(3))
def test_an_exchange_of_data_keys_that_was_cut_off_is_finished_not_begun_again(
    waivers: None, after: int
) -> None:
    calls = 0

    def die(_done: int, _total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise Killed

    with pytest.raises(Killed):
        resealing.exchange_data_keys(by=installer(), at=AT, progress=die)
    assert grounds() == EXPECTED
    turn = casekeys.this_round()
    resealing.exchange_data_keys(by=installer(), at=AT, progress=quiet)
    assert casekeys.this_round() == turn == 1
    assert grounds() == EXPECTED
    assert CaseKey.objects.count() == 8 and not CaseKey.objects.filter(retired=True).exists()


def test_what_was_sealed_meanwhile_is_under_a_new_key(waivers: None) -> None:
    with recording(installer(), AT):
        resealing.KeyMark.objects.create(name="round", mark="1")
    while resealing._retire_some(installer(), AT):
        pass
    with recording(installer(), AT):
        row = Waiver.objects.first()
        row.ended_reason = "meanwhile"
        row.save()
    assert not CaseKey.objects.get(pk=Waiver.objects.first().__dict__["ended_reason"].data_key).retired


def test_a_value_that_does_not_open_is_counted_and_keeps_its_key(waivers: None) -> None:
    first = Waiver.objects.order_by("pk").first()
    broken = bytearray(first.__dict__["ground"])
    broken[-1] ^= 1
    with recording(installer(), AT):
        Waiver.objects.filter(pk=first.pk).update(ground=Sealed(broken))
    done = resealing.exchange_data_keys(by=installer(), at=AT, progress=quiet)
    assert (done.values, done.unreadable) == (7, 1)
    assert CaseKey.objects.filter(pk=Sealed(broken).data_key, retired=True).exists()
    with pytest.raises(Unreadable):
        Waiver.objects.get(pk=first.pk).ground  # noqa: B018 - reading is what opens it


def test_values_of_the_first_version_are_bound_to_their_rows(waivers: None) -> None:
    key = next(iter(office_key.ring().keys.values()))
    for row in Waiver.objects.all():
        text, nonce = f"old of {row.person_id}".encode(), bytes(NONCE_BYTES)
        old = FIRST + nonce + AESGCM(key).encrypt(nonce, text, FIRST + b"oversight.Waiver.ground")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE oversight_waiver SET ground = %s WHERE id = %s", [old, row.pk])
    assert grounds() == {ref: f"old of {ref}" for ref in REFS}
    done = resealing.reseal(by=installer(), at=AT, progress=quiet)
    assert done.values == 8
    assert grounds() == {ref: f"old of {ref}" for ref in REFS}
    assert all(row.__dict__["ground"].data_key for row in Waiver.objects.all())
    assert resealing.reseal(by=installer(), at=AT, progress=quiet).values == 0


def test_a_value_copied_to_another_row_does_not_open(waivers: None) -> None:
    one, other = Waiver.objects.order_by("pk")[:2]
    with recording(installer(), AT):
        Waiver.objects.filter(pk=other.pk).update(ground=one.__dict__["ground"])
    with pytest.raises(Unreadable):
        Waiver.objects.get(pk=other.pk).ground  # noqa: B018 - reading is what opens it
