"""The trail as a file that leaves the office, and its verification without the office: no settings, no
database, no key.

One JSON value a line: what the file is; then for each chain of each trail a line that begins it, its entries
and a line with its head; at the end how many lines there were. An entry is `[sequence, previous, at, actor,
kind, cover, digest, stands]`: who (an opaque id), when and what kind, but neither the person nor the payload,
of which only the cover leaves, from which neither can be had; `stands` is 1 while the payload does. An entry
of an erasure ends with the text of its payload, which names entries and nobody. A name that ends in `.gz` is
compressed.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from amana.apps.audit import stored
from amana.apps.audit.stored import TABLES, Ask, Row
from amana.core.errors import AmanaError
from amana.core.trail import ERASURE, ChainFault, Head, Kept, Met, Tally, digest, named_by, public, walk
from amana.exchange.output_file import replacing_file

FORM = 1
_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BadTrailFile(AmanaError):
    """A file is no exported trail, or not whole."""


def write_trail(out: Path, asks: Mapping[str, Ask], at: datetime) -> int:
    """Write a file of these trails whole, or none; how many lines. Raises `UnwritableFile`."""
    count, plain = 0, out.suffix != ".gz"
    with (
        replacing_file(out) as path,
        path.open("w", encoding="utf-8") if plain else gzip.open(path, "wt", encoding="utf-8") as stream,
    ):
        for line in lines_of(asks, at):
            stream.write(line)
            count += 1
    return count


def lines_of(asks: Mapping[str, Ask], at: datetime) -> Iterator[str]:
    """The lines of a file of these trails; `asks` maps a trail's name to how its database is asked."""
    count = 1
    yield _line({"amana_trail": FORM, "at": at.astimezone(UTC).isoformat(), "trails": sorted(asks)}) + "\n"
    for name, ask in sorted(asks.items()):
        for chain in stored.chains(ask, TABLES[name]):
            yield _line({"trail": name, "chain": chain}) + "\n"
            for row in stored.rows(ask, TABLES[name], chain):
                count += 1
                yield _line(_entry(row)) + "\n"
            yield _line({"head": stored.head(ask, TABLES[name], chain)}) + "\n"
            count += 2
    yield _line({"lines": count}) + "\n"


def _entry(row: Row) -> list[Any]:
    said, stands = row.said, int(row.body is not None)
    entry = [said.sequence, said.previous, said.at, said.actor, said.kind, row.covered, row.digest, stands]
    return [*entry, row.body] if said.kind == ERASURE and stands else entry


def trails_in(path: Path) -> tuple[str, ...]:
    """Which trails a file holds. Raises `BadTrailFile`."""
    with _opened(path) as stream:
        told = _parsed(stream.readline(), 1, path)
    if not isinstance(told, dict) or told.get("amana_trail") != FORM:
        raise BadTrailFile(f"{path.name}: this is no trail that `amana audit export` wrote in form {FORM}.")
    return tuple(name for name in told.get("trails", ()) if name in TABLES)


def verify_file(
    path: Path, kept: Mapping[str, Mapping[int, Kept]], tallies: Mapping[str, Tally]
) -> Iterator[tuple[str, ChainFault]]:
    """Every fault of a file, with the name of its trail. Raises `BadTrailFile` where it is not whole."""
    unmet = {(name, chain) for name in trails_in(path) for chain in kept.get(name, ())}
    with _opened(path) as stream:
        told = _Told(stream, path)
        for begun in told:
            name, chain = _begun(begun, told)
            unmet.discard((name, chain))
            anchored = kept.get(name, {}).get(chain, {})
            for fault in walk(chain, told.entries(chain), lambda: told.head, anchored, tallies[name]):
                yield name, fault
    for name, chain in sorted(unmet):
        for fault in walk(chain, (), lambda: None, kept[name][chain], tallies[name]):
            yield name, fault
    for name in trails_in(path):
        for fault in tallies[name].lost():
            yield name, fault


class _Told:
    """The lines between the first and the last, which must be there and tell how many there were."""

    def __init__(self, stream: IO[str], path: Path) -> None:
        self.path, self.number, self.stream = path, 1, stream
        self.head: Head | None = None
        stream.readline()

    def __iter__(self) -> Iterator[Any]:
        for line in self.stream:
            value = _parsed(line, self.number + 1, self.path)
            if isinstance(value, dict) and "lines" in value:
                if value["lines"] != self.number or self.stream.readline():
                    raise self.fault("it does not end where its last line says")
                return
            self.number += 1
            yield value
        raise self.fault("its end is missing")

    def entries(self, chain: int) -> Iterator[Met]:
        """The entries of the chain that was begun; its head afterwards."""
        self.head = None
        for value in self:
            if isinstance(value, dict):
                self.head = _head(value, self)
                return
            yield _met(chain, value, self)

    def fault(self, what: str) -> BadTrailFile:
        """What is wrong with the file, and where."""
        return BadTrailFile(f"{self.path.name}, line {self.number}: {what}. Export the trail again.")


def _begun(value: Any, told: _Told) -> tuple[str, int]:
    if not isinstance(value, dict) or value.get("trail") not in TABLES or type(value.get("chain")) is not int:
        raise told.fault("a chain should begin here")
    return value["trail"], value["chain"]


def _head(value: dict[str, Any], told: _Told) -> Head | None:
    match value.get("head", 0):
        case None:
            return None
        case [int(sequence), str(at_end)]:
            return sequence, at_end
    raise told.fault("a chain should end here")


def _met(chain: int, value: Any, told: _Told) -> Met:
    match value:
        case [
            int(sequence),
            str(previous),
            str(at),
            str(actor),
            str(kind),
            str(covered),
            str(written),
            *rest,
        ]:
            computed = digest(previous, covered, public(chain, sequence, at, actor, kind))
            named = named_by(rest[1]) if kind == ERASURE and len(rest) > 1 else None
            stands = True if rest[:1] == [1] else None
            return Met(chain, sequence, previous, written, computed == written, stands, named)
    raise told.fault("this is no entry")


def _parsed(line: str, number: int, path: Path) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        raise BadTrailFile(f"{path.name}, line {number}: this is no line of a trail.") from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    try:
        plain = path.suffix != ".gz"
        with path.open(encoding="utf-8") if plain else gzip.open(path, "rt", encoding="utf-8") as stream:
            yield stream
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError):
        raise BadTrailFile(f"{path.name} is not whole or no exported trail. Export it again.") from None
