"""Whether an answer of the law may be acted on, and on what branch of it a determination stands.

The system decides nothing about anyone: adopting an answer, not adopting it or departing from it is a
determination of people entitled to it. An answer that is open, a gap, never to be acted on, or harsh on facts
merely claimed can't even be answered so; what is left is a determination on the child's own interests.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.answers import DecisionView
from amana.apps.decisions.office_pack import PLACEMENT, office_pack
from amana.apps.determinations import codes
from amana.apps.determinations.contents import DeterminationRefused, FieldFault
from amana.casework.snapshot import facts_on
from amana.core.policy import BIRTH, INVALID, UNDETERMINED, OutcomeDef, Pack, Verdict, decide, explain

CANNOT_ACT: Final[Mapping[str, str]] = {
    "superseded": "It is no longer the answer that stands. Look at the case again.",
    "invalid": "The facts contradict themselves. Settle them first.",
    "undetermined": "The answer is open. Establish the facts it needs; nobody is moved meanwhile.",
    "gap": "No text speaks. A gap in the law is no ground to act on; care and family unity continue.",
    "never_actionable": "This answer is never acted on. Only a judge's order opens custody.",
    "merely_claimed": "It is harsh, and what carries it is merely claimed. Have the facts supported first.",
    "unreviewed_law": "The office's law has not been reviewed. It informs and supports no stay.",
}
"""Why an answer can't be acted on, by code; the first that holds is told."""


class CannotAct(DeterminationRefused):
    """An answer of the law can't be adopted, refused or departed from; `code` is a key of CANNOT_ACT."""

    def __init__(self, code: str) -> None:
        super().__init__(code, f"This answer can't be acted on. {CANNOT_ACT[code]}")

    @property
    def reason_code(self) -> str:
        """The key of CANNOT_ACT."""
        return self.code


def cannot_act(viewer: Viewer, person: str, decision_id: int | None, on: date) -> str:
    """Why this stored decision can't be acted on, on the day `on`; empty where it can. Raises `NotForYou`."""
    viewer.require("determinations.see")
    standing = decisions.current(viewer, person)
    if standing is None or standing.id != decision_id:
        return "superseded"
    return _reason(standing, office_pack(), on)


def require_actable(viewer: Viewer, person: str, decision_id: int | None, on: date) -> OutcomeDef:
    """The outcome of an answer that may be acted on. Raises `CannotAct`, `NotForYou`."""
    if reason := cannot_act(viewer, person, decision_id, on):
        raise CannotAct(reason)
    standing = decisions.current(viewer, person)
    if standing is None:
        raise CannotAct("superseded")
    return office_pack().decisions[PLACEMENT].outcomes[standing.outcome]


def _reason(standing: DecisionView, pack: Pack, on: date) -> str:
    if standing.outcome in (INVALID, UNDETERMINED):
        return standing.outcome
    decision = pack.decisions[PLACEMENT]
    outcome = decision.outcomes.get(standing.outcome)
    if outcome is None or standing.pack_hash != pack.hash or not _still_so(standing, pack, on):
        return "superseded"
    if outcome.id == decision.default:
        return "gap"
    if not outcome.actionable:
        return "never_actionable"
    if not explain(pack, PLACEMENT, facts_on([standing.ref], standing.on)[0]).actionable:
        return "merely_claimed"
    unreviewed = not pack.status.startswith("reviewed")
    return "unreviewed_law" if unreviewed and not office().demonstration else ""


def _still_so(standing: DecisionView, pack: Pack, on: date) -> bool:
    """Whether the records give this answer on its own day and today: a birthday may have come meanwhile."""
    days = dict.fromkeys((standing.on, on))
    return all(
        decide(pack, PLACEMENT, facts_on([standing.ref], day)[0]).outcome == standing.outcome for day in days
    )


def stance_fault(outcome: OutcomeDef, stance: str, decides: str, place_kind: str) -> FieldFault | None:
    """A fault where what is decided doesn't fit the stance towards the outcome."""
    if outcome.place == "with_mother":
        as_answered = decides == codes.STAYS
    elif outcome.place:
        as_answered = decides in codes.PLACED and place_kind == outcome.place
    else:
        as_answered = decides == codes.NO_CHANGE
    return None if as_answered == (stance == "adopt") else FieldFault("decides", "not_for_this")


def branch(pack: Pack, possible: tuple[str, ...], needs: tuple[str, ...], effect: str) -> tuple[bool, bool]:
    """Whether the answer did not hang on an open age, and whether what is decided is harsher than another
    possible outcome.
    """
    decision = pack.decisions[PLACEMENT]
    age_settled = not {BIRTH, pack.engines[PLACEMENT].name_in_needs(BIRTH)} & set(needs)
    milder = not possible or any(
        not outcome.harsh for id in possible if (outcome := decision.outcomes.get(id)) is not None
    )
    return age_settled, effect == codes.ADVERSE and len(possible) != 1 and milder


def branch_of_standing(
    viewer: Viewer, person: str, pack: Pack, effect: str
) -> tuple[bool | None, bool | None]:
    """As `branch`, from the decision that stands; unknown where nothing has been decided."""
    standing = decisions.current(viewer, person)
    if standing is None:
        return None, None
    return branch(pack, standing.possible, standing.needs, effect)


def branch_on(person: str, pack: Pack, day: date, effect: str) -> tuple[bool, bool]:
    """As `branch`, from what the records say of an earlier day, for what another body decided then."""
    verdict: Verdict = decide(pack, PLACEMENT, facts_on([person], day)[0])
    return branch(pack, verdict.possible, verdict.needs, effect)
