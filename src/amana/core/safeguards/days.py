"""Since when what a safeguard finds is so: the day of the act on record, or the last day of a duty.

The day of an act is the date that a safeguard counts from or is judged on, where it names one that is on
record, else the first date of its kind of record (`separated_on`, `stay_since`, `determined_on` …); a birth
is the day of no act. An overdue duty counts from its last day in time. Of a day that isn't certain the last
possible one counts, so that nothing is said to last longer than it surely does. A question and a duty still
in time have no such day.
"""

from __future__ import annotations

from datetime import date

from amana.core.dates import DateSpan
from amana.core.policy import BIRTH
from amana.core.safeguards.model import Finding, Occasion, RecordKind, Safeguard, SafeguardVerdict


def day_of_act(safeguard: Safeguard, kind: RecordKind | None, occasion: Occasion) -> DateSpan | None:
    """The day on which what a record tells was done; None where the record has none."""
    facts = (safeguard.counts_from, safeguard.judged_on, *(kind.facts if kind else ()))
    days = (occasion.values.get(fact) for fact in facts if fact and fact != BIRTH)
    return next((day for day in days if isinstance(day, DateSpan)), None)


def begun_on(
    finding: Finding, safeguard: Safeguard, kind: RecordKind | None, occasion: Occasion
) -> date | None:
    """Since when it is so, or of an open answer would be; None where no record says, or a duty is in time."""
    if finding.verdict is SafeguardVerdict.OVERDUE:
        return finding.due.latest if finding.due else None
    if safeguard.severity == "duty":
        return None
    day = day_of_act(safeguard, kind, occasion)
    return day.latest if day else None
