"""Verifying the office's own trails: every digest, commitment and payload anew, against its heads and against
anchors kept elsewhere. How a chain is walked is in `amana.core.trail`; the tables are read by `stored`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Sum

from amana.apps.audit import stored
from amana.apps.audit.stored import TABLES, Ask, Tables
from amana.apps.audit.trail import Trail
from amana.core.trail import REASONS, ChainFault, Kept, Tally

__all__ = ["REASONS", "Anchor", "ChainFault", "anchor", "asking", "count", "length", "tables_of", "verify"]

Anchor = Mapping[int, tuple[int, str]]


def anchor(trail: Trail) -> dict[int, tuple[int, str]]:
    """The end of every chain, to be kept outside the office: chain -> (sequence, digest)."""
    heads = trail.head._default_manager.values_list("chain", "sequence", "digest")
    return {chain: (sequence, at_end) for chain, sequence, at_end in heads if sequence}


def verify(trail: Trail, *anchors: Anchor | None, tally: Tally | None = None) -> Iterator[ChainFault]:
    """Every fault found, chain by chain; nothing when the trail holds. `tally` counts as it goes."""
    return stored.verify(
        asking(trail),
        tables_of(trail),
        key=bytes(settings.AUDIT_KEY),
        kept=together(anchors),
        tally=tally or Tally(),
    )


def together(anchors: Sequence[Anchor | None]) -> Mapping[int, Kept]:
    """What several anchors of one trail say, by chain."""
    kept: dict[int, dict[int, set[str]]] = {}
    for each in anchors:
        for chain, (sequence, at_end) in (each or {}).items():
            kept.setdefault(chain, {}).setdefault(sequence, set()).add(at_end)
    return kept


def count(trail: Trail) -> int:
    """How many entries the trail holds."""
    return trail.entry._default_manager.count()


def length(trail: Trail) -> int:
    """How many entries the heads tell of: as `count` in a whole trail, at once in a long one."""
    told: int = trail.head._default_manager.aggregate(told=Sum("sequence"))["told"] or 0
    return told


def tables_of(trail: Trail) -> Tables:
    """The names of a trail's tables."""
    return next(each for each in TABLES.values() if each.entry == trail.entry._meta.db_table)


def asking(trail: Trail) -> Ask:
    """How a trail's database is asked."""

    def ask(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connections[trail.alias].cursor() as cursor:
            cursor.execute(statement.replace("?", "%s"), parameters)
            return cursor.fetchall()

    return ask
