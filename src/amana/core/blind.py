"""Blind envelopes: a text that only the holders of private keys can read, which doesn't tell who they are or
how many.

As in `envelopes`, a fresh content key closes the text by AES-256-GCM and is itself closed for each holder by
a key agreed by X25519 and HKDF-SHA256. But no slot is marked: a holder tries each. Slots that nobody can open
fill up to a number that says nothing, in an order of chance. Place and slots are bound in. Whoever writes one
can't open it again.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from amana.core.envelopes import (
    KEY_BYTES,
    NONCE_BYTES,
    NOTHING,
    TAG_BYTES,
    NoKey,
    NotForThisKey,
    PrivateKey,
    check_public,
    new_private_key,
)

VERSION = b"B1"
SLOTS = 8
"""Slots come in this many, or a multiple of it."""
MOST_HOLDERS = 128
SLOT = KEY_BYTES + KEY_BYTES + TAG_BYTES
"""Bytes of a slot: fresh public key, closed content key."""
HEAD = len(VERSION) + 1


def seal_blind(holders: Sequence[str], text: str, place: str) -> bytes:
    """The text, to be read by the owners of these public keys alone; bound to its place. Raises `NoKey`."""
    wanted = sorted({check_public(public) for public in holders})
    if not 0 < len(wanted) <= MOST_HOLDERS:
        raise NoKey("Nobody holds a key to seal this to. Name the holders first.")
    content = AESGCM.generate_key(256)
    slots = [_slot(public, content, place) for public in wanted]
    slots += [_filling() for _ in range(-len(slots) % SLOTS)]
    secrets.SystemRandom().shuffle(slots)
    head, nonce = VERSION + bytes([len(slots)]) + b"".join(slots), secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(content).encrypt(nonce, text.encode(), head + place.encode())


def open_blind(key: PrivateKey, envelope: bytes, place: str) -> str:
    """The text of an envelope. Raises `NotForThisKey`, which quotes nothing of it."""
    try:
        if envelope[: len(VERSION)] != VERSION:
            raise InvalidTag
        ends = HEAD + envelope[HEAD - 1] * SLOT
        nonce, sealed = envelope[ends : ends + NONCE_BYTES], envelope[ends + NONCE_BYTES :]
        content = _content_key(key, envelope[HEAD:ends], place)
        return AESGCM(content).decrypt(nonce, sealed, envelope[:ends] + place.encode()).decode()
    except (InvalidTag, ValueError, IndexError) as error:
        raise NotForThisKey(
            "This key does not open it: it is for other holders, or it was changed or moved."
        ) from error


def _slot(public: str, content: bytes, place: str) -> bytes:
    own = X25519PrivateKey.generate()
    fresh = own.public_key().public_bytes_raw()
    shared = own.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    return fresh + AESGCM(_agreed(shared, fresh, public, place)).encrypt(NOTHING, content, None)


def _filling() -> bytes:
    """A slot that nobody opens: a real public key, and chance where the closed key would be."""
    return bytes.fromhex(new_private_key().public) + secrets.token_bytes(SLOT - KEY_BYTES)


def _content_key(key: PrivateKey, slots: bytes, place: str) -> bytes:
    """The content key, from the one slot that is this holder's. Raises `InvalidTag`."""
    own, public = X25519PrivateKey.from_private_bytes(key.raw), key.public
    for at in range(0, len(slots), SLOT):
        fresh, closed = slots[at : at + KEY_BYTES], slots[at + KEY_BYTES : at + SLOT]
        shared = own.exchange(X25519PublicKey.from_public_bytes(fresh))
        try:
            return AESGCM(_agreed(shared, fresh, public, place)).decrypt(NOTHING, closed, None)
        except InvalidTag:
            continue
    raise InvalidTag


def _agreed(shared: bytes, fresh: bytes, public: str, place: str) -> bytes:
    """The key between a fresh key and a holder's, for one envelope at one place."""
    info = b"amana blind envelope" + fresh + bytes.fromhex(public) + place.encode()
    return HKDF(SHA256(), KEY_BYTES, None, info).derive(shared)
