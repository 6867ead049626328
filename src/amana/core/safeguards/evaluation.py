"""Finds what safeguards say of occasions: the facts of a person and of one record, judged by the rule engine.

`judged_on` sets the day on which law and ages are read; where that day is not certain the answer is
undetermined, unless the safeguard surely does not apply whatever the day. `age_in_doubt: youngest` takes the
latest possible birth, where something is stated of it. A fact that contradicts itself leaves the answer
undetermined and is what to settle first; it never ends in "no breach found".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from amana.core.dates import DateSpan, clip
from amana.core.facts import Contradiction, FactRow, FactValue
from amana.core.policy.engine import Engine
from amana.core.policy.explain import explain
from amana.core.policy.expression import BIRTH
from amana.core.policy.frame import Frame, proved
from amana.core.policy.grid import STATES_KEPT, Grid, Key, truth_in
from amana.core.policy.model import Pack
from amana.core.policy.views import Explanation
from amana.core.safeguards.clocks import NOT_KNOWN, clocks_on, due_after, hull
from amana.core.safeguards.model import Finding, Occasion, Safeguard, SafeguardVerdict
from amana.core.truth import Truth

DAYS_KEPT = 4096
_UNSETTLED = Contradiction("The day that it is judged on is not certain.")


def watch_row(pack: Pack, safeguard: str, person_row: FactRow, occasion: Occasion) -> FactRow:
    """The facts that a safeguard judges of an occasion, as a row for `pack.watch`; its day is the one that
    the safeguard is judged on. KeyError for a safeguard that is not alive.
    """
    return _watching(pack).by_id[safeguard].row(person_row, occasion)


def find(pack: Pack, safeguard: str, person_row: FactRow, occasion: Occasion) -> Finding:
    """What a safeguard finds of an occasion on the day of `person_row`. KeyError for one not alive."""
    watcher = _watching(pack).by_id[safeguard]
    return watcher.find(watcher.row(person_row, occasion), occasion)


def find_all(pack: Pack, person_row: FactRow, occasions: Iterable[Occasion]) -> tuple[Finding, ...]:
    """What every alive safeguard finds of the occasions whose kind it watches, in the order of the occasions
    and of the pack. Kinds that the pack does not know find nothing.
    """
    if pack.watching is None:
        return ()
    by_kind = pack.watching.by_kind
    found = []
    for occasion in occasions:
        watchers = by_kind.get(occasion.kind)
        if watchers:
            row = _merged(person_row, occasion)
            if row.evidence:
                row = FactRow(row.ref, row.on, proved(row))
            found += [watcher.find(watcher.adapted(row), occasion) for watcher in watchers]
    return tuple(found)


def explain_finding(pack: Pack, safeguard: str, person_row: FactRow, occasion: Occasion) -> Explanation:
    """The finding rule by rule, as the explanation of a decision of `pack.watch`. KeyError as for `find`."""
    watching = _watching(pack)
    return explain(watching.pack, safeguard, watching.by_id[safeguard].row(person_row, occasion))


def _watching(pack: Pack) -> Watching:
    if pack.watching is None:
        raise KeyError(f"The pack {pack.id} has no safeguard that watches anything.")
    return pack.watching


def _merged(person_row: FactRow, occasion: Occasion) -> FactRow:
    evidence = person_row.evidence
    if occasion.evidence:
        evidence = {**evidence, **occasion.evidence}
    return FactRow(person_row.ref, person_row.on, {**person_row.values, **occasion.values}, evidence)


class Watching:
    """The alive safeguards of a pack, ready to find."""

    def __init__(self, pack: Pack) -> None:
        """`pack`: the derived one, whose decisions are the safeguards."""
        self.pack = pack
        self.by_id = {ident: Watcher(pack, pack.safeguards[ident]) for ident in pack.decisions}
        self.by_kind: dict[str, list[Watcher]] = {}
        for watcher in self.by_id.values():
            self.by_kind.setdefault(watcher.safeguard.watches, []).append(watcher)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a state of knowledge gives; `clocks`: the duties whose clock runs or may run."""

    verdict: SafeguardVerdict
    possible: tuple[str, ...]
    needs: tuple[str, ...]
    clocks: tuple[int, ...]


class Watcher:
    """One alive safeguard; judges equal states of knowledge once."""

    def __init__(self, pack: Pack, safeguard: Safeguard) -> None:
        self.safeguard = safeguard
        self.id = safeguard.id
        self.engine: Engine = pack.engines[safeguard.id]
        self.events = pack.events
        self._met: dict[Grid, dict[Key, _Judged]] = {}
        self._days: dict[tuple[int, date], tuple[int, int]] = {}
        self._out: dict[Key, bool] = {}

    def row(self, person_row: FactRow, occasion: Occasion) -> FactRow:
        """The facts as this safeguard judges them."""
        return self.adapted(_merged(person_row, occasion))

    def adapted(self, row: FactRow) -> FactRow:
        """The row with the day it is judged on, and with the birth that counts where age is in doubt."""
        if self.safeguard.judged_on:
            row = self._as_of_its_day(row)
        if self.safeguard.age_in_doubt == "youngest":
            row = _youngest(row)
        return row

    def _as_of_its_day(self, row: FactRow) -> FactRow:
        name = self.safeguard.judged_on
        day = row.values.get(name)
        if isinstance(day, DateSpan) and day.certain and day.earliest:
            return FactRow(row.ref, day.earliest, row.values, row.evidence)
        unsettled = None if self._surely_out(row) else _UNSETTLED
        return FactRow(row.ref, row.on, {**row.values, name: unsettled}, row.evidence)

    def _surely_out(self, row: FactRow) -> bool:
        """Whether it does not apply whatever the day: by what no day changes, Kleene's logic says no."""
        frame = self.engine.frame(row.on)
        key, _ = frame.open_key(proved(row))
        first, last = len(frame.date_axes), len(frame.encoders)
        fixed = key[first:last]
        out = self._out.get(fixed)
        if out is None:
            axes = frame.axes()
            open_ = [axis.full for axis in axes]
            loose = frame.loose((*open_[:first], *fixed, *open_[last:]))
            loose.passed = dict.fromkeys(loose.passed, Truth.UNKNOWN)
            conditions = self.safeguard.conditions
            out = conditions is not None and loose.truth(conditions.applies) is Truth.FALSE
            self._out[fixed] = out
        return out

    def find(self, row: FactRow, occasion: Occasion) -> Finding:
        """What is found of a row made for this safeguard."""
        values = proved(row) if row.evidence else row.values
        frame = self.engine.frame(row.on)
        known = frame.state(values)
        judged = self._judged(frame, *(known or frame.open_key(values)))
        due = self._due(judged.clocks, values, row.on) if judged.clocks else None
        verdict, needs = judged.verdict, judged.needs
        if known is None:
            verdict, needs = SafeguardVerdict.UNDETERMINED, frame.decide(row).needs
        return Finding(self.id, occasion.person, occasion.key, verdict, due, judged.possible, needs)

    def _judged(self, frame: Frame, key: Key, exact: bool) -> _Judged:
        if not frame.finite:
            return self._judge(frame, key, exact)
        met = self._met.get(frame.grid)
        if met is None:
            met = self._met[frame.grid] = {}
        judged = met.get(key)
        if judged is None:
            if len(met) >= STATES_KEPT:
                met.clear()
            judged = met[key] = self._judge(frame, key, exact)
        return judged

    def _judge(self, frame: Frame, key: Key, exact: bool) -> _Judged:
        verdict = frame.verdict(key, exact)
        clocks = tuple(dict.fromkeys(self._running(frame, key))) if self.safeguard.duties else ()
        return _Judged(SafeguardVerdict(verdict.outcome), verdict.possible, verdict.needs, clocks)

    def _running(self, frame: Frame, key: Key) -> Iterator[int]:
        """The duties of which a rule holds or may hold; each has two rules."""
        if not frame.finite:
            loose = frame.loose(key)
            met = [loose.met(rule) for rule in self.engine.rules]
        else:
            state = frame.grid.cells.state(key)
            met = [truth_in(found.stands, state) for found in frame.grid.rules]
        yield from (place // 2 for place, truth in enumerate(met) if truth is not Truth.FALSE)

    def _due(self, clocks: tuple[int, ...], values: Mapping[str, FactValue], on: date) -> DateSpan | None:
        """The last day in time of every clock that runs or may run; None where nothing is known of it."""
        spans = []
        for place in clocks:
            name = self.safeguard.duties[place].start
            start = values.get(name)
            span = start if isinstance(start, DateSpan) else NOT_KNOWN
            if self.engine.facts[name].past:
                # A past day that lies ahead contradicts itself: nothing is known of its clock.
                span = clip(span, on) or NOT_KNOWN
            spans.append(due_after(span, *self._clock(place, on)))
        due = spans[0] if len(spans) == 1 else hull(spans)
        return None if due == NOT_KNOWN else due

    def _clock(self, place: int, on: date) -> tuple[int, int]:
        """The least and the most days that a clock may give on a day."""
        found = self._days.get((place, on))
        if found is None:
            if len(self._days) >= DAYS_KEPT:
                self._days.clear()
            days = [days for _, days in clocks_on(self.safeguard.duties[place], on, self.events)]
            found = self._days[place, on] = (min(days), max(days))
        return found


def _youngest(row: FactRow) -> FactRow:
    """The row with the latest possible birth. As it is where nothing is stated of the birth (or every woman
    without one would count as newly born), and where it contradicts itself.
    """
    birth = row.values.get(BIRTH)
    if not isinstance(birth, DateSpan) or birth.certain or birth == NOT_KNOWN:
        return row
    span = clip(birth, row.on)
    if span is None or span.latest is None:
        return row
    values = {**row.values, BIRTH: DateSpan.day(span.latest)}
    return FactRow(row.ref, row.on, values, row.evidence)
