"""Papers: files that are kept with a case. Which kinds there are, what their content must begin with, and
what an examined one consists of.

Knows no parser and opens nothing: `kind_of` looks at the first bytes alone and believes no name. Refuses by
code (`REFUSED`); the words for each are the reader's own. Sizes are bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from amana.core.errors import AmanaError

MOST_BYTES: Final = 20 * 1024 * 1024
LEAST_BYTES: Final = 8
"""Fewer hold nothing that anybody could have meant to keep: the file was cut off on its way."""

CLEAN, ORIGINAL, PREVIEW = "clean", "original", "preview"
PARTS: Final = (CLEAN, ORIGINAL, PREVIEW)
"""What is kept of a paper: the file as it may be opened, the file as it came, a picture of its first page."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: the type a browser is told, and the ending its copies are given."""

    mime: str
    suffix: str


KINDS: Final[Mapping[str, Kind]] = {
    "pdf": Kind("application/pdf", "pdf"),
    "jpeg": Kind("image/jpeg", "jpg"),
    "png": Kind("image/png", "png"),
    "tiff": Kind("image/tiff", "tif"),
    "text": Kind("text/plain; charset=utf-8", "txt"),
}
"""Every kind that is taken. An office document is not: it runs macros and holds what its author can't see."""

_BEGINNINGS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-1.", "pdf"),
    (b"%PDF-2.", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_SPOKEN_TO_MACHINES: Final = re.compile(rb"^\s*(?:<[!?a-z]|\{\\rtf|%!|#!|%pdf)", re.IGNORECASE)
_ORDER_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_NOT_IN_TEXT: Final = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")

REFUSED: Final = (
    "empty", "too_big", "cut_off", "wrong_type", "damaged", "password", "too_many_pixels", "too_many_pages",
    "inflated_too_big", "too_slow", "too_much_memory",
)  # fmt: skip
"""Why a file is not taken."""


class UnfitPaper(AmanaError):
    """A file can't be kept as a paper; `code` is one of REFUSED."""

    def __init__(self, code: str) -> None:
        if code not in REFUSED:
            raise ValueError(f"unknown refusal {code!r}")
        self.code = code
        super().__init__(f"The file can't be kept: {code.replace('_', ' ')}.")


@dataclass(frozen=True)
class Examined:
    """A file that may be kept. `clean`: without metadata, scripts and embedded files; `original`: as it came;
    `preview`: a PNG of the first page, None where none could be made; `removed`: codes of what was taken out.
    """

    kind: str
    clean: bytes
    original: bytes
    preview: bytes | None
    pages: int
    removed: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind {self.kind!r}")


REMOVED: Final = ("place", "camera", "metadata", "scripts", "files", "links", "signs")
"""Codes of what is taken out: where a picture was taken, by which camera, other metadata, scripts and
actions, embedded files, links that lead elsewhere, control characters of a text.
"""


def kind_of(content: bytes) -> str:
    """The kind of a file by what it begins with. Raises `UnfitPaper`.

    >>> kind_of(b"%PDF-1.7 and so on"), kind_of("اسم الأم كما تقول".encode())
    ('pdf', 'text')
    >>> kind_of(b"PK" + bytes(20))
    Traceback (most recent call last):
    amana.core.papers.UnfitPaper: The file can't be kept: wrong type.
    """
    if not content:
        raise UnfitPaper("empty")
    if len(content) > MOST_BYTES:
        raise UnfitPaper("too_big")
    if len(content) < LEAST_BYTES:
        raise UnfitPaper("cut_off")
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if _is_text(content):
        return "text"
    raise UnfitPaper("wrong_type")


def _is_text(content: bytes) -> bool:
    """Whether the bytes are plain text: no control characters, no beginning of markup or code."""
    if content.startswith(_ORDER_MARKS):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError:
            return False
    content = content.removeprefix(b"\xef\xbb\xbf")
    return not _SPOKEN_TO_MACHINES.match(content) and _NOT_IN_TEXT.isdisjoint(content)
