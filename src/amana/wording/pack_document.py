"""The form in which a pack, or what differs between two, is read: titled tables of text, no file format yet.

An entry that another pack wrote says which; a table of own entries only has no such column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from amana.core.policy import Pack
from amana.wording.languages import as_written


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
    """The section with a last column that names the pack of each entry, if any is inherited. `idents`: one
    for each row.
    """
    origins = [pack.origin(kind, ident) for ident in idents]
    if all(origin == pack.id for origin in origins):
        return section
    rows = tuple(
        (*row, as_written(origin) if origin != pack.id else _("this pack"))
        for row, origin in zip(section.rows, origins, strict=True)
    )
    return replace(section, headings=(*section.headings, _("Inherited from")), rows=rows)
