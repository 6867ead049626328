"""What closes the gate of a country whatever anybody consents to: a fear that a screening finds, a claim for
international protection, a hold on the file. Recorded, never sent anywhere.

Whoever places a hold need not be a second person; whoever lifts one does. A hold has a ground and an end.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.consents import codes, commands
from amana.apps.consents.queries import require_file
from amana.apps.registry import commands as register
from amana.casework.consent import RELEASE, WRITE, ReturnRefused, of_text, require_country, steps_of
from amana.casework.follow import follow_up


def record_screening(
    person: str,
    nation: str,
    *,
    done: bool,
    fear: bool | None,
    claim: str = "",
    screened_on: date,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
) -> str:
    """Record a screening as far as one country is concerned; its id. `fear`: None where it is not known yet.
    `claim`: one of codes.CLAIM_STATES, empty where nobody asked. A fear stops what is planned and ends
    dossiers. Raises `ReturnRefused`, `NotForYou`.
    """
    require_file(by, person, WRITE)
    require_country(nation)
    if screened_on > on:
        raise ReturnRefused("future", "screened_on")
    if claim and claim not in codes.CLAIM_STATES:
        raise ReturnRefused("unknown_code", "claim")
    with recording(by, at) as log:
        if before := commands.made_before("screening", token, by):
            return before
        register.take_turn(person=person, seen_version=None)
        said = {"done": done, "fear": fear}
        kept = commands.store_screening(person, nation, said=said, on=screened_on, log=log, token=token)
        if claim:
            commands.store_claim(person, claim, on=screened_on, log=log)
        if fear or claim in ("pending", "recognised"):
            for purpose in codes.PURPOSES:
                commands.stop_steps(person, nation, steps_of(purpose), on=on, log=log)
                commands.end_dossiers(person, nation, steps_of(purpose), on=on, log=log)
        follow_up([person], on=on, log=log)
    return kept


def place_hold(
    person: str,
    nation: str,
    *,
    ground: str,
    until: date,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
) -> str:
    """Hold a person's file for one country, or (empty `nation`) for all, until a day; the hold's id. Raises
    `ReturnRefused`, `NotForYou`.
    """
    require_file(by, person, WRITE)
    if nation:
        require_country(nation)
    for refused in of_text("ground", ground, needed=True):
        raise refused
    if until < on:
        raise ReturnRefused("too_early", "until")
    if until > on + timedelta(days=codes.LONGEST_HOLD_DAYS):
        raise ReturnRefused("too_late", "until")
    with recording(by, at) as log:
        if before := commands.made_before("hold", token, by):
            return before
        register.take_turn(person=person, seen_version=None)
        kept = commands.store_hold(person, nation, ground.strip(), until=until, on=on, log=log, token=token)
        follow_up([person], on=on, log=log)
    return kept


def lift_hold(person: str, hold: UUID, *, by: Viewer, at: datetime, on: date) -> None:
    """Lift a hold before its end. Raises `ReturnRefused` where there is none, `NotForYou`."""
    require_file(by, person, RELEASE)
    with recording(by, at) as log:
        register.take_turn(person=person, seen_version=None)
        if not commands.lift_hold(hold, person, on=on, log=log):
            raise ReturnRefused("no_such_record")
        follow_up([person], on=on, log=log)
