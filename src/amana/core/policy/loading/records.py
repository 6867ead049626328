"""Reads the kinds of record that safeguards watch (records.yaml, records/*.yaml), each with its facts.
Faults are collected, never raised here.

A fact belongs to one kind. Unless it says `kind: person`, it asks what is on record: not known means "not
on record". A fact that the pack's own facts.yaml declares is read as it stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from amana.core.policy.loading.parts import read_fact_entry
from amana.core.policy.loading.schema import Entry
from amana.core.policy.model import FactDef
from amana.core.safeguards.model import PERSON, RecordKind

DEFAULTS = ("class", "purpose", "retention")
"""What a kind says once for all its facts."""

COLUMNS = ("safeguard", "verdict", "due")
"""Columns of the worked cases of safeguards, which no fact may bear."""


def read_records(
    entries: Iterable[Entry], facts: Mapping[str, FactDef]
) -> tuple[dict[str, RecordKind], dict[str, FactDef]]:
    """The kinds by id, the person first, and every fact that may be watched: those of facts.yaml, then those
    of the kinds.
    """
    kinds: dict[str, RecordKind] = {}
    watched = dict(facts)
    owner: dict[str, str] = {}
    for entry in sorted(entries, key=lambda each: each.ident != PERSON):
        entry.ident_is_plain()
        title = entry.texts("title")
        defaults = {key: entry.text(key, required=False) for key in DEFAULTS}
        names = []
        for name, content in entry.table("facts").items():
            if name in owner:
                reason = f"The fact “{name}” belongs to “{owner[name]}” already."
                entry.fault(reason, "Give it a name of its own; names are told apart over all kinds.")
                continue
            owner[name] = entry.ident
            names.append(name)
            inner = entry.inner(_with_defaults(content, defaults), name)
            inner.ident_is_plain(*COLUMNS)
            fact = read_fact_entry(inner)
            if inner.close():
                watched.setdefault(name, fact)
        if entry.close():
            kinds[entry.ident] = RecordKind(entry.ident, title, tuple(names))
    return kinds, watched


def _with_defaults(content: object, defaults: Mapping[str, str]) -> object:
    """The content of a fact, with what its kind says of all of them."""
    if not isinstance(content, Mapping):
        return content
    return {"kind": "record"} | {key: text for key, text in defaults.items() if text} | dict(content)
