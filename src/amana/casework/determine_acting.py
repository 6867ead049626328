"""Whether an answer of the law may be acted on, and on what branch of it a determination stands.

The system decides nothing about anyone: adopting an answer, not adopting it or departing from it is a
determination of people entitled to it. An answer that is open, a gap, never to be acted on, or harsh on facts
merely claimed can't even be answered so; what is left is a determination on the child's own interests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import Viewer
from amana.apps.decisions import queries as decisions
from amana.apps.decisions.answers import DecisionView
from amana.apps.decisions.office_pack import PLACEMENT, office_pack
from amana.apps.determinations import codes
from amana.apps.determinations import queries as determinations
from amana.apps.determinations.contents import DeterminationRefused, FieldFault, Incomplete
from amana.apps.determinations.occasions import occasion_key
from amana.casework.occasions import occasions_on
from amana.casework.snapshot import facts_on
from amana.core.facts import Standing
from amana.core.policy import BIRTH, INVALID, UNDETERMINED, FactView, OutcomeDef, Pack, decide, explain
from amana.core.safeguards import STOPPING, Finding, SafeguardVerdict, find_all

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


class ApprovalStopped(DeterminationRefused):
    """Safeguards stand against a determination that is to be approved; `findings` are what they find."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        told = ", ".join(f"{each.safeguard} {each.verdict}" for each in self.findings)
        super().__init__("stopped", f"Safeguards stop this determination: {told}. Reject it, and ask anew.")


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


def merely_claimed(viewer: Viewer, person: str) -> tuple[FactView, ...]:
    """The facts that carry the answer that stands and that nobody has supported. Raises `NotForYou`."""
    viewer.require("determinations.see")
    standing = decisions.current(viewer, person)
    if standing is None:
        return ()
    explained = explain(office_pack(), PLACEMENT, facts_on([person], standing.on)[0])
    return tuple(each for each in explained.facts if each.carries and each.standing is Standing.CLAIMED)


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


def hangs_on_age(grounds: Iterable[str], stance: str) -> bool:
    """Whether a determination may rest on an age: it adopts what the law answers, names a ground that speaks
    of everybody of an age, or none that carries it for this child whatever the age.
    """
    named = set(grounds)
    return stance == "adopt" or bool(named & codes.OF_MANY) or not named & codes.OF_THIS_CHILD


def branch(person: str, pack: Pack, on: date, effect: str, *, by_age: bool) -> tuple[bool, bool]:
    """Of what is decided on a day: whether it did not hang on an open age, and whether it is harsher than
    another outcome that was possible then. `by_age`: as from `hangs_on_age`.
    """
    verdict = decide(pack, PLACEMENT, facts_on([person], on)[0])
    outcomes = pack.decisions[PLACEMENT].outcomes
    open_age = not {BIRTH, pack.engines[PLACEMENT].name_in_needs(BIRTH)}.isdisjoint(verdict.needs)
    milder = not verdict.possible or any(not outcomes[id].harsh for id in verdict.possible)
    return not (open_age and by_age), effect == codes.ADVERSE and not verdict.definite and milder


def leaves_mother(person: str, decides: str, on: date) -> bool:
    """Whether care elsewhere is decided for a child whose mother is at the same place that day and able to
    care: that is a separation, whatever it is called.
    """
    return decides == codes.CARE and facts_on([person], on)[0].values.get("mother_present") is True


def effect_as_told(person: str, decides: str, place_kind: str, told: str, on: date) -> str:
    """What a decision of another body does to the child. What it decides counts before what it is called."""
    adverse = codes.EFFECT_OF.get(decides) == codes.ADVERSE or place_kind in codes.CUSTODY
    if adverse or leaves_mother(person, decides, on):
        return codes.ADVERSE
    return told or codes.EFFECT_OF.get(decides, "")


def require_no_breach(person: str, ref: str, on: date) -> None:
    """Raise `ApprovalStopped` while a safeguard that blocks finds a breach in a determination that waits, or
    can't tell.
    """
    pack = office_pack()
    found = _found_in(person, ref, on)
    stopping = [each for each in found if pack.safeguards[each.safeguard].blocks and each.verdict in STOPPING]
    if stopping:
        raise ApprovalStopped(stopping)


def require_second_author(viewer: Viewer, person: str, ref: str, on: date) -> None:
    """Raise `Incomplete` where somebody would replace her own record of what another body decided while it
    shows a breach that nobody may waive: writing it again is no way to be rid of it.
    """
    pack = office_pack()
    broken = (
        each.verdict is SafeguardVerdict.BREACH and not pack.safeguards[each.safeguard].waivable
        for each in _found_in(person, ref, on)
    )
    if any(broken) and determinations.determination(viewer, ref).mine:
        raise Incomplete([FieldFault("supersedes", "second_person")])


def _found_in(person: str, ref: str, on: date) -> tuple[Finding, ...]:
    """What the safeguards find in one determination of a person."""
    key = occasion_key(ref)
    asked = [each for each in occasions_on([person], on).get(person, ()) if each.key == key]
    return find_all(office_pack(), facts_on([person], on)[0], asked)
