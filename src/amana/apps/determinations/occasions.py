"""The occasions that determinations provide to the safeguards: each one that is in force or asked for as of a
day, with codes, flags and days only; no text leaves its table.

What a determination decides counts before who made it: care refused by another body is a refusal of care.
Whether something is on record is told as a flag, true or false. Of another body's decision without a day it
is known that it was taken by the day it was recorded. Two queries for any number of people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Min, Q

from amana.apps.audit.among import Among, Whoever
from amana.apps.audit.asking import Query, of_many
from amana.apps.determinations.codes import CARE_REFUSAL, REFUSED
from amana.apps.determinations.models import Determination, JudicialDecision
from amana.core.dates import DateSpan
from amana.core.facts import AllOf, FactValue
from amana.core.safeguards import Occasion

KINDS = ("determination",)


class _Row(NamedTuple):
    """The columns that an occasion is made of."""

    ref: str
    person_id: str
    kind: str
    decides: str
    effect: str
    grounds: str
    child_heard: str
    decided_on: date | None
    asked_on: date
    author_given: bool
    age_settled: bool | None
    harsher_branch: bool | None
    label_used: str
    reasoned: bool
    cites: bool


def occasion_key(ref: str) -> str:
    """The key of the occasion that a determination is."""
    return f"determination:{ref}"


def provide(refs: Sequence[str], on: date) -> Iterable[Occasion]:
    """The determinations of these people as of the day."""
    rows = [_Row(*row) for row in _rows(refs, on)]
    charges = _charges({row.person_id for row in rows}, on)
    for row in rows:
        yield Occasion("determination", row.person_id, occasion_key(row.ref), _values(row, charges))


@of_many
def _rows(refs: Whoever, on: date) -> Query:
    then = Determination.objects.filter(Among("person_id", refs), asked_on__lte=on)
    then = then.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
    told = then.annotate(reasoned=_said("reasons"), cites=_said("citations"))
    return told.order_by("ref").values_list(*_Row._fields)


def _said(column: str) -> ExpressionWrapper:
    return ExpressionWrapper(Q((f"{column}__isnull", False)), output_field=BooleanField())


def _charges(people: set[str], on: date) -> Mapping[str, date]:
    """The day of each person's first charge by a judge."""
    if not people:
        return {}
    charges = JudicialDecision.objects.filter(
        person__in=people, kind="charge", decided_on__lte=on, recorded_on__lte=on, corrected_by__isnull=True
    )
    return dict(charges.values_list("person_id").annotate(first=Min("decided_on")).order_by())


def _values(row: _Row, charges: Mapping[str, date]) -> Mapping[str, FactValue]:
    charge = charges.get(row.person_id)
    return {
        "determined_on": DateSpan.day(row.decided_on) if row.decided_on else DateSpan(None, row.asked_on),
        "determination_kind": _code(CARE_REFUSAL if row.decides == REFUSED else row.kind),
        "effect": _code(row.effect),
        "grounds": AllOf(row.grounds.split(";")) if row.grounds else None,
        "reasons_given": bool(row.reasoned),
        "citations_given": bool(row.cites),
        "author_given": row.author_given,
        "child_view": _heard(row.child_heard),
        "charge_on_record": DateSpan.day(charge) if charge else None,
        "age_settled": row.age_settled,
        "harsher_branch": row.harsher_branch,
        "label_used": _code(row.label_used),
    }


def _code(code: str) -> FactValue:
    return frozenset({code}) if code else None


def _heard(heard: str) -> FactValue:
    return _code("heard" if heard == "heard" else "reason_for_none" if heard else "")
