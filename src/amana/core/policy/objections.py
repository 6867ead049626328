"""What is to be said against an answer: conflicts with other law, and gaps in which no rule speaks.

Found from the state of knowledge alone, so that equal states are looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from amana.core.facts import FactRow
from amana.core.policy.frame import Frame, proved
from amana.core.policy.grid import Grid, Key
from amana.core.policy.model import DEFAULT_RULE, UNDETERMINED, Conflict, Pack
from amana.core.policy.views import Verdict
from amana.core.truth import Truth


@dataclass(frozen=True, slots=True)
class Objections:
    """Ids of the conflicts that stand or may stand; of those of them that stand against the outcome alone,
    which another rule gives than those they name; of the gaps whose silence is certain; of those in which it
    may be. `default` names silence that no gap describes.
    """

    conflicts: frozenset[str]
    by_outcome: frozenset[str]
    silent: frozenset[str]
    may_be_silent: frozenset[str]


def conflicts_against(pack: Pack, speaking: Set[str], possible: Iterable[str]) -> tuple[Conflict, ...]:
    """The conflicts that stand against a rule that speaks (gives the answer, or may while it is open), or
    against an outcome that is possible.
    """
    answers = set(possible)
    return tuple(
        conflict
        for conflict in pack.conflicts
        if speaking & set(conflict.rules) or answers & set(conflict.outcomes)
    )


class ObjectionsIn:
    """One decision of a pack; remembers what it found for each state of knowledge."""

    def __init__(self, pack: Pack, decision: str) -> None:
        self.pack = pack
        self.engine = pack.engines[decision]
        self._met: dict[object, Objections] = {}
        self._silent: dict[Grid, dict[str, int]] = {}

    def of(self, row: FactRow, verdict: Verdict) -> Objections:
        """What stands against the verdict on a row."""
        frame = self.engine.frame(row.on)
        key, _ = frame.open_key(proved(row))
        met = (row.on, key, verdict.outcome)
        if met not in self._met:
            self._met[met] = self._find(frame, key, verdict)
        return self._met[met]

    def in_pack(self, on: date) -> Objections:
        """What stands on a day against anybody at all."""
        frame = self.engine.frame(on)
        key = (*(axis.full for axis in frame.axes()[: len(frame.axis_facts)]), *frame.events)
        verdict = frame.verdict(key, True)
        return self._find(frame, key, verdict)

    def _find(self, frame: Frame, key: Key, verdict: Verdict) -> Objections:
        speaking = set(verdict.rules)
        if verdict.outcome == UNDETERMINED:
            speaking = self._holding(frame, key)
        against = conflicts_against(self.pack, speaking, verdict.possible)
        loose = frozenset(each.id for each in against if each.rules and not speaking & set(each.rules))
        return Objections(frozenset(each.id for each in against), loose, *self._silence(frame, key, verdict))

    def _holding(self, frame: Frame, key: Key) -> set[str]:
        """The rules that hold or may hold."""
        if not frame.finite:
            loose = frame.loose(key)
            return {rule.id for rule in self.engine.rules if loose.met(rule) is not Truth.FALSE}
        state = frame.grid.cells.state(key)
        return {found.rule.id for found in frame.grid.rules if found.holds & state}

    def _silence(self, frame: Frame, key: Key, verdict: Verdict) -> tuple[frozenset[str], frozenset[str]]:
        """The gaps that the state lies wholly in, and all that it touches."""
        if not frame.finite:
            default = self.engine.decision.default
            return frozenset(), frozenset({DEFAULT_RULE} if default in verdict.possible else ())
        cells = self._gap_cells(frame)
        state = frame.grid.cells.state(key)
        touched = frozenset(ident for ident, where in cells.items() if where & state)
        return frozenset(ident for ident in touched if not state & ~cells[ident]), touched

    def _gap_cells(self, frame: Frame) -> dict[str, int]:
        """The silent cells of each gap, and of none."""
        grid = frame.grid
        found = self._silent.get(grid)
        if found is None:
            rest, found = grid.silent, {}
            for gap in self.engine.gaps:
                covered = grid.cells.where(gap.condition) & grid.cells.when(gap.in_force) & grid.silent
                found[gap.id] = covered
                rest &= ~covered
            found[DEFAULT_RULE] = rest
            self._silent[grid] = found
        return found
