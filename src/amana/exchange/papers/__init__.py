"""Papers on their way in: examined in a throw-away process, cleaned, pictured.

`examine` gives what may be kept of a file, or refuses it. The parser that opens it runs with 1 GiB of memory,
30 s, no environment, no network and no files; a preview that fails leaves the paper without one.
"""

from __future__ import annotations

import json

from amana.core.papers import KINDS, MOST_BYTES, REFUSED, REMOVED, Examined, UnfitPaper, kind_of
from amana.exchange.throw_away import Ended, reader, run

__all__ = ["Examined", "UnfitPaper", "examine"]

READER = "amana.exchange.papers.reader"
MOST_CLEAN = 3 * MOST_BYTES
"""A picture stored anew without loss may grow; not without end."""
MOST_PREVIEW = 4 * 1024 * 1024
LONGEST_HEAD = 10_000


def examine(content: bytes) -> Examined:
    """What may be kept of a file. Raises `UnfitPaper`."""
    kind = kind_of(content)
    try:
        answer = run(reader(READER, "clean", kind), content, most=MOST_CLEAN + LONGEST_HEAD)
    except Ended as ended:
        raise UnfitPaper(ended.code) from ended
    pages, removed, clean = _read(bytes(answer))
    return Examined(kind, clean, content, _preview(kind, clean), pages, removed)


def _preview(kind: str, clean: bytes) -> bytes | None:
    """A picture of the first page, None where none can be made."""
    if kind == "text":
        return None
    try:
        picture = bytes(run(reader(READER, "preview", kind), clean, most=MOST_PREVIEW))
    except Ended:
        return None
    return picture if picture.startswith(b"\x89PNG\r\n\x1a\n") else None


def _read(answer: bytes) -> tuple[int, tuple[str, ...], bytes]:
    """The reader's answer: a line of JSON, then the clean file. Not the reader's words: whatever took it over
    does not get to speak for it. Raises `UnfitPaper`.
    """
    head, _, clean = answer.partition(b"\n")
    try:
        told = json.loads(head[:LONGEST_HEAD])
        refused = told.get("refused")
        if refused is not None:
            raise UnfitPaper(refused if refused in REFUSED else "damaged")
        pages, removed = int(told["pages"]), tuple(code for code in REMOVED if code in told["removed"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnfitPaper("damaged") from error
    if not clean or pages < 1 or told.get("kind") not in KINDS:
        raise UnfitPaper("damaged")
    return pages, removed, clean
