"""Two packs compared, as a plain record for JSON, and the list of who moves as CSV or as a workbook.

Whoever leaves or reaches an outcome that may never be acted on has been left out before it comes here. The
workbook holds values only, on one sheet.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from amana.core.policy import Pack, Verdict
from amana.core.policy.compare import Comparison, ConflictChange, GapChange, Moved, Mover
from amana.exchange.facts_file import verdict_lists
from amana.exchange.output_file import replace_bytes, replacing

PARTS = ("rule", "possible", "needs", "citations")
COLUMNS = ("ref", "before", "after", *(f"{part}_{side}" for part in PARTS for side in ("before", "after")))


def comparison_record(
    found: Comparison,
    matrix: Iterable[Moved],
    movers: Iterable[Mover],
    packs: tuple[Pack, Pack],
    decision: str,
) -> dict[str, Any]:
    """Everything `amana compare` found."""
    sides = zip(("before", "after"), packs, (found.exact_before, found.exact_after), strict=True)
    return {
        "on": found.on.isoformat(),
        "decision": decision,
        "packs": {side: {"id": pack.id, "hash": pack.hash, "exact": exact} for side, pack, exact in sides},
        "people": found.people,
        "moved": len(found.movers),
        "matrix": [
            {
                "before": each.before,
                "after": each.after,
                "count": each.count,
                "ages": list(map(list, each.ages)),
            }
            for each in matrix
        ],
        "needs_changed": len(found.needs_changed),
        "grounds_changed": found.grounds_changed,
        "conflicts": {
            "gained": list(map(_conflict, found.conflicts_gained)),
            "lost": list(map(_conflict, found.conflicts_lost)),
        },
        "gaps": {
            "opened": list(map(_gap, found.gaps_opened)),
            "closed": list(map(_gap, found.gaps_closed)),
        },
        "findings": {
            side: [
                {"kind": each.kind, "file": each.file, "id": each.id, "reason": each.reason} for each in told
            ]
            for side, told in (("before", packs[0].findings), ("after", packs[1].findings))
        },
        "list": [dict(zip(COLUMNS, _row(each), strict=True)) for each in movers],
    }


def write_movers(path: Path, movers: Iterable[Mover]) -> None:
    """Write who moves to a file that appears whole or not at all; its ending is one of WRITERS. Raises
    `UnwritableFile`.
    """
    WRITERS[path.suffix.lower()](path, [_row(each) for each in movers])


def _row(mover: Mover) -> tuple[str, ...]:
    parts = zip(_lists(mover.before), _lists(mover.after), strict=True)
    return (mover.ref, mover.before.outcome, mover.after.outcome, *(each for pair in parts for each in pair))


def _lists(verdict: Verdict) -> list[str]:
    return [";".join(each) for each in verdict_lists(verdict)]


def _conflict(change: ConflictChange) -> dict[str, Any]:
    counts = {"before": change.before, "after": change.after}
    return {"id": change.conflict.id, **counts, "stood": change.stood, "stands": change.stands}


def _gap(change: GapChange) -> dict[str, Any]:
    return {
        "id": change.gap.id if change.gap else None,
        "before": change.before,
        "after": change.after,
        "possibly_before": change.possibly_before,
        "possibly_after": change.possibly_after,
        "stood": change.stood,
        "stands": change.stands,
    }


def _as_csv(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with replacing(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def _as_workbook(path: Path, rows: Sequence[Sequence[str]]) -> None:
    written = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        sheet = book.add_worksheet("moves")
        sheet.set_column(0, len(COLUMNS) - 1, 22)
        sheet.freeze_panes(1, 1)
        for place, row in enumerate([COLUMNS, *rows]):
            sheet.write_row(place, 0, row)
    replace_bytes(path, written.getvalue())


WRITERS: Mapping[str, Callable[[Path, Sequence[Sequence[str]]], None]] = {
    ".csv": _as_csv,
    ".xlsx": _as_workbook,
}
