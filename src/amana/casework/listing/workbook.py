"""A workbook as read from a file: sheets of rows of typed cells, before anybody asks what they mean.

Cells are text, whole number, number, truth value, day, or nothing; text is NFC and free of NUL. Row numbers
are the sheet's own, from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; `cells` starts at column A and ends at the last filled cell."""

    number: int
    cells: tuple[Cell, ...]

    def cell(self, index: int) -> Cell:
        """Return the cell at a column counted from 0; beyond the end there is nothing."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether it is hidden, and its rows in order, blank rows included."""

    name: str
    rows: tuple[Row, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one file, in the file's order."""

    sheets: tuple[Sheet, ...]


def written(cell: Cell) -> str:
    """Return a cell as a person would write it: days in ISO form, whole numbers without a point, nothing as
    the empty text.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
