"""The name by which whoever may not know a person sees her findings: the same for one person every time, and
no way back without the office's key.

Made by HMAC-SHA256 under a key of its own (AMANA_HOME/keys/pseudonym.key), made at first use. Fifty bits:
one chance in two hundred thousand that two of a hundred thousand people share one.
"""

from __future__ import annotations

import hmac
from functools import lru_cache

from django.conf import settings

from amana.apps.audit.keys import key
from amana.core.reference import ALPHABET

LENGTH = 10
PREFIX = "X-"


def pseudonym(ref: str) -> str:
    """The pseudonym of a reference; empty of an empty one. It is longer than any reference, so that none is
    taken for one.
    """
    if not ref:
        return ""
    digest = hmac.digest(bytes.fromhex(_key(str(settings.HOME))), ref.encode("ascii"), "sha256")
    number, letters = int.from_bytes(digest[:8]), []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return PREFIX + "".join(letters)


@lru_cache(maxsize=4)
def _key(home: str) -> str:
    """The key, read once a process."""
    return key(settings.HOME, "pseudonym")
