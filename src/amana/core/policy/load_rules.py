"""Reads rules, gaps, conflicts, worked cases, and the one thing checked of safeguards here. Faults are
collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from amana.core.dates import parse_edtf
from amana.core.errors import InvalidDate
from amana.core.policy import nodes
from amana.core.policy.expression import read_condition
from amana.core.policy.load_parts import check_citation
from amana.core.policy.model import (
    DEFAULT_RULE,
    INVALID,
    UNDETERMINED,
    Bound,
    Case,
    Conflict,
    Decision,
    Event,
    FactDef,
    Gap,
    InForce,
    Instrument,
    Modality,
    Parameter,
    Rule,
    SourceRef,
    cite,
)
from amana.core.policy.schema import Entry, Faults, each_once, entries_of

EVENT = "event:"
STRENGTHS = ("treaty-binding-here", "treaty", "national-law", "soft-law", "reported-practice")


@dataclass(frozen=True)
class Known:
    """What rules may refer to."""

    parameters: Mapping[str, Parameter]
    facts: Mapping[str, FactDef]
    sources: Mapping[str, Instrument]
    events: Mapping[str, Event]
    decisions: Mapping[str, Decision]
    approximate_years: int


def files_under(files: Mapping[str, Any], folder: str, ending: str) -> list[str]:
    """The paths of a folder's files, sorted."""
    return sorted(name for name in files if name.startswith(folder + "/") and name.endswith(ending))


def read_rules(files: Mapping[str, Any], known: Known, faults: Faults) -> dict[str, Rule]:
    """Every rule, with exceptions before what they except; empty of those with faults."""
    found: dict[str, Rule] = {}
    entries = entries_of(files, files_under(files, "rules", ".yaml"), faults)
    each_once(entries, "rule")
    names = {entry.ident for entry in entries}
    for entry in entries:
        rule = _rule(entry, known)
        entry.ident_is_plain(DEFAULT_RULE)
        if entry.close() and rule is not None:
            found[rule.id] = rule
    for rule in found.values():
        for other in rule.exception_to:
            if other not in names:
                mend = f"Use one of: {', '.join(sorted(names))}."
                faults.add(rule.file, rule.id, f"It is an exception to “{other}”, which is no rule.", mend)
            elif other in found and found[other].decision != rule.decision:
                mend = "Except rules of the same decision only."
                faults.add(rule.file, rule.id, f"“{other}” belongs to another decision.", mend)
    return _exceptions_first(found, faults)


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
    period = _in_force(entry, known)
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
    condition, refusals = read_condition(text, known.facts, known.parameters)
    for refusal in refusals:
        entry.fault(f"when, position {refusal.position}: {refusal.reason}", refusal.mend)
    return condition


def _in_force(entry: Entry, known: Known) -> InForce:
    content = entry.take("in_force", required=False)
    if content is None:
        return InForce()
    inner = Entry(entry.file, entry.ident, content, entry.faults)
    start, end = (_bound(inner, inner.text(key, required=False), known) for key in ("from", "until"))
    inner.close()
    entry.sound = entry.sound and inner.sound
    if start and end and start.day and end.day and start.day >= end.day:
        entry.fault("in_force ends before it begins.", "Write the earlier day in from.")
    if start and end and start.event and start.event == end.event:
        entry.fault("in_force begins and ends with one event, so it is never.", "Take one of the two out.")
    return InForce(start, end)


def _bound(entry: Entry, text: str, known: Known) -> Bound | None:
    if not text:
        return None
    if text.startswith(EVENT):
        event = known.events.get(text.removeprefix(EVENT))
        if event is None:
            declared = ", ".join(known.events) or "none yet"
            entry.fault(f"“{text}” names no event.", f"Declare it in sources.yaml under events ({declared}).")
            return None
        return Bound(event.on, event=event.id)
    try:
        span = parse_edtf(text, known.approximate_years)
    except InvalidDate as error:
        entry.fault(f"in_force “{text}”: {error}", "Write event:id, or a certain day such as 2018-01-15.")
        return None
    if not span.certain or span.earliest is None:
        reason = f"“{text}” is no certain day; an uncertain date can't stand in a rule."
        entry.fault(reason, "Declare it once as an event in sources.yaml and write event:id here.")
        return None
    return Bound(span.earliest.isoformat(), day=span.earliest)


def _exceptions_first(rules: Mapping[str, Rule], faults: Faults) -> dict[str, Rule]:
    """Rules in an order in which an exception comes before what it excepts; a circle is a fault."""
    exceptions = {
        ident: [rule.id for rule in rules.values() if ident in rule.exception_to] for ident in rules
    }
    ordered: dict[str, Rule] = {}
    waiting = list(rules)
    while waiting:
        ready = [ident for ident in waiting if all(other in ordered for other in exceptions[ident])]
        if not ready:
            rule = rules[waiting[0]]
            reason = f"Exceptions run in a circle: {', '.join(sorted(waiting))}."
            faults.add(rule.file, rule.id, reason, "Take one exception_to out.")
            return dict(rules)
        ordered.update((ident, rules[ident]) for ident in ready)
        waiting = [ident for ident in waiting if ident not in ordered]
    return ordered


def read_gaps(files: Mapping[str, Any], known: Known, faults: Faults) -> tuple[Gap, ...]:
    """The known gaps of the law."""
    found = []
    for entry in _list_entries(files, "gaps.yaml", faults):
        decision = _decision(entry, known)
        when = entry.text("when")
        condition = _condition(entry, when, known)
        period = _in_force(entry, known)
        ident, title = entry.text("id"), entry.texts("title")
        accepted = entry.text("accepted_by", required=False) or None
        route, source = entry.texts("route", required=False), entry.text("source", required=False)
        check_citation(entry, source, known.sources)
        if entry.close() and condition is not None and decision is not None:
            found.append(Gap(ident, decision.id, condition, when, title, period, accepted, route, source))
    return tuple(found)


def read_conflicts(
    files: Mapping[str, Any], known: Known, rules: Iterable[str], faults: Faults
) -> tuple[Conflict, ...]:
    """Where rules and outcomes stand against other law. In a pack that decides, they must name its own."""
    outcomes = {name for decision in known.decisions.values() for name in decision.outcomes}
    names = set(rules)
    found = []
    for entry in _list_entries(files, "conflicts.yaml", faults):
        against = Entry(entry.file, entry.ident, entry.take("against") or {}, faults)
        own_rules, own_outcomes = (against.names(key, required=False) for key in ("rules", "outcomes"))
        against.close()
        if known.decisions:
            for name in [*(set(own_rules) - names), *(set(own_outcomes) - outcomes)]:
                entry.fault(
                    f"It stands against “{name}”, which is neither rule nor outcome here.",
                    "Correct the name.",
                )
        citations = entry.names("sources")
        for citation in citations:
            check_citation(entry, citation, known.sources)
        ident, reported, conflict = entry.text("id"), entry.texts("reported"), entry.texts("conflict")
        watched = entry.names("watched_by", required=False)
        if entry.close() and against.sound:
            refs = tuple(cite(citation, known.sources) for citation in citations)
            found.append(
                Conflict(ident, reported, conflict, own_rules, own_outcomes, refs, _strongest(refs), watched)
            )
    return tuple(found)


def _strongest(refs: Sequence[SourceRef]) -> str:
    weights = {ref.weight for ref in refs}
    return next((strength for strength in STRENGTHS if strength in weights), min(weights, default=""))


def check_safeguards(files: Mapping[str, Any], faults: Faults) -> None:
    """No duty may have disclosure to a country of origin as its remedy, unless the country's gate decides."""
    for entry in entries_of(files, files_under(files, "safeguards", ".yaml"), faults):
        remedies = entry.content.get("remedy") or []
        for remedy in remedies if isinstance(remedies, list) else [remedies]:
            act = remedy.get("act", "") if isinstance(remedy, Mapping) else str(remedy)
            gate = remedy.get("only_if") if isinstance(remedy, Mapping) else None
            if str(act).startswith("disclos") and gate != "country_gate":
                entry.fault(
                    "Its remedy is disclosure to a country of origin.",
                    "Add only_if: country_gate, or another act.",
                )


def read_cases(files: Mapping[str, Any], known: Known, faults: Faults) -> tuple[Case, ...]:
    """The worked cases; facts stay as written."""
    found: list[Case] = []
    entries: list[Entry] = []
    for name in files_under(files, "cases", ".csv"):
        entries += [
            Entry(name, str(row.get("ref") or f"line {place}"), row, faults)
            for place, row in enumerate(files[name] or [], start=2)
        ]
    each_once(entries, "case")
    for entry in entries:
        case = _case(entry, known)
        if entry.close() and case is not None:
            found.append(case)
    return tuple(found)


def _case(entry: Entry, known: Known) -> Case | None:
    decision = entry.text("decision", required=False) or next(iter(known.decisions), "")
    facts = {name: entry.text(name, required=False) for name in known.facts}
    on_text = entry.text("on")
    try:
        # Python reads 20180115 and 2018-W03-1 too; a pack writes days in one way.
        on = date.fromisoformat(on_text if len(on_text) == len("2018-01-15") else "")
        if on.isoformat() != on_text:
            raise ValueError
    except ValueError:
        entry.fault(f"“on: {on_text}” is no day.", "Write a day such as 2018-01-15.")
        return None
    if decision not in known.decisions:
        entry.fault(f"“{decision}” is no decision of the pack.", f"Use one of: {', '.join(known.decisions)}.")
        return None
    outcome = entry.text("outcome")
    outcomes = (*known.decisions[decision].outcomes, UNDETERMINED, INVALID)
    if outcome and outcome not in outcomes:
        entry.fault(f"“{outcome}” is no outcome of “{decision}”.", f"Use one of: {', '.join(outcomes)}.")
    possible = entry.text("possible", required=False)
    return Case(
        id=entry.text("ref"),
        file=entry.file,
        decision=decision,
        on=on,
        facts=facts,
        outcome=outcome,
        rule=_listed(entry.text("rule", required=False)),
        needs=_listed(entry.text("needs", required=False)),
        possible=_listed(possible) if possible else None,
        note=entry.text("why", required=False),
    )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(sorted(part.strip() for part in text.split(";") if part.strip()))


def _list_entries(files: Mapping[str, Any], name: str, faults: Faults) -> list[Entry]:
    if files.get(name) is None:
        return []
    if not isinstance(files[name], list):
        faults.add(name, "file", "The file must be a list.", "Begin each entry with a dash.")
        return []
    entries = entries_of(files, [name], faults)
    each_once(entries, name.removesuffix("s.yaml"))
    return entries
