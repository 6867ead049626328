"""The trail as its tables hold it, read by plain SQL: of the office, of a copy of its SQLite files, without
Django and without settings.

`Ask` sends one statement with its parameters and gives all rows. Statements use `?`; whoever asks a database
that wants another mark turns it. Without the audit key it can't be said whether a payload is the one that was
committed to: then it counts as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from amana.core.trail import (
    ERASURE,
    ChainFault,
    Head,
    Kept,
    Met,
    Said,
    Tally,
    commitment,
    cover,
    digest,
    named_by,
    public_part,
    walk,
)

Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
ROWS_AT_ONCE = 5000
BEFORE_ALL = -(2**63)


@dataclass(frozen=True)
class Tables:
    """Names of the tables of one trail; `index` is that of who saw whom, where there is one."""

    head: str
    entry: str
    payload: str
    index: str = ""

    def named(self, statement: str) -> str:
        """A statement of this module with the names of these tables in it."""
        return statement.format(head=self.head, entry=self.entry, payload=self.payload, index=self.index)


TABLES = {
    "writes": Tables("audit_auditchain", "audit_auditentry", "audit_auditpayload"),
    "reads": Tables("audit_readchain", "audit_readentry", "audit_readpayload", "audit_readsubject"),
}
"""The two trails, what was written and what was seen, by the names that anchors and files give them."""

CHAINS = "SELECT chain FROM {head} UNION SELECT DISTINCT chain FROM {entry}"
HEAD = "SELECT sequence, digest FROM {head} WHERE chain = ?"
BODIES = """
SELECT e.id, e.chain, e.sequence, p.body FROM {entry} e JOIN {payload} p ON p.entry_id = e.id
WHERE e.id > ? ORDER BY e.id LIMIT ?
"""
INDEXED = "SELECT entry_id, ref FROM {index} WHERE entry_id >= ? AND entry_id <= ?"
ROWS = """
SELECT e.id, e.chain, e.sequence, e.previous, e.at, e.actor, e.kind, e.subject, e.commitment, e.digest,
       p.nonce, p.body
FROM {entry} e LEFT JOIN {payload} p ON p.entry_id = e.id
WHERE e.chain = ? AND (e.sequence, e.id) > (?, ?) ORDER BY e.sequence, e.id LIMIT ?
"""


@dataclass(frozen=True)
class Row:
    """One entry with its payload (None: erased); instants and ids as the texts that are hashed."""

    said: Said
    commitment: str
    digest: str
    nonce: str | None
    body: str | None

    @property
    def covered(self) -> str:
        """Its cover."""
        return cover(self.said.subject, self.commitment)


def verify(
    ask: Ask, tables: Tables, *, key: bytes | None, kept: Mapping[int, Kept], tally: Tally
) -> Iterator[ChainFault]:
    """Every fault found, chain by chain; nothing when the trail holds. `kept`: what anchors say, by chain."""
    for chain in sorted({*chains(ask, tables), *kept}):
        yield from walk(
            chain,
            (met(row, key) for row in rows(ask, tables, chain)),
            lambda chain=chain: head(ask, tables, chain),  # type: ignore[misc]  # bound at once
            kept.get(chain, {}),
            tally,
        )
    yield from tally.lost()
    if tables.index:
        yield from _index_faults(ask, tables)


def chains(ask: Ask, tables: Tables) -> list[int]:
    """Every chain that has entries or a head."""
    found = ask(tables.named(CHAINS), ())
    return sorted(int(chain) for (chain,) in found)


def head(ask: Ask, tables: Tables, chain: int) -> Head | None:
    """Where the head says that a chain ends."""
    found = ask(tables.named(HEAD), (chain,))
    return (int(found[0][0]), str(found[0][1])) if found else None


def rows(ask: Ask, tables: Tables, chain: int) -> Iterator[Row]:
    """The entries of one chain in order, as far as its head reaches when they have been read."""
    statement, last = tables.named(ROWS), (BEFORE_ALL, BEFORE_ALL)
    while True:
        some = ask(statement, (chain, *last, ROWS_AT_ONCE))
        if not some:
            at_end = head(ask, tables, chain)
            if at_end is None or at_end[0] <= last[0] or not (some := ask(statement, (chain, *last, 1))):
                return
        for each in some:
            yield _row(each)
        last = (some[-1][2], some[-1][0])


def met(row: Row, key: bytes | None) -> Met:
    """An entry as a walk meets it."""
    said, told, payload = row.said, public_part(row.said), None
    sound = digest(said.previous, row.covered, told) == row.digest
    if row.nonce is not None and row.body is not None:
        payload = key is None or commitment(key, row.nonce, said, told, row.body) == row.commitment
    erased = named_by(row.body) if payload and row.body and said.kind == ERASURE else None
    return Met(said.chain, said.sequence, said.previous, row.digest, sound, payload, erased)


def _row(found: tuple[Any, ...]) -> Row:
    _id, chain, sequence, previous, at, actor, kind, subject, committed, written, nonce, body = found
    said = Said(chain, sequence, previous, instant(at), person(actor), kind, subject)
    return Row(said, committed, written, nonce, body)


@lru_cache(maxsize=4096)
def instant(at: datetime | str) -> str:
    """An instant as the text that is hashed; SQLite holds `2018-02-15 09:00:00` and means UTC."""
    if isinstance(at, datetime):
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC).isoformat()
    return f"{at.replace(' ', 'T', 1)}+00:00"


@lru_cache(maxsize=4096)
def person(actor: UUID | str) -> str:
    """Whoever acted, as the text that is hashed; SQLite holds 32 digits without hyphens."""
    text = str(actor)
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _index_faults(ask: Ask, tables: Tables) -> Iterator[ChainFault]:
    """Entries whose subjects in the index, which no chain covers, are not those of the payload."""
    bodies, indexed = tables.named(BODIES), tables.named(INDEXED)
    last = BEFORE_ALL
    while some := ask(bodies, (last, ROWS_AT_ONCE)):
        shown: dict[int, set[str]] = {}
        for entry, ref in ask(indexed, (some[0][0], some[-1][0])):
            shown.setdefault(entry, set()).add(ref)
        for entry, chain, sequence, body in some:
            if _subjects(body) != shown.get(entry, set()):
                yield ChainFault(chain, sequence, "index")
        last = some[-1][0]


def _subjects(body: str) -> set[str]:
    try:
        return set(json.loads(body).get("subjects", ()))
    except (ValueError, TypeError, AttributeError):
        return set()
