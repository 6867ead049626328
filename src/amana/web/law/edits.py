"""From a form that was filled in to the edit of the pack that it asks for."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Any

from amana.core.policy import Pack
from amana.core.policy.editing.edits import Edit
from amana.web.law.change_base import NEW_TEXT, WEIGHTS
from amana.web.law.subjects import END, EVENT, NEW_RULE, PARAMETER, Subject

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def edit_told(subject: Subject, told: Mapping[str, Any], pack: Pack, decision: str = "") -> Edit:
    """The edit for a subject from the cleaned values of its form; `decision` is the one a rule speaks to."""
    content, source = _text_of(told, pack)
    content |= _gap_of(told, pack, decision)
    if subject.kind == PARAMETER:
        content |= {"value": told["value"], "source": source, **_both(told, "reading"), **told["sentences"]}
        return Edit("parameter", subject.target, told["from_day"], content)
    if subject.kind == EVENT:
        content |= {"on": told["on"], "standing": told["standing"], "where_read": told["where_read"]}
        return Edit("event", subject.target, None, {**content, "source": source})
    if subject.kind == END:
        return Edit("rule_ended", subject.target, told["from_day"], {**content, "source": source})
    content |= _rule(told, source, decision)
    if subject.kind == NEW_RULE:
        return Edit("rule_added", told["rule_id"], told["from_day"], content)
    return Edit("rule_replaced", subject.target, told["from_day"], content)


def _rule(told: Mapping[str, Any], source: str, decision: str) -> dict[str, Any]:
    rule = {
        "id": told["rule_id"],
        "decision": decision,
        "modality": told["modality"],
        "source": source,
        "when": told["when"],
        "outcome": told["outcome"],
        **_both(told, "reason"),
    }
    return rule | ({"exception_to": told["exception_to"]} if told.get("exception_to") else {})


def _both(told: Mapping[str, Any], name: str, key: str = "") -> dict[str, Any]:
    """A text in both languages under its key, if it was written."""
    english, arabic = told.get(f"{name}_en", ""), told.get(f"{name}_ar", "")
    return {key or name: {"en": english, "ar": arabic}} if english and arabic else {}


def _text_of(told: Mapping[str, Any], pack: Pack) -> tuple[dict[str, Any], str]:
    """What a new text adds to the edit, and the citation of the text that the change rests on."""
    if told["source"] != NEW_TEXT:
        return {}, told["source"]
    id = _free_id(told["text_title_en"], pack.sources)
    instrument = {
        "id": id,
        "title": {"en": told["text_title_en"], "ar": told["text_title_ar"]},
        "kind": WEIGHTS[told["text_weight"]],
        "weight": told["text_weight"],
        "standing": told["text_standing"],
        "where_read": told["text_where"],
    }
    return {"instrument": instrument}, id


def _gap_of(told: Mapping[str, Any], pack: Pack, decision: str) -> dict[str, Any]:
    """The gap that the change opens, as its author describes it; nobody has accepted it."""
    if not told["gap_when"]:
        return {}
    gap = {
        "id": _free_id(told["gap_title_en"], {gap.id for gap in pack.gaps}),
        "decision": decision or next(iter(pack.decisions)),
        "when": told["gap_when"],
        **({"in_force": {"from": told["from_day"].isoformat()}} if told.get("from_day") else {}),
        **_both(told, "gap_title", "title"),
    }
    return {"gaps": [gap]}


def _free_id(title: str, taken: Container[str]) -> str:
    """A plain id made of a title, which nothing of the pack bears yet."""
    plain = _NOT_IN_IDS.sub("-", title.lower()).strip("-")[:40].strip("-") or "text"
    return next(id for n in range(1, 10_000) if (id := plain if n == 1 else f"{plain}-{n}") not in taken)
