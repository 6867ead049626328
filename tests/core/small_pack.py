"""Small invented packs for tests, as the parsed content of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from amana.core.errors import Fault, PackFaults
from amana.core.facts import FactRow
from amana.core.policy import Pack, Verdict, build_pack, decide, read_row

ON = date(2018, 2, 15)
EVERYBODY = "age >= 0"


def texts(text: str) -> dict[str, str]:
    """The same words for each language."""
    return {"en": text, "ar": text}


def fact(of: str, **more: Any) -> dict[str, Any]:
    """One entry of facts.yaml."""
    return {
        "type": of,
        "kind": "person",
        "label": texts("label"),
        "class": "C1",
        "purpose": "test",
        "retention": "case",
        "question": texts("what?"),
        "evidence_how": texts("how"),
        **more,
    }


FACTS = {
    "birth": fact("date"),
    "sex": fact("code", values={"male": texts("male"), "female": texts("female")}),
    "nationality": fact("code", scheme="iso-3166-1-alpha-3"),
    "ill": fact("boolean"),
    "alone": fact("boolean"),
    "siblings": fact("integer"),
    "arrived": fact("date"),
    "seen_by_doctor": fact("date", kind="record"),
}


def rule(ident: str, when: str, outcome: str, modality: str = "may", **more: Any) -> dict[str, Any]:
    """One rule."""
    return {
        "id": ident,
        "decision": "care",
        "modality": modality,
        "source": "law/1",
        "when": when,
        "outcome": outcome,
        "reason": texts("reason"),
        **more,
    }


def gap(ident: str, when: str, **more: Any) -> dict[str, Any]:
    """One known gap."""
    return {"id": ident, "decision": "care", "when": when, "title": texts("gap"), "accepted_by": None, **more}


def files(
    rules: Sequence[Mapping[str, Any]],
    gaps: Sequence[Mapping[str, Any]] = (),
    events: Mapping[str, Any] | None = None,
    outcomes: Sequence[str] = ("home", "clinic", "nothing"),
) -> dict[str, Any]:
    """A pack with one decision `care`, whose default is the last outcome."""
    interim = {"possible_any": list(outcomes), "handling": texts("care goes on"), "source": "law/1"}
    law = {"title": texts("law"), "kind": "law", "standing": "reported", "articles": {"1": texts("article")}}
    care = {
        "default": outcomes[-1],
        "outcomes": {outcome: texts(outcome) for outcome in outcomes},
        "interim": [interim],
    }
    content: dict[str, Any] = {
        "pack.yaml": {
            "id": "small",
            "title": texts("small"),
            "jurisdiction": "none",
            "status": "unreviewed",
            "decisions": {"care": care},
        },
        "facts.yaml": FACTS,
        "parameters.yaml": {"grown": {"value": 18, "label": texts("grown")}},
        "sources.yaml": {"instruments": {"law": law}, "events": dict(events or {})},
        "rules/rules.yaml": list(rules),
        "gaps.yaml": list(gaps),
    }
    return deepcopy(content)


def event(on: str, **more: Any) -> dict[str, Any]:
    """One event of sources.yaml."""
    return {"on": on, "standing": "reported", "title": texts("event"), **more}


def open_pack(
    rules: Sequence[Mapping[str, Any]], events: Mapping[str, Any] | None = None, **more: Any
) -> Pack:
    """A pack whose silent cells, if any, are all a known gap."""
    silent = [gap("silent", f"{rules[0]['when']} OR NOT ({rules[0]['when']})")]
    try:
        return build_pack(files(rules, silent, events, **more))
    except PackFaults:
        return build_pack(files(rules, [], events, **more))


def faults(content: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Every fault found in a pack; none if it is sound."""
    try:
        build_pack(content)
    except PackFaults as found:
        return found.faults
    return ()


def judge(pack: Pack, on: date = ON, **facts: str) -> Verdict:
    """The verdict for facts as written in a file."""
    return decide(pack, "care", row(pack, on, **facts))


def row(pack: Pack, on: date = ON, **facts: str) -> FactRow:
    """Facts as written in a file."""
    return read_row(pack, "ref", on, facts)
