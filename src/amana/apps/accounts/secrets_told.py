"""Secrets that are told once and kept as digests: tokens of the command line and codes of an invitation.

They hold 160 and 100 random bits, so a plain digest of one can't be guessed back.
"""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LETTERS, GROUP = 20, 5
TOKEN_BYTES = 32


def new_code() -> str:
    """Twenty letters and digits in groups of five, without those that look alike."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    return "-".join(drawn[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))


def new_token() -> str:
    """A pass for the command line."""
    return f"amana_{secrets.token_urlsafe(TOKEN_BYTES)}"


def digest_of_code(code: str) -> str:
    """The digest of a code, however its groups were parted and whether in capitals or not."""
    return digest_of("".join(letter for letter in code.upper() if letter.isalnum()))


def digest_of(secret: str) -> str:
    """Under what a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
