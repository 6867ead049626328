"""What is asked of edits beside that they can be read: few enough days and ages to try, ages that somebody
can have, and described gaps that are as narrow as the silence.

A gap described over everybody would let every later silence pass unseen; a condition of hundreds of days is
no law, and trying all its cells would keep the office waiting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from amana.core.policy.editing.edits import Edit, EditFault
from amana.core.policy.editing.reach import tests_reading
from amana.core.policy.engine import Engine
from amana.core.policy.expression import read_condition
from amana.core.policy.model import Gap, Pack
from amana.core.policy.nodes import Node, Test, leaf_facts, leaves

MOST_DAYS = 60
"""Days and ages that the conditions of one proposal may compare with."""
OLDEST = 120
"""Ages from 0 to this many completed years can be meant."""
AGES = ("age", "age_at")


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


def ages_nobody_has(pack: Pack, edits: Sequence[Edit]) -> list[EditFault]:
    """A fault for each threshold or condition that names an age below 0 or above 120."""
    faults = []
    for edit in edits:
        value = edit.content.get("value")
        if edit.kind == "parameter" and measures_age(pack, edit.target) and not _can_be_had(value):
            faults.append(_no_age("value", "parameters.yaml", edit.target, value))
    for ident, key, written in _conditions(edits):
        node, _refusals = read_condition(written, pack.facts, pack.parameters) if written else (None, [])
        faults += [_no_age(key, "edit", ident, age) for age in strange_ages(node)]
    return faults


def measures_age(pack: Pack, parameter: str) -> bool:
    """Whether rules or gaps compare an age with this parameter."""
    return any(each.term.kind in AGES for each in tests_reading(pack, parameter))


def strange_ages(node: Node | None) -> tuple[int, ...]:
    """The ages in a condition that nobody has."""
    tests = (each for each in leaves(node) if isinstance(each, Test)) if node else ()
    return tuple(
        operand
        for each in tests
        if each.term.kind in AGES
        for operand in each.operands
        if isinstance(operand, int) and not _can_be_had(operand)
    )


def _can_be_had(age: object) -> bool:
    return not isinstance(age, int) or 0 <= age <= OLDEST


def _no_age(key: str, file: str, ident: str, age: object) -> EditFault:
    return EditFault(key, file, ident, f"{age} is no age.", f"Write an age from 0 to {OLDEST}.")


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
