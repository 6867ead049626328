"""A pack's rules laid out for reading: each beside its dates, its source and what stands against it.

Adds nothing to what the pack says; words come from `amana.wording`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from amana.core.policy import Bound, Conflict, Pack, Rule
from amana.web.law.citations import Source, source_of
from amana.wording.conditions import rule_condition_in_words
from amana.wording.languages import pick
from amana.wording.terms import modality_in_words


@dataclass(frozen=True)
class End:
    """One end of being in force: a certain day, or an event whose day may not be known."""

    day: str
    event: str


@dataclass(frozen=True)
class RuleLine:
    """One row of the decision table; `id` is `default` for the row that holds where nothing else does."""

    id: str
    when: str
    outcome: str
    outcome_about: str
    force: str
    acted_on: bool
    harsh: bool
    start: End | None
    end: End | None
    source: Source | None
    against: tuple[Conflict, ...]


@dataclass(frozen=True)
class DecisionTable:
    """One question the pack answers."""

    id: str
    title: str
    rules: tuple[RuleLine, ...]
    interim: tuple[tuple[str, Source], ...]


def decision_tables(pack: Pack) -> tuple[DecisionTable, ...]:
    """Return one table for each decision: its rules in the order of its outcomes, then the default."""
    return tuple(_table(pack, id) for id in pack.decisions)


def _table(pack: Pack, id: str) -> DecisionTable:
    decision = pack.decisions[id]
    order = list(decision.outcomes)
    known = [rule for rule in pack.rules.values() if rule.decision == id]
    rules = [_rule_line(pack, rule) for rule in sorted(known, key=lambda rule: order.index(rule.outcome))]
    interim = tuple((pick(each.handling), source_of(pack, each.source)) for each in decision.interim)
    return DecisionTable(id, pick(decision.title) or id, (*rules, _default_line(pack, id)), interim)


def _rule_line(pack: Pack, rule: Rule) -> RuleLine:
    outcome = pack.decisions[rule.decision].outcomes[rule.outcome]
    return RuleLine(
        id=rule.id,
        when=pick(rule.title) or rule_condition_in_words(rule.condition, pack.facts),
        outcome=pick(outcome.label),
        outcome_about=pick(outcome.description),
        force=modality_in_words(rule.modality),
        acted_on=outcome.actionable,
        harsh=outcome.harsh,
        start=_end(rule.in_force.start),
        end=_end(rule.in_force.end),
        source=source_of(pack, rule.source),
        against=tuple(each for each in pack.conflicts if rule.id in each.rules),
    )


def _default_line(pack: Pack, id: str) -> RuleLine:
    outcome = pack.decisions[id].outcomes[pack.decisions[id].default]
    return RuleLine(
        "default",
        _("nothing else holds"),
        pick(outcome.label),
        pick(outcome.description),
        "",
        outcome.actionable,
        outcome.harsh,
        None,
        None,
        None,
        (),
    )


def _end(bound: Bound | None) -> End | None:
    if bound is None:
        return None
    if bound.event:
        return End("", bound.event)
    return End(bound.day.isoformat() if bound.day else bound.text, "")
