"""Dated edits of a pack's files: the old text stays and stops, the new text begins on a day.

A threshold gets an entry in `changes`, a rule gets `until` and its successor `from`; only the day of an
event is corrected in place, for that is knowledge and not law. Pure: the parsed files go in, new ones come
out, and neither is touched. An entry that is inherited is written into the pack's own files, where it
stands over the inherited one. Nothing is said to be verified here: that takes whoever read the text, and an
edited pack is unreviewed until counsel has read it again.

What only the pack as a whole can tell (a condition that can't be read, a gap that opens) is found when the
edited files are built; `edit_faults` brings such faults into the form of this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from amana.core.errors import AmanaError, Fault
from amana.core.policy.editing.files import EditedFiles
from amana.core.policy.editing.sentences import reword
from amana.core.policy.editing.text import add_text, texts_in, turns_or_hides
from amana.core.policy.model import Pack

EditKind = Literal["parameter", "rule_added", "rule_replaced", "rule_ended", "event"]
KINDS: tuple[EditKind, ...] = ("parameter", "rule_added", "rule_replaced", "rule_ended", "event")

PARAMETER_KEYS = ("value", "source", "reading")
EVENT_KEYS = ("on", "standing", "source", "where_read", "note")
SENTENCES = ("texts", "confirmed")
"""What an edit of a threshold says of the sentences that tell of it: said anew, or true as they stand."""
RULE_KEYS = ("id", "decision", "modality", "source", "when", "outcome", "reason", "exception_to", "title")
BESIDE = ("instrument", "gaps")
"""What every edit may bring beside its subject: a text, and the gaps that it opens."""


@dataclass(frozen=True)
class Edit:
    """One change of law from the day `from_` (None for an event, whose day stands in its content).

    `target` is the parameter, rule or event (for `rule_added` the new rule's id). `content` is plain data:
    `value`, `source`, `reading` of a parameter, `texts` (sentences said anew, see `edited_sentences`) and
    `confirmed` (those that stay true); a rule as in rules/*.yaml without `in_force`, where a
    successor keeps what isn't said anew; `on`, `standing`, `where_read` of an event. Beside that
    `instrument` (`id` and the entry of sources.yaml; for a known one only new `articles`) and `gaps`
    (entries of gaps.yaml).
    """

    kind: EditKind
    target: str
    from_: date | None = None
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class EditFault:
    """One fault of an edit; `field` is the key of the content (or `target`, `from_`), empty if it is none."""

    field: str
    file: str
    id: str
    reason: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.reason} Mend: {self.mend}"


class EditRefused(AmanaError):
    """An edit can't be applied; holds every fault found."""

    def __init__(self, faults: Sequence[EditFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def apply_edit(files: Mapping[str, Any], edit: Edit, extends: Sequence[Pack] = ()) -> dict[str, Any]:
    """The files after the edit; `extends` as for `build_pack`. Raises `EditRefused` with every fault."""
    edited = EditedFiles(files, extends)
    allowed = {"parameter": (*PARAMETER_KEYS, *SENTENCES), "event": EVENT_KEYS, "rule_ended": ("source",)}
    _check_keys(edit, (*allowed.get(edit.kind, RULE_KEYS), *BESIDE), edited)
    for key, told in edit.content.items():
        if any(map(turns_or_hides, texts_in(told))):
            reason = f"“{key}” holds a character that can't be seen or turns the order of what is shown."
            edited.fault(key, "", edit.target, reason, "Type the text anew without it.")
    if edit.from_ is None and edit.kind != "event":
        edited.fault("from_", "", edit.target, "The day is missing.", "Say the first day of the new text.")
    else:
        _APPLY[edit.kind](edited, edit)
        add_text(edited, edit.content)
        edited.unreview()
    if edited.faults:
        raise EditRefused([EditFault(*each) for each in edited.faults])
    return edited.files


def edit_faults(faults: Sequence[Fault]) -> tuple[EditFault, ...]:
    """Faults of a pack that was built from edited files, with the key of the content where it can be
    told.
    """
    return tuple(EditFault(_field(each), each.file, each.id, each.reason, each.mend) for each in faults)


_TOLD = (
    ("when", "when, position"),
    ("source", "It cites"),
    ("source", "lists no article"),
    ("outcome", "is no outcome"),
    ("exception_to", "It is an exception to"),
    ("decision", "is no decision of the pack"),
    ("on", "“on:"),
)


def _field(fault: Fault) -> str:
    """The key that a fault of the pack speaks of, by its words."""
    for key, words in _TOLD:
        if words in fault.reason:
            return key
    named = [key for key in (*RULE_KEYS, *PARAMETER_KEYS, *EVENT_KEYS) if f"“{key}" in fault.reason]
    return named[0] if named else ""


def _check_keys(edit: Edit, allowed: Sequence[str], edited: EditedFiles) -> None:
    if edit.kind not in KINDS:
        mend = f"Use one of: {', '.join(KINDS)}."
        edited.fault("kind", "", edit.target, f"“{edit.kind}” is no kind of edit.", mend)
        raise EditRefused([EditFault(*each) for each in edited.faults])
    for key in edit.content:
        if key not in allowed:
            reason = f"“{key}” can't be said in an edit of this kind."
            edited.fault(key, "", edit.target, reason, f"Use: {', '.join(sorted(allowed))}.")


def _parameter(edited: EditedFiles, edit: Edit) -> None:
    entry = edited.table_entry("parameters", edit.target)
    if entry is None or edit.from_ is None:
        return
    changes = list(entry.get("changes") or [])
    for bound in (str(change.get("from")) for change in changes):
        last = edited.last_day(bound)
        if last is None or edit.from_ <= last:
            reason = f"The text changes with {bound} already; {edit.from_} is not after it."
            edited.fault("from_", "parameters.yaml", edit.target, reason, _later_than(last))
    value, before = edit.content.get("value"), changes[-1]["value"] if changes else entry.get("value")
    if not _alike(value, before):
        reason = f"“value: {value}” is not of the kind of the value before it, {before}."
        edited.fault("value", "parameters.yaml", edit.target, reason, f"Write {_KIND_OF[type(before)]}.")
    elif value == before:
        reason = f"The value is {before} already."
        edited.fault("value", "parameters.yaml", edit.target, reason, "Give another value.")
    if _kept(edit.content.get("reading"), (changes[-1] if changes else entry).get("reading")):
        reason = "The value changes and its reading does not, so the reading would tell of the old value."
        edited.fault("reading", "parameters.yaml", edit.target, reason, "Say how the new value is read.")
    for key in ("source", "reading"):
        edited.require(edit.content, key, "parameters.yaml", edit.target, texts=key == "reading")
    told = {key: edit.content[key] for key in PARAMETER_KEYS if edit.content.get(key) is not None}
    entry["changes"] = [*changes, {"from": edit.from_.isoformat(), **told}]
    reword(edited, edit.content.get("texts") or {}, edit.from_)


_KIND_OF = {int: "a whole number", str: "a code", list: "a list of codes", tuple: "a list of codes"}


def _alike(value: Any, before: Any) -> bool:
    if isinstance(before, list | tuple):
        return (
            isinstance(value, list | tuple) and bool(value) and all(isinstance(each, str) for each in value)
        )
    return type(value) is type(before) and value != ""


def _kept(told: Any, before: Any) -> bool:
    """Whether a text in some language is the one before it."""
    pairs = before.items() if isinstance(told, Mapping) and isinstance(before, Mapping) else ()
    return any(text and str(told.get(key, "")).split() == str(text).split() for key, text in pairs)


def _rule_added(edited: EditedFiles, edit: Edit) -> None:
    ident = edit.content.get("id", edit.target)
    if ident != edit.target:
        reason = f"The new rule is called “{ident}” in one place and “{edit.target}” in another."
        edited.fault("id", f"rules/{ident}.yaml", str(ident), reason, "Use one id.")
    _add_rule(edited, edit, edit.target, _told(edit))


def _rule_replaced(edited: EditedFiles, edit: Edit) -> None:
    old = _end_rule(edited, edit)
    if old is None or edit.from_ is None:
        return
    ident = str(edit.content.get("id") or f"{edit.target}-{edit.from_.isoformat()}")
    kept = {key: value for key, value in old.items() if key != "in_force"}
    _add_rule(edited, edit, ident, {**kept, **_told(edit)})
    edited.succeed(edit.target, ident)


def _rule_ended(edited: EditedFiles, edit: Edit) -> None:
    _end_rule(edited, edit)


def _end_rule(edited: EditedFiles, edit: Edit) -> dict[str, Any] | None:
    """Writes the last day's end into the rule; the rule as it stood, None where it can't end."""
    entry = edited.rule(edit.target)
    if entry is None or edit.from_ is None:
        return None
    old, period = dict(entry), dict(entry.get("in_force") or {})
    begins, ends, file = period.get("from"), period.get("until"), edited.file_of(edit.target)
    if ends:
        mend = "Correct the event, or replace the rule that follows it."
        edited.fault("from_", file, edit.target, f"The rule ends with {ends} already.", mend)
    last = edited.last_day(str(begins)) if begins else None
    if begins and (last is None or last >= edit.from_):
        reason = f"The rule begins with {begins}, which is not before {edit.from_}."
        edited.fault("from_", file, edit.target, reason, _later_than(last))
    entry["in_force"] = {**period, "until": edit.from_.isoformat()}
    return old


def _add_rule(edited: EditedFiles, edit: Edit, ident: str, told: Mapping[str, Any]) -> None:
    file = f"rules/{ident}.yaml"
    if edited.has_rule(ident):
        edited.fault(
            "id", file, ident, f"There is another rule “{ident}”.", "Give the new rule an id of its own."
        )
        return
    for key in ("decision", "modality", "source", "when", "outcome"):
        edited.require(told, key, file, ident)
    edited.require(told, "reason", file, ident, texts=True)
    period = {"from": edit.from_.isoformat()} if edit.from_ else {}
    edited.add_rule(file, {**told, "id": ident, "in_force": period})


def _told(edit: Edit) -> dict[str, Any]:
    return {key: value for key, value in edit.content.items() if key in RULE_KEYS and value is not None}


def _event(edited: EditedFiles, edit: Edit) -> None:
    entry = edited.table_entry("events", edit.target)
    if entry is None:
        return
    file = edited.table_file("events", edit.target)
    if edit.from_ is not None:
        reason = "The correction of an event has no day of its own: it is what is now known."
        edited.fault("from_", file, edit.target, reason, "Write the event's day in “on” alone.")
    edited.require(edit.content, "on", file, edit.target)
    if edit.content.get("on") == entry.get("on"):
        edited.fault("on", file, edit.target, "The day is the same as before.", "Give another day.")
    if edit.content.get("standing") == "verified":
        edited.refuse_verified(file, edit.target)
    entry |= {key: edit.content[key] for key in EVENT_KEYS if edit.content.get(key)}


def _later_than(last: date | None) -> str:
    return f"Give a day after {last}." if last else "Correct the event first: it has no last day."


_APPLY = {
    "parameter": _parameter,
    "rule_added": _rule_added,
    "rule_replaced": _rule_replaced,
    "rule_ended": _rule_ended,
    "event": _event,
}
