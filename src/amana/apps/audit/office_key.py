"""The office key: it closes the data keys of the cases and nothing else, and stands outside the database.

Kept in AMANA_HOME/keys/sealed.key, in the file that AMANA_SEALED_KEY_FILE names, or in AMANA_SEALED_KEY
itself: 64 hexadecimal digits. While it is exchanged the new one lies beside it as `….next`, and both open.
A fingerprint (16 hex digits, from which nothing of a key follows) says which key closed what.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from amana.apps.audit.keys import LostKey, key_path
from amana.core.errors import AmanaError

DIGITS = 64
FEWEST_BYTES = 12
"""Of 32 random bytes fewer than twelve different ones never come up; of a typed key they do."""
NONCE_BYTES = 12
HOW = "Make one with `openssl rand -hex 32`."


class UnfitKey(AmanaError):
    """The office key can't be used, or should not be; the text says why and what would be right."""


class Unreadable(AmanaError):
    """Something sealed does not open: the key is another, or the value was changed or moved."""


@dataclass(frozen=True)
class Ring:
    """The keys at hand by fingerprint; `newest` closes what is closed from now on."""

    newest: str
    keys: dict[str, bytes]


def key_file() -> Path | None:
    """The file that holds the office key; None where the environment holds the key itself."""
    text, file = os.environ.get("AMANA_SEALED_KEY"), os.environ.get("AMANA_SEALED_KEY_FILE")
    if text and file:
        raise UnfitKey("AMANA_SEALED_KEY and AMANA_SEALED_KEY_FILE are both set. Set one of them.")
    if text:
        return None
    return Path(file) if file else key_path(settings.HOME, "sealed")


def next_file(file: Path) -> Path:
    """Where the new key lies while keys are exchanged."""
    return file.with_name(f"{file.name}.next")


def ring() -> Ring:
    """The keys at hand. Files are read anew when they have changed. Raises `LostKey`, `UnfitKey`."""
    file = key_file()
    if file is None:
        return _ring(("AMANA_SEALED_KEY",), (os.environ["AMANA_SEALED_KEY"],))
    if not file.exists():
        raise LostKey(file, "sealed")
    files = [each for each in (file, next_file(file)) if each.exists()]
    return _ring(tuple(map(str, files)), tuple(_text(str(each), _version(each)) for each in files))


def fingerprint(key: bytes) -> str:
    """What a key is known by."""
    return hashlib.sha256(b"amana office key" + key).hexdigest()[:16]


def close(key: bytes, bound: str) -> tuple[str, bytes]:
    """A data key closed by the newest office key, and that key's fingerprint; `bound` says whose it is."""
    now = ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    return now.newest, nonce + AESGCM(now.keys[now.newest]).encrypt(nonce, key, bound.encode())


def open_closed(closed: bytes, bound: str, closed_by: str) -> bytes:
    """A data key opened. Raises `Unreadable`, which quotes nothing of it, `LostKey`, `UnfitKey`."""
    key = ring().keys.get(closed_by)
    if key is None:
        raise Unreadable(
            f"What is sealed was closed by another office key ({closed_by}). "
            "Restore that key from your backup."
        )
    try:
        return AESGCM(key).decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], bound.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable("A data key does not open: it was changed, or taken from another case.") from error


def faults(file: Path | None, others: dict[str, str]) -> list[str]:
    """What speaks against the office key as it is kept; `others`: texts in which it must not stand, by what
    they are called. Raises `LostKey`, `UnfitKey`.
    """
    found = []
    if file is not None and stat.S_IMODE(file.stat().st_mode) & 0o077:
        found.append(f"{file} may be read by others on this machine: chmod 600 {file}")
    digits = ring().keys[ring().newest].hex()
    found += [
        f"The office key stands in {name} too. Give the office a key of its own. {HOW}"
        for name, text in others.items()
        if digits in text.lower()
    ]
    return found


@lru_cache(maxsize=8)
def _ring(names: tuple[str, ...], texts: tuple[str, ...]) -> Ring:
    keys = {
        fingerprint(key): key for key in (_read(name, text) for name, text in zip(names, texts, strict=True))
    }
    return Ring(list(keys)[-1], keys)


def _read(name: str, text: str) -> bytes:
    """A key from its digits. Raises `UnfitKey`, which doesn't repeat them."""
    try:
        key = bytes.fromhex(text) if len(text) == DIGITS and text.isascii() else b""
    except ValueError:
        key = b""
    if not key:
        raise UnfitKey(f"{name} holds no key: 64 hexadecimal digits. {HOW}")
    if len(set(key)) < FEWEST_BYTES:
        raise UnfitKey(f"{name} holds a key that is too easily guessed. {HOW}")
    return key


def _version(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=8)
def _text(file: str, _version: tuple[int, int]) -> str:
    try:
        return Path(file).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnfitKey(f"{file}: the office key can't be read. Look at the file and its rights.") from error
