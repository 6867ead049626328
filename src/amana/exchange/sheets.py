"""Reads a workbook or text table in a throw-away process, so that a hostile file can end that process and
nothing else.

What can be checked without looking inside (size, kind) is checked here; the inside is opened only by
`sheet_reader`, which runs with 1 GiB of memory, 30 s, no inherited environment, no network and no files.
Refuses with `UnreadableFile`: what is wrong and the mend.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from amana.casework.listing.workbook import Cell, Row, Sheet, Workbook
from amana.core.errors import AmanaError
from amana.exchange import sheet_limits as limits
from amana.exchange.throw_away import Ended, reader, run

__all__ = ["Cell", "Row", "Sheet", "UnreadableFile", "Workbook", "read_bytes", "read_workbook"]

_READER = reader("amana.exchange.sheet_reader")


class UnreadableFile(AmanaError):
    """A file can't be read as a list: `code`, `message` (what is wrong), `mend` (what would be right)."""

    def __init__(self, code: str, message: str, mend: str) -> None:
        self.code, self.message, self.mend = code, message, mend
        super().__init__(f"{message} {mend}")

    @classmethod
    def because(cls, code: str) -> UnreadableFile:
        """Return the refusal of the given code, with its sentence and mend."""
        return cls(code, *limits.REFUSALS[code])


def read_workbook(path: Path | str) -> Workbook:
    """Return the sheets of an xlsx, xls, ods or csv file. Raises UnreadableFile."""
    try:
        with Path(path).open("rb", buffering=0) as file:
            _check_outside(os.fstat(file.fileno()).st_size, file.read(8))
            file.seek(0)
            answer = _run_reader(file)
    except OSError as error:
        raise UnreadableFile.because("not_found") from error
    return _answered(answer)


def read_bytes(content: bytes) -> Workbook:
    """As `read_workbook`, of a file that lies nowhere in the clear."""
    _check_outside(len(content), content[:8])
    return _answered(_run_reader(content))


def _answered(answer: bytearray) -> Workbook:
    try:
        return _workbook(answer)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # Not the reader's words: whatever took it over does not get to speak for it.
        raise UnreadableFile.because("damaged") from error


def _check_outside(size: int, start: bytes) -> None:
    """Refuse what size and first bytes already show."""
    if size == 0:
        raise UnreadableFile.because("empty")
    if size > limits.FILE_BYTES:
        raise UnreadableFile.because("too_big")
    if start.startswith(_FOREIGN):
        raise UnreadableFile.because("wrong_type")


_FOREIGN = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"SQLite f",
)


def _run_reader(file: IO[bytes] | bytes) -> bytearray:
    """Run the reader on an open file or its content and return what it wrote."""
    try:
        answer = run(_READER, file, most=limits.ANSWER_BYTES)
    except Ended as ended:
        raise UnreadableFile.because(ended.code) from ended
    if not answer.endswith(b"\n"):
        raise UnreadableFile.because("too_much_memory")
    return answer


def _workbook(answer: bytearray) -> Workbook:
    """Build the workbook from the reader's lines: a sheet's name, its rows, an end mark; or one refusal."""
    sheets: list[Sheet] = []
    rows: list[Row] = []
    ended = False
    for line in _lines(answer):
        if isinstance(line, list):
            rows.append(Row(line[0], tuple(_cell(value) for value in line[1])))
        elif "refused" in line:
            raise UnreadableFile.because(line["refused"] if line["refused"] in limits.REFUSALS else "damaged")
        elif "sheet" in line:
            rows = []
            sheets.append(Sheet(line["sheet"], (), line["hidden"]))
        elif "rows" in line:
            sheets[-1] = Sheet(sheets[-1].name, tuple(rows), sheets[-1].hidden)
        ended = bool(line == {"end": True})
    if not ended:
        raise UnreadableFile.because("damaged")
    if not any(row.cells for sheet in sheets for row in sheet.rows):
        raise UnreadableFile.because("empty")
    return Workbook(tuple(sheets))


def _lines(answer: bytearray) -> Iterator[Any]:
    start = 0
    while (end := answer.find(b"\n", start)) >= 0:
        yield json.loads(answer[start:end])
        start = end + 1


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        return date.fromisoformat(value["day"])
    found: Cell = value
    return found
