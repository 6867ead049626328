"""The office key: where it may lie, what speaks against it, and what a lost or exchanged one means."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from amana.apps.accounts.viewers import installer
from amana.apps.audit import casekeys, key_marks, office_key
from amana.apps.audit.key_models import CaseKey, KeyMark
from amana.apps.audit.keys import LostKey, key, make_key, make_missing
from amana.apps.audit.office_key import UnfitKey, Unreadable
from amana.apps.audit.recording import recording

AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
GOOD = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office key in a file of its own."""
    made = tmp_path / "elsewhere" / "office.key"
    make_key(made)
    monkeypatch.setenv("AMANA_SEALED_KEY_FILE", str(made))
    return made


def test_it_lies_in_the_home_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert office_key.key_file() == settings.HOME / "keys" / "sealed.key"
    monkeypatch.setenv("AMANA_SEALED_KEY_FILE", "/run/keys/office")
    assert office_key.key_file() == Path("/run/keys/office")


def test_the_environment_may_hold_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMANA_SEALED_KEY", GOOD)
    assert office_key.key_file() is None
    assert list(office_key.ring().keys.values()) == [bytes.fromhex(GOOD)]


def test_two_places_for_one_key_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMANA_SEALED_KEY", GOOD)
    with pytest.raises(UnfitKey, match="both set"):
        office_key.key_file()


@pytest.mark.parametrize("text", ["", "abc", "g" * 64, GOOD + "00", "é" * 64])
def test_what_is_no_key_is_refused_without_being_repeated(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnfitKey) as refused:
        office_key.ring()
    assert not text or text not in str(refused.value)


@pytest.mark.parametrize("text", ["00" * 32, "0123456789abcdef" * 4])
def test_a_key_that_somebody_typed_is_refused(file: Path, text: str) -> None:
    file.write_text(text, encoding="ascii")
    with pytest.raises(UnfitKey, match="too easily guessed"):
        office_key.ring()


def test_a_missing_key_is_never_made_anew(file: Path) -> None:
    file.unlink()
    with pytest.raises(LostKey):
        office_key.ring()
    assert not file.exists()


def test_a_key_that_others_may_read_or_that_stands_elsewhere_too_is_a_fault(file: Path) -> None:
    digits = file.read_text(encoding="ascii")
    assert office_key.faults(file, {"DATABASE_URL": "postgresql://amana:word@host/office"}) == []
    found = office_key.faults(file, {"DATABASE_URL": f"postgresql://amana:{digits.upper()}@host/office"})
    assert [digits in each for each in found] == [False]
    file.chmod(0o640)
    assert "chmod 600" in office_key.faults(file, {})[0]


@pytest.mark.django_db
def test_start_refuses_the_audit_key_in_the_place_of_the_office_key(file: Path) -> None:
    key_marks.refuse_unfit()
    file.write_text(key(settings.HOME, "audit"), encoding="ascii")
    with pytest.raises(UnfitKey, match=r"audit\.key"):
        key_marks.refuse_unfit()


def test_a_data_key_opens_for_its_own_case_only(file: Path) -> None:
    closed_by, closed = office_key.close(b"k" * 32, "case key 1 P-1")
    assert office_key.open_closed(closed, "case key 1 P-1", closed_by) == b"k" * 32
    with pytest.raises(Unreadable):
        office_key.open_closed(closed, "case key 1 P-2", closed_by)


@pytest.mark.django_db
def test_an_office_begun_under_another_key_is_not_opened(tmp_path: Path, monkeypatch) -> None:
    with recording(installer(), AT) as log:
        log.entry("test.made", "office")
        casekeys.make(["P-2222222"])
    key_marks.refuse_lost()
    other = tmp_path / "other.key"
    make_key(other)
    monkeypatch.setenv("AMANA_SEALED_KEY_FILE", str(other))
    closed_by = CaseKey.objects.get().closed_by
    with pytest.raises(key_marks.WrongKey, match=closed_by):
        key_marks.refuse_lost()


@pytest.mark.django_db
def test_an_exchanged_audit_key_is_found_before_anything_is_written(tmp_path: Path, settings) -> None:
    home = tmp_path / "home"
    make_missing(home)
    settings.HOME = home
    key_marks.keep_marks(installer(), AT)
    key_marks.keep_marks(installer(), AT)
    assert set(KeyMark.objects.values_list("name", flat=True)) == set(key_marks.MARKED)
    key_marks.refuse_lost()
    for name in key_marks.MARKED:
        path = home / "keys" / f"{name}.key"
        kept = path.read_text(encoding="ascii")
        path.unlink()
        with pytest.raises(LostKey):
            key_marks.refuse_lost()
        make_key(path)
        with pytest.raises(key_marks.WrongKey, match=path.name):
            key_marks.refuse_lost()
        path.write_text(kept, encoding="ascii")
    key_marks.refuse_lost()


@pytest.mark.django_db
def test_an_office_that_has_written_nothing_has_lost_nothing(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path / "nothing"
    key_marks.refuse_lost()
