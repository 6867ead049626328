"""What differs between two packs: entries added, removed and changed, key by key. Pure, no wording.

Entries are compared as they are written, inherited ones too, so a pack and one that stands on it differ
only by what the second says itself. Comments, the order of keys and of files are no difference; the order
of facts is, because it breaks ties in what is asked for. Equal packs give an empty difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from amana.core.policy.loading.layers import KINDS
from amana.core.policy.loading.schema import plain_content
from amana.core.policy.model import Case, Pack
from amana.core.safeguards.model import Safeguard, SafeguardCase

ChangeKind = Literal["added", "removed", "changed"]
CASES = "cases"
NESTED = frozenset({"outcomes", "articles", "values", "facts"})
"""Keys whose content is a table of its own; its entries are compared one by one, as `outcomes/adult`."""


@dataclass(frozen=True)
class FieldChange:
    """One key that differs, as written; None where it is not there."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EntryChange:
    """One entry that differs. `fields`: those of a changed one. `read_by`: rules, gaps and safeguards that
    name it, in the second pack, or in the first if it is gone from the second. `replaces`: the pack whose
    inherited entry the second pack's own took the place of; empty if of none.
    """

    kind: str
    id: str
    change: ChangeKind
    fields: tuple[FieldChange, ...] = ()
    read_by: tuple[str, ...] = ()
    replaces: str = ""


@dataclass(frozen=True)
class PackDiff:
    """All that differs, by kind in the order of the packs' files. `head`: keys of the pack itself."""

    head: tuple[FieldChange, ...]
    entries: tuple[EntryChange, ...]

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return not self.head and not self.entries

    def of(self, kind: str) -> tuple[EntryChange, ...]:
        """The changes of one kind of entry."""
        return tuple(entry for entry in self.entries if entry.kind == kind)


def pack_diff(before: Pack, after: Pack) -> PackDiff:
    """What differs from the first pack to the second."""
    entries = [change for kind in KINDS for change in _of_kind(kind, before, after)]
    entries += _entries(CASES, _cases(before), _cases(after))
    return PackDiff(tuple(_fields(_head(before), _head(after))), tuple(entries))


def _of_kind(kind: str, before: Pack, after: Pack) -> Iterator[EntryChange]:
    written, anew = (
        {ident: placed.content for ident, placed in pack.entries.get(kind, {}).items()}
        for pack in (before, after)
    )
    for change in _entries(kind, written, anew):
        read_by = _read_by(change.id, before if change.change == "removed" else after)
        placed = after.entries.get(kind, {}).get(change.id)
        yield replace(
            change,
            read_by=read_by if kind in ("parameters", "facts") else (),
            replaces=placed.replaces if placed and placed.pack == after.id else "",
        )


def _entries(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[EntryChange]:
    for ident in {**before, **after}:
        if ident not in after:
            yield EntryChange(kind, ident, "removed")
        elif ident not in before:
            yield EntryChange(kind, ident, "added")
        elif fields := tuple(_fields(_keys(before[ident]), _keys(after[ident]))):
            yield EntryChange(kind, ident, "changed", fields)


def _keys(content: Any) -> dict[str, Any]:
    """The keys of an entry, those of its tables beside them."""
    found: dict[str, Any] = {}
    for key, value in plain_content(content).items():
        if key in NESTED and isinstance(value, dict):
            found |= {f"{key}/{name}": inner for name, inner in value.items()}
        else:
            found[key] = value
    return found


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield FieldChange(key, before.get(key), after.get(key))


def _head(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "title": dict(pack.title),
        "note": dict(pack.note) or None,
        "jurisdiction": pack.jurisdiction,
        "status": pack.status,
        "leap_day_birthday": pack.leap_day,
        "approximate_years": pack.approximate_years,
        "facts": list(pack.facts),
    }


def _cases(pack: Pack) -> dict[str, dict[str, Any]]:
    found = {case.id: _case(case) for case in pack.cases}
    return found | {f"safeguards/{case.id}": _safeguard_case(case) for case in pack.safeguard_cases}


def _case(case: Case) -> dict[str, Any]:
    return {
        "decision": case.decision,
        "on": case.on,
        **{name: written for name, written in case.facts.items() if written},
        "outcome": case.outcome,
        "rule": list(case.rule),
        "needs": list(case.needs),
    }


def _safeguard_case(case: SafeguardCase) -> dict[str, Any]:
    return {
        "safeguard": case.safeguard,
        "on": case.on,
        **{name: written for name, written in case.facts.items() if written},
        "verdict": case.verdict,
        "due": case.due,
        "needs": list(case.needs),
    }


def _read_by(ident: str, pack: Pack) -> tuple[str, ...]:
    """Rules, gaps and safeguards whose condition or clock names a parameter or a fact."""
    word = re.compile(rf"(?<![\w-]){re.escape(ident)}(?![\w-])")
    conditions = {rule.id: rule.when for rule in pack.rules.values()}
    conditions |= {gap.id: gap.when for gap in pack.gaps}
    conditions |= {each.id: " ".join(_asked(each)) for each in pack.safeguards.values()}
    return tuple(name for name, when in conditions.items() if word.search(when))


def _asked(safeguard: Safeguard) -> Iterator[str]:
    """Everything of a safeguard that may name a fact or a parameter."""
    yield from (safeguard.applies, safeguard.breach, safeguard.judged_on, safeguard.counts_from)
    for duty in safeguard.duties:
        yield from (duty.when, duty.start, duty.clock, duty.done)
