"""Reads rules and the known gaps between them. Faults are collected, never raised here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from amana.core.policy import nodes
from amana.core.policy.expression import read_condition
from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.periods import read_in_force
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import (
    DEFAULT_RULE,
    Decision,
    Event,
    FactDef,
    Gap,
    Instrument,
    Modality,
    Parameter,
    Rule,
)


@dataclass(frozen=True)
class Known:
    """What rules may refer to."""

    parameters: Mapping[str, Parameter]
    facts: Mapping[str, FactDef]
    sources: Mapping[str, Instrument]
    events: Mapping[str, Event]
    decisions: Mapping[str, Decision]
    approximate_years: int


def read_rules(entries: Sequence[Entry], known: Known) -> dict[str, Rule]:
    """Every rule, with exceptions before what they except; empty of those with faults."""
    found: dict[str, Rule] = {}
    read = {entry.ident: entry for entry in entries}
    for entry in entries:
        rule = _rule(entry, known)
        entry.ident_is_plain(DEFAULT_RULE)
        if entry.close() and rule is not None:
            found[rule.id] = rule
    for rule in found.values():
        for other in rule.exception_to:
            if other not in read:
                mend = f"Use one of: {', '.join(sorted(read))}."
                read[rule.id].fault(f"It is an exception to “{other}”, which is no rule.", mend)
            elif other in found and found[other].decision != rule.decision:
                mend = "Except rules of the same decision only."
                read[rule.id].fault(f"“{other}” belongs to another decision.", mend)
    return _exceptions_first(found, read)


def _rule(entry: Entry, known: Known) -> Rule | None:
    ident = entry.text("id")
    decision = _decision(entry, known)
    outcome = entry.text("outcome")
    modality = entry.choice("modality", ("may", "must", "must_not"))
    if decision is not None and outcome and outcome not in decision.outcomes:
        entry.fault(
            f"“{outcome}” is no outcome of “{decision.id}”.", f"Use one of: {', '.join(decision.outcomes)}."
        )
    if decision is not None and modality == "must_not" and outcome == decision.default:
        entry.fault(f"“{outcome}” is the default, which can't be forbidden.", "Say what must follow instead.")
    source = entry.text("source")
    check_citation(entry, source, known.sources)
    when = entry.text("when")
    condition = _condition(entry, when, known)
    period = read_in_force(entry, known.events)
    reason, exceptions = entry.texts("reason"), entry.names("exception_to", required=False)
    title = entry.texts("title", required=False)
    if condition is None or decision is None:
        return None
    return Rule(
        id=ident,
        decision=decision.id,
        modality=cast(Modality, modality),
        source=source,
        outcome=outcome,
        condition=condition,
        when=when,
        reason=reason,
        in_force=period,
        exception_to=exceptions,
        title=title,
        file=entry.file,
    )


def _decision(entry: Entry, known: Known) -> Decision | None:
    name = entry.text("decision")
    if name and name not in known.decisions:
        entry.fault(
            f"“{name}” is no decision of the pack.", f"Use one of: {', '.join(known.decisions) or 'none'}."
        )
    return known.decisions.get(name)


def _condition(entry: Entry, text: str, known: Known) -> nodes.Node | None:
    if not text:
        return None
    condition, refusals = read_condition(text, known.facts, known.parameters, known.events)
    for refusal in refusals:
        entry.fault(f"when, position {refusal.position}: {refusal.reason}", refusal.mend)
    return condition


def _exceptions_first(rules: Mapping[str, Rule], entries: Mapping[str, Entry]) -> dict[str, Rule]:
    """Rules in an order in which an exception comes before what it excepts; a circle is a fault."""
    exceptions = {
        ident: [rule.id for rule in rules.values() if ident in rule.exception_to] for ident in rules
    }
    ordered: dict[str, Rule] = {}
    waiting = list(rules)
    while waiting:
        ready = [ident for ident in waiting if all(other in ordered for other in exceptions[ident])]
        if not ready:
            reason = f"Exceptions run in a circle: {', '.join(sorted(waiting))}."
            entries[waiting[0]].fault(reason, "Take one exception_to out.")
            return dict(rules)
        ordered.update((ident, rules[ident]) for ident in ready)
        waiting = [ident for ident in waiting if ident not in ordered]
    return ordered


def read_gaps(entries: Iterable[Entry], known: Known) -> tuple[Gap, ...]:
    """The known gaps of the law."""
    found = []
    for entry in entries:
        decision = _decision(entry, known)
        when = entry.text("when")
        condition = _condition(entry, when, known)
        period = read_in_force(entry, known.events)
        ident, title = entry.text("id"), entry.texts("title")
        accepted = entry.text("accepted_by", required=False) or None
        route, source = entry.texts("route", required=False), entry.text("source", required=False)
        check_citation(entry, source, known.sources)
        if entry.close() and condition is not None and decision is not None:
            found.append(
                Gap(
                    id=ident,
                    decision=decision.id,
                    condition=condition,
                    when=when,
                    title=title,
                    in_force=period,
                    accepted_by=accepted,
                    route=route,
                    source=source,
                    file=entry.file,
                )
            )
    return tuple(found)
