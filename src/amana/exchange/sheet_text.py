"""Text tables: which encoding, which delimiter, which rows. Works on bytes already in memory; opens nothing.

Detects UTF-8, UTF-16 (with or without mark) and cp1256, the Windows code page of Arabic; comma, semicolon,
tab and bar.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from amana.exchange import sheet_limits as limits
from amana.exchange.sheet_container import Refused

DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60


def text_rows(content: bytes) -> Iterator[list[str]]:
    """Yield the cells of each record. Raises Refused when the bytes are no text table."""
    text = _decoded(content)
    if text.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<table", "{", "[")):
        raise Refused("wrong_type")
    csv.field_size_limit(limits.CELL_CHARACTERS * 4)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error as error:
        raise Refused("cell_too_long" if "field larger" in str(error) else "damaged") from error


def _decoded(content: bytes) -> str:
    """Decode by mark; else as UTF-16 where NULs fill one side of the byte pairs; else UTF-8; else cp1256."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _as_text(content, encoding)
    head = content[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd > max(2, len(head) // 25):
        if max(even, odd) < 9 * min(even, odd):
            raise Refused("wrong_type")
        return _as_text(content, "utf-16-be" if even > odd else "utf-16-le")
    try:
        return _plausible(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _as_text(content, "cp1256")


def _as_text(content: bytes, encoding: str) -> str:
    try:
        return _plausible(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise Refused("wrong_type") from error


def _plausible(text: str) -> str:
    """Refuse what decodes but is no text: many control characters."""
    head = text[:8192]
    controls = sum(ord(char) < 32 and char not in "\t\r\n\x00" for char in head)
    if controls * 100 > len(head):
        raise Refused("wrong_type")
    return text.replace("\x00", "")


def _delimiter(text: str) -> str:
    """Return the sign that splits most lines into the same number of cells, at least two."""
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for sign in DELIMITERS:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        wide = [count for count in counts if count > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        score = wide.count(usual) / len(counts) * min(usual, 30)
        if score > best_score:
            best, best_score = sign, score
    return best
