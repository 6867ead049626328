"""What was read from a staged list, kept beside it so that pages can leaf through it and the commit
need not read again.

Two files of JSON: the head (sheet, columns, counts) and the rows, one a line in the sheet's order; a
third repeats the rows that need somebody. Written whole or not at all, sealed, readable by their owner only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any

from amana.casework.listing import ColumnGuess, ListRead, Message, RowRead
from amana.core.dates import DateSpan
from amana.exchange.staged_seal import key_of, lines, read, write
from amana.exchange.staging import StagedList

HEAD, ROWS, TROUBLED = "reading.json", "rows.jsonl", "troubled.jsonl"
NEEDS_SOMEBODY = frozenset({"error", "warning", "duplicate"})


@dataclass(frozen=True)
class Summary:
    """The head of a reading: all of a `ListRead` but its rows, with the number of rows by status."""

    sheet: str
    header_row: int
    columns: tuple[ColumnGuess, ...]
    passed_over: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """Rows below the header that speak of somebody."""
        return sum(number for status, number in self.counts.items() if status != "skipped")

    @property
    def ready(self) -> int:
        """Rows that a commit would add, if none is known already."""
        return self.counts["ok"] + self.counts["warning"]


def keep(staged: StagedList, reading: ListRead) -> None:
    """Keep a reading beside its list, instead of an earlier one."""
    forget(staged)
    key = key_of(staged.folder)
    write(staged.folder / ROWS, _lines(reading.rows), key)
    write(staged.folder / TROUBLED, _lines(row for row in reading.rows if row.status in NEEDS_SOMEBODY), key)
    head = {
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "columns": [asdict(column) for column in reading.columns],
        "listed_on": reading.listed_on.isoformat(),
        "passed_over": list(reading.passed_over),
        "counts": reading.counts(),
    }
    # The head goes last: where it stands, the rows stand.
    write(staged.folder / HEAD, [json.dumps(head, ensure_ascii=False).encode()], key)


def forget(staged: StagedList) -> None:
    """Drop a reading, the head first."""
    for name in (HEAD, ROWS, TROUBLED):
        (staged.folder / name).unlink(missing_ok=True)


def summary(staged: StagedList) -> Summary | None:
    """The head of the reading, or None where the list has not been read (yet)."""
    head = _head(staged)
    if head is None:
        return None
    return Summary(
        head["sheet"], head["header_row"], _columns(head), tuple(head["passed_over"]), head["counts"]
    )


def page(staged: StagedList, *, troubled: bool, after: int, limit: int) -> tuple[tuple[RowRead, ...], int]:
    """Rows after the first `after`, at most `limit`, skipped ones left out; and where the next page
    begins, or 0.
    """
    kept = _read_lines(staged, TROUBLED if troubled else ROWS)
    wanted = (line for line in kept if '"status": "skipped"' not in line)
    found = list(islice(wanted, after, after + limit + 1))
    rows = tuple(_row(json.loads(line)) for line in found[:limit])
    return rows, after + limit if len(found) > limit else 0


def held_back(staged: StagedList) -> Iterator[RowRead]:
    """The rows in error, in the sheet's order."""
    for line in _read_lines(staged, TROUBLED):
        row = _row(json.loads(line))
        if row.status == "error":
            yield row


def load(staged: StagedList) -> ListRead | None:
    """The whole reading, or None where the list has not been read (yet)."""
    head = _head(staged)
    if head is None:
        return None
    return ListRead(
        head["sheet"],
        head["header_row"],
        _columns(head),
        tuple(_row(json.loads(line)) for line in _read_lines(staged, ROWS)),
        date.fromisoformat(head["listed_on"]),
        tuple(head["passed_over"]),
    )


def _head(staged: StagedList) -> dict[str, Any] | None:
    try:
        return dict(json.loads(b"".join(read(staged.folder / HEAD, key_of(staged.folder)))))
    except FileNotFoundError:
        return None


def _columns(head: Mapping[str, Any]) -> tuple[ColumnGuess, ...]:
    return tuple(
        ColumnGuess(**{**column, "examples": tuple(column["examples"])}) for column in head["columns"]
    )


def _lines(rows: Iterable[RowRead]) -> Iterator[bytes]:
    for row in rows:
        yield json.dumps(_plain(row), ensure_ascii=False).encode() + b"\n"


def _read_lines(staged: StagedList, name: str) -> Iterator[str]:
    try:
        yield from lines(staged.folder / name, key_of(staged.folder))
    except FileNotFoundError:
        return


def _plain(row: RowRead) -> dict[str, Any]:
    birth = row.birth
    return {
        **{name: getattr(row, name) for name in _AS_IT_IS},
        "messages": [[each.code, each.column, each.stated] for each in row.messages],
        "original": dict(row.original),
        "birth": None if birth is None else [_iso(birth.earliest), _iso(birth.latest)],
        "nationality": sorted(row.nationality),
        "arrived": _iso(row.arrived),
    }


def _row(plain: Mapping[str, Any]) -> RowRead:
    birth = plain["birth"]
    return RowRead(
        **{name: plain[name] for name in _AS_IT_IS},
        messages=tuple(Message(*each) for each in plain["messages"]),
        original=plain["original"],
        birth=None if birth is None else DateSpan(_day(birth[0]), _day(birth[1])),
        nationality=frozenset(plain["nationality"]),
        arrived=_day(plain["arrived"]),
    )


_AS_IT_IS = (
    "number",
    "status",
    "name_ar",
    "name_latin",
    "sex",
    "birth_stated",
    "family",
    "relation",
    "pregnant",
    "birth_from",
)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
