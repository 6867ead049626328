"""Who holds which case: new people assigned, cases assigned in bulk, handed on, referred, and taken back.

A case is handed on with acceptance: until it is accepted, whoever was asked sees only that a case is offered.
A referral opens to its receiver the classes that its purpose needs, until a day. Nothing here is undone by
hand in the tables of reach: they follow in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.queries import Official
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.guards.openings import reach_from_openings
from amana.apps.placements.commands import derived_reach
from amana.apps.registry import assigning
from amana.apps.registry.assigning import CASE, OFFER, REFERRAL, WARD, NewReach
from amana.apps.registry.caseloads import AssignmentView, assignment, offers_to, standing_case
from amana.apps.registry.reach import require_all, require_reach
from amana.core.errors import AmanaError
from amana.core.need_to_know import CLASSES, Level
from amana.core.reasons import in_words

ASSIGN = "people.assign"
LONGEST_REFERRAL = timedelta(days=180)
MOST_AT_ONCE = 500
IN_WORDS = "Say in a sentence why: three words at least. Whoever holds the case next will read it."


class CaseloadRefused(AmanaError):
    """A case can't be assigned, handed on, referred or taken back as asked; the message says what would be
    right. `field` names what it is about.
    """

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


def take_in(refs: Sequence[str], *, batch: str | None, by: Viewer, log: Log) -> None:
    """Assign the new people of a list: to the team of whoever commits it, and to its first official."""
    team = accounts.team_of(by.user_id)
    assigning.take_in(
        sorted(refs),
        batch=batch,
        team=team.ref if team else "",
        official=team.first_official if team else None,
        registrar=by.user_id,
        on=accounts.office().day_of(log.at),
        log=log,
    )


def assign(
    refs: Collection[str], *, to: UUID | None, reason: str = "", by: Viewer, at: datetime, on: date
) -> int:
    """Give the cases of these people to a caseworker (None: nobody); how many they were.

    For whoever answers for the team of all of them. Raises `NotForYou`, `CaseloadRefused`.
    """
    require_all(by, refs, ASSIGN)
    if len(refs) > MOST_AT_ONCE:
        raise CaseloadRefused(f"At most {MOST_AT_ONCE} people at once. Choose fewer.", "people")
    if not refs:
        raise CaseloadRefused("Choose at least one person.", "people")
    who = _caseworker(by, to) if to else None
    first = next(iter(refs))
    case = standing_case(first)
    team = (who.team if who and who.team else None) or (case.team if case else "") or _own_team(by)
    with recording(by, at) as log:
        assigning.hold(sorted(refs), team=team, official=to, reason=reason.strip(), on=on, log=log)
    return len(refs)


def hand_on(ref: str, *, to: UUID, reason: str, by: Viewer, at: datetime, on: date) -> int:
    """Offer a case that one holds (or answers for) to another caseworker; the offer's number. It stays where
    it is until accepted. Raises `NotForYou`, `CaseloadRefused`.
    """
    require_reach(by, ref)
    case = standing_case(ref)
    if not by.may(ASSIGN) and (case is None or case.official != by.user_id):
        raise CaseloadRefused("Only who holds the case, or answers for the team, hands it on.")
    who = _caseworker(by, to, holder=True)
    if case and case.official == to:
        raise CaseloadRefused("The case is with this caseworker already.", "to")
    if any(each.person == ref for each in offers_to(to)):
        raise CaseloadRefused("The case has been offered to this caseworker already.", "to")
    _require_words(reason)
    with recording(by, at) as log:
        return assigning.give(
            ref, kind=OFFER, official=to, team=who.team or "", purpose=reason.strip(), on=on, log=log
        )


def answer_offer(offer: int, *, accept: bool, reason: str = "", by: Viewer, at: datetime, on: date) -> str:
    """Accept a case that one was offered, or decline it with a reason; the person's reference. Raises
    `NotForYou` for anybody else's offer.
    """
    row = next((each for each in offers_to(by.account) if each.id == offer), None)
    if row is None:
        raise NotForYou(by.role, "people.see")
    if not accept:
        _require_words(reason)
    case = standing_case(row.person)
    with recording(by, at) as log:
        assigning.end(row.id, reason="accepted" if accept else reason.strip(), on=on, log=log)
        if accept:
            team = row.team or (case.team if case else "")
            assigning.hold([row.person], team=team, official=by.account, reason=row.purpose, on=on, log=log)
    return row.person


def refer(
    ref: str,
    *,
    to: UUID,
    classes: Collection[str],
    purpose: str,
    until: date,
    by: Viewer,
    at: datetime,
    on: date,
) -> int:
    """Refer a case to an official who sees of it only these classes, and only until a day; the referral's
    number. Raises `NotForYou`, `CaseloadRefused`.
    """
    require_reach(by, ref)
    _require_holder(by, ref)
    who = _official(to)
    role = ROLES[who.role]
    wanted = set(classes) & set(CLASSES)
    if not wanted or wanted - {cls for cls in CLASSES if by.sees(cls) >= Level.FLAG}:
        raise CaseloadRefused("Choose the classes the purpose needs, among those you know of.", "classes")
    if not any(role.cell(cls).level for cls in wanted):
        raise CaseloadRefused("The receiving role sees none of these classes.", "classes")
    if not on <= until <= on + LONGEST_REFERRAL:
        last = on + LONGEST_REFERRAL
        raise CaseloadRefused(f"A referral ends on a day between {on} and {last}.", "until")
    _require_words(purpose)
    with recording(by, at) as log:
        return assigning.give(
            ref, kind=REFERRAL, official=to, until=until, classes=wanted, purpose=purpose.strip(), on=on,
            log=log,
        )  # fmt: skip


def revoke(number: int, *, reason: str, by: Viewer, at: datetime, on: date) -> str:
    """Take back an offer or a referral: it closes at once; the person's reference. Who stands by somebody as
    guardian or counsel is ended in `casework.representatives`. Raises `NotForYou`, `CaseloadRefused`.
    """
    row = assignment(by, number)
    if row.kind == CASE:
        raise CaseloadRefused("A case is assigned to somebody else or to nobody; it isn't revoked.")
    if row.kind == WARD:
        raise CaseloadRefused("A guardian or counsel is ended where she was confirmed.")
    _require_holder(by, row.person)
    _require_words(reason)
    with recording(by, at) as log:
        assigning.end(number, reason=reason.strip(), on=on, log=log)
    return row.person


def reach_from_sources() -> Iterator[NewReach]:
    """The reach of everybody as assignments, registrations and stays make it, not as it is kept."""
    office = accounts.office()
    yield from assigning.derived(accounts.by_trail_id(), office.day_of)
    yield from derived_reach()
    yield from reach_from_openings()


def _require_holder(by: Viewer, ref: str) -> None:
    case = standing_case(ref)
    if not by.may(ASSIGN) and (case is None or case.official != by.user_id):
        raise CaseloadRefused("Only who holds the case, or answers for the team, does this.")


def _require_words(reason: str) -> None:
    if not in_words(reason):
        raise CaseloadRefused(IN_WORDS, "reason")


def _official(account: UUID) -> Official:
    found = accounts.official(account)
    if found is None:
        raise CaseloadRefused("There is no such official, or the account is closed.", "to")
    return found


def _caseworker(by: Viewer, account: UUID, *, holder: bool = False) -> Official:
    """Who may hold cases: a caseworker in use; of one's own team where one answers for one."""
    who = _official(account)
    if who.role != "caseworker":
        raise CaseloadRefused("A case is held by a caseworker. Refer it to anybody else.", "to")
    if not holder and not by.everybody and who.team != _own_team(by):
        raise CaseloadRefused("She belongs to another team. Hand the case on to her instead.", "to")
    return who


def _own_team(by: Viewer) -> str:
    team = accounts.team_of(by.user_id)
    return team.ref if team else ""


__all__ = [
    "AssignmentView", "CaseloadRefused", "answer_offer", "assign", "hand_on",
    "reach_from_sources", "refer", "revoke", "take_in",
]  # fmt: skip
