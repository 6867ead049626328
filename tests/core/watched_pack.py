"""Small invented packs with safeguards for tests, as the parsed content of their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from small_pack import EVERYBODY, ON, files, gap, rule, texts

from amana.core.errors import PackFaults
from amana.core.facts import FactRow
from amana.core.policy import Pack, build_pack, read_row
from amana.core.safeguards import Finding, Occasion, find


def record_fact(of: str, **more: Any) -> dict[str, Any]:
    """One fact of a kind of record."""
    return {
        "type": of,
        "label": texts("label"),
        "question": texts("what?"),
        "evidence_how": texts("how"),
        **more,
    }


CODES = ("age_threshold", "best_interests", "own_wish")
KINDS = {
    "person": {
        "title": texts("person"),
        "class": "C1",
        "purpose": "test",
        "retention": "case",
        "facts": {
            "alone_since": record_fact("date"),
            "parent_present": record_fact("boolean", kind="person"),
        },
    },
    "stay": {
        "title": texts("stay"),
        "class": "C1",
        "purpose": "test",
        "retention": "case",
        "facts": {
            "stay_since": record_fact("date"),
            "place": record_fact("code", values={"home": texts("home"), "prison": texts("prison")}),
            "last_look": record_fact("date"),
            "admitted": record_fact("date"),
            "with_mother": record_fact("boolean"),
        },
    },
    "parting": {
        "title": texts("parting"),
        "class": "C1",
        "purpose": "test",
        "retention": "case",
        "facts": {
            "parted_on": record_fact("date"),
            "decided_on": record_fact("date"),
            "grounds": record_fact("code", several=True, values={code: texts(code) for code in CODES}),
            "judge_open": record_fact("boolean"),
        },
    },
}


def safeguard(ident: str, watches: str, severity: str, **more: Any) -> dict[str, Any]:
    """One safeguard; without `watches` it waits for records."""
    written = {
        "id": ident,
        "title": texts(f"title of {ident}"),
        "asks": texts(f"{ident} asks"),
        "clears": texts(f"{ident} clears"),
        "severity": severity,
        "basis": ["law/1"],
        **more,
    }
    return written | ({"watches": watches, "alerts": ["caseworker"]} if watches else {})


DECIDED_FIRST = safeguard(
    "decided-first",
    "parting",
    "breach",
    applies="age < :grown",
    breach="decided_on IS NOT KNOWN OR decided_on > parted_on",
)
LOOKED_AT = safeguard(
    "looked-at",
    "stay",
    "duty",
    applies="age < :grown AND place = 'prison'",
    duty=[
        {"when": "last_look IS NOT KNOWN", "start": "stay_since", "clock": ":first_look"},
        {"when": "last_look IS KNOWN", "start": "last_look", "clock": 90},
    ],
)
PARAMETERS = {
    "grown": {"value": 18, "label": texts("grown")},
    "first_look": {"value": 14, "label": texts("first look")},
}


def watched_files(
    safeguards: Sequence[Mapping[str, Any]],
    *,
    kinds: Mapping[str, Any] = KINDS,
    parameters: Mapping[str, Any] = PARAMETERS,
    events: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The files of a pack with these safeguards."""
    content = files([rule("all", EVERYBODY, "home")], [gap("silent", EVERYBODY)], events)
    content["gaps.yaml"] = []
    content["parameters.yaml"] = dict(parameters)
    content["records.yaml"] = dict(kinds)
    content["safeguards/all.yaml"] = list(safeguards)
    return content | more


def watched(*safeguards: Mapping[str, Any], **more: Any) -> Pack:
    """A pack with these safeguards."""
    return build_pack(watched_files(safeguards, **more))


def told(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The id and reason of every fault found in a pack."""
    try:
        build_pack(content)
    except PackFaults as found:
        return [(fault.id, fault.reason) for fault in found.faults]
    return []


def person_row(pack: Pack, on: date = ON, **facts: str) -> FactRow:
    """A person's facts as written in a file."""
    return read_row(pack, "p", on, facts)


def occasion(pack: Pack, kind: str, **facts: str) -> Occasion:
    """One record, its facts as written in a file."""
    assert pack.watch is not None
    return Occasion(kind, "p", f"{kind}:1", read_row(pack.watch, "p", ON, facts).values)


def found(pack: Pack, ident: str, on: date = ON, **facts: str) -> Finding:
    """What a safeguard finds; facts of the person and of the record as written."""
    kind = pack.safeguards[ident].watches
    own = pack.records[kind].facts
    person = person_row(pack, on, **{name: text for name, text in facts.items() if name not in own})
    record = occasion(pack, kind, **{name: text for name, text in facts.items() if name in own})
    return find(pack, ident, person, record)
