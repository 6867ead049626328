"""Plan a move, see what stops it, carry it out; record an urgent protective one, have it reviewed, end it.

A plan is carried out whole or not at all: while a safeguard that blocks it finds a breach or can't tell,
nothing is written but the attempt itself (`move.stopped` in the trail). No waiver opens a blocked move.
Custody is never opened here: that takes a judicial order on the person's own acts.

Recording a move that has happened is another matter (`casework.amend.move`): it always can be, and shows
what it breached.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.oversight.answers import Watched
from amana.apps.placements import commands as places
from amana.apps.placements.moves import commands
from amana.apps.placements.moves import queries as reads
from amana.apps.placements.moves.commands import URGENT_GROUNDS, MoveRefused
from amana.apps.placements.moves.planned import companions
from amana.apps.placements.moves.reading import OpenPlan
from amana.apps.placements.separation.facts import URGENT_DAYS
from amana.apps.registry import commands as register
from amana.apps.registry import queries as registry
from amana.casework.follow import follow_up
from amana.casework.stopping import (
    CustodyRefused,
    Stopped,
    guarded,
    hold,
    open_row,
    refuse_custody,
    require_day_ahead,
    require_place,
    require_return,
    require_told,
    stopping,
    watched_plan,
)

__all__ = [
    "CustodyRefused",
    "MoveRefused",
    "Stopped",
    "carry_out",
    "complete_plan",
    "end_urgent",
    "missing",
    "plan_move",
    "review_urgent",
    "tell_urgent",
    "urgent_move",
    "watched",
    "withdraw_move",
]

PLAN = "moves.plan"
REVIEW = "determinations.approve"


def plan_move(
    person: str,
    *,
    facility: str,
    planned_for: date,
    grounds: Sequence[str],
    reason: str,
    care_identified: bool = False,
    consulate: str = "",
    apart_reason: str = "",
    together: bool = False,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
) -> str:
    """Plan a move; its reference. Nobody moves. `together`: mother and children at one place move as one.

    Raises `MoveRefused` (a `CustodyRefused` is kept in the trail), `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(PLAN)
    registry.person(by, person)

    def write(log: Log) -> str:
        register.take_turn(person=person, seen_version=seen_version)
        require_place(person, facility, on)
        require_day_ahead(planned_for, on)
        refuse_custody(person, facility, on, together=together)
        if together and not companions(person, on):
            raise MoveRefused("nobody_along", "Nobody of the family is at the same place.", "together")
        if commands.has_open_plan(person):
            raise MoveRefused(
                "planned", "A move of this person is planned already. Withdraw that plan first."
            )
        ref = commands.store_plan(
            person=person,
            facility=facility,
            planned_for=planned_for,
            grounds=grounds,
            reason=reason,
            together=together,
            care_identified=care_identified,
            consulate=consulate,
            apart_reason=apart_reason,
            on=on,
            log=log,
        )
        follow_up([person], on=on, log=log)
        return ref

    return guarded(write, person, facility, by=by, at=at)


def complete_plan(
    mref: str,
    *,
    planned_for: date,
    care_identified: bool,
    consulate: str,
    apart_reason: str = "",
    by: Viewer,
    at: datetime,
    on: date,
) -> None:
    """Keep what has become known of an open plan since: its day, care arranged, the consulate. Raises
    `MoveRefused`, `NotForYou`.
    """
    by.require(PLAN)
    plan = reads.plan(by, mref)
    with recording(by, at) as log:
        register.take_turn(person=plan.person, seen_version=None)
        require_day_ahead(planned_for, on)
        commands.complete_plan(
            ref=mref,
            planned_for=planned_for,
            care_identified=care_identified,
            consulate=consulate,
            apart_reason=apart_reason,
            log=log,
        )
        follow_up([plan.person], on=on, log=log)


def watched(viewer: Viewer, mref: str, on: date) -> tuple[Watched, ...]:
    """Every safeguard that may block this open plan, with what it finds; empty once the plan is closed.
    Raises `NotForYou`.
    """
    plan = reads.plan(viewer, mref)
    return watched_plan(open_row(plan.person, mref, on), on, None) if plan.open else ()


def missing(viewer: Viewer, mref: str, on: date) -> tuple[Watched, ...]:
    """What stands in the way of a plan: each blocking safeguard that finds a breach or can't tell. Raises
    `NotForYou`.
    """
    return stopping(watched(viewer, mref, on))


def carry_out(mref: str, *, moved_on: date, source: str = "", by: Viewer, at: datetime, on: date) -> None:
    """Carry a plan out: the stays of all who move change in one step. `source` says who reports that they
    moved.

    Raises `Stopped` while a blocking safeguard finds a breach or can't tell, `CustodyRefused`, `MoveRefused`
    (closed, or the day does not fit), `NotForYou`; then nothing is changed, and the attempt is in the trail.
    """
    by.require(PLAN)
    seen = reads.plan(by, mref)

    def write(log: Log) -> str:
        hold(seen.person, seen.together, on)
        commands.open_plan(mref)
        plan = open_row(seen.person, mref, on)
        if not seen.planned_on <= moved_on <= on:
            raise MoveRefused(
                "day",
                "Name a day from the day it was planned to today; another is recorded as a move.",
                "moved_on",
            )
        refuse_custody(plan.person, plan.facility, on, together=plan.together)
        findings = stopping(watched_plan(plan, on, moved_on))
        if findings:
            raise Stopped(findings)
        group = [plan.person, *(companions(plan.person, on) if plan.together else ())]
        if plan.together and len(group) == 1:
            raise MoveRefused("alone", "Nobody of the family is at the same place any more.")
        for ref in group:
            _begin(ref, plan, moved_on, source or f"plan:{mref}", log)
        commands.close_plan(ref=mref, state=commands.DONE, reason="", moved_on=moved_on, log=log)
        follow_up(group, on=on, log=log)
        return mref

    guarded(write, seen.person, seen.facility.ref, by=by, at=at, move=mref)


def withdraw_move(mref: str, *, reason: str, by: Viewer, at: datetime, on: date) -> None:
    """Withdraw an open plan with a reason: for whoever plans moves, and for whoever decides determinations.
    Raises `MoveRefused`, `NotForYou`.
    """
    if not (by.may(PLAN) or by.may(REVIEW)):
        raise NotForYou(by.role, PLAN)
    plan = reads.plan(by, mref)
    with recording(by, at) as log:
        register.take_turn(person=plan.person, seen_version=None)
        commands.close_plan(ref=mref, state=commands.WITHDRAWN, reason=reason, log=log)
        follow_up([plan.person], on=on, log=log)


def urgent_move(
    person: str,
    *,
    facility: str,
    ground: str,
    reason: str,
    with_family: str,
    alone_reason: str = "",
    moved_on: date,
    monitor_told_on: date | None = None,
    guardian_told_on: date | None = None,
    source: str = "",
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
) -> str:
    """Record an urgent protective move (medical, violence, fire), which waits for no determination and lasts
    at most 72 hours; its reference. `with_family="together"`: mother and children at the place move as one;
    where that was not possible, `alone_reason` says why.

    Never into custody. Raises `MoveRefused`, `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(PLAN)
    registry.person(by, person)
    together = with_family == "together"

    def write(log: Log) -> str:
        register.take_turn(person=person, seen_version=seen_version)
        require_place(person, facility, on)
        refuse_custody(person, facility, on, together=together)
        if not on - timedelta(days=URGENT_DAYS) <= moved_on <= on:
            raise MoveRefused(
                "urgent_day",
                "An urgent move is of the last three days. Record an older one as a move.",
                "moved_on",
            )
        require_told(moved_on, on, monitor_told_on=monitor_told_on, guardian_told_on=guardian_told_on)
        group = [person, *(companions(person, on) if together else ())]
        ref = commands.store_urgent(
            person=person,
            facility=facility,
            ground=ground,
            reason=reason,
            with_family=with_family,
            alone_reason=alone_reason,
            moved_on=moved_on,
            monitor_told_on=monitor_told_on,
            guardian_told_on=guardian_told_on,
            log=log,
        )
        for each in group:
            stay = places.move(
                person=each, facility=facility, on=moved_on, source=source or f"urgent:{ref}", log=log
            )
            grounds = [URGENT_GROUNDS[ground]]
            commands.tell_ground(stay=stay, grounds=grounds, urgent=ref, log=log, person=each)
        follow_up(group, on=on, log=log)
        return ref

    return guarded(write, person, facility, by=by, at=at)


def tell_urgent(
    mref: str,
    *,
    monitor_told_on: date | None = None,
    guardian_told_on: date | None = None,
    by: Viewer,
    at: datetime,
    on: date,
) -> None:
    """Record when monitor and guardian were told of an urgent move. Raises `MoveRefused`, `NotForYou`."""
    by.require(PLAN)
    move = reads.urgent_move(by, mref)
    require_told(move.moved_on, on, monitor_told_on=monitor_told_on, guardian_told_on=guardian_told_on)
    with recording(by, at) as log:
        commands.note_told(
            ref=mref, monitor_told_on=monitor_told_on, guardian_told_on=guardian_told_on, log=log
        )
        follow_up([move.person], on=on, log=log)


def review_urgent(mref: str, *, review: str, reason: str, by: Viewer, at: datetime, on: date) -> None:
    """Review an urgent move (upheld or not_upheld), never one's own. Raises `MoveRefused`, `NotForYou`."""
    by.require(REVIEW)
    move = reads.urgent_move(by, mref)
    with recording(by, at) as log:
        commands.store_review(ref=mref, review=review, reason=reason, on=on, log=log)
        follow_up([move.person], on=on, log=log)


def end_urgent(
    mref: str,
    *,
    ended_on: date,
    reason: str,
    returned_to: str = "",
    source: str = "",
    by: Viewer,
    at: datetime,
    on: date,
) -> None:
    """Record that an urgent move is over; `returned_to` is where the person is from that day, if elsewhere:
    the place it began from, or where the mother is by now. Raises `MoveRefused`, `NotForYou`.
    """
    by.require(PLAN)
    move = reads.urgent_move(by, mref)

    def write(log: Log) -> str:
        register.take_turn(person=move.person, seen_version=None)
        if ended_on > on:
            raise MoveRefused("future", "Name a day up to today.", "ended_on")
        if returned_to:
            require_place(move.person, returned_to, on)
            require_return(move.person, returned_to, move.moved_on, on)
            refuse_custody(move.person, returned_to, on)
            places.move(
                person=move.person,
                facility=returned_to,
                on=ended_on,
                source=source or f"urgent:{mref}",
                log=log,
            )
        commands.store_end(ref=mref, ended_on=ended_on, reason=reason, log=log)
        follow_up([move.person], on=on, log=log)
        return mref

    guarded(write, move.person, returned_to, by=by, at=at, move=mref)


def _begin(ref: str, plan: OpenPlan, moved_on: date, source: str, log: Log) -> None:
    """The stay that a plan begins for one of those who move, with its ground."""
    stay = places.move(person=ref, facility=plan.facility, on=moved_on, source=source, log=log)
    commands.tell_ground(
        stay=stay,
        grounds=plan.grounds.split(";"),
        care_identified=plan.care_identified or None,
        consulate=plan.consulate,
        apart_reason=plan.apart_reason,
        plan=plan.ref,
        log=log,
        person=ref,
    )
