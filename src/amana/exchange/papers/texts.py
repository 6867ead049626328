"""Plain texts: UTF-8, UTF-16 or Windows Arabic, written anew as UTF-8 without signs that turn letters.

Line ends become one kind, letters NFC. What turns the order of letters is taken out, as it makes a text say
on paper what it does not say in a file; the original keeps it.
"""

from __future__ import annotations

import codecs
import unicodedata

from amana.exchange.papers.found import Cleaned

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HIDDEN = frozenset({"Cc", "Cs", "Cn", "Co"})
LINES_A_PAGE = 50


def clean(content: bytes) -> Cleaned:
    """The text alone. Raises UnicodeDecodeError for what is no text."""
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    kept = "".join(sign for sign in text if sign in "\n\t" or not _turns_or_hides(sign))
    removed = frozenset({"signs"} if len(kept) != len(text) else ())
    kept = unicodedata.normalize("NFC", kept)
    pages = max(1, -(-kept.count("\n") // LINES_A_PAGE))
    return Cleaned(kept.encode(), pages, removed)


def sample() -> bytes:
    """A short text; the tables of other encodings are loaded with it."""
    for encoding in ("cp1256", "utf-8-sig", "utf-16"):
        codecs.lookup(encoding)
    return "اسم name".encode("cp1256")


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1256")


def _turns_or_hides(sign: str) -> bool:
    return sign in TURNING or sign == "\ufeff" or unicodedata.category(sign) in HIDDEN
