"""Need-to-know as a pure decision: a role's cells, the class of what is asked, the relation to the record,
the verb and the purpose. Deny by default.

Knows no role and no record. Every condition must be TRUE: an unknown relation, class, verb or purpose is a
no. It can't grant what no cell holds, and nothing in it can be switched off.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final, Literal

CLASSES: Final = ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10")
"""The data classes of the register, in their order; `amana.apps.audit.columns` says what each is."""

Verb = Literal["exists", "flag", "coarse", "read", "write"]


class Level(IntEnum):
    """How much of a class a cell opens; each level holds those before it."""

    NONE = 0
    EXISTS = 1
    FLAG = 2
    COARSE = 3
    READ = 4
    WRITE = 5


ASKS: Final[Mapping[str, Level]] = {
    "exists": Level.EXISTS,
    "flag": Level.FLAG,
    "coarse": Level.COARSE,
    "read": Level.READ,
    "write": Level.WRITE,
}
"""Verb -> the least level that allows it."""


@dataclass(frozen=True)
class Cell:
    """What one role may do with one class.

    `sealed`: only for people named for the record, one by one. `once`: may be written when it is first told,
    and is never shown to the role again. `reasoned`: the page that shows it asks for a reason first. `note`
    narrows it further in words, for a reader of the matrix.
    """

    level: Level
    sealed: bool = False
    once: bool = False
    note: str = ""
    reasoned: bool = False


NOTHING: Final = Cell(Level.NONE)


class Withheld(Enum):
    """What stands in an answer in place of a value of a class that the viewer may not read.

    The same whether there is a value or none, so that it tells of neither; never to be shown as an empty one.
    """

    WITHHELD = "withheld"


WITHHELD: Final = Withheld.WITHHELD


def decide(
    cells: Mapping[str, Cell],
    cls: str,
    held: bool | None,
    verb: str,
    *,
    named: bool = False,
    first: bool = False,
    purposes: Collection[str] = (),
    purpose: str | None = None,
) -> bool:
    """Whether a role with these cells may do this with a class of a record.

    `held`: whether the viewer stands in her role's relation to the record, None where nobody knows; `named`:
    whether she is named for a sealed record; `first`: whether it is being told for the first time. Where a
    `purpose` is given it must be one of the role's.

    >>> caseworker = {"C1": Cell(Level.WRITE), "C6": Cell(Level.READ, sealed=True)}
    >>> decide(caseworker, "C1", True, "read"), decide(caseworker, "C1", None, "read")
    (True, False)
    >>> decide(caseworker, "C6", True, "read"), decide(caseworker, "C6", True, "read", named=True)
    (False, True)
    """
    cell, asked = cells.get(cls, NOTHING), ASKS.get(verb)
    if asked is None or cell.level is Level.NONE or held is not True:
        return False
    if purpose is not None and purpose not in purposes:
        return False
    if cell.once:
        return first is True and asked is Level.WRITE and cell.level is Level.WRITE
    if cell.sealed and named is not True:
        return False
    return cell.level >= asked


def level(cells: Mapping[str, Cell], cls: str, held: bool | None, *, named: bool = False) -> Level:
    """The highest level that `decide` allows of a class; NONE where it allows nothing."""
    allowed = [asked for verb, asked in ASKS.items() if decide(cells, cls, held, verb, named=named)]
    return max(allowed, default=Level.NONE)
