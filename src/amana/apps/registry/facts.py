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
from typing import Any

from amana.apps.registry.models import Claim
from amana.core import identity
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, Contradiction, Evidence, FactValue, Standing

FACTS = ("birth", "sex", "nationality")

_COLUMNS = (
    "person_id", "attribute", "stated", "earliest", "latest", "codes", "flag", "text", "standing", "disputed",
    "source", "on",
)  # fmt: skip
_STANDINGS = {str(standing): standing for standing in Standing}


@dataclass(frozen=True, slots=True)
class Known:
    """One fact of one person and what it rests on."""

    value: FactValue
    evidence: Evidence


def provide(refs: Sequence[str], on: date) -> Mapping[str, Mapping[str, Known]]:
    """Reference -> fact -> what is known of it on that day; unknown facts are absent."""
    said: dict[str, list[tuple[identity.Claim, bool]]] = defaultdict(list)
    for row in (
        Claim.objects.filter(person__in=refs, attribute__in=FACTS).order_by("id").values_list(*_COLUMNS)
    ):
        said[row[0]].append((_claim(row), row[9]))
    return {ref: _known(claims, on) for ref, claims in said.items()}


def _claim(row: tuple[Any, ...]) -> identity.Claim:
    _, attribute, stated, earliest, latest, codes, flag, text, standing, _, source, day = row
    return identity.Claim(
        attribute=attribute,
        stated=stated,
        standing=_STANDINGS[standing],
        source=source,
        on=day,
        span=DateSpan(earliest, latest) if attribute == "birth" else None,
        codes=frozenset(codes.split(";")) if codes else None,
        flag=flag,
        text=text or None,
    )


def _known(said: Sequence[tuple[identity.Claim, bool]], on: date) -> Mapping[str, Known]:
    claims = [claim for claim, _ in said]
    known: dict[str, Known] = {}
    for attribute, established in identity.establish(claims, on).items():
        value: FactValue = established.value
        if established.invalid:
            value = Contradiction(established.invalid)
        elif value is None:
            continue
        disputed = established.disputed
        if attribute == "nationality" and (proved := _all_proved(claims)):
            value, disputed = proved, False
        counting = [
            (claim, doubted)
            for claim, doubted in said
            if claim.attribute == attribute and claim.standing is not Standing.REFUTED
        ]
        stated = "; ".join(dict.fromkeys(claim.stated for claim, _ in counting))
        doubted = disputed or any(doubt for _, doubt in counting)
        known[attribute] = Known(value, Evidence(established.standing, established.source, stated, doubted))
    return known


def _all_proved(claims: Sequence[identity.Claim]) -> AllOf | None:
    """Nationalities that are all true: more than one confirmed claim, each of exactly one."""
    confirmed = [
        claim.codes
        for claim in claims
        if claim.attribute == "nationality" and claim.standing is Standing.CONFIRMED and claim.codes
    ]
    proved = frozenset().union(*confirmed)
    return AllOf(proved) if len(proved) > 1 and all(len(codes) == 1 for codes in confirmed) else None
