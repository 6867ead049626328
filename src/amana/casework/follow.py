"""What follows every change of a case, in the transaction that makes it: those it concerns are decided anew,
the safeguards are held against them, and tasks are raised and closed.

Every command that changes a case ends with `follow_up`, so that the register never shows a case beside an
answer, a finding or a task that no longer fits it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amana.apps.audit.recording import Log
from amana.apps.oversight.circles import circle, with_children
from amana.apps.oversight.turns import take_turn
from amana.casework.decide import decide_people
from amana.casework.sweep import sweep_people
from amana.casework.tasks import raise_tasks


def follow_up(refs: Iterable[str], *, on: date, log: Log) -> None:
    """Decide these people anew as of `on` with the children of the mothers among them, look at all whom the
    change may concern, and raise their tasks.

    To be called inside `recording`, after the change is written; `on` is the office's day.
    """
    changed = list(dict.fromkeys(refs))
    if not changed:
        return
    concerned = circle(changed)
    take_turn(concerned)
    decide_people(with_children(changed), on=on, log=log)
    sweep_people(concerned, on=on, log=log)
    raise_tasks(concerned, on=on, log=log)
