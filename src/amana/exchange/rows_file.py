"""Writes ROWS.csv: one line for each row below the header, as `amana import --dry-run --out` promises.

Columns, in order: see COLUMNS. Dates ISO, empty = unknown; several codes `;`-joined and sorted. UTF-8, one
header line. Depends on the list alone, never on the register.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from amana.casework.listing import RowRead
from amana.exchange.output_file import replacing

COLUMNS = (
    "row",
    "status",
    "messages",
    "name_ar",
    "name_latin",
    "sex",
    "birth_earliest",
    "birth_latest",
    "nationality",
    "family",
    "relation",
    "pregnant",
    "arrived",
)


def row_fields(row: RowRead) -> dict[str, str]:
    """Return one line by column."""
    birth = row.birth
    return {
        "row": str(row.number),
        "status": row.status,
        "messages": ";".join(row.codes),
        "name_ar": row.name_ar,
        "name_latin": row.name_latin,
        "sex": row.sex,
        "birth_earliest": birth.earliest.isoformat() if birth and birth.earliest else "",
        "birth_latest": birth.latest.isoformat() if birth and birth.latest else "",
        "nationality": ";".join(sorted(row.nationality)),
        "family": row.family,
        "relation": row.relation,
        "pregnant": "" if row.pregnant is None else str(row.pregnant).lower(),
        "arrived": row.arrived.isoformat() if row.arrived else "",
    }


def write_rows(rows: Iterable[RowRead], path: Path) -> None:
    """Write the file, whole or not at all; a file of that name is replaced. Raises `UnwritableFile`."""
    with replacing(path) as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row_fields(row) for row in rows)
