"""Reads questions.yaml: what a pack leaves open and asks counsel. A question changes no answer.

Each names what it is about: ids of rules, parameters, events, gaps, conflicts, facts, outcomes, decisions
or instruments of the pack, or a citation `instrument/article`; so that whoever reads one of them meets the
question. Faults are collected, never raised here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from amana.core.policy.loading.parts import check_citation
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import CounselQuestion, Instrument


def read_questions(
    entries: Iterable[Entry], named: Set[str], sources: Mapping[str, Instrument]
) -> tuple[CounselQuestion, ...]:
    """The open questions of a pack. `named`: every id they may be about, besides citations of `sources`."""
    found = []
    for entry in entries:
        about = entry.names("about")
        for name in about:
            _check_about(entry, name, named, sources)
        question = CounselQuestion(
            entry.text("id"), entry.texts("text"), about, entry.texts("why", required=False)
        )
        entry.ident_is_plain()
        if entry.close():
            found.append(question)
    return tuple(found)


def _check_about(entry: Entry, name: str, named: Set[str], sources: Mapping[str, Instrument]) -> None:
    if name in named:
        return
    if "/" in name or name in sources:
        check_citation(entry, name, sources)
        return
    entry.fault(
        f"It is about “{name}”, which is nothing in the pack.",
        "Name a rule, parameter, event, gap, conflict, fact, outcome, decision, or instrument/article.",
    )
