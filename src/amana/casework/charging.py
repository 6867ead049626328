"""No charge and no order of custody is recorded against somebody who may be too young to answer for an act.

The age is the office's law (its pack's parameter `responsibility_age`; where it changed over time, the
highest), on the day of the court's decision; under a pack that names none nobody is refused. Doubt about age
counts for the child: of somebody without a birth on record only who is surely grown up can be charged.
"""

from __future__ import annotations

from datetime import date

from amana.apps.decisions.office_pack import office_pack
from amana.apps.determinations.contents import DeterminationRefused
from amana.apps.placements.separation.unsure import may_be_children
from amana.apps.placements.underage import births
from amana.core.dates import DateSpan, age_span

AGE = "responsibility_age"
AGAINST = ("charge", "custody_order")
"""Kinds of a court's decision that stand against the person's own acts."""


def require_answerable(person: str, kind: str, decided_on: date, on: date) -> None:
    """Raise `DeterminationRefused` where a court's decision of this kind is against a child who may have been
    too young on its day.
    """
    parameter = office_pack().parameters.get(AGE)
    if kind not in AGAINST or parameter is None or person not in may_be_children([person], on):
        return
    least = max(value for _, value in parameter.periods if isinstance(value, int))
    birth = births([person], on).get(person)
    youngest = age_span(birth, decided_on, office_pack().leap_day)[0] if isinstance(birth, DateSpan) else None
    if youngest is None or youngest < least:
        raise DeterminationRefused(
            "too_young",
            f"The child may have been below {least} on that day, too young to answer for an act: "
            "a charge counts for nothing. Settle the age first, or record it as reported by another body.",
            "kind",
        )
