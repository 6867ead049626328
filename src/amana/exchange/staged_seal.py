"""The files of staged lists, sealed: under a key of the list's own, which the office key closes.

A file is a run of pieces of up to 1 MiB, each `length (4 bytes) | nonce | AES-256-GCM`, bound to the list,
the file's name, its place in the run and whether it is the last: no file opens in another's place, none that
was cut off, changed or put together from two opens at all. Files are written whole or not at all, mode 600.
What is read is opened piece by piece. Refuses with `SpoiltStaged`; while the office is locked, with `Locked`.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from amana.apps.audit import emergency, office_key
from amana.apps.audit.keys import LostKey
from amana.core.errors import AmanaError

KEY = "key.json"
PIECE = 1 << 20
NONCE_BYTES, LENGTH_BYTES = 12, 4


class SpoiltStaged(AmanaError):
    """A file of a staged list, or its key, is missing, cut off, changed, or of another list."""

    def __init__(self) -> None:
        super().__init__("A file of this staged list does not open. Upload the list again.")


def make_key(folder: Path) -> bytes:
    """A key for the list of this folder, kept in it closed by the office key."""
    emergency.require_open()
    key = AESGCM.generate_key(256)
    _keep_key(folder, key)
    return key


def key_of(folder: Path) -> bytes:
    """The key of the list of this folder. Raises `SpoiltStaged`, `Locked`."""
    emergency.require_open()
    try:
        told = json.loads((folder / KEY).read_text("ascii"))
        return office_key.open_closed(bytes.fromhex(told["closed"]), _key_bound(folder), told["closed_by"])
    except (OSError, ValueError, KeyError, TypeError, office_key.Unreadable, LostKey) as error:
        raise SpoiltStaged from error


def close_anew(folder: Path) -> bool:
    """Have the newest office key close the key of this folder; whether another did."""
    try:
        told = json.loads((folder / KEY).read_text("ascii"))
        if told["closed_by"] == office_key.ring().newest:
            return False
        _keep_key(folder, key_of(folder))
    except (OSError, ValueError, KeyError, TypeError, SpoiltStaged):
        return False
    return True


def write(path: Path, chunks: Iterable[bytes], key: bytes) -> None:
    """Write a sealed file, whole or not at all, readable by its owner only."""
    cipher, beside = AESGCM(key), path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for number, (piece, last) in enumerate(_pieces(chunks)):
                nonce = secrets.token_bytes(NONCE_BYTES)
                closed = nonce + cipher.encrypt(nonce, piece, _bound(path, number, last))
                out.write(len(closed).to_bytes(LENGTH_BYTES, "big") + closed)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path, key: bytes) -> Iterator[bytes]:
    """The pieces of a sealed file in the clear, in order. Raises `FileNotFoundError`, `SpoiltStaged`."""
    cipher, number = AESGCM(key), 0
    with path.open("rb") as file:
        head = file.read(LENGTH_BYTES)
        while head:
            closed = file.read(int.from_bytes(head, "big"))
            head = file.read(LENGTH_BYTES)
            try:
                yield cipher.decrypt(
                    closed[:NONCE_BYTES], closed[NONCE_BYTES:], _bound(path, number, last=not head)
                )
            except (InvalidTag, ValueError) as error:
                raise SpoiltStaged from error
            number += 1
    if not number:
        raise SpoiltStaged


def lines(path: Path, key: bytes) -> Iterator[str]:
    """The lines of a sealed text, without their ends. Raises as `read`."""
    rest = b""
    for piece in read(path, key):
        *whole, rest = (rest + piece).split(b"\n")
        for line in whole:
            yield line.decode()
    if rest:
        yield rest.decode()


def _pieces(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The content in pieces of one size, and whether each is the last; of nothing, one empty piece."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > PIECE:
            yield bytes(waiting[:PIECE]), False
            del waiting[:PIECE]
    yield bytes(waiting), True


def _keep_key(folder: Path, key: bytes) -> None:
    closed_by, closed = office_key.close(key, _key_bound(folder))
    path = folder / KEY
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(
        os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
    ) as out:
        json.dump({"closed_by": closed_by, "closed": closed.hex()}, out)
    beside.replace(path)


def _key_bound(folder: Path) -> str:
    return f"staged list {folder.name}"


def _bound(path: Path, number: int, last: bool) -> bytes:
    return f"staged {path.parent.name} {path.name} {number} {'last' if last else 'more'}".encode()
