"""Reads the decisions of pack.yaml: their outcomes, the default and the interim handling. Faults are
collected, never raised here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amana.core.policy.load_parts import check_citation
from amana.core.policy.model import INVALID, UNDETERMINED, Decision, Instrument, Interim, OutcomeDef
from amana.core.policy.schema import Entry, Faults


def read_decisions(head: Entry, sources: Mapping[str, Instrument], faults: Faults) -> dict[str, Decision]:
    """The decisions of pack.yaml with their outcomes and interim handling."""
    found = {}
    for ident, content in head.table("decisions", required=False).items():
        entry = Entry("pack.yaml", ident, content, faults)
        outcomes = {name: _outcome(name, item, faults) for name, item in entry.table("outcomes").items()}
        entry.ident_is_plain()
        default = entry.text("default")
        if default and default not in outcomes:
            entry.fault(f"The default “{default}” is no outcome.", f"Use one of: {', '.join(outcomes)}.")
        interim = [
            _interim(f"{ident}.interim.{place}", item, outcomes, sources, faults)
            for place, item in enumerate(entry.rows("interim"), start=1)
        ]
        decision = Decision(ident, default, outcomes, tuple(interim), entry.texts("title", required=False))
        if entry.close():
            found[ident] = decision
    return found


def _outcome(ident: str, content: Any, faults: Faults) -> OutcomeDef:
    entry = Entry("pack.yaml", ident, content, faults)
    labels = {language: entry.text(language, required=False) for language in ("en", "ar")}
    for language, text in labels.items():
        if not text:
            entry.fault(f"The outcome “{ident}” has no label in “{language}”.", f"Add {language}: …")
    entry.ident_is_plain(UNDETERMINED, INVALID)
    actionable = entry.take("actionable", required=False)
    if actionable not in (None, True, False, "never"):
        entry.fault(f"“actionable: {actionable}” is not known.", "Use one of: true, never.")
    able = actionable in (None, True)
    outcome = OutcomeDef(
        ident,
        labels["en"],
        labels["ar"],
        entry.flag("harsh", False),
        able,
        entry.texts("description", required=False),
    )
    entry.close()
    return outcome


def _interim(
    ident: str,
    content: Any,
    outcomes: Mapping[str, OutcomeDef],
    sources: Mapping[str, Instrument],
    faults: Faults,
) -> Interim:
    entry = Entry("pack.yaml", ident, content, faults)
    named = entry.text("id", required=False) or ident
    interim = Interim(named, entry.names("possible_any"), entry.texts("handling"), entry.text("source"))
    for outcome in interim.possible_any:
        if outcome not in outcomes:
            entry.fault(f"“{outcome}” is no outcome.", f"Use one of: {', '.join(outcomes)}.")
    check_citation(entry, interim.source, sources)
    entry.close()
    return interim
