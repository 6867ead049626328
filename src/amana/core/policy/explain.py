"""The explanation of one decision: each rule with each condition true, false or unknown, what carries it,
what would change it.

Structured data only; sentences are made elsewhere. Rule views and the facts that carry an outcome depend
on the state of knowledge alone and are remembered with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from amana.core.facts import Evidence, FactRow, FactValue, Standing, weakest
from amana.core.policy.changes import changes
from amana.core.policy.engine import Engine
from amana.core.policy.fact_views import fact_view
from amana.core.policy.frame import Frame, proved
from amana.core.policy.grid import Key
from amana.core.policy.model import INVALID, UNDETERMINED, Pack, Parameter
from amana.core.policy.objections import conflicts_against
from amana.core.policy.question import Choice, choose
from amana.core.policy.rule_views import rule_views
from amana.core.policy.views import (
    Explanation,
    FirstQuestion,
    Inexact,
    InterimView,
    Question,
    RuleView,
    Verdict,
)
from amana.core.truth import Truth

SEARCHED_FACTS = 10


@dataclass(frozen=True)
class Insight:
    """What a state of knowledge shows: the rules, the smallest sets of facts that suffice for the same
    answer, and the best first question (None: nothing to ask, or two dates are compared).
    """

    rules: tuple[RuleView, ...]
    sufficient: tuple[frozenset[str], ...]
    question: Choice | None


def explain(pack: Pack, decision: str, row: FactRow) -> Explanation:
    """Everything an official needs to judge the decision on `row`. KeyError for an unknown decision."""
    engine = pack.engines[decision]
    frame = engine.frame(row.on)
    verdict = frame.decide(row)
    values = proved(row)
    key, exact = frame.open_key(values)
    opened = frame.verdict(key, exact)
    insight = insight_of(pack, frame, key, opened)
    invalid = verdict.outcome == INVALID
    carrying = _carrying(insight.sufficient, row.evidence)
    standing = _standing(carrying, row.evidence)
    actionable = _actionable(engine, verdict, carrying, standing)
    return Explanation(
        ref=row.ref,
        on=row.on,
        decision=decision,
        verdict=verdict,
        rules=insight.rules,
        facts=tuple(fact_view(engine, row, name, name in carrying) for name in engine.read),
        interim=() if actionable else _interim(pack, engine, opened.possible),
        changes=() if invalid else changes(engine, row),
        conflicts=conflicts_against(pack, _speaking(verdict, insight.rules), verdict.possible),
        standing=standing,
        actionable=actionable,
        questions=tuple(_question(pack, engine, name) for name in verdict.needs),
        first_question=None if invalid else _first_question(frame, key, opened, values, insight),
        readings=_readings(pack, engine),
        inexact=_inexact(frame, verdict),
    )


def _inexact(frame: Frame, verdict: Verdict) -> Inexact:
    if verdict.exact:
        return ""
    return "dates" if frame.finite else "cells"


def insight_of(pack: Pack, frame: Frame, key: Key, verdict: Verdict) -> Insight:
    """What can be said of a state of knowledge with this verdict. Remembered with the state."""
    if not frame.finite:
        return Insight(rule_views(pack, frame, key), (frozenset(_given(frame, key)),), None)
    memory = frame.grid.memory
    found = memory.get(key)
    if not isinstance(found, Insight):
        choice = None if frame.engine.coupled else choose(frame, key, verdict, {})
        found = memory[key] = Insight(rule_views(pack, frame, key), _sufficient(frame, key), choice)
    return found


def _first_question(
    frame: Frame, key: Key, verdict: Verdict, values: Mapping[str, FactValue], insight: Insight
) -> FirstQuestion | None:
    choice = insight.question
    if frame.engine.coupled or not frame.finite:
        choice = choose(frame, key, verdict, values)
    return choice.asked(frame) if choice else None


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


def _speaking(verdict: Verdict, rules: Sequence[RuleView]) -> set[str]:
    """The rules that give the answer; while it is open, those that hold or may hold."""
    if verdict.outcome == UNDETERMINED:
        return {rule.id for rule in rules if rule.holds is not Truth.FALSE}
    return set(verdict.rules)


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
