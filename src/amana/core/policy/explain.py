"""The explanation of one decision: each rule with each condition true, false or unknown, what carries it,
what would change it.

Structured data only; sentences are made elsewhere. Rule views and the facts that carry an outcome depend
on the state of knowledge alone and are remembered with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from amana.core.dates import DateSpan, age_span, clip
from amana.core.facts import Evidence, FactRow, Standing, weakest
from amana.core.policy import nodes
from amana.core.policy.changes import changes
from amana.core.policy.engine import Engine
from amana.core.policy.frame import Frame, proved
from amana.core.policy.grid import Grid, Key, RuleCells, truth_in
from amana.core.policy.kleene import Loose
from amana.core.policy.model import INVALID, UNDETERMINED, Conflict, Pack, Parameter, Rule
from amana.core.policy.nodes import Node, Operand
from amana.core.policy.views import (
    ConditionView,
    Explanation,
    FactView,
    InterimView,
    Question,
    RuleView,
    Verdict,
)
from amana.core.truth import Truth

SEARCHED_FACTS = 10


@dataclass(frozen=True)
class Insight:
    """What a state of knowledge shows: the rules, and the smallest sets of facts that suffice for the same
    answer.
    """

    rules: tuple[RuleView, ...]
    sufficient: tuple[frozenset[str], ...]


def explain(pack: Pack, decision: str, row: FactRow) -> Explanation:
    """Everything an official needs to judge the decision on `row`. KeyError for an unknown decision."""
    engine = pack.engines[decision]
    frame = engine.frame(row.on)
    verdict = frame.decide(row)
    key, exact = frame.open_key(proved(row))
    insight = _insight(pack, frame, key)
    carrying = _carrying(insight.sufficient, row.evidence)
    standing = _standing(carrying, row.evidence)
    actionable = _actionable(engine, verdict, carrying, standing)
    return Explanation(
        ref=row.ref,
        on=row.on,
        decision=decision,
        verdict=verdict,
        rules=insight.rules,
        facts=tuple(_fact_view(engine, row, name, name in carrying) for name in engine.read),
        interim=() if actionable else _interim(pack, engine, frame.verdict(key, exact).possible),
        changes=() if verdict.outcome == INVALID else changes(engine, row),
        conflicts=_conflicts(pack, verdict, insight.rules),
        standing=standing,
        actionable=actionable,
        questions=tuple(_question(pack, engine, name) for name in verdict.needs),
        readings=_readings(pack, engine),
        exact=verdict.exact,
    )


def _insight(pack: Pack, frame: Frame, key: Key) -> Insight:
    if not frame.finite:
        loose = frame.loose(key)
        rules = tuple(_loose_rule(pack, loose, rule) for rule in frame.engine.rules)
        return Insight(rules, (frozenset(_given(frame, key)),))
    grid = frame.grid
    insight = grid.memory.get(key)
    if not isinstance(insight, Insight):
        state = grid.cells.state(key)
        rules = tuple(_rule_view(pack, grid, found, state) for found in grid.rules)
        insight = grid.memory[key] = Insight(rules, _sufficient(frame, key))
    return insight


def _rule_view(pack: Pack, grid: Grid, found: RuleCells, state: int) -> RuleView:
    def truth(node: Node) -> Truth:
        return truth_in(grid.cells.where(node), state)

    defeating = [other.rule.id for other in grid.rules if _defeats(other, found) & state]
    periods = (truth_in(found.in_force, state), truth_in(found.holds, state))
    return _view(pack, found.rule, periods, truth, defeating)


def _defeats(other: RuleCells, found: RuleCells) -> int:
    """The cells in which `other` takes the effect of `found` away."""
    if found.rule.id in other.rule.exception_to:
        return other.effective & found.holds
    if found.rule.modality != "must_not" and other.rule.modality == "must_not":
        return other.effective & found.effective if other.rule.outcome == found.rule.outcome else 0
    if found.rule.modality == "may" and other.rule.modality == "must":
        return other.stands & found.effective
    return 0


def _loose_rule(pack: Pack, loose: Loose, rule: Rule) -> RuleView:
    return _view(pack, rule, (loose.in_force(rule.in_force), loose.met(rule)), loose.truth, [])


def _view(
    pack: Pack,
    rule: Rule,
    periods: tuple[Truth, Truth],
    truth: Callable[[Node], Truth],
    defeating: Sequence[str],
) -> RuleView:
    in_force, holds = periods
    return RuleView(
        id=rule.id,
        modality=rule.modality,
        outcome=rule.outcome,
        source=pack.source(rule.source),
        in_force=in_force,
        from_=rule.in_force.start.text if rule.in_force.start else "",
        until=rule.in_force.end.text if rule.in_force.end else "",
        holds=holds,
        condition=_condition_view(rule.condition, truth),
        defeated_by=tuple(sorted(defeating)),
        reason=rule.reason,
    )


def _condition_view(node: Node, truth: Callable[[Node], Truth]) -> ConditionView:
    if isinstance(node, nodes.All | nodes.Any):
        children = tuple(_condition_view(child, truth) for child in node.children)
        return ConditionView(
            "all" if isinstance(node, nodes.All) else "any", truth(node), node.text, children
        )
    if isinstance(node, nodes.Not):
        return ConditionView("not", truth(node), node.text, (_condition_view(node.child, truth),))
    if isinstance(node, nodes.Flag | nodes.Known):
        kind = "flag" if isinstance(node, nodes.Flag) else "known"
        return ConditionView(kind, truth(node), node.text, fact=node.fact)
    kind = node.operator if node.operator in ("between", "in") else "compare"
    operands = (
        (node.term.at,) if node.term.kind == "order" else tuple(_operand(value) for value in node.operands)
    )
    return ConditionView(
        kind=kind,
        truth=truth(node),
        text=node.text,
        fact=node.term.fact if node.term.kind == "order" else node.term.label,
        operator=node.operator,
        operands=operands,
        parameters=node.parameters,
    )


def _operand(value: Operand) -> str:
    return str(value) if isinstance(value, int | str) else value.isoformat()


def _given(frame: Frame, key: Key) -> list[str]:
    """The facts of which something is known that the rules can see."""
    axes = frame.grid.cells.axes if frame.finite else frame.axes()
    open_ = {
        name
        for names, axis, mask in zip(frame.axis_facts, axes, key, strict=False)
        if mask != axis.full
        for name in names
    }
    return [name for name in frame.engine.read if name in open_]


def _sufficient(frame: Frame, key: Key) -> tuple[frozenset[str], ...]:
    """Every smallest set of facts that alone leaves the same outcomes possible."""
    grid = frame.grid
    given = _given(frame, key)
    possible = grid.possible(grid.cells.state(key))
    if len(given) > SEARCHED_FACTS:
        return (frozenset(given),)
    found: list[frozenset[str]] = []
    for size in range(len(given) + 1):
        for kept in map(frozenset, combinations(given, size)):
            if any(smaller <= kept for smaller in found):
                continue
            reduced = tuple(
                mask
                if place >= len(frame.axis_facts) or set(frame.axis_facts[place]) <= kept
                else grid.cells.axes[place].full
                for place, mask in enumerate(key)
            )
            if grid.possible(grid.cells.state(reduced)) == possible:
                found.append(kept)
    return tuple(found)


def _carrying(sufficient: Sequence[frozenset[str]], evidence: Mapping[str, Evidence]) -> frozenset[str]:
    """Of the sets of facts that suffice, the one whose weakest member stands best; it carries the outcome."""

    def strength(names: frozenset[str]) -> int:
        ranks = [evidence[name].standing.rank if name in evidence else 0 for name in names]
        return min(ranks, default=len(Standing))

    return max(sufficient, key=strength, default=frozenset())


def _standing(carrying: frozenset[str], evidence: Mapping[str, Evidence]) -> Standing | None:
    if not carrying <= set(evidence):
        return None
    return weakest(evidence[name].standing for name in carrying)


def _actionable(
    engine: Engine, verdict: Verdict, carrying: frozenset[str], standing: Standing | None
) -> bool:
    """A definite outcome that isn't harsh, or harsh and carried by facts supported or better; never a gap."""
    outcome = engine.decision.outcomes.get(verdict.outcome)
    if outcome is None or not outcome.actionable or verdict.outcome == engine.decision.default:
        return False
    if not outcome.harsh or not carrying:
        return True
    return standing is not None and standing.rank >= Standing.SUPPORTED.rank


def _fact_view(engine: Engine, row: FactRow, name: str, carries: bool) -> FactView:
    fact, value, evidence = engine.facts[name], row.values.get(name), row.evidence.get(name)
    needs_name = engine.name_in_needs(name)
    youngest = oldest = None
    if needs_name == "age":
        span = clip(value, row.on) if isinstance(value, DateSpan) else None
        youngest, oldest = age_span(span, row.on, engine.leap_day) if span else (None, None)
    return FactView(
        name=name,
        needs_name=needs_name,
        label=fact.label,
        statement=fact.statement,
        value=value,
        standing=evidence.standing if evidence else None,
        source=evidence.source if evidence else "",
        stated=evidence.stated if evidence else "",
        disputed=bool(evidence and evidence.disputed),
        carries=carries,
        youngest=youngest,
        oldest=oldest,
    )


def _interim(pack: Pack, engine: Engine, possible: tuple[str, ...]) -> tuple[InterimView, ...]:
    """The handling meanwhile, of every outcome that is possible where none may be acted on. A fact that
    contradicts itself counts as not known.
    """
    views = engine.shown.get(possible)
    if not isinstance(views, tuple):
        views = engine.shown[possible] = tuple(
            InterimView(interim.id, interim.handling, source, source.standing)
            for interim in engine.decision.interim
            if not set(possible).isdisjoint(interim.possible_any)
            for source in [pack.source(interim.source)]
        )
    return views


def _conflicts(pack: Pack, verdict: Verdict, rules: Sequence[RuleView]) -> tuple[Conflict, ...]:
    """The conflicts that stand against a rule that gives the outcome, or may, or against an outcome that is
    possible.
    """
    speaking = set(verdict.rules)
    if verdict.outcome == UNDETERMINED:
        speaking = {rule.id for rule in rules if rule.holds is not Truth.FALSE}
    return tuple(
        conflict
        for conflict in pack.conflicts
        if speaking & set(conflict.rules) or set(verdict.possible) & set(conflict.outcomes)
    )


def _question(pack: Pack, engine: Engine, name: str) -> Question:
    if name.startswith("law:"):
        event = engine.events[name.removeprefix("law:")]
        return Question(name, event.title, event.note)
    fact = next(fact for fact in engine.read if engine.name_in_needs(fact) == name)
    return Question(name, pack.facts[fact].question, pack.facts[fact].evidence_how)


def _readings(pack: Pack, engine: Engine) -> tuple[Parameter, ...]:
    readings = engine.shown.get("readings")
    if not isinstance(readings, tuple):
        readings = engine.shown["readings"] = tuple(
            parameter for name, parameter in pack.parameters.items() if name in engine.parameters
        )
    return readings
