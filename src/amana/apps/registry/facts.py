"""The facts the register provides: birth, sex and nationality, as the claims establish them on a day.

A claim counts whatever its standing unless it is refuted (`core.identity`). A claim marked disputed by an
official still counts and makes the fact disputed. Several confirmed nationalities of one person are all
true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.registry.models import Claim
from amana.core import identity
from amana.core.dates import DateSpan
from amana.core.facts import Contradiction, Evidence, FactValue, Standing

FACTS = ("birth", "sex", "nationality")

_STANDINGS = {str(standing): standing for standing in Standing}


class _Row(NamedTuple):
    """The columns of a claim that settle a fact, the words first."""

    stated: str
    earliest: date | None
    latest: date | None
    codes: str
    standing: str
    disputed: bool
    source: str
    on: date


_COLUMNS = _Row._fields
_Settled = tuple[FactValue, Standing, str, bool]


@dataclass(frozen=True, slots=True)
class Known:
    """One fact of one person and what it rests on."""

    value: FactValue
    evidence: Evidence


def provide(refs: Sequence[str], on: date) -> Mapping[str, Mapping[str, Known]]:
    """Reference -> fact -> what is known of it on that day; unknown facts are absent."""
    said: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for ref, attribute, *row in _claims(refs):
        said[ref, attribute].append(_Row(*row))
    settled: dict[tuple[object, ...], _Settled] = {}
    known: dict[str, dict[str, Known]] = defaultdict(dict)
    for (ref, attribute), rows in said.items():
        # The words do not change what is established, so equal claims of many people are settled once.
        key = (attribute, *(row[1:] for row in rows))
        if key not in settled:
            settled[key] = _settle(attribute, rows, on)
        value, standing, source, disputed = settled[key]
        if value is not None:
            stated = "; ".join(dict.fromkeys(row.stated for row in rows))
            known[ref][attribute] = Known(value, Evidence(standing, source, stated, disputed))
    return known


@of_many
def _claims(refs: Whoever) -> Query:
    """The claims on facts that count, oldest first."""
    counting = Claim.objects.filter(Among("person_id", refs), attribute__in=FACTS)
    told = counting.exclude(standing=Standing.REFUTED).order_by("id")
    return told.values_list("person_id", "attribute", *_COLUMNS)


def _settle(attribute: str, rows: Sequence[_Row], on: date) -> _Settled:
    """What the claims on one attribute of one person come to."""
    claims = [_claim(attribute, row) for row in rows]
    found = identity.establish(claims, on)[attribute]
    value: FactValue = Contradiction(found.invalid) if found.invalid else found.value
    return value, found.standing, found.source, found.disputed or any(row.disputed for row in rows)


def _claim(attribute: str, row: _Row) -> identity.Claim:
    return identity.Claim(
        attribute=attribute,
        stated=row.stated,
        standing=_STANDINGS[row.standing],
        source=row.source,
        on=row.on,
        span=DateSpan(row.earliest, row.latest) if attribute == "birth" else None,
        codes=frozenset(row.codes.split(";")) if row.codes else None,
    )
