"""Whether a text that the monitor will read names somebody: a reference, or a name of the family it is about.

The monitor knows people by pseudonym. What she writes is looked through for references only: were it held
against the names on record, each refusal would tell her whether she had guessed one. Names are compared as
folded words, with and without the one-letter words that Arabic writes together with the next; those of one
or two letters are passed over. It can't see a name that is misspelled, nor whom a text describes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from amana.apps.registry.models import Person
from amana.core.names import fold
from amana.core.reference import PREFIXES

SHORTEST: Final = 3
"""Letters of a name that is looked for."""
JOINED: Final = "وفبلك"
"""One-letter words of Arabic that stand before another without a space."""
MOST_JOINED: Final = 2
"""So many of them before one word."""

_REFERENCE = re.compile(rf"\b[{''.join(PREFIXES)}][-‐‑–][0-9A-Z]{{6}}\b", re.IGNORECASE)


def holds_reference(text: str) -> bool:
    """Whether anything in it looks like a reference of the register, right or mistyped."""
    return _REFERENCE.search(text) is not None


def names_one_of(text: str, refs: Sequence[str]) -> bool:
    """Whether it holds a word of a name of one of these people, in any script."""
    told = set(fold(text).split())
    for _ in range(MOST_JOINED):
        told |= {word[1:] for word in told if word[:1] in JOINED}
    kept = Person.objects.filter(ref__in=refs).values_list("name_ar", "name_latin")
    names = {word for row in kept for name in row for word in fold(name).split()}
    return any(len(word) >= SHORTEST for word in names & told)
