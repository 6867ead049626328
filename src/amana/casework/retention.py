"""For how long what is kept of people is kept: periods that the office sets with a basis, and what has passed
them.

No period is invented here: a class without one is kept. The night proposes whose period is over; it erases
nothing. A period begins with the last act on a case of somebody who stays nowhere any more; while anything
keeps the records (`holding`) nothing is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.queries import last_acts
from amana.apps.audit.recording import recording
from amana.apps.placements.resting import at_rest
from amana.apps.retention import codes, commands
from amana.apps.retention import queries as retention
from amana.casework.erase import MAY
from amana.casework.erase_parts import keeps, register_free
from amana.casework.holding import free_of_all
from amana.core.errors import AmanaError
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import in_words

LONGEST_BASIS: Final = 500
OWN_ACTS: Final = ("retention.", "erasure.", "payload.")
"""Acts on the keeping itself, which prolong nothing."""

FAULTS: Final = {
    "unknown_code": "The class is none of those that can have a period.",
    "months": "Write whole months, from 1 to 1200.",
    "basis": "Say in words which law or decision of the office sets this period.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
}


class PeriodRefused(AmanaError):
    """No period was set; `code` is a key of FAULTS, `field` names what it is about."""

    def __init__(self, code: str, field: str) -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}")


def set_period(cls: str, months: int | None, basis: str, *, by: Viewer, at: datetime, on: date) -> None:
    """Set for how many months a class is kept after the last act on a case (None: for good again), and what
    says so. It erases nothing. Raises `NotForYou`, `PeriodRefused`.
    """
    by.require(MAY)
    if cls not in codes.CLASSES:
        raise PeriodRefused("unknown_code", "cls")
    if months is not None and not 0 < months <= codes.MOST_MONTHS:
        raise PeriodRefused("months", "months")
    if turns_or_hides(basis):
        raise PeriodRefused("hidden_characters", "basis")
    if not in_words(basis) or len(basis) > LONGEST_BASIS:
        raise PeriodRefused("basis", "basis")
    with recording(by, at) as log:
        commands.store_period(cls, months, basis.strip(), on=on, log=log)


def propose_due(*, on: date, by: Viewer, at: datetime) -> int:
    """Find whose period is over, in the place of what was found before; how many people. By the night."""
    spans = part_periods(retention.periods())
    with recording(by, at) as log:
        return commands.store_due(_due(spans, on) if spans else (), on=on, log=log)


def part_periods(periods: Mapping[str, int]) -> dict[str, int]:
    """Part -> months: the longest period of the classes that it, and what goes along with it, may tell of;
    absent where one of them has none.

    >>> part_periods({"C1": 12})
    {}
    """
    told = {
        part: {cls for each in codes.with_all_along([part]) for cls in codes.PARTS[each]}
        for part in codes.PARTS
    }
    return {
        part: max(periods[cls] for cls in classes)
        for part, classes in told.items()
        if classes <= set(periods)
    }


def _due(spans: Mapping[str, int], on: date) -> Iterator[tuple[str, Sequence[str], date]]:
    for some in at_rest(on):
        acted = last_acts(some, OWN_ACTS)
        erased, whole = retention.erased_since(some), register_free(some, on)
        held = retention.narrow_holds(some, on)
        for ref in sorted(free_of_all(acted, on)):
            last = acted[ref].astimezone(UTC).date()
            ends = {
                part: months_after(last, months)
                for part, months in spans.items()
                if ((ref, part) not in erased or erased[ref, part] < last)
                and (part not in codes.REGISTER or ref in whole)
                and not keeps(held.get(ref), [part])
            }
            over = [part for part, end in ends.items() if end <= on]
            if over:
                yield ref, over, min(ends[part] for part in over)


def months_after(day: date, months: int) -> date:
    """The same day some months later; the last of the month where it has no such day.

    >>> months_after(date(2018, 1, 31), 1), months_after(date(2018, 3, 15), 12)
    (datetime.date(2018, 2, 28), datetime.date(2019, 3, 15))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
