"""The matrix of roles and classes as it is enforced: asked of the same function that guards the records, not
copied from the table of roles.
"""

from __future__ import annotations

from dataclasses import dataclass

from amana.apps.accounts.permissions import RELATIONS
from amana.apps.accounts.roles import EXPORTS, ROLES
from amana.core.need_to_know import ASKS, CLASSES, Level, decide, level


@dataclass(frozen=True)
class MatrixCell:
    """What one role may do with one class of people in its relation.

    `level`: what it opens by itself; `named`: what it opens to somebody named for the record; `first`:
    whether it may be written as it is first told; `note`: msgid that narrows it further, or empty.
    """

    cls: str
    level: Level
    named: Level
    first: bool
    note: str

    @property
    def sealed(self) -> bool:
        """Whether only somebody named for the record reads it."""
        return self.named > self.level


@dataclass(frozen=True)
class MatrixRow:
    """One role: title and description are msgids, as are relation and export."""

    role: str
    title: str
    description: str
    relation: str
    relation_words: str
    days: int | None
    export: str
    export_words: str
    granted_by: str
    cells: tuple[MatrixCell, ...]


def matrix() -> tuple[MatrixRow, ...]:
    """One row for each role. Outside the relation every cell is NONE; that is asked too, and refused here."""
    return tuple(_row(role) for role in ROLES)


def _row(role_id: str) -> MatrixRow:
    role = ROLES[role_id]
    return MatrixRow(
        role=role.id,
        title=role.title,
        description=role.description,
        relation=role.relation,
        relation_words=RELATIONS[role.relation],
        days=role.days,
        export=role.export,
        export_words=EXPORTS[role.export],
        granted_by=role.granted_by,
        cells=tuple(_cell(role_id, cls) for cls in CLASSES),
    )


def _cell(role_id: str, cls: str) -> MatrixCell:
    role = ROLES[role_id]
    for held in (False, None):
        for verb in ASKS:
            if decide(role.cells, cls, held, verb, named=True, first=True):
                raise AssertionError(f"{role_id} may {verb} {cls} outside its relation")
    return MatrixCell(
        cls=cls,
        level=level(role.cells, cls, True),
        named=level(role.cells, cls, True, named=True),
        first=decide(role.cells, cls, True, "write", first=True),
        note=role.cell(cls).note,
    )
