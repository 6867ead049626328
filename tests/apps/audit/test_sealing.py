"""Sealed columns: what is in the database tells nothing, and nothing can be moved or changed unseen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from amana.apps.accounts.viewers import installer
from amana.apps.audit import casekeys, office_key
from amana.apps.audit.key_models import CaseKey
from amana.apps.audit.keys import key
from amana.apps.audit.recording import recording
from amana.apps.audit.records import WriteOutsideCommand
from amana.apps.audit.sealing import (
    FIRST,
    HEAD,
    NONCE_BYTES,
    VERSION,
    Sealed,
    SealedJson,
    SealedText,
    Unreadable,
    seal,
    sealed_fields,
    unseal,
)
from amana.apps.determinations.models import Determination

pytestmark = pytest.mark.django_db
AT = datetime(2018, 2, 15, 9, 0, tzinfo=UTC)
PLACE, OTHER = "determinations.Determination.reasons [1]", "determinations.Determination.reasons [2]"
CASE, ANOTHER = "P-2222222", "P-3333333"
SAID = "كانت خائفة she was afraid"


@pytest.fixture(autouse=True)
def _recorded(db: None) -> Iterator[None]:
    casekeys.forget()
    with recording(installer(), AT):
        yield


def test_every_text_comes_back_as_it_was() -> None:
    @given(st.text())
    def comes_back(text: str) -> None:
        assert unseal(seal(text, PLACE, CASE), PLACE) == text

    comes_back()


def test_a_sealed_text_holds_nothing_of_what_was_said_and_shows_nothing() -> None:
    sealed = seal(SAID, PLACE, CASE)
    assert not any(word.encode() in bytes(sealed) for word in SAID.split())
    assert repr(sealed) == str(sealed) == f"{sealed}" == "<sealed>"


def test_equal_texts_are_sealed_differently() -> None:
    assert bytes(seal(SAID, PLACE, CASE)) != bytes(seal(SAID, PLACE, CASE))


def test_a_value_moved_to_another_row_or_column_does_not_open() -> None:
    with pytest.raises(Unreadable, match=r"determinations\.Determination\.reasons"):
        unseal(seal(SAID, PLACE, CASE), OTHER)


@pytest.mark.parametrize("place", [0, len(VERSION), HEAD, HEAD + NONCE_BYTES, -1])
def test_a_value_of_which_one_bit_was_changed_does_not_open(place: int) -> None:
    changed = bytearray(seal(SAID, PLACE, CASE))
    changed[place] ^= 1
    with pytest.raises(Unreadable) as refused:
        unseal(Sealed(changed), PLACE)
    assert SAID not in str(refused.value)


@pytest.mark.parametrize("value", [b"", VERSION, FIRST, b"plain text that nobody sealed"])
def test_what_was_never_sealed_does_not_open(value: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(Sealed(value), PLACE)


def test_each_case_has_one_key_of_its_own() -> None:
    first, again, other = seal("a", PLACE, CASE), seal("b", OTHER, CASE), seal("c", PLACE, ANOTHER)
    assert first.data_key == again.data_key != other.data_key
    assert CaseKey.objects.count() == 2


def test_a_value_whose_head_names_another_case_does_not_open() -> None:
    mine, other = seal(SAID, PLACE, CASE), seal(SAID, PLACE, ANOTHER)
    forged = Sealed(bytes(other[:HEAD]) + bytes(mine[HEAD:]))
    with pytest.raises(Unreadable):
        unseal(forged, PLACE)


def test_a_data_key_moved_to_another_case_does_not_open() -> None:
    mine, other = seal(SAID, PLACE, CASE), seal(SAID, PLACE, ANOTHER)
    taken = CaseKey.objects.get(pk=other.data_key)
    CaseKey.objects.filter(pk=mine.data_key).update(closed=taken.closed)
    casekeys.forget()
    with pytest.raises(Unreadable):
        unseal(mine, PLACE)


def test_the_database_holds_no_data_key_in_the_clear() -> None:
    seal(SAID, PLACE, CASE)
    row = CaseKey.objects.get()
    opened = office_key.open_closed(bytes(row.closed), casekeys.bound(row.pk, CASE), row.closed_by)
    assert len(opened) == 32 and opened not in bytes(row.closed)


def test_a_data_key_is_opened_once_a_process(django_assert_num_queries: Any) -> None:
    values = [seal(str(number), PLACE, CASE) for number in range(5)]
    casekeys.forget()
    unseal(values[0], PLACE)
    with django_assert_num_queries(0):
        assert [unseal(value, PLACE) for value in values] == list("01234")


def test_the_keys_of_a_list_are_had_by_one_query(django_assert_num_queries: Any) -> None:
    values = [seal(SAID, PLACE, f"P-{number}") for number in range(20)]
    casekeys.forget()
    numbers = [value.data_key for value in values if value.data_key]
    with django_assert_num_queries(1):
        casekeys.have(numbers)
        assert {unseal(value, PLACE) for value in values} == {SAID}


def test_memory_holds_no_more_keys_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casekeys, "MOST_AT_HAND", 3)
    values = [seal(SAID, PLACE, f"P-{number}") for number in range(9)]
    assert len(casekeys._at_hand) == 3
    assert {unseal(value, PLACE) for value in values} == {SAID}


def test_a_value_of_the_first_version_still_opens() -> None:
    column = PLACE.partition(" ")[0]
    nonce = bytes(range(NONCE_BYTES))
    cipher = AESGCM(bytes.fromhex(key(settings.HOME, "sealed")))
    old = Sealed(FIRST + nonce + cipher.encrypt(nonce, SAID.encode(), FIRST + column.encode()))
    assert unseal(old, column) == SAID
    with pytest.raises(Unreadable):
        unseal(old, "tasks.Handover.note")


def test_nothing_is_sealed_for_nobody() -> None:
    with pytest.raises(ValueError, match="case"):
        seal(SAID, PLACE, "")


def test_a_column_takes_nothing_that_is_not_sealed() -> None:
    field = next(each for each in sealed_fields(Determination) if each.attname == "reasons")
    with pytest.raises(TypeError, match="sealed_for"):
        Determination.objects.filter(ref="D-2222222").update(reasons=SAID)
    with pytest.raises(TypeError, match="can't be written out"):
        field.value_to_string(Determination())


def test_the_database_can_ask_only_whether_there_is_a_value() -> None:
    for field in (SealedText(), SealedJson()):
        assert field.get_lookup("isnull")
        assert not any(field.get_lookup(name) for name in ("exact", "contains", "in", "startswith"))


def test_a_record_binds_columns_that_are_its_own_and_never_empty() -> None:
    for model in apps.get_models():
        if sealed_fields(model):
            columns = {field.attname: field for field in model._meta.concrete_fields}
            bound = getattr(model, "sealed_with", None)
            for name in bound.row if bound else (model._meta.pk.attname,):
                assert name in columns and not columns[name].null, model
                assert columns[name].get_internal_type() != "BigAutoField", model


def test_no_data_key_is_made_outside_a_command() -> None:
    from amana.apps.audit.records import writing

    token = writing.set(False)
    try:
        with pytest.raises(WriteOutsideCommand):
            seal(SAID, PLACE, "P-4444444")
    finally:
        writing.reset(token)
