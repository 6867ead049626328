"""The outside of workbooks: which kind the bytes are, and whether unpacking them is safe.

Runs inside the confined reader, before any parser sees the file: counts what a zip unpacks to while it
streams, refuses document types and entities, and finds stray cells far out, on which the parser would
reserve the whole rectangle and abort.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from amana.exchange import sheet_limits as limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1024 * 1024
_OVERLAP = 4096
_DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)
_FILLED_CELL = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["'][^>]*?(?<!/)>"""
)


class Refused(Exception):
    """A file is refused; `code` is a key of the table of refusals."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_workbook(content: bytes) -> bool:
    """Say whether the bytes begin like a workbook: a zip archive or an OLE container."""
    return content.startswith((b"PK", _OLE))


def check_workbook(content: bytes) -> None:
    """Refuse what must not reach the parser. Raises Refused."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused("password")
        if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
            raise Refused("wrong_type")
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise Refused("damaged") from error
    _check_kind(archive)
    inflated = 0
    for part in archive.infolist():
        inflated = _check_part(archive, part, inflated)
        if inflated > limits.RATIO_COUNTS_FROM and inflated > limits.RATIO * len(content):
            raise Refused("packed_too_tightly")


def _check_kind(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > limits.PARTS:
        raise Refused("too_many_parts")
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("password")
    if not ({"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & {name.lstrip("/") for name in names}):
        raise Refused("wrong_type")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, inflated: int) -> int:
    """Stream one part, counting; return what has been unpacked so far."""
    is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    is_sheet = "worksheets/" in part.filename.lower()
    tail = b""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                inflated += len(chunk)
                if inflated > limits.INFLATED_BYTES:
                    raise Refused("inflated_too_big")
                if is_markup:
                    _check_markup(tail + chunk, is_sheet)
                    tail = (tail + chunk)[-_OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Refused("damaged") from error
    return inflated


def _check_markup(text: bytes, is_sheet: bool) -> None:
    if _DECLARATION.search(text):
        raise Refused("doctype")
    if not is_sheet:
        return
    for column, row in _FILLED_CELL.findall(text):
        if int(row) > limits.ROWS:
            raise Refused("too_many_rows")
        if len(column) > 1 and _column_number(column) > limits.COLUMNS:
            raise Refused("too_many_columns")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
