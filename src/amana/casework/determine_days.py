"""From which day on anything can have been decided about a person: the first on which that person can have
been born. A birth that is not on record, open, or contradicted bounds nothing: a true record is never refused
for a doubt about an age.
"""

from __future__ import annotations

from datetime import date

from amana.apps.placements.underage import births
from amana.core.dates import DateSpan


def born_from(person: str, on: date) -> date | None:
    """The first day on which this person can have been born, as known on the day `on`; None: not known."""
    birth = births([person], on).get(person)
    return birth.earliest if isinstance(birth, DateSpan) else None
