"""Columns of the sealed classes (C5 to C7): kept encrypted, so that a copy of the database, its log or a
backup tells nothing without the key.

AES-256-GCM under the key AMANA_HOME/keys/sealed.key, a fresh nonce for each value, the model and column bound
in as associated data, so that no value can be read out of another column. What the database can then do with
such a column is to keep it: it can't be searched, sorted or joined by. The key is the office's: whoever runs
the host can read it.
"""

from __future__ import annotations

import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from amana.apps.audit.keys import key
from amana.core.errors import AmanaError

KEY_NAME = "sealed"
VERSION = b"S1"
NONCE_BYTES = 12


class Unreadable(AmanaError):
    """A sealed value does not open: the key is another, or the value was changed or moved."""


def seal(text: str, place: str) -> bytes:
    """The text, encrypted for one place (`app.Model.column`)."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + _cipher().encrypt(nonce, text.encode(), _bound(place))


def unseal(value: bytes, place: str) -> str:
    """The text of a sealed value. Raises `Unreadable`, which quotes nothing of it."""
    nonce, sealed = value[len(VERSION) : len(VERSION) + NONCE_BYTES], value[len(VERSION) + NONCE_BYTES :]
    try:
        if value[: len(VERSION)] != VERSION:
            raise InvalidTag
        return _cipher().decrypt(nonce, sealed, _bound(place)).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(
            f"A sealed value of {place} does not open. Restore keys/{KEY_NAME}.key from your backup of keys."
        ) from error


class SealedText(models.BinaryField):
    """A text that stands encrypted in the database. It is empty where nothing was said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editable = True

    @property
    def _place(self) -> str:
        return f"{self.model._meta.label}.{self.attname}"

    def get_prep_value(self, value: Any) -> Any:
        """What is written."""
        return super().get_prep_value(None if value is None else seal(self.written(value), self._place))

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> Any:
        """What is read."""
        return None if value is None else self.read(unseal(bytes(value), self._place))

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
        raise TypeError(f"{self._place} is sealed and can't be written out.")


class SealedJson(SealedText):
    """Plain JSON values that stand encrypted in the database."""

    def written(self, value: Any) -> str:
        """As JSON."""
        return json.dumps(value, ensure_ascii=False)

    def read(self, text: str) -> Any:
        """From JSON."""
        return json.loads(text)


def _cipher() -> AESGCM:
    return _cipher_of(str(settings.HOME))


@lru_cache(maxsize=4)
def _cipher_of(home: str) -> AESGCM:
    """The cipher of an office, its key read once a process."""
    return AESGCM(bytes.fromhex(key(settings.HOME, KEY_NAME)))


def _bound(place: str) -> bytes:
    return VERSION + place.encode()
