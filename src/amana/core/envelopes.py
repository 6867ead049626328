"""Envelopes: a text that only the holders of named private keys can read, whoever keeps it.

A fresh content key closes the text by AES-256-GCM; it is itself closed for each holder by a key agreed
between a fresh X25519 key and hers (HKDF-SHA256). Place and holders are bound in, so that an envelope
can't be read as one of another place, nor a holder be added to it. Whoever writes one can't open it again.
Private keys leave this module only under a passphrase (scrypt). Knows no database and no office.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from amana.core.errors import AmanaError

VERSION = b"C1"
KEY_FILE = "amana custody key 1"
KEY_BYTES, NONCE_BYTES, TAG_BYTES, MARK_BYTES, SALT_BYTES = 32, 12, 16, 8, 16
SLOT = MARK_BYTES + KEY_BYTES + KEY_BYTES + TAG_BYTES
"""Bytes that one holder takes: mark, fresh public key, closed content key."""
MOST_HOLDERS = 255
FEWEST_CHARACTERS = 12
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
NOTHING = bytes(NONCE_BYTES)
"""A nonce for keys that close one thing only."""


class NotForThisKey(AmanaError):
    """An envelope that this key does not open: it is for others, or was changed or moved."""


class NoKey(AmanaError):
    """A text or a file that holds no key, or a passphrase that doesn't open it."""


@dataclass(frozen=True)
class PrivateKey:
    """A holder's private key; it shows nothing of itself."""

    raw: bytes

    def __repr__(self) -> str:
        return f"<private key of {self.public[:16]}>"

    @property
    def public(self) -> str:
        """Its public key, as 64 hexadecimal digits."""
        return X25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw().hex()


def new_private_key() -> PrivateKey:
    """A fresh private key."""
    return PrivateKey(X25519PrivateKey.generate().private_bytes_raw())


def check_public(public: str) -> str:
    """A public key as it is kept. Raises `NoKey`."""
    text = public.strip().lower()
    try:
        raw = bytes.fromhex(text) if len(text) == 2 * KEY_BYTES else b""
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError as error:
        raise NoKey("A public key is 64 hexadecimal digits. Copy the whole line that names it.") from error
    return text


def fingerprint(public: str) -> str:
    """What a public key is compared by, read aloud: eight groups of four hexadecimal digits."""
    digits = hashlib.sha256(b"amana custody" + bytes.fromhex(public)).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def seal_to(holders: Sequence[str], text: str, place: str) -> bytes:
    """The text, to be read by the owners of these public keys alone; bound to its place. Raises `NoKey`."""
    wanted = sorted({check_public(public) for public in holders})
    if not 0 < len(wanted) <= MOST_HOLDERS:
        raise NoKey("Nobody holds a key to seal this to. Name the holders first.")
    content = AESGCM.generate_key(256)
    head = VERSION + bytes([len(wanted)]) + b"".join(_mark(public) for public in wanted)
    slots = b"".join(_slot(public, content, head, place) for public in wanted)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + slots + nonce + AESGCM(content).encrypt(nonce, text.encode(), head + slots + place.encode())


def open_with(key: PrivateKey, envelope: bytes, place: str) -> str:
    """The text of an envelope. Raises `NotForThisKey`, which quotes nothing of it."""
    try:
        count = envelope[len(VERSION)]
        head_ends = len(VERSION) + 1 + count * MARK_BYTES
        body = head_ends + count * (SLOT - MARK_BYTES)
        head, slots = envelope[:head_ends], envelope[head_ends:body]
        marks = [head[at : at + MARK_BYTES] for at in range(len(VERSION) + 1, head_ends, MARK_BYTES)]
        if head[: len(VERSION)] != VERSION:
            raise InvalidTag
        at = marks.index(_mark(key.public)) * (SLOT - MARK_BYTES)
        fresh, closed = slots[at : at + KEY_BYTES], slots[at + KEY_BYTES : at + SLOT - MARK_BYTES]
        shared = X25519PrivateKey.from_private_bytes(key.raw).exchange(
            X25519PublicKey.from_public_bytes(fresh)
        )
        agreed = _agreed(shared, fresh, key.public, head, place)
        content = AESGCM(agreed).decrypt(NOTHING, closed, None)
        nonce, sealed = envelope[body : body + NONCE_BYTES], envelope[body + NONCE_BYTES :]
        return AESGCM(content).decrypt(nonce, sealed, head + slots + place.encode()).decode()
    except (InvalidTag, ValueError, IndexError) as error:
        raise NotForThisKey(
            "This key does not open it: it is for other holders, or it was changed or moved."
        ) from error


def holders_of(envelope: bytes) -> list[str]:
    """The marks (16 hexadecimal digits) of the public keys that open an envelope."""
    first = len(VERSION) + 1
    ends = first + envelope[len(VERSION)] * MARK_BYTES
    return [envelope[at : at + MARK_BYTES].hex() for at in range(first, ends, MARK_BYTES)]


def mark(public: str) -> str:
    """The mark of a public key in an envelope, as 16 hexadecimal digits."""
    return _mark(public).hex()


def write_key(key: PrivateKey, passphrase: str) -> str:
    """The text of a key file: the private key under a passphrase, and its public key in the clear. Raises
    `NoKey` for a passphrase that is too short.
    """
    if len(passphrase) < FEWEST_CHARACTERS:
        raise NoKey(f"Take a passphrase of at least {FEWEST_CHARACTERS} characters.")
    salt = secrets.token_bytes(SALT_BYTES)
    closed = AESGCM(_stretched(passphrase, salt)).encrypt(NOTHING, key.raw, key.public.encode())
    return f"{KEY_FILE}\npublic {key.public}\nsalt {salt.hex()}\nprivate {closed.hex()}\n"


def read_key(text: str, passphrase: str) -> PrivateKey:
    """The private key of a key file. Raises `NoKey`."""
    lines = text.strip().splitlines()
    told = dict(line.split(" ", 1) for line in lines[1:] if " " in line)
    if not lines or lines[0].strip() != KEY_FILE or not {"public", "salt", "private"} <= told.keys():
        raise NoKey("This is no key file. Take the one that `amana keys custody make` wrote.")
    try:
        salt, closed = bytes.fromhex(told["salt"]), bytes.fromhex(told["private"])
        raw = AESGCM(_stretched(passphrase, salt)).decrypt(NOTHING, closed, told["public"].strip().encode())
    except (InvalidTag, ValueError) as error:
        raise NoKey("The passphrase does not open this key file, or the file was changed.") from error
    return PrivateKey(raw)


def public_of(text: str) -> str:
    """The public key that a key file names. Raises `NoKey`."""
    for line in text.splitlines():
        if line.startswith("public "):
            return check_public(line.removeprefix("public "))
    raise NoKey("This is no key file: it names no public key.")


def _slot(public: str, content: bytes, head: bytes, place: str) -> bytes:
    own = X25519PrivateKey.generate()
    fresh = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    return fresh + AESGCM(_agreed(shared, fresh, public, head, place)).encrypt(NOTHING, content, None)


def _agreed(shared: bytes, fresh: bytes, public: str, head: bytes, place: str) -> bytes:
    """The key between a fresh key and a holder's, for one envelope at one place."""
    info = b"amana envelope" + fresh + bytes.fromhex(public) + head + place.encode()
    return HKDF(SHA256(), KEY_BYTES, None, info).derive(shared)


def _mark(public: str) -> bytes:
    return hashlib.sha256(b"amana holder" + bytes.fromhex(public)).digest()[:MARK_BYTES]


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt, KEY_BYTES, SCRYPT_N, SCRYPT_R, SCRYPT_P).derive(passphrase.encode())
