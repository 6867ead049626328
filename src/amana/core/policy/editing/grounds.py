"""What is asked of a change to the sorts of ground: a ground that falls on many stays one, and neither list
is left empty.

Safeguards find a separation on collective grounds alone by holding two parameters against each other. Whoever
calls a family tie or a nationality a ground of the person's own switches them off without touching one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from amana.core.policy.editing.edits import Edit, EditFault
from amana.core.policy.model import Pack

FOR_MANY: Final = "collective_grounds"
OWN: Final = "individual_grounds"
FILE: Final = "parameters.yaml"


def mixed_grounds(pack: Pack, edits: Sequence[Edit]) -> list[EditFault]:
    """A fault for each of these edits of a pack that empties a list of grounds, calls a ground that falls on
    many one of the person's own, or takes one off the list of those that fall on many.
    """
    faults: list[EditFault] = []
    many = codes_ever(pack, FOR_MANY)
    for edit in edits:
        if edit.kind != "parameter" or edit.target not in (FOR_MANY, OWN) or "value" not in edit.content:
            continue
        value = edit.content["value"]
        codes = {str(each) for each in value} if isinstance(value, list | tuple) else {str(value)} - {""}
        wrong = codes & many if edit.target == OWN else many - codes
        if not codes:
            faults.append(_fault(edit, "The list of grounds is empty.", "Name at least one ground."))
        elif wrong and edit.target == OWN:
            told = ", ".join(sorted(wrong))
            faults.append(_fault(edit, f"Grounds that fall on many at once: {told}.", "Take them out."))
        elif wrong:
            told = ", ".join(sorted(wrong))
            faults.append(_fault(edit, f"Grounds taken off the list: {told}.", "Put them back."))
    return faults


def codes_ever(pack: Pack, parameter: str) -> frozenset[str]:
    """The codes that a parameter has in any period."""
    known = pack.parameters.get(parameter)
    values = [value for _, value in known.periods] if known else []
    return frozenset(code for value in values if isinstance(value, tuple) for code in value)


def _fault(edit: Edit, reason: str, mend: str) -> EditFault:
    return EditFault("value", FILE, edit.target, reason, mend)
