"""Cuts what may be known about each fact into finitely many cells.

An axis is one fact (or one day on which law changes, or one pair of dates). Its cells are the differences
that the rules can see; knowledge is a set of its cells, held as a bit mask over them (bit i = cell i is
possible). A mask of 0 means that the fact contradicts itself or its domain. How dates are cut, anew for
every as-of date, stands in `date_axes`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from amana.core.dates import DateSpan, LeapDay, age_on
from amana.core.facts import AllOf, FactValue
from amana.core.policy.domains import domain
from amana.core.policy.measures import holds, thresholds
from amana.core.policy.model import Event, FactDef
from amana.core.policy.nodes import Flag, Known, Leaf, Term, Test

CODES_REMEMBERED = 10_000
CLASSES_CAP = 12
Encoder = Callable[[FactValue], int]
Profile = tuple[bool, ...]
Ends = tuple[date | None, date | None]


@dataclass(frozen=True)
class Axis:
    """One axis. `asks`: what an answer would be asked of (fact names, or `law:event`). `truths`: for each
    leaf read here, the mask of the cells in which it is true. `labels`: one for each cell, for messages.
    `certain`: the date (as `needs` calls it) of which a second bit of the mask says that it is one day.
    """

    asks: tuple[str, ...]
    size: int
    truths: Mapping[Leaf, int]
    labels: tuple[str, ...]
    certain: str = ""

    @property
    def full(self) -> int:
        """The mask that knows nothing."""
        return (1 << self.size) - 1


def axis_of_profiles(
    asks: tuple[str, ...], leaves: Sequence[Leaf], profiles: Sequence[Profile], labels: Iterable[str]
) -> Axis:
    """The axis whose cell i has the truths `profiles[i]`, in the order of `leaves`."""
    truths = {
        leaf: sum(1 << cell for cell, profile in enumerate(profiles) if profile[place])
        for place, leaf in enumerate(leaves)
    }
    return Axis(asks, len(profiles), truths, tuple(labels))


def flag_axis(fact: FactDef, leaves: Sequence[Flag]) -> tuple[Axis, Encoder]:
    """A boolean: cell 0 true, cell 1 false."""
    axis = Axis((fact.name,), 2, dict.fromkeys(leaves, 0b01), (fact.name, f"NOT {fact.name}"))
    masks: dict[object, int] = {True: 0b01, False: 0b10, None: 0b11}
    return axis, lambda value: masks.get(value, 0) if value is None or isinstance(value, bool) else 0


def known_axis(fact: FactDef, leaves: Sequence[Known]) -> tuple[Axis, Encoder]:
    """Whether a record fact is on record: always one of the two, so never anything to ask."""
    nothing: FactValue = DateSpan(None, None) if fact.type == "date" else frozenset()

    def encode(value: FactValue) -> int:
        if value is None or value == nothing:
            return 0b10
        return 0b01 if fits(fact, value) else 0

    labels = (f"{fact.name} IS KNOWN", f"{fact.name} IS NOT KNOWN")
    return Axis((fact.name,), 2, dict.fromkeys(leaves, 0b01), labels), encode


def fits(fact: FactDef, value: FactValue) -> bool:
    """Whether a value that is there is of the fact's type and domain."""
    if fact.type == "date":
        return isinstance(value, DateSpan)
    if fact.type == "code":
        one = not isinstance(value, AllOf) or len(value) == 1 or fact.several
        return isinstance(value, frozenset) and value <= domain(fact) and one
    return type(value) is (bool if fact.type == "boolean" else int)


def integer_axis(asks: tuple[str, ...], label: str, tests: Sequence[Test]) -> tuple[Axis, tuple[int, ...]]:
    """Whole numbers cut at every threshold; also gives the thresholds: cell i holds those below `starts[i]`
    and not in a cell before.
    """
    starts = sorted({threshold for test in tests for threshold in thresholds(test)})
    samples = [starts[0] - 1, *starts]
    profiles = [tuple(holds(test, sample) for test in tests) for sample in samples]
    kept = [0] + [cell for cell in range(1, len(profiles)) if profiles[cell] != profiles[cell - 1]]
    bounds = tuple(starts[cell - 1] for cell in kept[1:])
    labels = [f"{label} < {bounds[0]}" if bounds else label, *(f"{label} >= {bound}" for bound in bounds)]
    return axis_of_profiles(asks, tests, [profiles[cell] for cell in kept], labels), bounds


def range_mask(bounds: Sequence[int], size: int, low: int | None, high: int | None) -> int:
    """The cells that the numbers from `low` to `high` (None: open) touch."""
    first = 0 if low is None else bisect_right(bounds, low)
    last = size - 1 if high is None else bisect_right(bounds, high)
    return (1 << (last + 1)) - (1 << first)


def integer_encoder(bounds: Sequence[int], size: int) -> Encoder:
    """Encodes a known whole number as its one cell."""

    def encode(value: FactValue) -> int:
        if value is None:
            return (1 << size) - 1
        if isinstance(value, bool) or not isinstance(value, int):
            return 0
        return range_mask(bounds, size, value, value)

    return encode


@dataclass(frozen=True)
class CodeCells:
    """The classes of codes that the rules tell apart, and the cells over them.

    A fact of one code has a cell for each class. A fact of several has a cell for each set of classes
    that may be true together.
    """

    fact: FactDef
    class_of: Mapping[str, int]
    classes: tuple[tuple[str, ...], ...]
    cells: tuple[int, ...]
    remembered: dict[tuple[type, frozenset[str]], int] = field(
        default_factory=dict, compare=False, repr=False
    )

    def encode(self, value: FactValue) -> int:
        """The mask of what the codes leave possible; 0 if one lies outside the domain."""
        if value is None or value == frozenset():
            return (1 << len(self.cells)) - 1
        if not isinstance(value, frozenset):
            return 0
        # An AllOf equals the frozenset of its codes, but means something else.
        found = self.remembered.get((type(value), value))
        if found is None:
            if len(self.remembered) >= CODES_REMEMBERED:
                self.remembered.clear()
            found = self.remembered[type(value), value] = self._encode(value)
        return found

    def _encode(self, value: frozenset[str]) -> int:
        listed = 0
        for code in value:
            place = self.class_of.get(code)
            if place is None:
                return 0
            listed |= 1 << place
        return self.mask(listed, all_true=isinstance(value, AllOf) and len(value) > 1)

    def mask(self, listed: int, all_true: bool = False) -> int:
        """The cells left by a set of classes: exactly that set if all are true, else every non-empty part of
        it.
        """
        if all_true and not self.fact.several and listed.bit_count() > 1:
            return 0
        return sum(
            1 << cell
            for cell, members in enumerate(self.cells)
            if (members == listed if all_true else not members & ~listed)
        )


def code_classes(fact: FactDef, tests: Sequence[Test]) -> dict[Profile, list[str]]:
    """The codes of a fact by what the tests see of them."""
    by_profile: dict[Profile, list[str]] = {}
    for code in sorted(domain(fact)):
        by_profile.setdefault(tuple(holds(_plain(test), code) for test in tests), []).append(code)
    return by_profile


def code_axis(fact: FactDef, tests: Sequence[Test]) -> tuple[Axis, CodeCells]:
    """Codes grouped by what the tests see of them. `IN` is true of several codes if any of them is listed."""
    by_profile = code_classes(fact, tests)
    classes = list(by_profile.values())
    seen = list(by_profile)
    cells = (
        list(range(1, 1 << len(classes))) if fact.several else [1 << place for place in range(len(classes))]
    )
    profiles = [
        tuple(_any_listed(test, place, seen, cell) for place, test in enumerate(tests)) for cell in cells
    ]
    class_of = {code: place for place, codes in enumerate(classes) for code in codes}
    names = tuple("|".join(codes) if len(codes) <= 4 else f"other {fact.name}" for codes in classes)
    labels = [" and ".join(name for place, name in enumerate(names) if cell >> place & 1) for cell in cells]
    grouped = CodeCells(fact, class_of, tuple(tuple(codes) for codes in classes), tuple(cells))
    return axis_of_profiles((fact.name,), tests, profiles, labels), grouped


def _plain(test: Test) -> Test:
    """`<>` asks the opposite of `=`, of the whole set of codes; so codes are grouped by `=`."""
    return Test(test.text, test.term, "=", test.operands) if test.operator == "<>" else test


def _any_listed(test: Test, place: int, seen: Sequence[Profile], cell: int) -> bool:
    listed = any(seen[member][place] for member in range(len(seen)) if cell >> member & 1)
    return listed != (test.operator == "<>")


def event_axis(event: Event) -> Axis:
    """A day on which law changes: cell 0 it has happened, cell 1 it has not."""
    return Axis((f"law:{event.id}",), 2, {}, (f"{event.id} has happened", f"{event.id} has not happened"))


def event_mask(event: Event, on: date) -> int:
    """Happened by `on` if its latest day has come, not yet if its earliest lies ahead, else either."""
    if event.span.latest is not None and event.span.latest <= on:
        return 0b01
    if event.span.earliest is not None and event.span.earliest > on:
        return 0b10
    return 0b11


def day_ends(value: FactValue, past: bool, on: date) -> Ends | None:
    """First and last day of a date, None for an open end, clipped to the as-of date if it lies in the past.
    None instead of both if the date contradicts itself or its domain: no date at all, or one that can't have
    come by the as-of date though it lies in the past.
    """
    if value is None:
        return None, (on if past else None)
    if not isinstance(value, DateSpan):
        return None
    earliest, latest = value.earliest, value.latest
    if past:
        if earliest is not None and earliest > on:
            return None
        if latest is None or latest > on:
            latest = on
    return earliest, latest


def certain_axis(name: str) -> Axis:
    """Whether a date of a pair is one day: one cell, since no rule sees it; but what is certain isn't asked
    for. `name`: as `needs` calls the date.
    """
    return Axis((), 1, {}, (name,), certain=name)


def certain_mask(ends: Ends | None) -> int:
    """The one cell of a `certain_axis`, and a second bit if the date is one day."""
    return 0b11 if ends and ends[0] is not None and ends[0] == ends[1] else 0b01


def coupled_range(term: Term, days: Ends, others: Ends, leap_day: LeapDay) -> tuple[int | None, int | None]:
    """The least and greatest value of a measure over two uncertain dates (None: open)."""
    (early, late), (at_early, at_late) = days, others
    if term.kind == "age_at":
        least = None if late is None or at_early is None else age_on(late, at_early, leap_day)
        if early == late and at_early == at_late:
            return least, least
        return least, None if early is None or at_late is None else age_on(early, at_late, leap_day)
    return (
        None if early is None or at_late is None else (early - at_late).days,
        None if late is None or at_early is None else (late - at_early).days,
    )
