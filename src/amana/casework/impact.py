"""What a change of law would do, as it is handed to whoever weighs it; to those who see no person in coarse
counts.

A rule may be made to fit one child and be weighed again and again. So whoever sees no person is told counts
in steps of five, and nothing that hangs on fewer than five: no answer, conflict, gap, bed or age is named
for them, and totals are told as roughly as their parts. Persons are the unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from amana.apps.placements.queries import FacilityView
from amana.core.errors import Fault
from amana.core.policy import Pack, Verdict
from amana.core.policy.compare import ConflictChange, GapChange, Moved, Mover

STEP = 5
"""Counts are told in steps of this many, and none below it."""
FEW = 10
"""Smaller groups are told without place and ages as well."""


@dataclass(frozen=True)
class PlaceMoves:
    """How many of those who stay at a place now go from one outcome to another. `place` None: nowhere on
    record, or several places with few people.
    """

    place: FacilityView | None
    before: str
    after: str
    count: int


@dataclass(frozen=True)
class BedChange:
    """How many beds the outcomes ask for in one kind of place (`OutcomeDef.place`), before and after;
    `with_mother`: beside the mother, where she is held.
    """

    place: str
    before: int
    after: int


@dataclass(frozen=True)
class CaseChange:
    """A worked case of the pack that comes out otherwise: what is written, and what would follow."""

    id: str
    file: str
    on: date
    written: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True)
class GuardChange:
    """A safeguard that a change reaches: how many breaches and overdue duties it finds now, and how many of
    them it would not find any more (None: too many to be judged anew).
    """

    safeguard: str
    standing: int
    ended: int | None


@dataclass(frozen=True)
class Impact:
    """What a change does as of `on`. `matrix` holds those who stay as well; `moved` counts those who don't,
    `unlisted` those of them whom no list shows.

    `movers` is empty for whoever sees no person, else one page; `movers_after` is where the next begins.
    `findings` keep it from being adopted. `base_hash` is the pack it was weighed against: hand it to `adopt`.
    `coarse`: told to someone who sees no person, in fives; 0 is fewer than five.
    """

    on: date
    before: Pack
    after: Pack
    base_hash: str
    outdated: bool
    people: int
    moved: int
    matrix: tuple[Moved, ...]
    movers: tuple[Mover, ...]
    movers_after: str | None
    unlisted: int
    needs_changed: int
    grounds_changed: int
    places: tuple[PlaceMoves, ...]
    beds: tuple[BedChange, ...]
    conflicts_gained: tuple[ConflictChange, ...]
    conflicts_lost: tuple[ConflictChange, ...]
    gaps_opened: tuple[GapChange, ...]
    gaps_closed: tuple[GapChange, ...]
    cases_changed: tuple[CaseChange, ...]
    findings: tuple[Fault, ...]
    exact: bool
    coarse: bool = False
    guards: tuple[GuardChange, ...] = ()


@dataclass(frozen=True)
class Page:
    """Which of the movers to show: those after a reference, at most so many."""

    after: str = ""
    limit: int = 50


def coarse(impact: Impact) -> Impact:
    """The impact as told to those who see no person; `people` alone, the size of the register, stays."""
    places = (replace(each, count=told(each.count)) for each in impact.places)
    beds = (replace(each, before=told(each.before), after=told(each.after)) for each in impact.beds)
    return replace(
        impact,
        coarse=True,
        moved=told(impact.moved),
        matrix=_matrix(impact.matrix),
        movers=(),
        movers_after=None,
        unlisted=told(impact.unlisted),
        needs_changed=told(impact.needs_changed),
        grounds_changed=told(impact.grounds_changed),
        places=tuple(each for each in places if each.count),
        beds=tuple(each for each in beds if each.before or each.after),
        conflicts_gained=tuple(each for each in map(_told, impact.conflicts_gained) if each.gained),
        conflicts_lost=tuple(each for each in map(_told, impact.conflicts_lost) if each.lost),
        gaps_opened=tuple(each for each in map(_gap, impact.gaps_opened) if each.opened),
        gaps_closed=tuple(each for each in map(_gap, impact.gaps_closed) if each.closed),
        guards=tuple(map(_guard, impact.guards)),
    )


def figures(impact: Impact) -> dict[str, Any]:
    """The counts of an impact as plain data, to be kept with the decision that was taken on them: always
    coarse, and nobody's reference.
    """
    impact = impact if impact.coarse else coarse(impact)
    conflicts = (*impact.conflicts_gained, *impact.conflicts_lost)
    gaps = (*impact.gaps_opened, *impact.gaps_closed)
    return {
        "on": impact.on.isoformat(),
        "people": impact.people,
        "matrix": [[each.before, each.after, each.count, each.ages] for each in impact.matrix],
        "needs_changed": impact.needs_changed,
        "beds": [[each.place, each.before, each.after] for each in impact.beds],
        "conflicts": [[each.conflict.id, each.before, each.after] for each in conflicts],
        "gaps": [[each.gap.title if each.gap else {}, each.before, each.after] for each in gaps],
        "guards": [[each.safeguard, each.standing, each.ended] for each in impact.guards],
    }


def told(count: int) -> int:
    """A count to the nearest five; 0 stands for fewer than five, nobody included.

    >>> [told(count) for count in (0, 1, 4, 5, 7, 8, 34)]
    [0, 0, 0, 5, 5, 10, 35]
    """
    return 0 if count < STEP else (count + STEP // 2) // STEP * STEP


def _matrix(matrix: Iterable[Moved]) -> tuple[Moved, ...]:
    """The groups of five and more, with the ages that five and more of them have."""
    return tuple(
        Moved(each.before, each.after, told(each.count), _ages(each) if each.count >= FEW else ())
        for each in matrix
        if told(each.count)
    )


def _ages(moved: Moved) -> tuple[tuple[int | None, int], ...]:
    return tuple((age, told(count)) for age, count in moved.ages if told(count))


def _told(change: ConflictChange) -> ConflictChange:
    return replace(
        change,
        before=told(change.before),
        after=told(change.after),
        others_before=told(change.others_before),
        others_after=told(change.others_after),
    )


def _gap(change: GapChange) -> GapChange:
    return replace(
        change,
        before=told(change.before),
        after=told(change.after),
        possibly_before=told(change.possibly_before),
        possibly_after=told(change.possibly_after),
    )


def _guard(change: GuardChange) -> GuardChange:
    return replace(
        change,
        standing=told(change.standing),
        ended=None if change.ended is None else told(change.ended),
    )
