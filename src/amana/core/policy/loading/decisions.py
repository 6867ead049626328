"""Reads the decisions of pack.yaml: their outcomes, the default and the interim handling. Faults are
collected, never raised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import INVALID, UNDETERMINED, Decision, Instrument, Interim, OutcomeDef

PLACES = ("with_mother", "state_home", "camp", "other")
"""The kinds of place an outcome may ask for: where the mother is, or a kind that the office knows.
Never one of custody: no rule sends anybody there, only a court does.
"""


def read_decisions(entries: Iterable[Entry], sources: Mapping[str, Instrument]) -> dict[str, Decision]:
    """The decisions of pack.yaml with their outcomes and interim handling."""
    found = {}
    for entry in entries:
        ident = entry.ident
        outcomes = {name: _outcome(entry.inner(item, name)) for name, item in entry.table("outcomes").items()}
        entry.ident_is_plain()
        default = entry.text("default")
        if default and default not in outcomes:
            entry.fault(f"The default “{default}” is no outcome.", f"Use one of: {', '.join(outcomes)}.")
        interim = [
            _interim(entry.inner(item, f"{ident}.interim.{place}"), outcomes, sources)
            for place, item in enumerate(entry.rows("interim"), start=1)
        ]
        decision = Decision(ident, default, outcomes, tuple(interim), entry.texts("title", required=False))
        if entry.close():
            found[ident] = decision
    return found


def _outcome(entry: Entry) -> OutcomeDef:
    ident = entry.ident
    labels = {language: entry.text(language, required=False) for language in ("en", "ar")}
    for language, text in labels.items():
        if not text:
            entry.fault(f"The outcome “{ident}” has no label in “{language}”.", f"Add {language}: …")
    entry.ident_is_plain(UNDETERMINED, INVALID)
    actionable = entry.take("actionable", required=False)
    if actionable not in (None, True, False, "never"):
        entry.fault(f"“actionable: {actionable}” is not known.", "Use one of: true, never.")
    outcome = OutcomeDef(
        id=ident,
        en=labels["en"],
        ar=labels["ar"],
        harsh=entry.flag("harsh", False),
        actionable=actionable in (None, True),
        description=entry.texts("description", required=False),
        place=entry.choice("place", PLACES) if entry.take("place", required=False) else "",
    )
    if outcome.place and not outcome.actionable:
        reason = "It names a kind of place, and is never acted on."
        entry.fault(reason, "Take place: out; nobody is ever sent somewhere by this outcome.")
    entry.close()
    return outcome


def _interim(entry: Entry, outcomes: Mapping[str, OutcomeDef], sources: Mapping[str, Instrument]) -> Interim:
    named = entry.text("id", required=False) or entry.ident
    interim = Interim(named, entry.names("possible_any"), entry.texts("handling"), entry.text("source"))
    for outcome in interim.possible_any:
        if outcome not in outcomes:
            entry.fault(f"“{outcome}” is no outcome.", f"Use one of: {', '.join(outcomes)}.")
    check_citation(entry, interim.source, sources)
    entry.close()
    return interim
