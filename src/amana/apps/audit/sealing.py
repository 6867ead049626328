"""Columns of the sealed classes (C5 to C7): kept encrypted, so that a copy of the database, its log or a
backup tells nothing without the key.

AES-256-GCM under the data key of the case (`casekeys`), a fresh nonce for each value; column and row are
bound in as associated data, so that no value can be read out of another place. A model names what tells its
row apart, and whose case it is, in `sealed_with`. Such a column can be kept and read, not searched, sorted or
joined by. A value stays encrypted in a record until it is asked for. Values of the first version (`S1`: one
key, no row bound) stay readable until `resealing` has been over them.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from amana.apps.audit import casekeys, emergency, office_key, withholding
from amana.apps.audit.columns import declaration
from amana.apps.audit.office_key import Unreadable

__all__ = [
    "Bound", "Sealed", "SealedJson", "SealedText", "Unreadable", "filled_up", "have_keys", "seal",
    "seal_many", "sealed_for",
]  # fmt: skip

FIRST, VERSION = b"S1", b"S2"
NUMBER_BYTES, NONCE_BYTES = 16, 12
HEAD = len(VERSION) + NUMBER_BYTES


@dataclass(frozen=True)
class Bound:
    """What tells a row apart for ever: columns that never change; and where the reference of its case is."""

    row: tuple[str, ...]
    case: str = "person_id"


class Sealed(bytes):
    """An encrypted value as it stands in the database; it shows nothing of itself."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__

    @property
    def data_key(self) -> UUID | None:
        """The data key it stands under; None for a value of the first version."""
        return UUID(bytes=bytes(self[len(VERSION) : HEAD])) if self[: len(VERSION)] == VERSION else None


def seal(text: str, place: str, case: str, number: UUID | None = None) -> Sealed:
    """The text, encrypted for one place of one case; inside `recording`. `number`: the data key of the case,
    where it is held already.
    """
    number = number or casekeys.current([case])[case]
    nonce = secrets.token_bytes(NONCE_BYTES)
    head = VERSION + number.bytes
    return Sealed(head + nonce + casekeys.cipher(number).encrypt(nonce, text.encode(), head + place.encode()))


def unseal(value: Sealed, place: str) -> str:
    """The text of a sealed value. Raises `Unreadable`, which quotes nothing of it, `Locked`."""
    try:
        number = value.data_key
        if number is None:
            return _unseal_first(value, place)
        nonce, sealed = value[HEAD : HEAD + NONCE_BYTES], value[HEAD + NONCE_BYTES :]
        opened = casekeys.cipher(number).decrypt(nonce, sealed, value[:HEAD] + place.encode())
        return opened.decode()
    except (InvalidTag, ValueError) as error:
        column = place.partition(" ")[0]
        raise Unreadable(f"A sealed value of {column} does not open: it was changed or moved.") from error


def have_keys(records: Iterable[models.Model]) -> None:
    """Have the data keys of these records at hand, by one query for all of them; for lists of cases."""
    values = (
        record.__dict__.get(field.attname) for record in records for field in sealed_fields(type(record))
    )
    numbers = [value.data_key for value in values if isinstance(value, Sealed)]
    casekeys.have(number for number in numbers if number is not None)


def sealed_fields(model: type[models.Model]) -> list[SealedText]:
    """The sealed columns of a model."""
    return [field for field in model._meta.local_fields if isinstance(field, SealedText)]


def sealed_for(record: models.Model, column: str, value: Any) -> Sealed | None:
    """A value as `update(column=…)` needs it: sealed for that row; inside `recording`."""
    field = next(each for each in sealed_fields(type(record)) if each.attname == column)
    return field.sealed(record, value)


def seal_many(column: str, told: Sequence[tuple[models.Model, Any]]) -> list[Sealed | None]:
    """Values for one column of many new records of one table, each sealed for its row, with the keys of all
    their cases asked for at once; inside `recording`.
    """
    if not told:
        return []
    field = next(each for each in sealed_fields(type(told[0][0])) if each.attname == column)
    numbers = casekeys.current(_case_of(record) for record, value in told if value is not None)
    return [
        None if value is None else field.sealed(record, value, numbers[_case_of(record)])
        for record, value in told
    ]


class _Opening(DeferredAttribute):
    """Opens a value of a record whenever it is asked for."""

    def __get__(self, record: Any, owner: Any = None) -> Any:
        value = super().__get__(record, owner)
        field: Any = self.field
        return field.opened(record, value) if isinstance(value, Sealed) else value

    def __set__(self, record: Any, value: Any) -> None:
        record.__dict__[self.field.attname] = value


class SealedText(models.BinaryField):
    """A text that stands encrypted in the database. It is empty where nothing was said."""

    descriptor_class = _Opening

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editable = True

    def sealed(self, record: models.Model, value: Any, number: UUID | None = None) -> Sealed | None:
        """The value encrypted for its row; one that is encrypted stays as it is."""
        if value is None or isinstance(value, Sealed):
            return value
        return seal(self.written(value), self.place_of(record), _case_of(record), number)

    def opened(self, record: models.Model, value: Sealed) -> Any:
        """The value of a row in the clear. Raises `Unreadable`, `Locked`, and `ReasonAsked` where whoever
        looks must say why first.
        """
        declared = declaration(self)
        if declared is not None and withholding.asks(declared.cls):
            withholding.require_reason(declared.cls, _case_of(record))
        first = value.data_key is None
        return self.read(unseal(value, self._column if first else self.place_of(record)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """What is saved of a record."""
        return self.sealed(model_instance, model_instance.__dict__[self.attname])

    def get_prep_value(self, value: Any) -> Any:
        """What is written: nothing that isn't sealed."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self._column} is sealed row by row: use save(), or sealed_for() in an update.")
        return None if value is None else bytes(value)

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        """What is read: still sealed."""
        return None if value is None else Sealed(value)

    def written(self, value: Any) -> str:
        """The value as the text that is encrypted."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value of a decrypted text."""
        return text

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value can be asked of the database."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def value_to_string(self, obj: models.Model) -> str:
        """Never in the clear to a file."""
        raise TypeError(f"{self._column} is sealed and can't be written out.")

    @property
    def _column(self) -> str:
        return f"{self.model._meta.label}.{self.attname}"

    def place_of(self, record: models.Model) -> str:
        """The place of a value: its column, then what tells its row apart."""
        told = [_plain(record, name) for name in _bound(type(record)).row]
        return f"{self._column} {json.dumps(told, ensure_ascii=False)}"


class SealedJson(SealedText):
    """Plain JSON values that stand encrypted in the database.

    `padded`: bytes to a multiple of which a value is filled up, so that its length doesn't tell a yes from a
    no.
    """

    def __init__(self, *args: Any, padded: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.padded = padded

    def written(self, value: Any) -> str:
        """As JSON."""
        return filled_up(json.dumps(value, ensure_ascii=False), self.padded)

    def read(self, text: str) -> Any:
        """From JSON."""
        return json.loads(text)


def filled_up(text: str, unit: int) -> str:
    """JSON with blanks behind it, up to the next multiple of so many bytes."""
    return text + " " * (-len(text.encode()) % unit)


def _bound(model: type[models.Model]) -> Bound:
    own: Bound | None = getattr(model, "sealed_with", None)
    return own or Bound((model._meta.pk.attname,))


def _case_of(record: models.Model) -> str:
    found: Any = record
    for name in _bound(type(record)).case.split("."):
        found = getattr(found, name)
    return str(found or "")


def _plain(record: models.Model, name: str) -> str:
    """A column that binds, as the same text before it is written and after it was read."""
    value = getattr(record, name)
    if value is None:
        raise ValueError(f"{record._meta.label}.{name} binds what is sealed and must be known first.")
    field = next(each for each in record._meta.concrete_fields if each.attname == name)
    value = field.to_python(value)
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def _unseal_first(value: bytes, place: str) -> str:
    """A value of the first version, under the office key itself."""
    if value[: len(FIRST)] != FIRST:
        raise InvalidTag
    emergency.require_open()
    nonce, sealed = value[len(FIRST) : len(FIRST) + NONCE_BYTES], value[len(FIRST) + NONCE_BYTES :]
    for key in office_key.ring().keys.values():
        try:
            return _first_cipher(key).decrypt(nonce, sealed, FIRST + place.encode()).decode()
        except InvalidTag:
            continue
    raise InvalidTag


@lru_cache(maxsize=2)
def _first_cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
