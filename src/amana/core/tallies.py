"""How many different people were read within a span: a set of keyed marks, from which nobody's reference can
be had back without the key.

Eight bytes a mark: among a hundred thousand people the chance that any two share one is below one in three
thousand million.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

BYTES: Final = 8


def mark(ref: str, key: bytes) -> bytes:
    """The mark of a reference."""
    return hashlib.blake2b(ref.encode(), digest_size=BYTES, key=key[:64]).digest()


def add(kept: bytes, refs: Iterable[str], key: bytes) -> bytes:
    """The marks kept and those of these references, each once; as many bytes as BYTES times the people.

    >>> len(add(add(b"", ["P-1", "P-2"], b"k"), ["P-2", "P-3", "P-3"], b"k")) // BYTES
    3
    """
    known = {kept[at : at + BYTES] for at in range(0, len(kept), BYTES)}
    new = dict.fromkeys(each for each in (mark(ref, key) for ref in refs) if each not in known)
    return kept + b"".join(new)


def size(kept: bytes) -> int:
    """How many people the marks stand for."""
    return len(kept) // BYTES


def crossed(before: int, after: int, at: int, *, again: bool = False) -> bool:
    """Whether a count passed `at` on its way, or with `again` any whole number of times `at`.

    >>> crossed(9, 10, 10), crossed(10, 11, 10), crossed(19, 31, 10, again=True)
    (True, False, True)
    """
    return before // at < after // at if again else before < at <= after
