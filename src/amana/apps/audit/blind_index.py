"""Blind index: what a sealed value is found by, without the value. HMAC-SHA256 of a normalised token, under a
key that is no key of the database.

Derived from the key of the pseudonyms, which lasts as long as the office. Only an exact match is found:
nothing is sorted, begun or guessed by it, and without the key no number can be tried out. Each kind of value
has tokens of its own.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from amana.apps.audit.keys import key

DIGITS = 64


def token(kind: str, normal: str) -> str:
    """What a normalised value of this kind is found by; empty of an empty one."""
    if not normal:
        return ""
    return hmac.digest(_key(str(settings.HOME)), f"{kind}\n{normal}".encode(), "sha256").hex()


@lru_cache(maxsize=4)
def _key(home: str) -> bytes:
    """The key, derived once a process."""
    lasting = bytes.fromhex(key(settings.HOME, "pseudonym"))
    return HKDF(SHA256(), 32, None, b"amana blind index").derive(lasting)
