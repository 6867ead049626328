"""What both engines share: which tables say that an office is in use, and where trails end."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from amana.apps.audit.stored import TABLES, Ask, chains, head, verify
from amana.core.errors import AmanaError
from amana.core.trail import Tally

ALL: Final = "1 = 1"
OCCUPIED: Final = {
    "accounts_office": ALL,
    "accounts_user": ALL,
    "registry_person": ALL,
    "registry_batch": ALL,
    # Tables that were only made already tell which keys they go with.
    "audit_auditentry": "kind <> 'keys.marked'",
    "audit_readentry": ALL,
}
"""Tables whose rows mean that an office is here, and which of their rows do."""
ENDED_AT_RESTORE = frozenset({"django_session", "accounts_session"})
MOST_TOLD = 5


class Occupied(AmanaError):
    """An office is already where one was to be restored."""


@dataclass(frozen=True)
class Proof:
    """What was seen when a backup was restored on trial: rows of all tables, entries of both trails, and what
    is wrong with them in words; `made` is when it was copied.
    """

    made: str
    rows: int
    entries: int
    wrong: tuple[str, ...]


def heads(ask: Ask, names: Collection[str]) -> dict[str, dict[str, list[Any]]]:
    """Where each chain of the trails ends that stand in these tables."""
    found: dict[str, dict[str, list[Any]]] = {}
    for trail, tables in TABLES.items():
        if tables.entry in names:
            ends = ((chain, head(ask, tables, chain)) for chain in chains(ask, tables))
            found[trail] = {str(chain): list(end) for chain, end in ends if end}
    return found


def faults_of_trail(trail: str, ask: Ask, tally: Tally) -> Iterator[str]:
    """The first faults of one trail, by its linkage alone: no key is needed."""
    for number, fault in enumerate(verify(ask, TABLES[trail], key=None, kept={}, tally=tally)):
        if number == MOST_TOLD:
            yield f"trail {trail}: and more"
            return
        yield f"trail {trail}: {fault}"
