"""Each rule as it stands for one state of knowledge: its condition node by node, its period, what defeats it.

The views depend on the state of knowledge alone, never on a person's own values, so they are remembered
with it. Where the cells are too many to try, the truths are Kleene's, and `defeated_by` may name more rules
than really set a rule aside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from amana.core.policy import nodes
from amana.core.policy.frame import Frame
from amana.core.policy.grid import Grid, Key, RuleCells, truth_in
from amana.core.policy.kleene import Loose
from amana.core.policy.model import Pack, Rule
from amana.core.policy.nodes import Leaf, Node, Operand
from amana.core.policy.views import ConditionView, RuleView
from amana.core.truth import Truth, all_of

TruthOf = Callable[[Node], Truth]


def rule_views(pack: Pack, frame: Frame, key: Key) -> tuple[RuleView, ...]:
    """Every rule of the decision, in the engine's order."""
    if frame.finite:
        grid = frame.grid
        state = grid.cells.state(key)
        return tuple(_rule_view(pack, grid, found, state) for found in grid.rules)
    loose, rules = frame.loose(key), frame.engine.rules
    met = {rule.id: loose.met(rule) for rule in rules}
    return tuple(_loose_rule(pack, loose, rule, rules, met) for rule in rules)


def _rule_view(pack: Pack, grid: Grid, found: RuleCells, state: int) -> RuleView:
    def truth(node: Node) -> Truth:
        return truth_in(grid.cells.where(node), state)

    defeating = [other.rule.id for other in grid.rules if _defeats(other, found) & state]
    truths = (
        truth_in(found.in_force, state),
        truth_in(found.holds, state),
        truth_in(found.stands, state),
    )
    return _view(pack, found.rule, truths, truth, defeating)


def _defeats(other: RuleCells, found: RuleCells) -> int:
    """The cells in which `other` takes the effect of `found` away."""
    if found.rule.id in other.rule.exception_to:
        return other.effective & found.holds
    if _forbids(other.rule, found.rule):
        return other.effective & found.effective
    if _binds(other.rule, found.rule):
        return other.stands & found.effective
    return 0


def _forbids(other: Rule, rule: Rule) -> bool:
    return rule.modality != "must_not" == other.modality and other.outcome == rule.outcome


def _binds(other: Rule, rule: Rule) -> bool:
    return (other.modality, rule.modality) == ("must", "may")


def _loose_rule(
    pack: Pack, loose: Loose, rule: Rule, rules: Sequence[Rule], met: Mapping[str, Truth]
) -> RuleView:
    holds = met[rule.id]
    defeating = [
        other.id
        for other in rules
        if Truth.FALSE not in (holds, met[other.id])
        and (rule.id in other.exception_to or _forbids(other, rule) or _binds(other, rule))
    ]
    stands = all_of([holds, Truth.UNKNOWN]) if defeating else holds
    return _view(pack, rule, (loose.in_force(rule.in_force), holds, stands), loose.truth, defeating)


def _view(
    pack: Pack, rule: Rule, truths: tuple[Truth, Truth, Truth], truth: TruthOf, defeating: Sequence[str]
) -> RuleView:
    in_force, holds, stands = truths
    start, end = rule.in_force.ends
    return RuleView(
        id=rule.id,
        modality=rule.modality,
        outcome=rule.outcome,
        source=pack.source(rule.source),
        in_force=in_force,
        from_=start,
        until=end,
        holds=holds,
        stands=stands,
        condition=condition_view(rule.condition, truth),
        defeated_by=tuple(sorted(defeating)),
        reason=rule.reason,
    )


def condition_view(node: Node, truth: TruthOf) -> ConditionView:
    """A condition node by node; `truth` says what holds of each node."""
    if isinstance(node, nodes.All | nodes.Any):
        children = tuple(condition_view(child, truth) for child in node.children)
        return ConditionView(
            "all" if isinstance(node, nodes.All) else "any", truth(node), node.text, children
        )
    if isinstance(node, nodes.Not):
        return ConditionView("not", truth(node), node.text, (condition_view(node.child, truth),))
    if isinstance(node, nodes.During):
        return ConditionView("during", truth(node), node.text, operands=node.period.ends)
    return _leaf_view(node, truth(node))


def _leaf_view(leaf: Leaf, truth: Truth) -> ConditionView:
    if isinstance(leaf, nodes.Flag | nodes.Known):
        kind = "flag" if isinstance(leaf, nodes.Flag) else "known"
        return ConditionView(kind, truth, leaf.text, fact=leaf.fact, facts=(leaf.fact,))
    ordered = leaf.term.kind == "order"
    return ConditionView(
        kind=leaf.operator if leaf.operator in ("between", "in") else "compare",
        truth=truth,
        text=leaf.text,
        fact=leaf.term.fact if ordered else leaf.term.label,
        operator=leaf.operator,
        operands=(leaf.term.at,) if ordered else tuple(_operand(value) for value in leaf.operands),
        parameters=leaf.parameters,
        facts=nodes.leaf_facts(leaf),
    )


def _operand(value: Operand) -> str:
    return str(value) if isinstance(value, int | str) else value.isoformat()
