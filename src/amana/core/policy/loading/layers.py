"""Lays a pack over those it extends: every entry by kind and id, its own over inherited ones.

An entry that is inherited is read anew beside what replaces its neighbours, so that a rule whose fact or
parameter no longer fits is found. Packs beneath that disagree about an id, and a pack that withdraws what
is not there, are faults.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from amana.core.policy.loading.schema import Entry, Faults, each_once, entries_of, list_entries, mapping_of

if TYPE_CHECKING:
    from amana.core.policy.model import Pack

KINDS = {
    "sources": "source",
    "events": "event",
    "parameters": "parameter",
    "facts": "fact",
    "decisions": "decision",
    "rules": "rule",
    "gaps": "gap",
    "conflicts": "conflict",
    "questions": "question",
    "records": "kind of record",
    "safeguards": "safeguard",
}
"""What a pack inherits by id, and what to call one of it."""

WITHDRAWN = ("rules", "gaps", "questions")
"""What may be taken out. Conflicts with other law and safeguards stay: who stands on a pack can't silence
them.
"""


@dataclass(frozen=True)
class Placed:
    """An entry as written: its content, the pack that wrote it, and the file (with the pack before it where
    it was inherited). `replaces`: the pack whose entry of this id it took the place of; empty if of none.
    """

    file: str
    content: Any
    pack: str
    replaces: str = ""


@dataclass
class Layers:
    """The entries of each kind in order, inherited ones in their old places; and what was withdrawn, and what
    replaced: `rules/id` -> the pack it came from.
    """

    ident: str
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> list[Entry]:
        """The entries of one kind."""
        return list(self.entries[kind].values())

    def placed(self) -> dict[str, dict[str, Placed]]:
        """Every entry as a pack that extends this one will find it."""
        return {
            kind: {
                ident: Placed(
                    entry.file,
                    entry.content,
                    entry.pack or self.ident,
                    self.replaced.get(f"{kind}/{ident}", ""),
                )
                for ident, entry in found.items()
            }
            for kind, found in self.entries.items()
        }


def lay(files: Mapping[str, Any], head: Entry, extends: Sequence[Pack], faults: Faults) -> Layers:
    """The entries of these files over those of the packs beneath."""
    layers = Layers(head.text("id"))
    own = _own_entries(files, head, faults)
    withdraws = head.inner(head.take("withdraws", required=False) or {}, "withdraws")
    for kind, one in KINDS.items():
        each_once(own[kind], one)
        mine = {entry.ident: entry for entry in reversed(own[kind])}
        gone = set(withdraws.names(kind, required=False)) if kind in WITHDRAWN else set()
        beneath = _beneath(kind, extends)
        for name in sorted(gone):
            _check_withdrawn(withdraws, kind, name, beneath, mine)
        layers.withdrawn |= {f"{kind}/{name}": beneath[name][0].pack for name in gone & set(beneath)}
        layers.replaced |= {
            f"{kind}/{name}": said[0].pack if name in mine else said[0].replaces
            for name, said in beneath.items()
        }
        _check_agreement(head, kind, extends, beneath, set(mine) | gone)
        layers.entries[kind] = {
            ident: Entry(found[0].file, ident, found[0].content, faults, found[0].pack)
            for ident, found in beneath.items()
            if ident not in gone
        }
        layers.entries[kind] |= {entry.ident: mine[entry.ident] for entry in own[kind]}
    withdraws.close()
    return layers


def files_under(files: Collection[str], folder: str, ending: str) -> list[str]:
    """The paths of a folder's files, sorted."""
    return sorted(name for name in files if name.startswith(folder + "/") and name.endswith(ending))


def files_of(files: Collection[str], name: str) -> list[str]:
    """The files that hold the tables of `name`: `name.yaml`, then those of the folder `name`, sorted."""
    single = f"{name}.yaml"
    return [*([single] if single in files else ()), *files_under(files, name, ".yaml")]


def _own_entries(files: Mapping[str, Any], head: Entry, faults: Faults) -> dict[str, list[Entry]]:
    tables = [
        (kind, f"{kind}.yaml", mapping_of(files, f"{kind}.yaml", faults)) for kind in ("parameters", "facts")
    ]
    tables.append(("decisions", "pack.yaml", head.table("decisions", required=False)))
    tables += [("records", file, mapping_of(files, file, faults)) for file in files_of(files, "records")]
    for file in files_of(files, "sources"):
        sources = Entry(file, "file", mapping_of(files, file, faults), faults)
        for kind, key in (("sources", "instruments"), ("events", "events")):
            tables.append((kind, file, sources.table(key, required=False)))
        sources.close()
    found: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
    for kind, file, table in tables:
        found[kind] += [Entry(file, ident, content, faults) for ident, content in table.items()]
    for kind in ("rules", "safeguards"):
        found[kind] = entries_of(files, files_under(files, kind, ".yaml"), faults)
    for kind in ("gaps", "conflicts", "questions"):
        found[kind] = list_entries(files, f"{kind}.yaml", faults)
    return found


def _beneath(kind: str, extends: Sequence[Pack]) -> dict[str, list[Placed]]:
    """What the packs beneath say under each id, every different content once."""
    found: dict[str, list[Placed]] = {}
    for pack in extends:
        for ident, placed in pack.entries.get(kind, {}).items():
            said = found.setdefault(ident, [])
            if all(other.content != placed.content for other in said):
                said.append(_seen_from_above(placed, pack.id))
    return found


def _seen_from_above(placed: Placed, ident: str) -> Placed:
    return replace(placed, file=f"{ident}/{placed.file}") if placed.pack == ident else placed


def _check_withdrawn(
    withdraws: Entry, kind: str, name: str, beneath: Collection[str], mine: Container[str]
) -> None:
    one = KINDS[kind]
    if name not in beneath:
        listed = ", ".join(sorted(beneath)) or "none"
        reason = f"It withdraws the {one} “{name}”, which it does not inherit."
        withdraws.fault(reason, f"Take it out of withdraws. It inherits these {kind}: {listed}.")
    elif name in mine:
        withdraws.fault(
            f"It withdraws the {one} “{name}” and has one of its own.",
            "Take it out of withdraws; the pack's own replaces the inherited one.",
        )


def _check_agreement(
    head: Entry,
    kind: str,
    extends: Sequence[Pack],
    beneath: Mapping[str, Sequence[Placed]],
    settled: set[str],
) -> None:
    """Two packs beneath must say one thing under an id, unless this pack says its own or withdraws it."""
    mend = f"Write the {KINDS[kind]} in this pack to say which holds"
    mend += f", or withdraw it (withdraws: {{{kind}: [id]}})." if kind in WITHDRAWN else "."
    for ident, said in beneath.items():
        if len(said) > 1 and ident not in settled:
            packs = " and ".join(f"“{placed.pack}”" for placed in said)
            head.fault(f"The packs {packs} have different {kind} “{ident}”.", mend)
    for pack, name in _withdrawn_beneath(kind, extends):
        if name in beneath and name not in settled:
            head.fault(
                f"“{pack}” withdraws the {KINDS[kind]} “{name}”, which “{beneath[name][0].pack}” has.", mend
            )


def _withdrawn_beneath(kind: str, extends: Sequence[Pack]) -> Iterator[tuple[str, str]]:
    for pack in extends:
        for key in pack.withdrawn:
            of, _, name = key.partition("/")
            if of == kind:
                yield pack.id, name
