"""Walking the chains and recomputing every digest and commitment. Erased payloads leave a chain whole.

What it can't see by itself: a whole end cut off together with its head, or a chain rewritten by someone who
holds the audit key. Both show against an anchor kept elsewhere: `anchor()` gives what to keep,
`verify(anchor=...)` compares.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from amana.apps.audit.models import ReadEntry, ReadPayload, ReadSubject
from amana.apps.audit.trail import GENESIS, Columns, Trail, commitment, digest

ROWS_AT_ONCE = 5000


@dataclass(frozen=True)
class ChainFault:
    """Where a chain doesn't hold: the chain, the sequence number and what is wrong, as a key of REASONS."""

    chain: int
    sequence: int
    reason: str

    def __str__(self) -> str:
        return f"chain {self.chain}, entry {self.sequence}: {REASONS[self.reason]}"


REASONS = {
    "missing": "an entry before this one is missing",
    "unlinked": "it does not follow from the entry before",
    "changed": "a column was changed after it was written",
    "payload": "its payload is not the one it committed to",
    "head": "the end of the chain is not where its head says",
    "index": "who saw whom no longer says what it wrote down",
    "anchor": "it is not what the anchor says was there",
}

Anchor = Mapping[int, tuple[int, str]]


def anchor(trail: Trail) -> dict[int, tuple[int, str]]:
    """The end of every chain, to be kept outside the office: chain -> (sequence, digest)."""
    heads = trail.head._default_manager.values_list("chain", "sequence", "digest")
    return {chain: (sequence, at_end) for chain, sequence, at_end in heads if sequence}


def verify(trail: Trail, anchor: Anchor | None = None) -> Iterator[ChainFault]:
    """Every fault found, chain by chain; nothing when the trail holds."""
    heads = trail.head._default_manager.order_by("chain").values_list("chain", "sequence", "digest")
    known = {chain: (sequence, at_end) for chain, sequence, at_end in heads}
    present = trail.entry._default_manager.order_by("chain").values_list("chain", flat=True).distinct()
    for chain in sorted({*known, *present, *(anchor or {})}):
        yield from _walk(trail, chain, known.get(chain), (anchor or {}).get(chain))
    if trail.entry is ReadEntry:
        yield from _index_faults()


def count(trail: Trail) -> int:
    """How many entries the trail holds."""
    return trail.entry._default_manager.count()


def _walk(
    trail: Trail, chain: int, head: tuple[int, str] | None, anchored: tuple[int, str] | None
) -> Iterator[ChainFault]:
    sequence, previous, met = 0, GENESIS, anchored is None
    for row in _rows(trail, chain):
        columns, written, nonce, body = Columns(*row[:8]), row[8], row[9], row[10]
        yield from _entry_faults(columns, written, sequence, previous)
        if nonce is not None and not hmac.compare_digest(commitment(nonce, body), columns.commitment):
            yield ChainFault(chain, columns.sequence, "payload")
        sequence, previous = columns.sequence, written
        if anchored and sequence == anchored[0]:
            met = written == anchored[1]
    if head != (sequence, previous) and (head or sequence):
        yield ChainFault(chain, sequence, "head")
    if not met and anchored:
        yield ChainFault(chain, anchored[0], "anchor")


def _index_faults() -> Iterator[ChainFault]:
    """Read entries whose subjects in the index, which no chain covers, are not those of the payload."""
    columns = ("entry_id", "entry__chain", "entry__sequence", "body")
    payloads = ReadPayload.objects.order_by("entry_id").values_list(*columns)
    source = payloads.iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(source, ROWS_AT_ONCE)):
        shown: dict[int, set[str]] = {}
        indexed = ReadSubject.objects.filter(entry__gte=some[0][0], entry__lte=some[-1][0])
        for entry, ref in indexed.values_list("entry_id", "ref"):
            shown.setdefault(entry, set()).add(ref)
        for entry, chain, sequence, body in some:
            if set(json.loads(body).get("subjects", ())) != shown.get(entry, set()):
                yield ChainFault(chain, sequence, "index")


def _entry_faults(columns: Columns, written: str, sequence: int, previous: str) -> Iterator[ChainFault]:
    if columns.sequence != sequence + 1:
        yield ChainFault(columns.chain, columns.sequence, "missing")
    elif columns.previous != previous:
        yield ChainFault(columns.chain, columns.sequence, "unlinked")
    if digest(columns) != written:
        yield ChainFault(columns.chain, columns.sequence, "changed")


def _rows(trail: Trail, chain: int) -> Iterator[tuple[Any, ...]]:
    names = (*Columns._fields, "digest", "payload__nonce", "payload__body")
    rows = trail.entry._default_manager.filter(chain=chain).order_by("sequence").values_list(*names)
    return rows.iterator(chunk_size=ROWS_AT_ONCE)
