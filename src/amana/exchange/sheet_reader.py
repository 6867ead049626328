"""The throw-away reader: `python -m amana.exchange.sheet_reader < FILE` writes JSON lines and ends.

Before opening anything it gives up memory, time, network and the right to open files; whatever a file does
to it, the parent lives.
Lines: `{"sheet": name, "hidden": bool}`, then `[row number, [cells]]`, `{"rows": n}`; last `{"end": true}`;
or one `{"refused": code}`. A cell is text, number, truth value, null or `{"day": "YYYY-MM-DD"}`. Vertically
merged cells all carry the value of the first.
"""

from __future__ import annotations

import codecs
import io
import json
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

from amana.exchange import sheet_limits as limits
from amana.exchange import throw_away
from amana.exchange.sheet_container import Refused, check_workbook, is_workbook
from amana.exchange.sheet_text import text_rows

ENCODINGS = ("cp437", "cp1256", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le")
"""Loaded before the reader is confined, because no file can be opened afterwards; cp437 is for names inside
a zip.
"""


def confine() -> None:
    """Load what can't be loaded afterwards, then give everything up."""
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    throw_away.confine()


def main() -> int:
    """Read standard input, write the lines to standard output; 0 also when the file is refused."""
    confine()
    content = sys.stdin.buffer.read(limits.FILE_BYTES + 1)
    try:
        written = 0
        for line in _read(content):
            encoded = (
                json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
            )
            written += len(encoded)
            if written > limits.ANSWER_BYTES:
                raise Refused("inflated_too_big")
            sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.write(b'{"end":true}\n')
    except Refused as refusal:
        sys.stdout.buffer.write(json.dumps({"refused": refusal.code}).encode() + b"\n")
    except MemoryError:
        return 1
    except Exception:
        # Whatever a damaged file provokes in a parser is one refusal; its text may hold personal data, so it
        # is dropped.
        sys.stdout.buffer.write(b'{"refused":"damaged"}\n')
    sys.stdout.buffer.flush()
    return 0


def _read(content: bytes) -> Iterator[Any]:
    if len(content) > limits.FILE_BYTES:
        raise Refused("too_big")
    if is_workbook(content):
        check_workbook(content)
        yield from _sheets(content)
    else:
        yield {"sheet": "", "hidden": False}
        number = 0
        for number, cells in enumerate(text_rows(content), 1):
            if number > limits.ROWS:
                raise Refused("too_many_rows")
            yield [number, _checked([_text(cell) for cell in cells])]
        yield {"rows": number}


def _sheets(content: bytes) -> Iterator[Any]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError as error:
        raise Refused("password") from error
    for about in book.sheets_metadata:
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        yield {"sheet": _text(about.name), "hidden": about.visible != calamine.SheetVisibleEnum.Visible}
        yield from _rows(book.get_sheet_by_name(about.name))


def _rows(sheet: calamine.CalamineSheet) -> Iterator[Any]:
    """Yield every row from 1; the parser leaves out blank columns on the left but not blank rows above."""
    number = 0
    if sheet.start is not None and sheet.end is not None:
        if sheet.end[0] >= limits.ROWS:
            raise Refused("too_many_rows")
        if sheet.end[1] >= limits.COLUMNS:
            raise Refused("too_many_columns")
        left = [None] * sheet.start[1]
        merged = _vertical_merges(sheet)
        carried: dict[int, tuple[int, Any]] = {}
        for number, raw in enumerate(sheet.iter_rows(), 1):
            cells = left + [_cell(value) for value in raw]
            for column, last in merged.get(number, ()):
                if column < len(cells):
                    carried[column] = (last, cells[column])
            for column, (last, value) in carried.items():
                if number <= last and cells[column] is None:
                    cells[column] = value
            yield [number, _checked(cells)]
    yield {"rows": number}


def _vertical_merges(sheet: calamine.CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Return, by first row, the column and last row of every merge that goes down (rows from 1, columns from
    0).
    """
    found: dict[int, list[tuple[int, int]]] = {}
    try:
        ranges = sheet.merged_cell_ranges or []
    except calamine.CalamineError:
        return found
    for (first, column), (last, _) in ranges:
        if last > first:
            found.setdefault(first + 1, []).append((column, last + 1))
    return found


def _checked(cells: list[Any]) -> list[Any]:
    """Cut trailing blanks and refuse a row that is too wide or a cell that is too long."""
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > limits.COLUMNS:
        raise Refused("too_many_columns")
    if any(isinstance(cell, str) and len(cell) > limits.CELL_CHARACTERS for cell in cells):
        raise Refused("cell_too_long")
    return cells


def _cell(value: Any) -> Any:
    """Return one typed cell as JSON can carry it."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, date):
        return {"day": (value.date() if isinstance(value, datetime) else value).isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    return _text(str(value))


def _text(text: str) -> str | None:
    """Return NFC text without NUL and without lone surrogates; blank text is nothing."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", clean) if clean.strip() else None


if __name__ == "__main__":
    sys.exit(main())
