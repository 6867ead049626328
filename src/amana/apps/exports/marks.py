"""How a copy is told from every other: a mark that stands in it, and an order of its rows that is its own.

A mark is twelve characters of the alphabet of references, in three groups. The order is that of a keyed hash
of each reference under the seed of the copy, so that a copy stripped of its mark is still told by the order
of the references left in it. Of whom a file holds only a keyed digest is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.conf import settings

from amana.core.reference import ALPHABET

MARK: Final = re.compile(rf"\b(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}\b")


def digest_of(ident: UUID, refs: Iterable[str]) -> str:
    """A digest of whom a file holds, in any order, keyed and bound to that file."""
    told = "\n".join([f"export {ident}", *sorted(refs)])
    return hmac.new(bytes(settings.AUDIT_KEY), told.encode(), hashlib.sha256).hexdigest()


def new_mark() -> str:
    """A mark: 59 bits by chance."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))


def new_seed() -> str:
    """The seed of an order: 32 bytes by chance, in hexadecimal."""
    return secrets.token_hex(32)


def ordered(seed: str, refs: Iterable[str]) -> list[str]:
    """The references in the order of the copy with this seed."""
    return sorted(refs, key=lambda ref: place(seed, ref))


def place(seed: str, ref: str) -> bytes:
    """Where a reference stands in the order of a seed."""
    return hmac.new(bytes.fromhex(seed), ref.encode(), hashlib.sha256).digest()
