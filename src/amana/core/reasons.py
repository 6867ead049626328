"""Whether a reason is given in words: the one rule for every text that carries a grave act.

A reason is a sentence that a court may read later. One letter, a code, a date or a word said over and over is
none. Only letters count, of any script that puts spaces between its words; digits, signs, vowel marks and
strokes that stretch a word don't. It can't know whether a sentence is true, nor whether it explains anything.
"""

from __future__ import annotations

from typing import Final
from unicodedata import category

LEAST_WORDS: Final = 3
"""Different words that a reason has at least."""
LEAST_LETTERS: Final = 15
"""Letters that a reason has at least."""
ASKED: Final = "Say in a sentence why; a court will read it"
"""What is asked of whoever gave none; `wording.reasons` says it in the language of the reader."""

_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lo"})
"""Unicode's letters without its modifiers (Lm), which an Arabic word may be stretched with."""


def in_words(text: str) -> bool:
    """Whether a text has at least LEAST_WORDS different words and LEAST_LETTERS letters in all."""
    words = ["".join(sign for sign in word.casefold() if category(sign) in _LETTERS) for word in text.split()]
    return len(set(words) - {""}) >= LEAST_WORDS and sum(map(len, words)) >= LEAST_LETTERS
