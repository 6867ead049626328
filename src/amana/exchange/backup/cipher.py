"""The encryption of a backup: AES-256-GCM in pieces of 1 MiB under a key of this one file.

The key comes from a key file kept outside the office (HKDF-SHA256) or from a passphrase (scrypt), each with
a fresh salt, so no key and no nonce is ever used twice. Each piece is bound to its place and to the file's
first lines, the last one says that it is the last: what was cut, swapped, changed or put together from two
files does not open. Knows no office and no database.
"""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from amana.core.errors import AmanaError

MAGIC = b"amana backup 1\n"
PIECE = 1024 * 1024
TAG = 16
SALT = 16
COST, MOST_COST = 2**17, 2**20
"""Of scrypt, with blocks of 8: 128 MiB of memory for each guess at a passphrase. No file may ask for more."""
LONGEST_HEAD = 4096
SHORTEST_PASSPHRASE = 16


class BadBackup(AmanaError):
    """A file is no backup, not whole, or does not open with this key."""


class BadKey(AmanaError):
    """A key file or passphrase can't be used; the text says what would be right."""


@dataclass(frozen=True)
class Lock:
    """What opens a backup: the 32 bytes of a key file, or a passphrase."""

    kind: str
    secret: bytes

    def key(self, salt: bytes, cost: int) -> bytes:
        """The 32 bytes under which one file stands."""
        if self.kind == "file":
            return HKDF(SHA256(), 32, salt, MAGIC).derive(self.secret)
        return Scrypt(salt, 32, cost, 8, 1).derive(self.secret)


def of_passphrase(words: str) -> Lock:
    """The lock of a passphrase. Raises `BadKey` where it is short."""
    if len(words) < SHORTEST_PASSPHRASE:
        raise BadKey(
            f"The passphrase is too short. Use {SHORTEST_PASSPHRASE} letters or more, such as five words."
        )
    return Lock("passphrase", words.encode())


def of_key_file(path: Path, home: Path) -> Lock:
    """The lock of a key file, which must lie outside the office and be its owner's alone. Raises `BadKey`."""
    if path.resolve().is_relative_to(home):
        raise BadKey(
            f"{path} lies inside AMANA_HOME, so whoever takes the office takes it too. Keep it elsewhere."
        )
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise BadKey(
            f"{path} can't be read ({reason}). `--new-key` makes one where there is none."
        ) from error
    if mode & 0o077:
        raise BadKey(f"{path} has mode {mode:o}: others may read it. chmod 600 {path}")
    if len(text) != 64 or not all(letter in "0123456789abcdef" for letter in text):
        raise BadKey(f"{path} holds no key of 64 hexadecimal digits. `--new-key` makes one elsewhere.")
    return Lock("file", bytes.fromhex(text))


def make_key_file(path: Path) -> None:
    """Write a new key, readable by its owner alone; never over another file. Raises `BadKey`."""
    try:
        with path.open("x", encoding="ascii") as out:
            path.chmod(0o600)
            out.write(secrets.token_hex(32) + "\n")
    except OSError as error:
        raise BadKey(f"{path}: no key can be made there ({error.strerror}). Name a new file.") from error


class Writer(io.RawIOBase):
    """Encrypts what is written to it into `out`; the file is whole only after `close`."""

    def __init__(self, out: IO[bytes], lock: Lock, told: Mapping[str, Any]) -> None:
        salt = secrets.token_bytes(SALT)
        head = {**told, "key": lock.kind, "salt": salt.hex(), "cost": COST, "piece": PIECE}
        line = json.dumps(head, sort_keys=True).encode() + b"\n"
        out.write(MAGIC + line)
        self._out, self._cipher, self._place = out, AESGCM(lock.key(salt, COST)), 0
        self._bound, self._held = hashlib.sha256(MAGIC + line).digest(), bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Take in bytes; whole pieces go out."""
        self._held += data
        while len(self._held) > PIECE:
            self._send(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def close(self) -> None:
        """Send the last piece."""
        if not self.closed:
            self._send(bytes(self._held), last=True)
            super().close()

    def _send(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(nonce(self._place, last), piece, self._bound))
        self._place += 1


class Reader(io.RawIOBase):
    """What a backup holds, piece by piece, each proved before it is given. Raises `BadBackup`."""

    def __init__(self, source: IO[bytes], lock: Lock) -> None:
        self.told, self._bound = head_of(source)
        if self.told["key"] != lock.kind:
            wanted = {"file": "a key file", "passphrase": "a passphrase"}[self.told["key"]]
            raise BadBackup(f"This backup was closed with {wanted}. Give that.")
        key = lock.key(bytes.fromhex(self.told["salt"]), self.told["cost"])
        self._source, self._cipher, self._place = source, AESGCM(key), 0
        self._next = source.read(PIECE + TAG)
        self._held, self.ended = b"", False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill what is asked for as far as the present piece goes; 0 at the proved end."""
        while not self._held and not self.ended:
            self._open()
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count

    def _open(self) -> None:
        piece, self._next = self._next, self._source.read(PIECE + TAG)
        last = not self._next
        try:
            self._held = self._cipher.decrypt(nonce(self._place, last), piece, self._bound)
        except InvalidTag as error:
            where = (
                "The key is another, or the file was changed."
                if not self._place
                else (f"The file was cut or changed after piece {self._place}.")
            )
            raise BadBackup(f"The backup does not open. {where} Nothing was restored.") from error
        self._place, self.ended = self._place + 1, last


def nonce(place: int, last: bool) -> bytes:
    """The nonce of a piece: its place and whether it is the last. The key is of this file alone."""
    return place.to_bytes(11, "big") + bytes([last])


def head_of(source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    """What a backup says of itself before it is opened, and the digest that binds it. Raises `BadBackup`."""
    magic, line = source.read(len(MAGIC)), source.readline(LONGEST_HEAD)
    try:
        told = json.loads(line) if magic == MAGIC else {}
        sound = told["key"] in ("file", "passphrase") and told["piece"] == PIECE
        sound = sound and len(bytes.fromhex(told["salt"])) == SALT
        cost = told["cost"]
        if not (sound and isinstance(cost, int) and 2 <= cost <= MOST_COST and cost & (cost - 1) == 0):
            raise ValueError
    except (ValueError, KeyError, TypeError) as error:
        raise BadBackup("This is no backup that `amana backup` of this version wrote.") from error
    return told, hashlib.sha256(magic + line).digest()
