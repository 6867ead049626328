"""The fallback where a decision has too many cells: strong Kleene logic, rule by rule.

Sound but not complete: `possible` holds every outcome that may follow, perhaps more; such a verdict says
`exact: no`. `needs` names every open fact that an undecided rule reads, which is enough but not always
the fewest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amana.core.policy import nodes
from amana.core.policy.axes import Axis
from amana.core.policy.grid import open_asks
from amana.core.policy.model import DEFAULT_RULE, UNDETERMINED, Event, InForce, Rule
from amana.core.policy.nodes import Leaf, Node
from amana.core.policy.views import Verdict
from amana.core.truth import Truth, all_of, any_of, negate


class Loose:
    """The truths of one row, leaf by leaf, and of events and certain days."""

    def __init__(
        self, axes: Sequence[Axis], key: Sequence[int], events: Mapping[str, Event], known: Mapping[str, bool]
    ) -> None:
        self.open = frozenset[str]().union(*open_asks(axes, key).values())
        self.leaves: dict[Leaf, Truth] = {
            leaf: _of_mask(mask, true)
            for axis, mask in zip(axes, key, strict=True)
            for leaf, true in axis.truths.items()
        }
        event_masks = list(key)[len(axes) - len(events) :]
        self.passed = {name: _of_mask(mask, 0b01) for name, mask in zip(events, event_masks, strict=True)}
        self.passed |= {day: Truth.TRUE if come else Truth.FALSE for day, come in known.items()}

    def truth(self, node: Node) -> Truth:
        """The Kleene truth of a condition."""
        if isinstance(node, nodes.Not):
            return negate(self.truth(node.child))
        if isinstance(node, nodes.All):
            return all_of(self.truth(child) for child in node.children)
        if isinstance(node, nodes.Any):
            return any_of(self.truth(child) for child in node.children)
        return self.in_force(node.period) if isinstance(node, nodes.During) else self.leaves[node]

    def in_force(self, period: InForce) -> Truth:
        """Whether a text is in force."""
        begun = self.passed[period.start.event or period.start.text] if period.start else Truth.TRUE
        ended = self.passed[period.end.event or period.end.text] if period.end else Truth.FALSE
        return all_of([begun, negate(ended)])

    def met(self, rule: Rule) -> Truth:
        """Whether a rule is in force and its condition met."""
        return all_of([self.in_force(rule.in_force), self.truth(rule.condition)])


def judge_loosely(
    loose: Loose, rules: Sequence[Rule], default: str, asks: Sequence[tuple[str, frozenset[str]]]
) -> Verdict:
    """The verdict by Kleene logic. `asks`: for each rule id, what its condition asks of (fact names and
    events).
    """
    stands = _standing(loose, rules)
    outcomes: dict[str, Truth] = {}
    for rule in rules:
        if rule.modality != "must_not":
            outcomes[rule.outcome] = any_of([outcomes.get(rule.outcome, Truth.FALSE), stands[rule.id]])
    silent = negate(any_of(outcomes.values()))
    outcomes[default] = any_of([outcomes.get(default, Truth.FALSE), silent])
    possible = tuple(sorted(outcome for outcome, truth in outcomes.items() if truth is not Truth.FALSE))
    if len(possible) != 1:
        undecided = {ask for rule, read in asks for ask in read if stands[rule] is Truth.UNKNOWN}
        return Verdict(UNDETERMINED, (), possible, tuple(sorted(undecided & loose.open)), (), exact=False)
    giving = [rule for rule in rules if rule.outcome == possible[0] and stands[rule.id] is not Truth.FALSE]
    giving = [rule for rule in giving if rule.modality != "must_not"]
    names = [rule.id for rule in giving] + ([DEFAULT_RULE] if silent is not Truth.FALSE else [])
    sources = sorted({rule.source for rule in giving})
    return Verdict(possible[0], tuple(sorted(names)), possible, (), tuple(sources), exact=False)


def _standing(loose: Loose, rules: Sequence[Rule]) -> dict[str, Truth]:
    """What is left of each rule after exceptions, must_not, and must over may."""
    left: dict[str, Truth] = {}
    for rule in rules:
        exceptions = [left[other.id] for other in rules if rule.id in other.exception_to]
        left[rule.id] = all_of([loose.met(rule), negate(any_of(exceptions))])

    def allowed(rule: Rule) -> Truth:
        removing = [
            left[other.id]
            for other in rules
            if other.modality == "must_not" and other.outcome == rule.outcome
        ]
        return all_of([left[rule.id], negate(any_of(removing))])

    stands = {rule.id: left[rule.id] if rule.modality == "must_not" else allowed(rule) for rule in rules}
    bound = any_of(stands[rule.id] for rule in rules if rule.modality == "must")
    for rule in rules:
        if rule.modality == "may":
            stands[rule.id] = all_of([stands[rule.id], negate(bound)])
    return stands


def _of_mask(mask: int, true: int) -> Truth:
    if not mask & ~true:
        return Truth.TRUE
    return Truth.UNKNOWN if mask & true else Truth.FALSE
