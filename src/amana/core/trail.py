"""The arithmetic of the trail: how an entry commits to what it says and follows from the one before, and the
walk that finds where a chain doesn't hold. The office, a copy of its database and an exported file are all
walked by it.

An entry's *commitment* is an HMAC under the audit key over the whole entry, its payload and the digest of the
entry before: without the key no entry can be changed or put elsewhere while its payload or a later one
stands. Its *cover* hides subject and commitment, so that a trail without references can leave the office. Its
*digest* needs no key. Instants are ISO texts in UTC, actors UUIDs as text, digests lower-case hex. Erased
payloads leave a chain whole. What the walk can't see by itself is an end cut off together with its head, or a
chain written anew by a holder of the key: both show against an anchor kept elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

GENESIS = "0" * 64
ERASURE = "payload.erased"
"""The kind of entry that tells of an erasure and names every payload that went."""

# Built once: making an encoder for every entry would double the time of a verification.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Said(NamedTuple):
    """What an entry says, but for its payload."""

    chain: int
    sequence: int
    previous: str
    at: str
    actor: str
    kind: str
    subject: str


def public(chain: int, sequence: int, at: str, actor: str, kind: str) -> str:
    """The part of an entry that names nobody in care, as the one text that is hashed."""
    return _json((chain, sequence, at, actor, kind))


def public_part(said: Said) -> str:
    """`public` of an entry that is known whole."""
    return _json((said.chain, said.sequence, said.at, said.actor, said.kind))


def commitment(key: bytes, nonce: str, said: Said, told: str, body: str) -> str:
    """What an entry commits to: itself (`told` is its `public` part) and the canonical text of its payload,
    at its place in its chain.
    """
    text = nonce + said.previous + told + _json(said.subject) + body
    return hmac.digest(key, text.encode(), "sha256").hex()


def cover(subject: str, committed: str) -> str:
    """Subject and commitment in one, from which neither can be had, not even by trying all references."""
    return hashlib.sha256((committed + subject).encode()).hexdigest()


def digest(previous: str, covered: str, told: str) -> str:
    """The digest of an entry from the one before, its cover and its `public` part."""
    return hashlib.sha256((previous + covered + told).encode()).hexdigest()


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
    "gone": "its payload was deleted and no entry of the trail tells of an erasure",
    "head": "the end of the chain is not where its head says",
    "index": "who saw whom no longer says what it wrote down",
    "anchor": "it is not what the anchor says was there",
}


class Met(NamedTuple):
    """One entry as a walk meets it. `sound`: its digest is what its columns give. `payload`: whether it
    stands and is the one committed to (None: it is gone). `erased`: what an entry of an erasure names.
    """

    chain: int
    sequence: int
    previous: str
    digest: str
    sound: bool
    payload: bool | None
    erased: Ranges | None = None


class Ranges:
    """Which entries of which chains, as closed ranges of sequence numbers that are told in rising order."""

    def __init__(self, by_chain: Mapping[int, Iterable[tuple[int, int]]] | None = None) -> None:
        told = (by_chain or {}).items()
        self.by_chain: dict[int, list[tuple[int, int]]] = {chain: list(some) for chain, some in told}

    def add(self, chain: int, first: int, last: int | None = None) -> None:
        """One more entry, or a range of them; joins the one before where it follows it."""
        some = self.by_chain.setdefault(chain, [])
        if some and some[-1][1] == first - 1:
            some[-1] = (some[-1][0], first if last is None else last)
        else:
            some.append((first, first if last is None else last))

    def add_all(self, other: Ranges) -> None:
        """Those of another, too."""
        for chain, some in other.by_chain.items():
            self.by_chain.setdefault(chain, []).extend(some)

    def __len__(self) -> int:
        return sum(last - first + 1 for some in self.by_chain.values() for first, last in some)

    def without(self, other: Ranges) -> Iterator[tuple[int, int]]:
        """(chain, sequence) of each entry that the other does not name."""
        for chain, some in sorted(self.by_chain.items()):
            named = iter(sorted(other.by_chain.get(chain, ())))
            current = next(named, None)
            for first, last in sorted(some):
                for sequence in range(first, last + 1):
                    while current and current[1] < sequence:
                        current = next(named, None)
                    if current is None or current[0] > sequence:
                        yield chain, sequence


class Tally:
    """What a walk over all chains of one trail counted; `erased` and `named` meet at its end."""

    def __init__(self) -> None:
        self.entries = 0
        self.erasures = 0
        self.erased = Ranges()
        self.named = Ranges()

    def lost(self) -> Iterator[ChainFault]:
        """Payloads that went without an entry which says so."""
        for chain, sequence in self.erased.without(self.named):
            yield ChainFault(chain, sequence, "gone")


Head = tuple[int, str]
Kept = Mapping[int, Collection[str]]
"""What anchors say of one chain: sequence number -> the digests kept for it; more than one contradict."""


def walk(
    chain: int, entries: Iterable[Met], head: Callable[[], Head | None], kept: Kept, tally: Tally
) -> Iterator[ChainFault]:
    """Every fault of one chain whose entries come in rising order; `head` is asked when they have all come,
    so that a chain that grows meanwhile is no fault.
    """
    sequence, previous, unmet = 0, GENESIS, set(kept)
    for met in entries:
        if met.sequence != sequence + 1:
            yield ChainFault(chain, met.sequence, "missing")
        elif met.previous != previous:
            yield ChainFault(chain, met.sequence, "unlinked")
        if not met.sound or met.chain != chain:
            yield ChainFault(chain, met.sequence, "changed")
        if met.payload is False:
            yield ChainFault(chain, met.sequence, "payload")
        _count(met, tally)
        sequence, previous = met.sequence, met.digest
        if sequence in unmet and set(kept[sequence]) == {met.digest}:
            unmet.discard(sequence)
    at_end = head()
    if at_end != (sequence, previous) and (at_end or sequence):
        yield ChainFault(chain, sequence, "head")
    for lacking in sorted(unmet):
        yield ChainFault(chain, lacking, "anchor")


def _count(met: Met, tally: Tally) -> None:
    tally.entries += 1
    if met.payload is None:
        tally.erased.add(met.chain, met.sequence)
    if met.erased is not None:
        tally.erasures += 1
        tally.named.add_all(met.erased)


def named_by(body: str) -> Ranges:
    """What the payload of an erasure names; nothing where it is no such payload."""
    try:
        told = json.loads(body)["entries"]
        return Ranges({int(chain): [(int(a), int(b)) for a, b in some] for chain, some in told.items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return Ranges()
