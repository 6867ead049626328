"""Who stands by a person as guardian or counsel: asked for by one official with a ground, confirmed by
another, ended at once by either.

No one stands by somebody through an emergency, an assignment or a referral: this is the only way. A counsel
needs the client's yes. Whoever ends it says why; she learns that it ended, and may complain to the monitor.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from amana.apps.accounts import queries as accounts
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.registry import commands as register
from amana.apps.registry.caseloads import standing_case
from amana.apps.registry.reach import require_reach
from amana.apps.representatives import commands
from amana.apps.representatives.codes import ASKED, CAPACITIES, COUNSEL, STANDS
from amana.apps.representatives.queries import ASK, CLASS, CONFIRM, require_one
from amana.casework.follow import follow_up
from amana.core.errors import AmanaError
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import in_words

LONGEST = 2000

FAULTS = {
    "missing": "It is missing.",
    "unknown_code": "The code is none of the list.",
    "future": "The day lies after today.",
    "too_early": "The last day lies before today.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "not_in_words": "Say it in a sentence: three words at least.",
    "not_a_representative": "Only an account of the role guardian or counsel stands by somebody.",
    "stands_already": "She stands by this person already, or is asked for.",
    "client_says": "A counsel stands by somebody who said yes to it.",
    "own_asking": "Another official than who asked for her confirms or refuses.",
    "not_waiting": "This is not waiting for a second person any more.",
    "not_standing": "She does not stand by this person any more.",
    "not_the_holder": "Who holds the case, or answers for the team, does this.",
}
"""Codes of refusals, and what each says."""


class RepresentativeRefused(AmanaError):
    """It can't be recorded as asked; `code` is a key of FAULTS, `field` names what it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


def ask(
    ref: str,
    *,
    account: UUID,
    capacity: str,
    ground: str,
    appointed_on: date,
    until: date | None = None,
    agreed: bool | None = None,
    view: str = "",
    named: bool = False,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
) -> str:
    """Ask that somebody stands by this person; its id. She sees nothing until another official confirms.

    `agreed`: whether the person said yes; `view`: what a child, or a client, said of it; `named`: the sealed
    classes are open to her too. Raises `RepresentativeRefused`, `NotForYou`.
    """
    require_reach(by, ref, ASK).require(CLASS)
    _require_holder(by, ref)
    if capacity not in CAPACITIES:
        raise RepresentativeRefused("unknown_code", "capacity")
    _require_role(account)
    if appointed_on > on:
        raise RepresentativeRefused("future", "appointed_on")
    if until is not None and until < on:
        raise RepresentativeRefused("too_early", "until")
    if capacity == COUNSEL and agreed is not True:
        raise RepresentativeRefused("client_says", "agreed")
    said = {"ground": _words("ground", ground, needed=True), "agreed": agreed}
    said["view"] = _words("view", view, needed=False)
    with recording(by, at) as log:
        if before := commands.made_before(token, by):
            return before
        register.take_turn(person=ref, seen_version=None)
        if commands.stands_already(ref, account):
            raise RepresentativeRefused("stands_already", "account")
        made = commands.store(
            ref, account, capacity=capacity, appointed_on=appointed_on, until=until, named=named, said=said,
            on=on, log=log, token=token,
        )  # fmt: skip
        follow_up([ref], on=on, log=log)
    return made


def confirm(number: UUID, *, by: Viewer, at: datetime, on: date) -> str:
    """Let her stand by the person: her case opens to her at once. For another official than who asked. The
    person's reference. Raises `RepresentativeRefused`, `NotForYou`.
    """
    require_one(by, number, CONFIRM)
    with recording(by, at) as log:
        row = require_one(by, number, CONFIRM)
        register.take_turn(person=row.person_id, seen_version=None)
        row.refresh_from_db()
        _require_waiting(row.state, asked_by=row.asked_by, by=by)
        _require_role(row.account)
        if row.until is not None and row.until < on:
            raise RepresentativeRefused("too_early", "until")
        commands.confirm(row, on=on, log=log)
        follow_up([row.person_id], on=on, log=log)
    return str(row.person_id)


def refuse(number: UUID, *, reason: str, by: Viewer, at: datetime, on: date) -> str:
    """Not confirm her, with a reason. Raises as `confirm`."""
    row = require_one(by, number, CONFIRM)
    told = _words("reason", reason, needed=True)
    with recording(by, at) as log:
        register.take_turn(person=row.person_id, seen_version=None)
        row.refresh_from_db()
        _require_waiting(row.state, asked_by=row.asked_by, by=by)
        commands.refuse(row, told, on=on, log=log)
        follow_up([row.person_id], on=on, log=log)
    return str(row.person_id)


def end(number: UUID, *, reason: str, by: Viewer, at: datetime, on: date) -> str:
    """End it, with a reason: the case closes to her at once. For who holds the case or answers for the team.
    Raises `RepresentativeRefused`, `NotForYou`.
    """
    row = require_one(by, number)
    _require_holder(by, row.person_id)
    told = _words("reason", reason, needed=True)
    with recording(by, at) as log:
        register.take_turn(person=row.person_id, seen_version=None)
        row.refresh_from_db()
        if row.state != STANDS:
            raise RepresentativeRefused("not_standing")
        commands.end(row, told, on=on, log=log)
    return str(row.person_id)


def _require_waiting(state: str, *, asked_by: UUID, by: Viewer) -> None:
    if state != ASKED:
        raise RepresentativeRefused("not_waiting")
    if asked_by == by.audit_id:
        raise RepresentativeRefused("own_asking")


def _require_role(account: UUID) -> None:
    who = accounts.official(account)
    if who is None or ROLES[who.role].relation != "ward":
        raise RepresentativeRefused("not_a_representative", "account")


def _require_holder(by: Viewer, ref: str) -> None:
    """Who was only referred the case, or registered the person, names nobody for it."""
    case = standing_case(ref)
    if not by.may(CONFIRM) and (case is None or case.official != by.user_id):
        raise RepresentativeRefused("not_the_holder")


def _words(field: str, text: str, *, needed: bool) -> str:
    told = text.strip()
    if len(told) > LONGEST:
        raise RepresentativeRefused("too_long", field)
    if turns_or_hides(told):
        raise RepresentativeRefused("hidden_characters", field)
    if needed and not in_words(told):
        raise RepresentativeRefused("not_in_words", field)
    return told
