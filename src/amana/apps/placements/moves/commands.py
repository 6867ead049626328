"""Writes of moves, inside `recording`: a plan is kept, completed and closed; an urgent move is kept, told,
reviewed and ended. What may be done in which case is asked in `casework.moves`.

The trail gets codes, days and references; reasons stand sealed in the tables alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.apps.determinations.codes import CONSULATE, GROUNDS
from amana.apps.placements.moves.models import PlannedMove, StayGround, UrgentMove
from amana.core.errors import AmanaError
from amana.core.reasons import ASKED, in_words
from amana.core.reference import new_reference

APART_REASONS = ("best_interests", "medical", "court", "own_wish", "no_place")
DECIDED_BY = ("court", "panel", "authority")
URGENT_GROUNDS = {"medical": "medical", "violence": "safety", "fire": "safety"}
"""What makes a move urgent -> the ground of the stay that it begins."""
TOGETHER, ALONE = "together", "not_possible"
WITH_FAMILY = (TOGETHER, ALONE)
UPHELD = "upheld"
REVIEWS = (UPHELD, "not_upheld")
LONGEST_REASON = 2000
DONE, WITHDRAWN = PlannedMove.State.DONE, PlannedMove.State.WITHDRAWN


class MoveRefused(AmanaError):
    """A move can't be planned or recorded as asked. `code` names why, `field` what is to be corrected."""

    def __init__(self, code: str, message: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(message)


def store_plan(
    *,
    person: str,
    facility: str,
    planned_for: date,
    grounds: Sequence[str],
    reason: str,
    together: bool,
    care_identified: bool,
    consulate: str,
    apart_reason: str,
    on: date,
    log: Log,
) -> str:
    """Keep an intended move; its reference. Raises `MoveRefused`."""
    ref = _free_reference()
    PlannedMove.objects.create(
        ref=ref,
        person_id=person,
        facility_id=facility,
        planned_for=planned_for,
        together=together,
        grounds=checked_grounds(grounds),
        reason=told(reason),
        care_identified=care_identified,
        consulate=one_of(consulate, CONSULATE, "consulate"),
        apart_reason=one_of(apart_reason, APART_REASONS, "apart_reason"),
        planned_on=on,
        by=log.by.audit_id,
        at=log.at,
    )
    payload = {"move": ref, "facility": facility, "for": planned_for, "grounds": list(grounds)}
    log.entry("move.planned", person, {**payload, "together": together})
    return ref


def complete_plan(
    *, ref: str, planned_for: date, care_identified: bool, consulate: str, apart_reason: str, log: Log
) -> None:
    """Keep what has become known of an open plan since; its grounds and its place stay as they were made."""
    plan = open_plan(ref)
    known: dict[str, Any] = {
        "planned_for": planned_for,
        "care_identified": care_identified,
        "consulate": one_of(consulate, CONSULATE, "consulate"),
        "apart_reason": one_of(apart_reason, APART_REASONS, "apart_reason"),
    }
    PlannedMove.objects.filter(ref=ref).update(**known)
    log.entry("move.completed", plan.person_id, {"move": ref, **known})


def has_open_plan(person: str) -> bool:
    """Whether a move of this person is planned."""
    return bool(PlannedMove.objects.filter(person=person, state=PlannedMove.State.PLANNED).exists())


def open_plan(ref: str) -> PlannedMove:
    """The open plan of that reference, locked until the transaction ends. Raises `MoveRefused`."""
    plan: PlannedMove | None = PlannedMove.objects.select_for_update().filter(ref=ref).first()
    if plan is None or plan.state != PlannedMove.State.PLANNED:
        raise MoveRefused("closed", "This plan is closed already: it was carried out or withdrawn.")
    return plan


def close_plan(*, ref: str, state: str, reason: str, log: Log, moved_on: date | None = None) -> None:
    """Close an open plan as done or withdrawn. Raises `MoveRefused`."""
    plan = open_plan(ref)
    PlannedMove.objects.filter(ref=ref).update(
        state=state,
        closed_by=log.by.audit_id,
        closed_at=log.at,
        closing_reason=sealed_for(
            plan, "closing_reason", told(reason) if reason or state == WITHDRAWN else None
        ),
        moved_on=moved_on,
    )
    kind = "move.carried_out" if state == DONE else "move.withdrawn"
    log.entry(kind, plan.person_id, {"move": ref, **({"on": moved_on} if moved_on else {})})


def store_urgent(
    *,
    person: str,
    facility: str,
    ground: str,
    reason: str,
    with_family: str,
    alone_reason: str,
    moved_on: date,
    monitor_told_on: date | None,
    guardian_told_on: date | None,
    log: Log,
) -> str:
    """Keep an urgent protective move; its reference. Whoever is moved without the family is so for a reason,
    which is kept too. Raises `MoveRefused`.
    """
    if UrgentMove.objects.filter(person=person, ended_on__isnull=True).exists():
        raise MoveRefused("urgent_open", "An urgent move of this person is open. End it first.")
    ref = _free_reference()
    UrgentMove.objects.create(
        ref=ref,
        person_id=person,
        facility_id=facility,
        ground=needed(ground, tuple(URGENT_GROUNDS), "ground"),
        reason=told(reason),
        with_family=needed(with_family, WITH_FAMILY, "with_family"),
        alone_reason=told(alone_reason, "alone_reason") if with_family == ALONE else None,
        moved_on=moved_on,
        monitor_told_on=monitor_told_on,
        guardian_told_on=guardian_told_on,
        by=log.by.audit_id,
        at=log.at,
    )
    log.entry("move.urgent", person, {"move": ref, "facility": facility, "on": moved_on, "ground": ground})
    return ref


def urgent(ref: str) -> UrgentMove:
    """The urgent move of that reference, locked until the transaction ends. Raises `MoveRefused`."""
    found: UrgentMove | None = UrgentMove.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise MoveRefused("unknown", "There is no such move.")
    return found


def note_told(*, ref: str, monitor_told_on: date | None, guardian_told_on: date | None, log: Log) -> None:
    """Keep when monitor and guardian were told. What was kept before is never emptied."""
    move = urgent(ref)
    known = {
        "monitor_told_on": move.monitor_told_on or monitor_told_on,
        "guardian_told_on": move.guardian_told_on or guardian_told_on,
    }
    UrgentMove.objects.filter(ref=ref).update(**known)
    log.entry("move.told", move.person_id, {"move": ref, **known})


def store_review(*, ref: str, review: str, reason: str, on: date, log: Log) -> None:
    """Keep the review of an urgent move by a second person. Raises `MoveRefused`."""
    move = urgent(ref)
    if move.reviewed_on is not None:
        raise MoveRefused("reviewed", "This move was reviewed already.")
    if move.by == log.by.audit_id:
        raise MoveRefused("own", "A second person reviews an urgent move, never who made it.")
    UrgentMove.objects.filter(ref=ref).update(
        review=needed(review, REVIEWS, "review"),
        review_reason=sealed_for(move, "review_reason", told(reason)),
        reviewed_on=on,
        reviewed_by=log.by.audit_id,
        reviewed_at=log.at,
    )
    log.entry("move.reviewed", move.person_id, {"move": ref, "review": review})


def store_end(*, ref: str, ended_on: date, reason: str, log: Log) -> None:
    """Keep that an urgent move is over. Raises `MoveRefused`."""
    move = urgent(ref)
    if move.ended_on is not None:
        raise MoveRefused("ended", "This move is over already.")
    if ended_on < move.moved_on:
        raise MoveRefused("day", "It can't end before it began. Check the day.", "ended_on")
    UrgentMove.objects.filter(ref=ref).update(
        ended_on=ended_on,
        ended_reason=sealed_for(move, "ended_reason", told(reason)),
        ended_by=log.by.audit_id,
        ended_at=log.at,
    )
    log.entry("move.urgent_ended", move.person_id, {"move": ref, "on": ended_on})


def tell_ground(
    *,
    stay: int,
    grounds: Sequence[str] = (),
    decided_by: str = "",
    care_identified: bool | None = None,
    consulate: str = "",
    apart_reason: str = "",
    plan: str | None = None,
    urgent: str | None = None,
    log: Log,
    person: str,
) -> None:
    """Keep what is told of the ground of a stay. Raises `MoveRefused` for a word that is no code."""
    StayGround.objects.create(
        stay_id=stay,
        grounds=checked_grounds(grounds) if grounds else "",
        decided_by=one_of(decided_by, DECIDED_BY, "decided_by"),
        care_identified=care_identified,
        consulate=one_of(consulate, CONSULATE, "consulate"),
        apart_reason=one_of(apart_reason, APART_REASONS, "apart_reason"),
        plan_id=plan,
        urgent_id=urgent,
    )
    log.entry("stay.ground_told", person, {"stay": stay, "grounds": list(grounds), "decided_by": decided_by})


def checked_grounds(grounds: Sequence[str]) -> str:
    """The grounds as they are kept. Raises `MoveRefused`."""
    if not grounds or not set(grounds) <= set(GROUNDS):
        raise MoveRefused("grounds", f"Name the grounds. Valid: {', '.join(GROUNDS)}.", "grounds")
    return ";".join(sorted(set(grounds), key=GROUNDS.index))


def one_of(code: str, valid: Sequence[str], field: str) -> str:
    """The code where it is one of those valid or empty. Raises `MoveRefused`."""
    return needed(code, valid, field) if code else ""


def needed(code: str, valid: Sequence[str], field: str) -> str:
    """The code where it is one of those valid. Raises `MoveRefused`."""
    if code not in valid:
        raise MoveRefused("code", f"Not a valid {field}. Valid: {', '.join(valid)}.", field)
    return code


def told(reason: str, field: str = "reason") -> str:
    """A reason in words, as it is kept. Raises `MoveRefused` where no reason is said, or too much."""
    words = reason.strip()
    if not in_words(words):
        raise MoveRefused("not_in_words", f"{ASKED}.", field)
    if len(words) > LONGEST_REASON:
        raise MoveRefused("long", f"Say why in at most {LONGEST_REASON} characters.", field)
    return words


def _free_reference() -> str:
    chance = secrets.SystemRandom()
    ref = new_reference("M", chance)
    while any(model.objects.filter(ref=ref).exists() for model in (PlannedMove, UrgentMove)):
        ref = new_reference("M", chance)
    return ref
