"""Reads what stands beside the rules: conflicts with other law, and worked cases of rules and of safeguards.
Faults are collected, never raised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from amana.core.policy.loading.layers import files_under
from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.rules import Known
from amana.core.policy.loading.schema import Entry, Faults, each_once
from amana.core.policy.model import INVALID, UNDETERMINED, Case, Conflict, FactDef, cite, strongest
from amana.core.safeguards.model import CAN_FIND, Safeguard, SafeguardCase, SafeguardVerdict

CASE_KEYS = ("ref", "on", "decision", "outcome", "rule", "needs", "possible", "why")
"""Columns of a worked case beside the facts."""

SAFEGUARD_CASE_KEYS = ("ref", "on", "safeguard", "verdict", "due", "needs", "why")
"""Columns of a worked case of a safeguard beside the facts."""


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
                Conflict(
                    id=ident,
                    reported=reported,
                    conflict=conflict,
                    rules=own_rules,
                    outcomes=own_outcomes,
                    sources=refs,
                    strength=strongest(ref.weight for ref in refs),
                    watched_by=watched,
                )
            )
    return tuple(found)


def check_watched(conflicts: Iterable[Entry], safeguards: Mapping[str, Entry]) -> None:
    """A safeguard that names a conflict is named by it; a conflict names safeguards that are there, if the
    pack has any, and is named back by those that the same pack wrote. (A pack that stands on a safeguard may
    let it watch a conflict of its own.)
    """
    found = {entry.ident: entry for entry in conflicts}
    watched = {ident: _names(entry, "watched_by") for ident, entry in found.items()}
    for ident, safeguard in safeguards.items():
        for conflict in _names(safeguard, "conflicts_with"):
            if conflict not in found:
                reason = f"“conflicts_with: {conflict}” is no conflict of the pack."
                safeguard.fault(reason, f"Use one of: {', '.join(found) or 'none'}.")
            elif ident not in watched[conflict]:
                reason = f"The conflict “{conflict}” doesn't name it in watched_by."
                where = f"there{_or_anew(found[conflict])}"
                safeguard.fault(reason, f"Add {ident} {where}, or take {conflict} out of conflicts_with.")
    for conflict, entry in found.items():
        for ident in watched[conflict] if safeguards else ():
            watching = safeguards.get(ident)
            if watching is None:
                reason = f"“watched_by: {ident}” is no safeguard of the pack."
                entry.fault(reason, f"Use one of: {', '.join(safeguards)}.")
            elif watching.pack == entry.pack and conflict not in _names(watching, "conflicts_with"):
                entry.fault(
                    f"“watched_by: {ident}”, and {ident} doesn't name it in conflicts_with.",
                    f"Add {conflict} there, or take {ident} out of watched_by.",
                )


def _or_anew(entry: Entry) -> str:
    """How to add to what another pack wrote."""
    return f" (it is of “{entry.pack}”: write it anew in your own conflicts.yaml)" if entry.pack else ""


def _names(entry: Entry, key: str) -> tuple[str, ...]:
    """A list of names as written; how it must be written is told where the entry is read."""
    named = entry.content.get(key)
    return tuple(map(str, named)) if isinstance(named, list) else ()


def read_cases(files: Mapping[str, Any], known: Known, faults: Faults) -> tuple[Case, ...]:
    """The worked cases; facts stay as written."""
    found: list[Case] = []
    for entry in _rows(files, "cases", faults):
        case = _case(entry, known)
        if entry.close() and case is not None:
            found.append(case)
    return tuple(found)


def read_safeguard_cases(
    files: Mapping[str, Any],
    safeguards: Mapping[str, Safeguard],
    facts: Mapping[str, FactDef],
    faults: Faults,
) -> tuple[SafeguardCase, ...]:
    """The worked cases beside the safeguards; facts stay as written."""
    found: list[SafeguardCase] = []
    for entry in _rows(files, "safeguards", faults):
        case = _safeguard_case(entry, safeguards, facts)
        if entry.close() and case is not None:
            found.append(case)
    return tuple(found)


def _rows(files: Mapping[str, Any], folder: str, faults: Faults) -> list[Entry]:
    entries: list[Entry] = []
    for name in files_under(files, folder, ".csv"):
        entries += [
            Entry(name, str(row.get("ref") or f"line {place}"), row, faults)
            for place, row in enumerate(files[name] or [], start=2)
        ]
    each_once(entries, "case")
    return entries


def _day(entry: Entry) -> date | None:
    written = entry.text("on")
    try:
        # Python reads 20180115 and 2018-W03-1 too; a pack writes days in one way.
        on = date.fromisoformat(written if len(written) == len("2018-01-15") else "")
        if on.isoformat() != written:
            raise ValueError
    except ValueError:
        entry.fault(f"“on: {written}” is no day.", "Write a day such as 2018-01-15.")
        return None
    return on


def _safeguard_case(
    entry: Entry, safeguards: Mapping[str, Safeguard], facts: Mapping[str, FactDef]
) -> SafeguardCase | None:
    entry.asked.update(SAFEGUARD_CASE_KEYS)
    written = {name: entry.text(name, required=False) for name in facts}
    ident, verdict, on = entry.text("safeguard"), entry.text("verdict"), _day(entry)
    safeguard = safeguards.get(ident)
    if safeguard is None or not safeguard.alive:
        alive = [each.id for each in safeguards.values() if each.alive]
        reason = f"“{ident}” is no safeguard of the pack that watches anything."
        entry.fault(reason, f"Use one of: {', '.join(alive) or 'none'}.")
        return None
    verdicts = (
        SafeguardVerdict.NO_BREACH, *CAN_FIND[safeguard.severity], SafeguardVerdict.UNDETERMINED
    )  # fmt: skip
    if verdict and verdict not in verdicts:
        entry.fault(f"“{ident}” never finds “{verdict}”.", f"Use one of: {', '.join(verdicts)}.")
    if on is None:
        return None
    return SafeguardCase(
        id=entry.text("ref"),
        file=entry.file,
        safeguard=ident,
        on=on,
        facts=written,
        verdict=verdict,
        due=entry.text("due", required=False),
        needs=_listed(entry.text("needs", required=False)),
        note=entry.text("why", required=False),
    )


def _case(entry: Entry, known: Known) -> Case | None:
    entry.asked.update(CASE_KEYS)
    decision = entry.text("decision", required=False) or next(iter(known.decisions), "")
    facts = {name: entry.text(name, required=False) for name in known.facts}
    on = _day(entry)
    if on is None:
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
