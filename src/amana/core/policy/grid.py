"""All cells of one decision at once: which rules hold where, which outcome follows, and what a state of
knowledge leaves open.

A cell is one choice on every axis; a set of cells is one long whole number, bit by bit. Rules are
evaluated on all cells with a few bit operations, once for each way in which the axes can be cut. A state
of knowledge is a tuple of masks, one for each axis; verdicts are found when a state is first met and
remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from amana.core.policy import nodes
from amana.core.policy.axes import Axis
from amana.core.policy.model import DEFAULT_RULE, UNDETERMINED, InForce, Rule
from amana.core.policy.nodes import Leaf, Node
from amana.core.policy.views import Verdict
from amana.core.truth import Truth

Key = tuple[int, ...]
STATES_KEPT = 500_000


@dataclass(frozen=True)
class RuleCells:
    """The cells of one rule: in force; `holds` in force and condition met; `effective` not excepted;
    `stands` undefeated too.
    """

    rule: Rule
    in_force: int
    holds: int
    effective: int
    stands: int


class Cells:
    """The cells over some axes. Sets of cells are whole numbers; `everything` is the set of all consistent
    ones.
    """

    def __init__(
        self, axes: Sequence[Axis], follows: Mapping[str, str], known_dates: Mapping[str, bool]
    ) -> None:
        """`follows`: event -> the event it comes after. `known_dates`: certain day (ISO) -> whether it has
        come.
        """
        self.axes = tuple(axes)
        self.known_dates = known_dates
        spans: list[tuple[int, int]] = []
        self.total = 1
        for axis in reversed(self.axes):
            spans.append((self.total, axis.size))
            self.total *= axis.size
        self.slices = [self._slices(stride, size) for stride, size in reversed(spans)]
        self.leaf_cells = {
            leaf: self.touching(place, mask)
            for place, axis in enumerate(self.axes)
            for leaf, mask in axis.truths.items()
        }
        self.happened = {
            ask.removeprefix("law:"): self.slices[place][0]
            for place, axis in enumerate(self.axes)
            for ask in axis.asks
            if ask.startswith("law:")
        }
        self.everything = (1 << self.total) - 1
        for event, earlier in follows.items():
            self.everything &= ~(self.happened[event] & ~self.happened[earlier])

    def _slices(self, stride: int, size: int) -> list[int]:
        """For each choice on an axis, the cells with that choice: a block that comes back every `stride *
        size` cells.
        """
        copies = ((1 << self.total) - 1) // ((1 << stride * size) - 1)
        block = (1 << stride) - 1
        return [(block << cell * stride) * copies for cell in range(size)]

    def touching(self, place: int, mask: int) -> int:
        """The cells whose choice on axis `place` is within `mask`."""
        return sum(bits for cell, bits in enumerate(self.slices[place]) if mask >> cell & 1)

    def state(self, key: Key) -> int:
        """The cells that a state of knowledge leaves possible."""
        cells = self.everything
        for place, mask in enumerate(key):
            if mask != self.axes[place].full:
                cells &= self.touching(place, mask)
        return cells

    def where(self, node: Node) -> int:
        """The cells in which a condition is met."""
        if isinstance(node, nodes.Not):
            return self.everything & ~self.where(node.child)
        if isinstance(node, nodes.All):
            met = self.everything
            for child in node.children:
                met &= self.where(child)
            return met
        if isinstance(node, nodes.Any):
            met = 0
            for child in node.children:
                met |= self.where(child)
            return met
        return self.when(node.period) if isinstance(node, nodes.During) else self.leaf(node)

    def leaf(self, leaf: Leaf) -> int:
        """The cells in which a leaf is true."""
        return self.leaf_cells[leaf] & self.everything

    def when(self, period: InForce) -> int:
        """The cells in which a text is in force."""
        cells = self.everything
        if period.start is not None:
            cells &= self._past(period.start.event, period.start.text)
        if period.end is not None:
            cells &= ~self._past(period.end.event, period.end.text)
        return cells

    def _past(self, event: str, day: str) -> int:
        if event:
            return self.happened[event]
        return self.everything if self.known_dates[day] else 0

    def describe(self, cells: int) -> str:
        """One of these cells in words, for messages."""
        lowest = (cells & -cells).bit_length() - 1
        choices = []
        for axis, slices in zip(self.axes, self.slices, strict=True):
            if axis.size > 1:
                choices.append(
                    axis.labels[next(cell for cell, bits in enumerate(slices) if bits >> lowest & 1)]
                )
        return ", ".join(choices) or "always"


def open_asks(axes: Sequence[Axis], key: Sequence[int]) -> dict[int, frozenset[str]]:
    """The places of axes that a state of knowledge leaves open, each with what would settle it."""
    certain = {axis.certain for axis, mask in zip(axes, key, strict=True) if axis.certain and mask > 1}
    return {
        place: frozenset(axis.asks) - certain
        for place, (axis, mask) in enumerate(zip(axes, key, strict=True))
        if axis.asks and mask & (mask - 1)
    }


def truth_in(cells: int, state: int) -> Truth:
    """TRUE if the state lies wholly within `cells`, FALSE if wholly outside, else UNKNOWN."""
    if not state & ~cells:
        return Truth.TRUE
    return Truth.UNKNOWN if state & cells else Truth.FALSE


class Grid:
    """One decision over all its cells."""

    def __init__(self, cells: Cells, rules: Sequence[Rule], default: str, order: Sequence[str]) -> None:
        """`rules` with exceptions before what they except; `order`: fact names and events as `needs` prefers
        them.
        """
        self.cells = cells
        self.default = default
        self.order = order
        self.rules = _apply(cells, rules)
        self.spoken = 0
        self.outcomes: dict[str, int] = {}
        for rule in self.rules:
            if rule.rule.modality != "must_not":
                self.spoken |= rule.stands
                self.outcomes[rule.rule.outcome] = self.outcomes.get(rule.rule.outcome, 0) | rule.stands
        self.silent = cells.everything & ~self.spoken
        self.clashing = _clashing(self.outcomes.values())
        self.outcomes[default] = self.outcomes.get(default, 0) | self.silent
        self.reachable = sorted((outcome, where) for outcome, where in self.outcomes.items() if where)
        self.memory: dict[object, object] = {}
        self.met: dict[Key, Verdict] = {}

    def answer(self, key: Key, exact: bool = True) -> Verdict:
        """The verdict of a state of knowledge."""
        verdict = self.met.get(key)
        if verdict is None or verdict.exact != exact:
            if len(self.met) >= STATES_KEPT:
                self.met.clear()
            verdict = self.met[key] = self._judge(key, exact)
        return verdict

    def possible(self, state: int) -> tuple[str, ...]:
        """Every outcome that some cell of the state gives, sorted."""
        return tuple(outcome for outcome, where in self.reachable if where & state)

    def _judge(self, key: Key, exact: bool) -> Verdict:
        state = self.cells.state(key)
        possible = self.possible(state)
        if len(possible) != 1:
            needs = tuple(sorted(self._needs(key, state)))
            return Verdict(UNDETERMINED, (), possible, needs, (), exact)
        giving = [
            found.rule
            for found in self.rules
            if found.rule.modality != "must_not"
            and found.rule.outcome == possible[0]
            and found.stands & state
        ]
        rules = [rule.id for rule in giving]
        if self.silent & state:
            rules.append(DEFAULT_RULE)
        citations = sorted({rule.source for rule in giving})
        return Verdict(possible[0], tuple(sorted(rules)), possible, (), tuple(citations), exact)

    def _needs(self, key: Key, state: int) -> tuple[str, ...]:
        """A smallest set of questions whose every consistent answer leaves one outcome; ties to the earlier
        in `order`. Of a pair of dates the one that is certain isn't asked for.
        """
        if not state & ~self.clashing:
            return ()
        asks = open_asks(self.cells.axes, key)
        asked = frozenset().union(*asks.values())
        questions = [ask for ask in self.order if ask in asked]
        for size in range(1, len(questions)):
            for chosen in combinations(questions, size):
                if self._settled(state, [place for place, wanted in asks.items() if wanted <= set(chosen)]):
                    return chosen
        return tuple(questions)

    def _settled(self, state: int, places: Sequence[int]) -> bool:
        if not state & ~self.clashing or sum(1 for _, where in self.reachable if where & state) == 1:
            return True
        if not places:
            return False
        return all(self._settled(state & bits, places[1:]) for bits in self.cells.slices[places[0]])


def _clashing(outcomes: Iterable[int]) -> int:
    """The cells in which rules of one strength give several outcomes; none but in a draft. No answer to a
    question settles them.
    """
    once = twice = 0
    for where in outcomes:
        twice |= once & where
        once |= where
    return twice


def _apply(cells: Cells, rules: Sequence[Rule]) -> tuple[RuleCells, ...]:
    """Rules against rules: exceptions first, then must_not, then must over may."""
    effective: dict[str, tuple[int, int, int]] = {}
    excepted: dict[str, int] = {}
    for rule in rules:
        in_force = cells.when(rule.in_force)
        met = cells.where(rule.condition) & in_force
        left = met & ~excepted.get(rule.id, 0)
        effective[rule.id] = (in_force, met, left)
        for other in rule.exception_to:
            excepted[other] = excepted.get(other, 0) | left
    removed: dict[str, int] = {}
    for rule in rules:
        if rule.modality == "must_not":
            removed[rule.outcome] = removed.get(rule.outcome, 0) | effective[rule.id][2]
    bound = 0
    for rule in rules:
        if rule.modality == "must":
            bound |= effective[rule.id][2] & ~removed.get(rule.outcome, 0)
    found = []
    for rule in rules:
        in_force, met, left = effective[rule.id]
        stands = left if rule.modality == "must_not" else left & ~removed.get(rule.outcome, 0)
        if rule.modality == "may":
            stands &= ~bound
        found.append(RuleCells(rule, in_force, met, left, stands))
    return tuple(found)
