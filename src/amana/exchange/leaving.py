"""A file of people leaves: taken through the export gate and written, in one step that nothing else has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.casework.exporting import take
from amana.exchange.people_file import written

TYPES: Final[Mapping[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class LeavingFile:
    """The one copy of a file: a name that names nobody, its media type and its bytes."""

    name: str
    type: str
    content: bytes
    people: int
    mark: str


def leave(ident: UUID, *, by: Viewer, at: datetime, on: date) -> LeavingFile:
    """Take the one copy of a file that was asked for and approved. Raises `ExportRefused`, `NotForYou`."""
    taken = take(ident, write=written, by=by, at=at, on=on)
    form, number = taken.leaving.form, taken.leaving.number
    return LeavingFile(
        f"amana-{on:%Y%m%d}-copy-{number}.{form}",
        TYPES[form],
        taken.content,
        len(taken.leaving.rows),
        taken.leaving.mark,
    )
