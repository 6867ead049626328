"""A small trail in a database of its own, and what somebody with the database in hand may do to it.

Each way of tampering takes a `Trail` and chance, and changes something. Built by the arithmetic of the core
alone, on three chains, as an office on PostgreSQL has many.
"""

from __future__ import annotations

import random
import secrets
import sqlite3
from collections.abc import Callable
from typing import Any

from amana.apps.audit.stored import TABLES, Tables, verify
from amana.core.trail import GENESIS, Said, Tally, commitment, cover, digest, public_part

KEY = bytes(range(32))
CHAINS, LENGTH = (1, 2, 3), 8
NAMES = ("chain", "sequence", "previous", "at", "actor", "kind", "subject", "commitment", "digest")
ACTORS = ("0" * 31 + "1", "0" * 31 + "2")
KINDS = ("case:person-show", "people:person-list", "claim.added")
SCHEMA = """
CREATE TABLE audit_readchain (chain INTEGER PRIMARY KEY, sequence INTEGER, digest TEXT);
CREATE TABLE audit_readentry (id INTEGER PRIMARY KEY, chain INTEGER, sequence INTEGER, previous TEXT, at TEXT,
  actor TEXT, kind TEXT, subject TEXT, "commitment" TEXT, digest TEXT);
CREATE TABLE audit_readpayload (entry_id INTEGER PRIMARY KEY, nonce TEXT, body TEXT);
CREATE TABLE audit_readsubject (id INTEGER PRIMARY KEY, entry_id INTEGER, ref TEXT);
"""


LINKED = 'UPDATE audit_readentry SET sequence = ?, previous = ?, "commitment" = ?, digest = ? WHERE id = ?'


class Trail:
    """The reads of an office: the widest trail, with an index of who saw whom."""

    def __init__(self, chance: random.Random) -> None:
        self.tables: Tables = TABLES["reads"]
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.executescript(SCHEMA)
        for chain in CHAINS:
            self.database.execute("INSERT INTO audit_readchain VALUES (?, 0, ?)", (chain, GENESIS))
            for number in range(LENGTH):
                self.add(chain, f"P-{chain}{number}", chance.choice(KINDS))

    def add(self, chain: int, ref: str, kind: str, key: bytes = KEY) -> None:
        """One more entry, as the office appends it."""
        sequence, previous = self.one("SELECT sequence, digest FROM audit_readchain WHERE chain = ?", chain)
        said = Said(chain, sequence + 1, previous, "2018-02-15T09:00:00+00:00", _uuid(ACTORS[0]), kind, ref)
        nonce, body = secrets.token_hex(16), f'{{"subjects":["{ref}"]}}'
        committed = commitment(key, nonce, said, public_part(said), body)
        at_end = digest(previous, cover(ref, committed), public_part(said))
        row = (chain, said.sequence, previous, "2018-02-15 09:00:00", ACTORS[0], kind, ref, committed, at_end)
        marks = ", ".join("?" * len(row))
        entry = self.database.execute(f"INSERT INTO audit_readentry VALUES (NULL, {marks})", row).lastrowid
        self.run("INSERT INTO audit_readpayload VALUES (?, ?, ?)", entry, nonce, body)
        self.run("INSERT INTO audit_readsubject VALUES (NULL, ?, ?)", entry, ref)
        self.run(
            "UPDATE audit_readchain SET sequence = ?, digest = ? WHERE chain = ?",
            said.sequence,
            at_end,
            chain,
        )

    def run(self, statement: str, *values: Any) -> None:
        """Change something."""
        self.database.execute(statement, values)

    def one(self, statement: str, *values: Any) -> tuple[Any, ...]:
        """The one row."""
        (row,) = self.database.execute(statement, values).fetchall()
        return tuple(row)

    def anchor(self) -> dict[int, dict[int, set[str]]]:
        """Where the chains end, as kept outside."""
        rows = self.database.execute("SELECT chain, sequence, digest FROM audit_readchain").fetchall()
        return {chain: {sequence: {at_end}} for chain, sequence, at_end in rows}

    def faults(
        self, anchor: dict[int, dict[int, set[str]]] | None = None, key: bytes | None = KEY
    ) -> set[str]:
        """The reasons of all faults found."""

        def ask(statement: str, parameters: Any) -> list[tuple[Any, ...]]:
            return self.database.execute(statement, parameters).fetchall()

        found = verify(ask, self.tables, key=key, kept=anchor or {}, tally=Tally())
        return {fault.reason for fault in found}

    def entry(self, chance: random.Random) -> tuple[int, int, int]:
        """Some entry: id, chain, sequence."""
        return chance.choice(
            self.database.execute("SELECT id, chain, sequence FROM audit_readentry ORDER BY id").fetchall()
        )

    def chain_anew(self, chain: int, *, key: bytes | None = None) -> None:
        """Number and link a chain's entries anew and set its head, so that it hangs together: all that can be
        done without the key; with it the commitments, too.
        """
        found = self.database.execute(
            'SELECT e.id, e.at, e.actor, e.kind, e.subject, e."commitment", p.nonce, p.body '
            "FROM audit_readentry e LEFT JOIN audit_readpayload p ON p.entry_id = e.id "
            "WHERE e.chain = ? ORDER BY e.sequence, e.id",
            (chain,),
        ).fetchall()
        previous = GENESIS
        self.run("UPDATE audit_readentry SET sequence = -id WHERE chain = ?", chain)
        for number, (id, at, actor, kind, subject, committed, nonce, body) in enumerate(found, 1):
            said = Said(chain, number, previous, f"{at.replace(' ', 'T')}+00:00", _uuid(actor), kind, subject)
            told = public_part(said)
            if key and body:
                committed = commitment(key, nonce, said, told, body)  # noqa: PLW2901 - the row as it is now
            at_end = digest(previous, cover(subject, committed), told)
            self.run(LINKED, number, previous, committed, at_end, id)
            previous = at_end
        self.run(
            "UPDATE audit_readchain SET sequence = ?, digest = ? WHERE chain = ?", len(found), previous, chain
        )

    def drop(self, id: int) -> None:
        """An entry with all that hangs on it."""
        for table, column in (("readpayload", "entry_id"), ("readsubject", "entry_id"), ("readentry", "id")):
            self.run(f"DELETE FROM audit_{table} WHERE {column} = ?", id)


def _uuid(text: str) -> str:
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _other(column: str, now: Any, chance: random.Random) -> Any:
    if column == "sequence":
        return now + chance.choice((-2, -1, 1, 2, 1000))
    if column == "chain":
        return chance.choice([each for each in (*CHAINS, 64) if each != now])
    if column == "actor":
        return ACTORS[1] if now == ACTORS[0] else ACTORS[0]
    if column == "at":
        return f"2018-02-{chance.randrange(16, 28)} 09:00:00"
    text = str(now)
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice("0123456789abcdefZ -") + text[place + chance.randrange(2) :]


def edit(trail: Trail, chance: random.Random, *, anew: bool = False) -> None:
    """One column of one entry."""
    id, chain, _sequence = trail.entry(chance)
    column = chance.choice(
        [each for each in NAMES if not (anew and each in {"chain", "sequence", "previous", "digest"})]
    )
    (now,) = trail.one(f'SELECT "{column}" FROM audit_readentry WHERE id = ?', id)
    other = now
    while other == now:
        other = _other(column, now, chance)
    trail.run(f'UPDATE audit_readentry SET "{column}" = ? WHERE id = ?', other, id)
    if anew:
        trail.chain_anew(chain)


def edit_and_link_anew(trail: Trail, chance: random.Random) -> None:
    """One column, and every digest after it and the head made to fit: no key is needed for that."""
    edit(trail, chance, anew=True)


def delete(trail: Trail, chance: random.Random) -> None:
    """An entry is gone."""
    trail.drop(trail.entry(chance)[0])


def delete_and_link_anew(trail: Trail, chance: random.Random) -> None:
    """An entry is gone and what followed has moved up."""
    id, chain, _sequence = trail.entry(chance)
    trail.drop(id)
    trail.chain_anew(chain)


def swap(trail: Trail, chance: random.Random) -> None:
    """Two entries have changed places, each with its payload."""
    one, other = trail.entry(chance), trail.entry(chance)
    while other[0] == one[0]:
        other = trail.entry(chance)
    for id, (_id, chain, sequence) in ((one[0], other), (other[0], one)):
        trail.run("UPDATE audit_readentry SET chain = ?, sequence = ? WHERE id = ?", chain, sequence, id)


def swap_and_link_anew(trail: Trail, chance: random.Random) -> None:
    """Two entries have changed places and both chains hang together."""
    swap(trail, chance)
    for chain in CHAINS:
        trail.chain_anew(chain)


def truncate(trail: Trail, chance: random.Random) -> None:
    """The end of a chain is gone and its head says so."""
    chain, left = chance.choice(CHAINS), chance.randrange(LENGTH)
    found = trail.database.execute(
        "SELECT id FROM audit_readentry WHERE chain = ? AND sequence > ?", (chain, left)
    )
    for (id,) in found.fetchall():
        trail.drop(id)
    if left:
        trail.chain_anew(chain)
    elif chance.random() < 0.5:
        trail.run("DELETE FROM audit_readchain WHERE chain = ?", chain)
    else:
        trail.run("UPDATE audit_readchain SET sequence = 0, digest = ? WHERE chain = ?", GENESIS, chain)


def change_payload(trail: Trail, chance: random.Random) -> None:
    """Another body, another nonce, both of another entry, or none."""
    one, other = trail.entry(chance)[0], trail.entry(chance)[0]
    while other == one:
        other = trail.entry(chance)[0]
    nonce, body = trail.one("SELECT nonce, body FROM audit_readpayload WHERE entry_id = ?", other)
    match chance.randrange(4):
        case 0:
            trail.run("UPDATE audit_readpayload SET body = ? WHERE entry_id = ?", body, one)
        case 1:
            trail.run("UPDATE audit_readpayload SET nonce = ? WHERE entry_id = ?", nonce, one)
        case 2:
            trail.run("UPDATE audit_readpayload SET nonce = ?, body = ? WHERE entry_id = ?", nonce, body, one)
        case 3:
            trail.run("DELETE FROM audit_readpayload WHERE entry_id = ?", one)


def change_head(trail: Trail, chance: random.Random) -> None:
    """A head says something else, or is gone."""
    chain = chance.choice(CHAINS)
    match chance.randrange(3):
        case 0:
            trail.run(
                "UPDATE audit_readchain SET sequence = ? WHERE chain = ?", chance.randrange(LENGTH), chain
            )
        case 1:
            trail.run("UPDATE audit_readchain SET digest = ? WHERE chain = ?", secrets.token_hex(32), chain)
        case 2:
            trail.run("DELETE FROM audit_readchain WHERE chain = ?", chain)


def change_index(trail: Trail, chance: random.Random) -> None:
    """Who saw whom: a line taken out, put in, or about somebody else."""
    id = trail.entry(chance)[0]
    match chance.randrange(3):
        case 0:
            trail.run("DELETE FROM audit_readsubject WHERE entry_id = ?", id)
        case 1:
            trail.run("INSERT INTO audit_readsubject VALUES (NULL, ?, 'P-OTHER')", id)
        case 2:
            trail.run("UPDATE audit_readsubject SET ref = 'P-OTHER' WHERE entry_id = ?", id)


def forge(trail: Trail, chance: random.Random) -> None:
    """An entry that nobody wrote, at the end, under a key that is guessed; its payload may be left out."""
    trail.add(chance.choice(CHAINS), "P-FORGED", chance.choice(KINDS), secrets.token_bytes(32))
    if chance.random() < 0.5:
        trail.run("DELETE FROM audit_readpayload WHERE entry_id = (SELECT max(id) FROM audit_readentry)")
        trail.run("DELETE FROM audit_readsubject WHERE entry_id = (SELECT max(id) FROM audit_readentry)")


def forge_an_erasure(trail: Trail, chance: random.Random) -> None:
    """A payload is gone and an entry made up that claims to have erased it."""
    id, chain, sequence = trail.entry(chance)
    trail.run("DELETE FROM audit_readpayload WHERE entry_id = ?", id)
    trail.run("DELETE FROM audit_readsubject WHERE entry_id = ?", id)
    trail.add(chance.choice(CHAINS), "P-FORGED", "payload.erased", secrets.token_bytes(32))
    body = f'{{"count":1,"entries":{{"{chain}":[[{sequence},{sequence}]]}},"reason":"request"}}'
    trail.run(
        "UPDATE audit_readpayload SET body = ? WHERE entry_id = (SELECT max(id) FROM audit_readentry)", body
    )
    trail.run("DELETE FROM audit_readsubject WHERE entry_id = (SELECT max(id) FROM audit_readentry)")


def write_anew_with_the_key(trail: Trail, chance: random.Random) -> None:
    """Another kind, person or actor in one entry, or one entry less, and the whole chain written anew by
    somebody who holds the audit key.
    """
    id, chain, _sequence = trail.entry(chance)
    match chance.randrange(3):
        case 0:
            trail.run("UPDATE audit_readentry SET kind = 'people:nobody-show' WHERE id = ?", id)
        case 1:
            trail.run("UPDATE audit_readentry SET actor = ? WHERE id = ?", ACTORS[1], id)
        case 2:
            trail.drop(id)
    trail.chain_anew(chain, key=KEY)


Tampering = Callable[[Trail, random.Random], None]
WITHOUT_KEY: tuple[Tampering, ...] = (
    edit,
    edit_and_link_anew,
    delete,
    delete_and_link_anew,
    swap,
    swap_and_link_anew,
    truncate,
    change_payload,
    change_head,
    change_index,
    forge,
    forge_an_erasure,
)
