"""Two packs on the same people: who changes outcome, which conflicts are gained or lost, where law falls
silent.

Counts are persons. Facts that both packs read alike are decided once, so that an office of some thousand is
compared in a blink. An outcome of `undetermined` or `invalid` is an answer and counted like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from amana.core.dates import DateSpan, age_span, clip
from amana.core.facts import FactRow
from amana.core.policy.expression import BIRTH
from amana.core.policy.model import DEFAULT_RULE, Conflict, Gap, Pack
from amana.core.policy.objections import ObjectionsIn
from amana.core.policy.views import Verdict

Ages = tuple[tuple[int | None, int], ...]
"""Completed years -> persons; None where the age is not certain."""


@dataclass(frozen=True, slots=True)
class Moved:
    """How many go from one outcome to another (or stay, where both are one), and their ages."""

    before: str
    after: str
    count: int
    ages: Ages = ()


@dataclass(frozen=True, slots=True)
class Mover:
    """One person and the two verdicts on her."""

    ref: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class ConflictChange:
    """A conflict with other law: against how many it stands or may stand, and whether it stands in the pack
    at all on the day, before and after. `others_*`: those of them whom its sentence need not speak of, for it
    names rules and another one gives them the outcome.
    """

    conflict: Conflict
    before: int
    after: int
    stood: bool
    stands: bool
    others_before: int = 0
    others_after: int = 0

    @property
    def gained(self) -> bool:
        """Whether it stands against more people, or newly in the pack."""
        return self.after > self.before or (self.stands and not self.stood)

    @property
    def lost(self) -> bool:
        """Whether it stands against fewer people, or no longer in the pack."""
        return self.after < self.before or (self.stood and not self.stands)


@dataclass(frozen=True, slots=True)
class GapChange:
    """Where no rule speaks: for how many people certainly (`before`, `after`), for how many it may be so, and
    whether it is open on the day at all. `gap` None: silence that no entry describes.
    """

    gap: Gap | None
    before: int
    after: int
    possibly_before: int
    possibly_after: int
    stood: bool
    stands: bool

    @property
    def opened(self) -> bool:
        """Whether it is new, or takes in more people."""
        return (self.stands and not self.stood) or self._people[1] > self._people[0]

    @property
    def closed(self) -> bool:
        """Whether it is gone, or leaves people."""
        return (self.stood and not self.stands) or self._people[1] < self._people[0]

    @property
    def _people(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """How many before and after, those it certainly takes in first."""
        return (self.before, self.possibly_before), (self.after, self.possibly_after)


@dataclass(frozen=True)
class Comparison:
    """What the step from one pack to another does to these people on that day.

    `matrix` holds every pair of outcomes met, those that stay included; `needs_changed` are people of one
    outcome who must be asked for something else or may have other outcomes; `grounds_changed` counts those
    whom the same outcome reaches by another rule.
    """

    on: date
    people: int
    matrix: tuple[Moved, ...]
    movers: tuple[Mover, ...]
    needs_changed: tuple[Mover, ...]
    grounds_changed: int
    conflicts: tuple[ConflictChange, ...]
    gaps: tuple[GapChange, ...]
    exact_before: bool
    exact_after: bool

    @property
    def conflicts_gained(self) -> tuple[ConflictChange, ...]:
        """Conflicts that stand against more people, or newly."""
        return tuple(each for each in self.conflicts if each.gained)

    @property
    def conflicts_lost(self) -> tuple[ConflictChange, ...]:
        """Conflicts that stand against fewer people, or no longer."""
        return tuple(each for each in self.conflicts if each.lost)

    @property
    def gaps_opened(self) -> tuple[GapChange, ...]:
        """Gaps that are new or take in more people."""
        return tuple(each for each in self.gaps if each.opened)

    @property
    def gaps_closed(self) -> tuple[GapChange, ...]:
        """Gaps that are gone or leave people."""
        return tuple(each for each in self.gaps if each.closed)


@dataclass
class _Side:
    """One of the two packs at work, and what was counted under it."""

    pack: Pack
    decision: str
    on: date
    objections: ObjectionsIn = field(init=False)
    conflicts: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    gaps: Counter[str] = field(default_factory=Counter)
    may_be_gaps: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.objections = ObjectionsIn(self.pack, self.decision)

    def judge(self, row: FactRow) -> Verdict:
        """The verdict on a row; what stands against it is counted."""
        verdict = self.pack.engines[self.decision].decide(row)
        found = self.objections.of(row, verdict)
        self.conflicts.update(found.conflicts)
        self.others.update(found.by_outcome)
        self.gaps.update(found.silent)
        self.may_be_gaps.update(found.may_be_silent)
        return verdict


def compare(before: Pack, after: Pack, decision: str, rows: Iterable[FactRow], *, on: date) -> Comparison:
    """What changes for these people between two packs; `on` is the day of the rows. KeyError where a pack
    does not take the decision.
    """
    return compare_pairs(before, after, decision, ((row, row) for row in rows), on=on)


def compare_pairs(
    before: Pack, after: Pack, decision: str, pairs: Iterable[tuple[FactRow, FactRow]], *, on: date
) -> Comparison:
    """As `compare`, where each pack reads the facts of a person by its own definitions."""
    old, new = _Side(before, decision, on), _Side(after, decision, on)
    counts: Counter[tuple[str, str]] = Counter()
    ages: dict[tuple[str, str], Counter[int | None]] = {}
    movers, asked, grounds, people = [], [], 0, 0
    for row, same in pairs:
        people += 1
        was, will = old.judge(row), new.judge(same)
        pair = (was.outcome, will.outcome)
        counts[pair] += 1
        if was.outcome != will.outcome:
            movers.append(Mover(row.ref, was, will))
            ages.setdefault(pair, Counter())[_age(row, before)] += 1
        elif (was.needs, was.possible) != (will.needs, will.possible):
            asked.append(Mover(row.ref, was, will))
        grounds += was.outcome == will.outcome and was.rules != will.rules
    return Comparison(
        on=on,
        people=people,
        matrix=_matrix(counts, ages),
        movers=tuple(movers),
        needs_changed=tuple(asked),
        grounds_changed=grounds,
        conflicts=_conflicts(old, new),
        gaps=_gaps(old, new),
        exact_before=before.exact(decision),
        exact_after=after.exact(decision),
    )


def _matrix(
    counts: Counter[tuple[str, str]], ages: Mapping[tuple[str, str], Counter[int | None]]
) -> tuple[Moved, ...]:
    def by_age(pair: tuple[str, str]) -> Ages:
        return tuple(
            sorted(ages.get(pair, Counter()).items(), key=lambda each: (each[0] is None, each[0] or 0))
        )

    return tuple(Moved(*pair, count, by_age(pair)) for pair, count in sorted(counts.items()))


def _age(row: FactRow, pack: Pack) -> int | None:
    """Completed years on the row's day, where they are certain."""
    birth = row.values.get(BIRTH)
    span = clip(birth, row.on) if isinstance(birth, DateSpan) else None
    youngest, oldest = age_span(span, row.on, pack.leap_day) if span else (None, None)
    return youngest if youngest == oldest else None


def _conflicts(old: _Side, new: _Side) -> tuple[ConflictChange, ...]:
    named = {each.id: each for side in (old, new) for each in side.pack.conflicts}
    stood, stands = old.objections.in_pack(old.on).conflicts, new.objections.in_pack(new.on).conflicts
    return tuple(
        ConflictChange(
            each,
            old.conflicts[ident],
            new.conflicts[ident],
            ident in stood,
            ident in stands,
            old.others[ident],
            new.others[ident],
        )
        for ident, each in named.items()
    )


def _gaps(old: _Side, new: _Side) -> tuple[GapChange, ...]:
    named: dict[str, Gap | None] = {
        each.id: each for side in (old, new) for each in side.pack.gaps if each.decision == side.decision
    }
    named[DEFAULT_RULE] = None
    stood, stands = old.objections.in_pack(old.on), new.objections.in_pack(new.on)
    found = (
        GapChange(
            gap,
            old.gaps[ident],
            new.gaps[ident],
            old.may_be_gaps[ident],
            new.may_be_gaps[ident],
            ident in stood.may_be_silent,
            ident in stands.may_be_silent,
        )
        for ident, gap in named.items()
    )
    return tuple(each for each in found if each.gap or each.stood or each.stands)


__all__ = [
    "Ages",
    "Comparison",
    "ConflictChange",
    "GapChange",
    "Moved",
    "Mover",
    "compare",
    "compare_pairs",
]
