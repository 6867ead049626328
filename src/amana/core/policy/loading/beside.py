"""Reads what stands beside the rules: conflicts with other law, worked cases, and the one thing checked of
safeguards here. Faults are collected, never raised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from amana.core.policy.loading.layers import files_under
from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.rules import Known
from amana.core.policy.loading.schema import Entry, Faults, each_once, entries_of
from amana.core.policy.model import INVALID, UNDETERMINED, Case, Conflict, SourceRef, cite

CASE_KEYS = ("ref", "on", "decision", "outcome", "rule", "needs", "possible", "why")
"""Columns of a worked case beside the facts."""

STRENGTHS = ("treaty-binding-here", "treaty", "national-law", "soft-law", "reported-practice")


def read_conflicts(entries: Iterable[Entry], known: Known, rules: Iterable[str]) -> tuple[Conflict, ...]:
    """Where rules and outcomes stand against other law. In a pack that decides, its own must name what it
    has; inherited ones may speak of rules of another pack.
    """
    outcomes = {name for decision in known.decisions.values() for name in decision.outcomes}
    names = set(rules)
    found = []
    for entry in entries:
        against = entry.inner(entry.take("against") or {})
        own_rules, own_outcomes = (against.names(key, required=False) for key in ("rules", "outcomes"))
        against.close()
        if known.decisions and not entry.pack:
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
    entry.asked.update(CASE_KEYS)
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
