"""Sentences that a changed threshold makes stale, said anew from the day of the change.

A rule or gap that was law before that day ends on it and goes on under a new id with the new sentence, so
that each day keeps the sentence that was true of it. One that begins later is reworded where it stands, and
so is a conflict, which has no days, and a rule whose end may lie on either side of the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from amana.core.policy.editing.files import EditedFiles

FILES = {"rule": "rules", "gap": "gaps.yaml", "conflict": "conflicts.yaml"}


def reword(edited: EditedFiles, told: Any, since: date) -> None:
    """Writes new sentences: key (`rule:adult`, `gap:…`, `conflict:…`) -> texts in every language."""
    if not isinstance(told, Mapping):
        edited.fault(
            "texts", "", "", "“texts” is no mapping from sentences to texts.", "Write rule:id: {en, ar}."
        )
        return
    for key, texts in told.items():
        kind, _, ident = str(key).partition(":")
        if kind not in FILES:
            mend = f"Use one of: {', '.join(FILES)}."
            edited.fault("texts", "", ident, f"“{key}” names no rule, gap or conflict.", mend)
            continue
        edited.require({"texts": texts}, "texts", FILES[kind], ident, texts=True)
        _REWORD[kind](edited, ident, texts, since)


def _rule(edited: EditedFiles, ident: str, texts: Any, since: date) -> None:
    later = _later(ident, since)
    entry = edited.rule(later if edited.has_rule(later) else ident)
    if entry is None:
        return
    if not _splits(edited, entry, since):
        entry["reason"] = dict(texts)
        return
    old = dict(entry)
    entry["in_force"] = _until(old, since)
    edited.add_rule(
        f"rules/{later}.yaml", {**old, "id": later, "reason": dict(texts), "in_force": _from(old, since)}
    )
    edited.succeed(ident, later)


def _gap(edited: EditedFiles, ident: str, texts: Any, since: date) -> None:
    later = _later(ident, since)
    entry = edited.listed("gaps", later) or edited.listed("gaps", ident)
    if entry is None:
        edited.fault(
            "texts", FILES["gap"], ident, f"“{ident}” is no gap of the pack.", "Name a gap that is there."
        )
        return
    if not _splits(edited, entry, since):
        entry |= {"title": dict(texts), "accepted_by": None}
        return
    old = dict(entry)
    entry["in_force"] = _until(old, since)
    new = {"id": later, "title": dict(texts), "in_force": _from(old, since), "accepted_by": None}
    edited.files["gaps.yaml"].append({**old, **new})


def _conflict(edited: EditedFiles, ident: str, texts: Any, since: date) -> None:
    entry = edited.listed("conflicts", ident)
    if entry is None:
        reason = f"“{ident}” is no conflict of the pack."
        edited.fault("texts", FILES["conflict"], ident, reason, "Name a conflict that is there.")
        return
    entry["reported"] = dict(texts)


_REWORD = {"rule": _rule, "gap": _gap, "conflict": _conflict}


def _later(ident: str, since: date) -> str:
    return f"{ident}-{since.isoformat()}"


def _splits(edited: EditedFiles, entry: Mapping[str, Any], since: date) -> bool:
    """Whether the entry is law before that day and on it, so that each side needs its own sentence."""
    period = entry.get("in_force") or {}
    begins, ends = period.get("from"), period.get("until")
    last, first = (
        edited.last_day(str(begins)) if begins else None,
        edited.first_day(str(ends)) if ends else None,
    )
    return (not begins or (last is not None and last < since)) and (
        not ends or (first is not None and first > since)
    )


def _until(entry: Mapping[str, Any], since: date) -> dict[str, Any]:
    return {**(entry.get("in_force") or {}), "until": since.isoformat()}


def _from(entry: Mapping[str, Any], since: date) -> dict[str, Any]:
    return {**(entry.get("in_force") or {}), "from": since.isoformat()}
