"""Correct a case: add a claim, judge one, record a death or a move. Each is one transaction: the record,
the facts, the decision, and what the safeguards find.

A move recorded here has happened: it is kept whatever it breached, and what it breached shows. One that is
intended is planned in `casework.moves`.

A claim is never overwritten: another stands beside it, or an official accepts, disputes or refutes it with
a reason. All of it is for those who may amend cases; whoever may only see them gets `NotForYou`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Literal

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.decisions.office_pack import office_pack
from amana.apps.placements import commands as placements
from amana.apps.placements.commands import PlaceRefused
from amana.apps.placements.facts import DIED, MOTHER_DIED, UNABLE
from amana.apps.placements.moves.commands import tell_ground
from amana.apps.registry import commands as register
from amana.apps.registry import queries
from amana.apps.registry.commands import ClaimRefused
from amana.apps.registry.reach import require_reach
from amana.casework.follow import follow_up
from amana.core.dates import DateSpan, parse_edtf
from amana.core.facts import Standing
from amana.core.policy import domain

AMEND = "people.amend"
SOURCES = ("document", "statement", "court", "clinic", "other")
DATES = ("birth", DIED, MOTHER_DIED)
FLAGS = (UNABLE,)
CODES = ("sex", "nationality")
ATTRIBUTES = (*CODES, *DATES, *FLAGS)

Judgement = Literal["support", "confirm", "dispute", "settle", "refute"]
_STANDING = {"support": Standing.SUPPORTED, "confirm": Standing.CONFIRMED, "refute": Standing.REFUTED}
_DISPUTED = {"dispute": True, "settle": False}


def add_claim(
    *,
    person: str,
    attribute: str,
    stated: str,
    source: str,
    note: str,
    said_on: date,
    by: Viewer,
    at: datetime,
    on: date,
    standing: Standing = Standing.CLAIMED,
    seen_version: int | None = None,
) -> int:
    """Put a claim beside the others and decide anew as of `on`; the claim's number.

    `stated` is EDTF for a date, codes joined by `;` for sex and nationality (`male`, `IRQ;UZB`), `true` or
    `false` for *unable to care*; `source` is one of SOURCES, `note` says which. Raises `InvalidDate`,
    `ClaimRefused`, `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(AMEND)
    queries.person(by, person)
    if source not in SOURCES:
        raise ClaimRefused(f"Not a kind of source. Valid: {', '.join(SOURCES)}.")
    if not note.strip():
        raise ClaimRefused("Say which document it is, or who said it.")
    if standing is Standing.REFUTED:
        raise ClaimRefused("A claim comes in as claimed, supported or confirmed; to refute one, judge it.")
    value = _value(attribute, stated.strip(), on)
    numbers: list[int] = []

    def write(log: Log) -> None:
        number = register.add_claim(
            person=person,
            attribute=attribute,
            stated=stated,
            source=f"{source}:{note.strip()}"[:200],
            on=said_on,
            standing=standing,
            log=log,
            **value,
        )
        numbers.append(number)

    _amend(person, write, by=by, at=at, on=on, seen_version=seen_version)
    return numbers[0]


def judge_claim(
    *,
    person: str,
    claim: int,
    judgement: Judgement,
    reason: str,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None = None,
) -> None:
    """Accept (support, confirm), dispute, settle a dispute, or refute a claim of this person, and decide
    anew as of `on`.

    Raises `ClaimRefused`, `ChangedMeanwhile`, `NotForYou`.
    """
    by.require(AMEND)
    if claim not in {each.id for each in queries.claims(by, person)}:
        raise ClaimRefused("This person has no such claim. Take one that the Identity page shows.")
    if judgement not in (*_STANDING, *_DISPUTED):
        raise ClaimRefused(f"Not a judgement. Valid: {', '.join((*_STANDING, *_DISPUTED))}.")

    def write(log: Log) -> None:
        register.review_claim(
            claim=claim,
            standing=_STANDING.get(judgement),
            disputed=_DISPUTED.get(judgement),
            reason=reason,
            log=log,
        )

    _amend(person, write, by=by, at=at, on=on, seen_version=seen_version)


def record_death(
    *, person: str, died: str, source: str, note: str, by: Viewer, at: datetime, on: date
) -> None:
    """Record a death (EDTF) with its source: her stay ends, and the children who have her as mother are
    decided anew.
    """
    require_reach(by, person, AMEND)
    span = parse_edtf(died, office_pack_years())
    with recording(by, at) as log:
        add_claim(
            person=person,
            attribute=DIED,
            stated=died,
            source=source,
            note=note,
            said_on=on,
            by=by,
            at=at,
            on=on,
        )
        last = min(span.latest, on) if span.latest else on
        if placements.end_stay(person=person, until=last, log=log):
            follow_up([person], on=on, log=log)


def move(
    *,
    person: str,
    facility: str,
    moved_on: date,
    source: str,
    by: Viewer,
    at: datetime,
    on: date,
    grounds: Sequence[str] = (),
    decided_by: str = "",
    seen_version: int | None = None,
) -> None:
    """Record that a person is at another place from a day on; she and her children are decided anew.

    `grounds` (codes of `apps.determinations.codes.GROUNDS`) and `decided_by` (court, panel or authority) are
    what is reported with the move; neither makes it right. Raises `PlaceRefused`, `MoveRefused`,
    `ChangedMeanwhile`, `NotForYou`.
    """

    def write(log: Log) -> None:
        stay = placements.move(person=person, facility=facility, on=moved_on, source=source, log=log)
        if grounds or decided_by:
            tell_ground(stay=stay, grounds=grounds, decided_by=decided_by, log=log, person=person)

    by.require(AMEND)
    queries.person(by, person)
    if moved_on > on:
        raise PlaceRefused("This day lies ahead. A move that is intended is planned, not recorded.")
    _amend(person, write, by=by, at=at, on=on, seen_version=seen_version)


def office_pack_years() -> int:
    """By how many years an approximate date is widened under the office's pack."""
    return office_pack().approximate_years


def _amend(
    person: str,
    write: Callable[[Log], None],
    *,
    by: Viewer,
    at: datetime,
    on: date,
    seen_version: int | None,
) -> None:
    with recording(by, at) as log:
        register.take_turn(person=person, seen_version=seen_version)
        write(log)
        follow_up([person], on=on, log=log)


def _value(attribute: str, stated: str, on: date) -> dict[str, DateSpan | list[str] | bool]:
    """The value behind the words, by attribute."""
    if attribute in DATES:
        return {"span": parse_edtf(stated, office_pack_years())}
    if attribute in CODES:
        return {"codes": _codes(attribute, stated)}
    if attribute in FLAGS:
        if stated not in ("true", "false"):
            raise ClaimRefused("Write true or false.")
        return {"flag": stated == "true"}
    raise ClaimRefused(f"Nothing is claimed under {attribute!r}. Valid: {', '.join(ATTRIBUTES)}.")


def _codes(attribute: str, stated: str) -> list[str]:
    codes = [code.strip() for code in stated.split(";") if code.strip()]
    fact = office_pack().facts[attribute]
    if not codes or not set(codes) <= domain(fact):
        valid = ", ".join(fact.values) or f"codes of {fact.scheme}"
        raise ClaimRefused(f"Not a value of {attribute}. Valid: {valid}; several joined by a semicolon.")
    return codes
