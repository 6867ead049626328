"""Whose copy a file is that turned up outside: by its bytes, by its mark, or by the order of its references.

Reads the file as text, and a workbook through the sandbox; opens nothing in it. An order says how likely it
is that another copy, or none, would stand in it by chance.
"""

from __future__ import annotations

import hashlib
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.exports import queries
from amana.apps.exports.marks import MARK, place
from amana.apps.exports.queries import CopyView, ExportView
from amana.core.reference import ALPHABET
from amana.exchange.sheets import read_workbook

BYTES, MARKED, ORDER = "bytes", "mark", "order"
LEAST: Final = 7
"""References that an order must hold before it tells a copy: one in 5,040 stands in it by chance."""
_REFERENCE: Final = re.compile(rf"\bP-[{ALPHABET}]{{6}}\b")


@dataclass(frozen=True)
class Trace:
    """A copy that the file is or comes from; `how`: bytes, mark or order; `chance`: one in how many orders
    would be like it by chance, 0 where it was not told by an order.
    """

    export: ExportView
    copy: CopyView
    how: str
    chance: int = 0


def trace(path: Path, *, by: Viewer, at: datetime) -> tuple[Trace, ...]:
    """The copies that a file may come from, the surest first; looking is written into the trail. Raises
    `NotForYou`, `UnreadableFile`, `OSError`.
    """
    known = queries.copies(by)
    content = path.read_bytes()
    digest, text = hashlib.sha256(content).hexdigest(), _text(path, content)
    found_marks, refs = set(MARK.findall(text)), list(dict.fromkeys(_REFERENCE.findall(text)))
    found = []
    for export, copy in known:
        if copy.digest == digest:
            found.append(Trace(export, copy, BYTES))
        elif copy.mark in found_marks:
            found.append(Trace(export, copy, MARKED))
        elif len(refs) >= LEAST and stands_in_order(copy.seed, refs):
            found.append(Trace(export, copy, ORDER, math.factorial(min(len(refs), 20))))
    with recording(by, at) as log:
        told = {"copies": [each.copy.number for each in found], "digest": digest}
        log.entry("export.traced", "office", told)
    return tuple(sorted(found, key=lambda each: (BYTES, MARKED, ORDER).index(each.how)))


def trace_upload(chunks: Iterable[bytes], *, suffix: str, by: Viewer, at: datetime) -> tuple[Trace, ...]:
    """The same for a file that was sent: it lies beside the staged lists, for its owner alone, while it is
    looked at. Raises `NotForYou`, `UnreadableFile`.
    """
    settings.STAGED.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=settings.STAGED, prefix=".trace-") as folder:
        path = Path(folder) / f"file{suffix if suffix.isascii() and suffix[1:].isalnum() else ''}"
        with path.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
        return trace(path, by=by, at=at)


def stands_in_order(seed: str, refs: Sequence[str]) -> bool:
    """Whether these references stand in the order of a copy: a part of it stands so, too."""
    places = [place(seed, ref) for ref in refs]
    return all(one < other for one, other in pairwise(places))


def _text(path: Path, content: bytes) -> str:
    if not zipfile.is_zipfile(path):
        return content.decode("utf-8", "replace")
    rows = (row for sheet in read_workbook(path).sheets for row in sheet.rows)
    return "\n".join("\t".join(str(cell) for cell in row.cells) for row in rows)
