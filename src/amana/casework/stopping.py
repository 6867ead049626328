"""What stops a move: the safeguards that block it, and custody, which no move opens. The attempt is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.oversight.answers import Watched
from amana.apps.placements import commands as places
from amana.apps.placements.moves.commands import MoveRefused
from amana.apps.placements.moves.planned import (
    companions,
    leaves_behind,
    may_return,
    opens_custody,
    plan_occasions,
)
from amana.apps.placements.moves.reading import OpenPlan, open_plans
from amana.apps.registry import commands as register
from amana.casework.snapshot import facts_on
from amana.core.errors import AmanaError
from amana.core.safeguards import STOPPING, find_all

NO_CUSTODY = (
    "Custody can't be opened here: it takes a judicial order on the person's own acts, and no plan stands in "
    "for one. Choose a place of care, or keep the child with the mother."
)

FARTHEST_DAYS = 180
"""How far ahead a move may be planned, in days (a product rule)."""


class Stopped(AmanaError):
    """A planned move was not carried out: `findings` stand in its way. Nothing was changed."""

    def __init__(self, findings: tuple[Watched, ...]) -> None:
        self.findings = findings
        named = ", ".join(dict.fromkeys(each.safeguard.id for each in findings))
        super().__init__(f"The move stops here: {named}. Each says what would clear it.")


class CustodyRefused(MoveRefused):
    """A move would put somebody into custody, which no plan and no urgent move does."""

    def __init__(self) -> None:
        super().__init__("custody", NO_CUSTODY, "facility")


def guarded(
    write: Callable[[Log], str], person: str, facility: str, *, by: Viewer, at: datetime, move: str = ""
) -> str:
    """Write in one transaction; an attempt that a safeguard or custody stops is kept in the trail alone."""
    try:
        with recording(by, at) as log:
            return write(log)
    except (Stopped, CustodyRefused) as refused:
        stopped = [each.safeguard.id for each in refused.findings] if isinstance(refused, Stopped) else []
        payload = {"facility": facility, "safeguards": sorted(set(stopped)) or ["custody"]}
        with recording(by, at) as log:
            log.entry("move.stopped", person, {**payload, **({"move": move} if move else {})})
        raise


def hold(person: str, together: bool, on: date) -> None:
    """Take the turn of everybody whom a plan moves or leaves without the mother, before it is judged, so that
    nobody moves one of them or appeals meanwhile; in one order, so that none waits for the other in a ring.
    """
    others = companions(person, on) if together else leaves_behind(person, on)
    for ref in sorted({person, *others}):
        register.take_turn(person=ref, seen_version=None)


def open_row(person: str, mref: str, on: date) -> OpenPlan:
    """The open plan as the safeguards read it. Raises `MoveRefused` where it is closed."""
    found = next((plan for plan in open_plans([person], on) if plan.ref == mref), None)
    if found is None:
        raise MoveRefused("closed", "This plan is closed already: it was carried out or withdrawn.")
    return found


def watched_plan(plan: OpenPlan, on: date, moved_on: date | None) -> tuple[Watched, ...]:
    """What the blocking safeguards find of everybody whom the plan would move."""
    pack, found = office_pack(), []
    for ref, occasions in plan_occasions(plan, on, moved_on).items():
        (row,) = facts_on([ref], on)
        by_kind = {each.kind: each for each in occasions}
        for finding in find_all(pack, row, occasions):
            safeguard = pack.safeguards[finding.safeguard]
            if safeguard.blocks:
                found.append(Watched(safeguard, by_kind[safeguard.watches], finding))
    return tuple(found)


def stopping(found: Sequence[Watched]) -> tuple[Watched, ...]:
    """Those that find a breach or can't tell. A waiver makes no difference here."""
    return tuple(each for each in found if each.finding.verdict in STOPPING)


def require_place(person: str, facility: str, on: date) -> None:
    """Raise `MoveRefused` unless the place exists and the person is elsewhere."""
    if not places.is_place(facility):
        raise MoveRefused("no_place", "There is no such place. Choose one of the list.", "facility")
    if places.is_at(person, facility, on):
        raise MoveRefused("same_place", "The person is at this place already. Choose another.", "facility")


def require_return(person: str, facility: str, left_on: date, on: date) -> None:
    """Raise `MoveRefused` where an urgent move would end at a place that is no return."""
    if not may_return(person, facility, left_on, on):
        raise MoveRefused(
            "no_return",
            "An urgent move ends where it began, or where the mother is now. Plan a move to another place.",
            "returned_to",
        )


def require_day_ahead(planned_for: date, on: date) -> None:
    """Raise `MoveRefused` for a day that has passed, or that lies so far ahead that the plan would be judged
    for a child of another age.
    """
    if planned_for < on:
        raise MoveRefused(
            "past", "Name today or a later day. A move that has happened is recorded as such.", "planned_for"
        )
    if (planned_for - on).days > FARTHEST_DAYS:
        raise MoveRefused(
            "too_far",
            f"Name a day within {FARTHEST_DAYS} days. What lies farther ahead is planned nearer to its day.",
            "planned_for",
        )


def require_told(moved_on: date, on: date, **told: date | None) -> None:
    """Raise `MoveRefused` for a day of telling before the move or after today."""
    for field, day in told.items():
        if day is not None and not moved_on <= day <= on:
            raise MoveRefused("told_day", "Name a day from the day of the move to today.", field)


def refuse_custody(person: str, facility: str, on: date, *, together: bool = False) -> None:
    """Raise `CustodyRefused` where the move would put the person into custody."""
    if opens_custody(person, facility, on, together=together):
        raise CustodyRefused
