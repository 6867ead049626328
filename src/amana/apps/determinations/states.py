"""The life of a determination as a table: from each state, what each act makes of it, or that it is refused.

A determination is asked for and then approved or rejected by somebody else; an assessment, and what another
body decided, are recorded. Nothing is ever edited: a new one takes the place of the old. While contested,
one that parts a child, refuses care or is adverse is suspended; what protects goes on holding, so that nobody
ends a protection by contesting it. Nobody is moved on what is contested, whatever it decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from amana.apps.determinations.codes import NEUTRAL, PROTECTIVE, REFUSED, SEPARATION


class State(StrEnum):
    """Where a determination stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    RECORDED = "recorded"
    UNDER_APPEAL = "under_appeal"
    UPHELD = "upheld"
    OVERTURNED = "overturned"
    SUPERSEDED = "superseded"


class Act(StrEnum):
    """What may be done to a determination that exists."""

    APPROVE = "approve"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    OVERTURN = "overturn"
    SUPERSEDE = "supersede"


_NOTHING: Mapping[Act, State | None] = dict.fromkeys(Act)


def _only(**allowed: State) -> Mapping[Act, State | None]:
    return MappingProxyType({**_NOTHING, **{Act(act): state for act, state in allowed.items()}})


_IN_FORCE = _only(appeal=State.UNDER_APPEAL, supersede=State.SUPERSEDED)
_ENDED = _only()

TABLE: Mapping[State, Mapping[Act, State | None]] = MappingProxyType(
    {
        State.REQUESTED: _only(approve=State.APPROVED, reject=State.REJECTED, withdraw=State.WITHDRAWN),
        State.APPROVED: _IN_FORCE,
        State.RECORDED: _IN_FORCE,
        State.UPHELD: _IN_FORCE,
        State.UNDER_APPEAL: _only(uphold=State.UPHELD, overturn=State.OVERTURNED),
        State.REJECTED: _ENDED,
        State.WITHDRAWN: _ENDED,
        State.OVERTURNED: _ENDED,
        State.SUPERSEDED: _ENDED,
    }
)
"""State -> act -> the state that follows; None: the act is refused."""

STATES: tuple[str, ...] = tuple(State)
IN_FORCE = frozenset({State.APPROVED, State.RECORDED, State.UPHELD})
"""States in which a determination carries what it decides."""
ENDED = frozenset(state for state, acts in TABLE.items() if not any(acts.values()))
NEEDS_SECOND_PERSON = frozenset(set(State) - {State.REQUESTED, State.WITHDRAWN, State.RECORDED})
"""States that a determination of this office reaches only after somebody else than its author decided."""


def after(state: str, act: Act) -> State | None:
    """The state that follows; None where the act is refused."""
    return TABLE[State(state)][act]


HARMLESS = (PROTECTIVE, NEUTRAL)
"""Effects that an appeal does not suspend; what it is not known to do to the child is suspended."""
PARTING = (SEPARATION, REFUSED)
"""What is decided against the child whatever it is called."""


def holds(state: str, decides: str, effect: str) -> bool:
    """Whether a determination holds in this state: in force, or contested while what it decides protects."""
    contested = state == State.UNDER_APPEAL and effect in HARMLESS and decides not in PARTING
    return state in IN_FORCE or contested
