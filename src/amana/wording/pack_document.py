"""The form in which a pack, or what differs between two, is read: titled tables of text, no file format yet.

An entry that another pack wrote says which, and an own one whose place it took; a table of own entries that
stand beside nothing has no such column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from amana.core.policy import Pack
from amana.wording.languages import as_written
from amana.wording.pack_words import lines


@dataclass(frozen=True)
class Section:
    """One table: its title, a line of explanation, headings and rows of text."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PackTable:
    """A whole pack for reading; `status` says how far it has been reviewed, `lines` what it is."""

    title: str
    status: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]


def with_origin(section: Section, pack: Pack, kind: str, idents: Sequence[str]) -> Section:
    """The section with a last column that names the pack of each entry, if any is inherited or took the place
    of one that was. `idents`: one for each row.
    """
    entries = [pack.entries[kind][ident] for ident in idents]
    if all(entry.pack == pack.id and not entry.replaces for entry in entries):
        return section
    origins = [
        lines([_("this pack"), taken_place(entry.replaces)])
        if entry.pack == pack.id
        else as_written(entry.pack)
        for entry in entries
    ]
    rows = tuple((*row, origin) for row, origin in zip(section.rows, origins, strict=True))
    return replace(section, headings=(*section.headings, _("Inherited from")), rows=rows)


def taken_place(pack: str) -> str:
    """Of an own entry: whose inherited one it took the place of; empty if of none."""
    return _("takes the place of that of %(pack)s") % {"pack": as_written(pack)} if pack else ""
