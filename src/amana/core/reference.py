"""Opaque references such as `P-7K3QX9`: prefix, five random characters, one check character.

They hold no order, no date and nothing about the person. The alphabet has 31 characters (digits 2 to 9,
letters without I, L and O). As 31 is prime and every place has its own weight, each single wrong character
and each swap of two characters, the prefix included, is found. Drawing a free reference is the caller's
matter (28.6 million each).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Protocol

from amana.core.errors import BadReference

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIXES = {
    "A": "allegation",
    "P": "person",
    "F": "family",
    "B": "batch",
    "S": "site",
    "C": "change of law",
    "D": "determination",
    "J": "judicial decision",
    "M": "move",
    "T": "team",
}
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = (7, 2, 3, 4, 5, 6)
_RANDOM = 5
_LENGTH = _RANDOM + 2


class Drawing(Protocol):
    """A source of chance: `random.SystemRandom()` in an office, a seeded `random.Random` in tests."""

    def choice(self, seq: Sequence[str], /) -> str:
        """One element."""


def new_reference(prefix: str, random: Drawing) -> str:
    """Draw a reference.

    >>> import random
    >>> check_reference(new_reference("P", random.Random(1)))[:2]
    'P-'
    """
    if prefix not in PREFIXES:
        raise BadReference(f"{prefix!r} is no prefix; known: {', '.join(PREFIXES)}.")
    body = "".join(random.choice(ALPHABET) for _ in range(_RANDOM))
    return f"{prefix}-{body}{_check_character(prefix + body)}"


def check_reference(text: str) -> str:
    """Return the reference in its one form (upper case, hyphen) or raise BadReference saying what is wrong.

    Spaces, lower case, a missing hyphen, other digits of Unicode and direction marks are forgiven; a wrong
    character is not.

    >>> check_reference(" p7k3qxm ")
    'P-7K3QXM'
    """
    plain = _plain(text)
    if len(plain) != _LENGTH or plain[0] not in PREFIXES:
        raise BadReference(
            f"This is no reference. One looks like {_EXAMPLE}: "
            f"a letter ({', '.join(PREFIXES)}), a hyphen, six characters."
        )
    strange = [character for character in plain if character not in _VALUE]
    if strange:
        raise BadReference(
            f"A reference has no {strange[0]!r}: only digits 2 to 9 and letters except I, L and O. "
            "Look at the original again."
        )
    if plain[-1] != _check_character(plain[:-1]):
        raise BadReference(
            "The reference is mistyped: its check character doesn't fit. Look at the original again."
        )
    return f"{plain[0]}-{plain[1:]}"


def _plain(text: str) -> str:
    kept = (c for c in text if not c.isspace() and c not in "-‐‑–" and unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c, c)) for c in kept).upper()


def _check_character(body: str) -> str:
    total = sum(weight * _VALUE[c] for weight, c in zip(_WEIGHTS, body, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


_EXAMPLE = "P-7K3QX" + _check_character("P7K3QX")
