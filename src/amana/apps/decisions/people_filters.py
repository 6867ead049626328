"""Filters on what is established and decided: sex, age band, nation, outcome and the fact to ask for.

An outcome that may never be acted on is refused as a filter: nobody is listed by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from amana.apps.decisions.models import Decision, FactsRow
from amana.apps.decisions.office_pack import PLACEMENT, never_actionable, office_pack
from amana.apps.registry.filters import FilterRefused, PersonFilter, Told

AGE_BANDS: dict[str, tuple[int, int | None]] = {
    "0-3": (0, 3),
    "4-14": (4, 14),
    "15-17": (15, 17),
    "18+": (18, None),
}
"""Completed years, both ends included."""

UNKNOWN = "unknown"
OPEN = ("undetermined", "invalid")
_MARKS = re.compile("[;+]")


def _refuse(name: str, valid: Sequence[str]) -> FilterRefused:
    return FilterRefused(name, f"Not a value of the filter {name!r}. Valid: {', '.join(valid)}.")


def _holding(column: str, codes: Collection[str]) -> Q:
    """The column holds one of the codes, alone or among others (`;` between alternatives, `+` between codes
    that are all true). Told by the few texts that occur, which an index holds.
    """
    texts = FactsRow.objects.filter((f"{column}__isnull", False)).values_list(column, flat=True).distinct()
    return Q((f"{column}__in", [text for text in texts if not set(codes).isdisjoint(_MARKS.split(text))]))


def _codes(name: str, column: str, values: Sequence[str], valid: re.Pattern[str], domain: str) -> Q:
    codes = {value for value in values if value != UNKNOWN}
    if not all(map(valid.fullmatch, codes)):
        raise _refuse(name, (domain, UNKNOWN))
    condition = _holding(column, codes) if codes else Q()
    return condition | Q((f"{column}__isnull", True)) if UNKNOWN in values else condition


def _sex(values: Sequence[str], on: date) -> Q:
    return _codes("sex", "sex", values, re.compile("male|female"), "male, female")


def _nation(values: Sequence[str], on: date) -> Q:
    domain = "ISO 3166-1 alpha-3 codes"
    return _codes("nation", "nationality", values, re.compile("[A-Z]{3}"), domain)


def _age(values: Sequence[str], on: date) -> Q:
    """Whoever may be in the band on that day; `unknown` is whoever has no birth date at all."""
    condition = Q()
    for value in values:
        if value == UNKNOWN:
            condition |= Q(birth_earliest__isnull=True, birth_latest__isnull=True)
            continue
        if value not in AGE_BANDS:
            raise _refuse("age", (*AGE_BANDS, UNKNOWN))
        youngest, oldest = AGE_BANDS[value]
        known = Q(birth_earliest__isnull=False) | Q(birth_latest__isnull=False)
        may_be_old_enough = Q(birth_earliest__isnull=True) | Q(birth_earliest__lte=years_before(on, youngest))
        band = known & may_be_old_enough
        if oldest is not None:
            band &= Q(birth_latest__isnull=True) | Q(birth_latest__gt=years_before(on, oldest + 1))
        condition |= band
    return condition


def years_before(on: date, years: int) -> date:
    """The last day on which somebody was born who has completed `years` years on that day (29 February
    counts from 1 March).
    """
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def _outcome(values: Sequence[str], on: date) -> Q:
    valid = (*sorted(set(office_pack().decisions[PLACEMENT].outcomes) - never_actionable()), *OPEN)
    if any(value not in valid for value in values):
        raise _refuse("outcome", valid)
    return Q(outcome__in=values)


def _needs(values: Sequence[str], on: date) -> Q:
    if not all(values):  # nothing to ask for: those whose answer is settled, whatever it is
        raise _refuse("needs", ("facts to ask for, joined by a semicolon",))
    return Q(needs__in=values)


def _established(on: date) -> QuerySet[FactsRow]:
    return FactsRow.objects.all()


def _decided(on: date) -> QuerySet[Decision]:
    return Decision.objects.filter(decision=PLACEMENT, superseded_at__isnull=True)


ESTABLISHED, DECIDED = Told(_established), Told(_decided)
FILTERS = (
    PersonFilter("sex", _sex, ESTABLISHED),
    PersonFilter("nation", _nation, ESTABLISHED),
    PersonFilter("age", _age, ESTABLISHED),
    PersonFilter("outcome", _outcome, DECIDED),
    PersonFilter("needs", _needs, DECIDED),
)
