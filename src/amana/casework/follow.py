"""What follows every change of a case, in the transaction that makes it: those it concerns are decided anew.

Every command that changes a case ends with `follow_up`, so that the register never shows a case beside an
answer that no longer fits it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from amana.apps.audit.recording import Log
from amana.apps.oversight.circles import with_children
from amana.casework.decide import decide_people


def follow_up(refs: Iterable[str], *, on: date, log: Log) -> None:
    """Decide these people anew as of `on`, and the children of the mothers among them.

    To be called inside `recording`, after the change is written; `on` is the office's day.
    """
    changed = list(dict.fromkeys(refs))
    if changed:
        decide_people(with_children(changed), on=on, log=log)
