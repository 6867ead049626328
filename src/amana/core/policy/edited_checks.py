"""What is asked of edits beside that they can be read: few enough days and ages to try, and described gaps
that are as narrow as the silence.

A gap described over everybody would let every later silence pass unseen; a condition of hundreds of days is
no law, and trying all its cells would keep the office waiting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from amana.core.policy.edits import Edit, EditFault
from amana.core.policy.engine import Engine
from amana.core.policy.expression import read_condition
from amana.core.policy.model import Gap, Pack
from amana.core.policy.nodes import Test, leaf_facts, leaves

MOST_DAYS = 60
"""Days and ages that the conditions of one proposal may compare with."""


def too_many_days(pack: Pack, edits: Sequence[Edit]) -> list[EditFault]:
    """A fault where the conditions of these edits of a pack compare with too many days and ages."""
    counted, last = 0, ("", "")
    for ident, key, written in _conditions(edits):
        found = _days_compared(pack, written)
        counted, last = counted + found, (ident, key) if found else last
    if counted <= MOST_DAYS:
        return []
    reason = f"The conditions compare with {counted} days and ages; {MOST_DAYS} can be tried together."
    return [EditFault(last[1], "edit", last[0], reason, "Say it with fewer, or as several proposals.")]


def gaps_too_wide(pack: Pack, edits: Sequence[Edit]) -> list[EditFault]:
    """A fault for each gap that these edits brought into the pack and that takes in, on its first day, people
    of whom a rule speaks.
    """
    faults = []
    for edit in edits:
        told = {str(entry.get("id")) for entry in edit.content.get("gaps") or ()}
        for gap in (each for each in pack.gaps if each.id in told):
            if _speaks(pack.engines[gap.decision], gap, _first_day(gap, edit)):
                reason = "It takes in people of whom a rule speaks, so a later gap could hide in it."
                mend = "Narrow the condition to those of whom no rule speaks."
                faults.append(EditFault("gaps", gap.file, gap.id, reason, mend))
    return faults


def _conditions(edits: Sequence[Edit]) -> Iterator[tuple[str, str, str]]:
    """Id, field and text of every condition that is said."""
    for edit in edits:
        yield edit.target, "when", str(edit.content.get("when") or "")
        for gap in edit.content.get("gaps") or ():
            yield edit.target, "gaps", str(gap.get("when") or "")


def _days_compared(pack: Pack, written: str) -> int:
    node, _refusals = read_condition(written, pack.facts, pack.parameters) if written else (None, [])
    if node is None:
        return 0
    return sum(
        len(leaf.operands)
        for leaf in leaves(node)
        if isinstance(leaf, Test) and any(pack.facts[name].type == "date" for name in leaf_facts(leaf))
    )


def _first_day(gap: Gap, edit: Edit) -> date | None:
    start = gap.in_force.start
    return (start.day if start else None) or edit.from_


def _speaks(engine: Engine, gap: Gap, on: date | None) -> bool:
    """Whether a rule speaks of anybody within the gap on that day; unseen where the cells are too many."""
    frame = engine.frame(on) if on else None
    if frame is None or not frame.finite:
        return False
    cells = frame.grid.cells
    every = (*(axis.full for axis in frame.axes()[: len(frame.axis_facts)]), *frame.events)
    within = cells.where(gap.condition) & cells.when(gap.in_force) & cells.state(every)
    return bool(within & ~frame.grid.silent)
