"""What if the law were another, for any number of people at once: counts of equal people, labelled anew.

An aggregate counts, as of one day, how many people share a cell: between which two cuts of the calendar each
end of a date lies (every completed year, under both rules for leap-day births, and the cuts of the packs it
was made for), and the number of everything else (`state_numbers`). Nothing else of anyone is in it. A pack
whose thresholds lie on those cuts gives everyone in a cell the same answer, so labelling cells is exact; a
pack that cuts elsewhere, or tells other codes apart, is refused.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amana.core.dates import LEAP_DAYS, DateSpan, last_birth_of_age
from amana.core.errors import AmanaError
from amana.core.facts import Contradiction, FactRow, FactValue
from amana.core.policy.compare import Moved
from amana.core.policy.frame import Frame, proved
from amana.core.policy.model import INVALID, UNDETERMINED, Pack
from amana.core.policy.state_numbers import StateNumbers, fixed_number, state_numbers

OLDEST = 130
"""Completed years beyond which an aggregate tells no ages apart, unless a pack does."""

Place = tuple[int, int]
Places = tuple[Place, ...]
CONTRADICTION: Place = (-1, -1)
"""Instead of the places of a date that contradicts itself or the as-of day."""


class NotAggregated(AmanaError):
    """The aggregate doesn't tell apart what the pack asks for."""


@dataclass(frozen=True)
class Aggregate:
    """How many people share a cell as of `on`. `cuts`: for each date fact the days after which a new cell
    begins. `cells`: the places of both ends of each date among the cuts -> number of the other facts -> how
    many.
    """

    on: date
    numbers: StateNumbers
    cuts: Mapping[str, tuple[date, ...]]
    cells: Mapping[Places, Mapping[int, int]]

    @property
    def people(self) -> int:
        """How many people there are."""
        return sum(sum(states.values()) for states in self.cells.values())


def cut_days(packs: Sequence[Pack], decision: str, on: date) -> dict[str, tuple[date, ...]]:
    """For each date fact that `decision` reads, the days at which an aggregate cuts as of `on`."""
    found: dict[str, set[date]] = {}
    for pack in packs:
        for name, axis in pack.engines[decision].frame(on).date_axes.items():
            found.setdefault(name, set()).update(axis.ends)
            if axis.fact.past:
                found[name].update(_birthdays(on))
    return {name: tuple(sorted(days)) for name, days in found.items()}


def _birthdays(on: date) -> Iterable[date]:
    for leap_day in LEAP_DAYS:
        for age in range(1, OLDEST + 1):
            day = last_birth_of_age(age, on, leap_day)
            if day is not None:
                yield day


def aggregate(packs: Sequence[Pack], decision: str, rows: Iterable[FactRow], on: date) -> Aggregate:
    """Count rows by cell as of `on`, whatever day they carry. Every pack given can be asked about; the first
    says what the facts mean. Raises `NotEncodable`.
    """
    engine = packs[0].engines[decision]
    how = state_numbers(packs[0], decision)
    cuts = cut_days(packs, decision, on)
    cells: defaultdict[Places, Counter[int]] = defaultdict(Counter)
    for row in rows:
        values = proved(row) if row.evidence else row.values
        places = tuple(
            _place(values.get(name), engine.facts[name].past, on, cuts[name]) for name in how.dates
        )
        cells[places][fixed_number(engine, how, values)] += 1
    return Aggregate(on, how, cuts, cells)


def _place(value: FactValue, past: bool, on: date, cuts: Sequence[date]) -> Place:
    if isinstance(value, Contradiction):
        return CONTRADICTION
    span = value if isinstance(value, DateSpan) else DateSpan(None, None)
    if past and span.earliest is not None and span.earliest > on:
        return CONTRADICTION
    low = 0 if span.earliest is None else bisect_left(cuts, span.earliest)
    return low, len(cuts) if span.latest is None else bisect_left(cuts, span.latest)


def what_if(people: Aggregate, before: Pack, after: Pack, decision: str) -> tuple[Moved, ...]:
    """Who moves from which outcome to which, sorted; people whose outcome stays are in it too.

    Exactly what deciding everyone under both packs would count. Raises `NotAggregated`.
    """
    old, new = Labels(people, before, decision), Labels(people, after, decision)
    merged: defaultdict[tuple[Places, Places], Counter[int]] = defaultdict(Counter)
    for places, states in people.cells.items():
        counts = merged[old.cells(places), new.cells(places)]
        for number, count in states.items():
            counts[number] += count
    matrix: Counter[tuple[str, str]] = Counter()
    for (old_cells, new_cells), states in merged.items():
        for number, count in states.items():
            matrix[old.outcome(old_cells, number), new.outcome(new_cells, number)] += count
    return tuple(Moved(*moved, count) for moved, count in sorted(matrix.items()))


class Labels:
    """The outcomes that one pack gives the cells of an aggregate, each found once."""

    def __init__(self, people: Aggregate, pack: Pack, decision: str) -> None:
        """Raises `NotAggregated` if the pack tells apart what the aggregate doesn't."""
        if state_numbers(pack, decision).signature != people.numbers.signature:
            raise NotAggregated(
                f"{pack.id} tells other values apart than the pack these people were encoded with; "
                "encode them anew with it."
            )
        self.frame: Frame = pack.engines[decision].frame(people.on)
        self.numbers = people.numbers
        self._cell_of = [self._relabelled(people, pack.id, name) for name in people.numbers.dates]
        self._outcomes: dict[tuple[Places, int], str] = {}

    def _relabelled(self, people: Aggregate, pack: str, name: str) -> list[int]:
        """The pack's own cell for each place among the cuts."""
        cuts = people.cuts.get(name, ())
        where = {day: place for place, day in enumerate(cuts)}
        ends = []
        for end in self.frame.date_axes[name].ends:
            if end not in where:
                raise NotAggregated(
                    f"{pack} has a threshold on {name} that these counts don't hold, at {end}; "
                    "count the people anew with that pack."
                )
            ends.append(where[end])
        return [bisect_left(ends, place) for place in range(len(cuts) + 1)]

    def cells(self, places: Places) -> Places:
        """The pack's own cells of both ends of each date."""
        return tuple(
            (cell_of[low], cell_of[high]) if low >= 0 else CONTRADICTION
            for cell_of, (low, high) in zip(self._cell_of, places, strict=True)
        )

    def outcome(self, cells: Places, number: int) -> str:
        """The outcome of everyone in these cells whose other facts have this number."""
        found = self._outcomes.get((cells, number))
        if found is None:
            found = self._outcomes[cells, number] = self._judged(cells, number)
        return found

    def _judged(self, cells: Places, number: int) -> str:
        masks = (*(span_mask(*ends) for ends in cells), *self.numbers.masks(number))
        if not all(masks):
            return INVALID
        key = (*masks, *self.frame.events)
        if not self.frame.finite:
            return self.frame.verdict(key, exact=True).outcome
        grid = self.frame.grid
        possible = grid.possible(grid.cells.state(key))
        return possible[0] if len(possible) == 1 else UNDETERMINED


def span_mask(low: int, high: int) -> int:
    """The cells from `low` to `high`; 0 for `CONTRADICTION`."""
    return (1 << (high + 1)) - (1 << low) if low >= 0 else 0
