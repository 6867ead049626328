"""The one door to a country of origin: `disclose` decides, enters the register, and gives what is told.

Every channel, today's and those to come, passes through it. The gate is asked in the same transaction that
enters the register, with the case held, so that a consent taken back meanwhile closes it. A refused attempt
stays in the trail. A dossier speaks of one person; it is prepared by one official and released by another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from amana.apps.accounts.queries import office
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.consents import codes, commands
from amana.apps.consents.desk import SIT, nation_of
from amana.apps.consents.queries import require_file
from amana.apps.determinations.gates import gate_pack, is_open, verdict
from amana.apps.registry import commands as register
from amana.apps.registry.queries import claims, person
from amana.casework.consent import RELEASE, WRITE, ReturnRefused, of_text, require_country
from amana.casework.follow import follow_up
from amana.casework.sending import outgoing
from amana.core.errors import AmanaError

CLOSED: Final[Mapping[str, str]] = {
    "closed": "The gate of this country is closed for this person and this step.",
    "unreviewed_law": "The law of the gate has not been reviewed. It informs, and supports no disclosure.",
    "nothing_released": "No dossier of this person is released for this step.",
}
"""Why nothing is told, by code. Which condition fails is said on the case alone."""

ENQUIRY_FACTS: Final = ("name_ar", "name_latin", "birth", "sex", "nationality")
"""The most that an enquiry may tell: the least that identifies. No place, no kin, no reason, no court."""


class GateClosed(AmanaError):
    """Nothing was told; `code` is a key of CLOSED."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(CLOSED[code])


@dataclass(frozen=True)
class Disclosure:
    """What was told: its number in the register, and the content, fact -> text, for the channel to carry."""

    id: str
    person: str
    nation: str
    step: str
    channel: str
    content: Mapping[str, str]
    digest: str
    dossier: UUID


def disclose(
    ref: str,
    nation: str,
    channel: str,
    *,
    step: str,
    recipient: str,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
) -> Disclosure:
    """Tell a country of one person what was released for a step, and enter it into the register.

    Raises `GateClosed` (the attempt is kept), `ReturnRefused`, `NotForYou`.
    """
    require_file(by, ref, WRITE)
    require_country(nation)
    if step not in codes.STEPS:
        raise ReturnRefused("unknown_code", "step")
    if channel not in codes.CHANNELS:
        raise ReturnRefused("unknown_code", "channel")
    for refused in of_text("recipient", recipient, needed=False):
        raise refused
    if not recipient.strip():
        raise ReturnRefused("missing", "recipient")
    try:
        return _told(
            ref,
            nation,
            channel,
            step=step,
            recipient=recipient.strip()[:200],
            by=by,
            at=at,
            on=on,
            token=token,
        )
    except GateClosed as closed:
        with recording(by, at) as log:
            told = {"nation": nation, "step": step, "channel": channel, "reason": closed.code}
            log.entry("disclosure.stopped", ref, told)
        raise


def show_at_desk(
    ref: str, nation: str, step: str, dossier: UUID, *, by: Viewer, at: datetime, on: date
) -> Mapping[str, str] | None:
    """The content of a dossier that lies on the desk of this country, shown to whoever sits there and entered
    as one more disclosure; None where it may not be told now (the attempt is kept) or is no longer the one
    that was laid there. Raises `NotForYou`.
    """
    by.require(SIT)
    if by.relation != "gate" or nation_of(by.account) != nation:
        raise NotForYou(by.role, SIT)
    try:
        with recording(by, at):
            told = _told(
                ref, nation, codes.DESK, step=step, recipient=f"account:{by.audit_id}", by=by, at=at, on=on,
                token="", look=True,
            )  # fmt: skip
            if told.dossier != dossier:
                raise GateClosed("nothing_released")
    except GateClosed as closed:
        with recording(by, at) as log:
            told_of = {"nation": nation, "step": step, "channel": codes.DESK, "reason": closed.code}
            log.entry("disclosure.stopped", ref, told_of)
        return None
    return told.content


def _told(
    ref: str,
    nation: str,
    channel: str,
    *,
    step: str,
    recipient: str,
    by: Viewer,
    at: datetime,
    on: date,
    token: str,
    look: bool = False,
) -> Disclosure:
    pack = gate_pack()
    with recording(by, at) as log:
        if look:
            register.hold_turn(ref)
        else:
            register.take_turn(person=ref, seen_version=None)
        if not is_open(verdict(ref, nation, step, on)):
            raise GateClosed("closed")
        if not pack.status.startswith("reviewed") and not office().demonstration:
            raise GateClosed("unreviewed_law")
        sent = outgoing(ref, nation, step, on)
        if sent is None:
            raise GateClosed("nothing_released")
        number = commands.made_before("disclosure", token, by) or commands.store_disclosure(
            ref, nation, step=step, channel=channel, recipient=recipient, dossier=sent.dossier,
            gate=pack.hash, on=on, log=log, token=token, closes=not look,
        )  # fmt: skip
    return Disclosure(number, ref, nation, step, channel, sent.content, sent.digest, sent.dossier)


def prepare(ref: str, nation: str, step: str, *, by: Viewer, at: datetime, on: date, token: str = "") -> str:
    """Freeze what a step would tell, for somebody else to release; the dossier's id. It holds this person
    alone, of what the register says only ENQUIRY_FACTS. Raises `ReturnRefused`, `NotForYou`.
    """
    require_file(by, ref, WRITE)
    require_country(nation)
    if step not in codes.STEPS:
        raise ReturnRefused("unknown_code", "step")
    content = _content(by, ref, nation)
    with recording(by, at) as log:
        if before := commands.made_before("dossier", token, by):
            return before
        register.take_turn(person=ref, seen_version=None)
        made = commands.store_dossier(ref, nation, step, content, on=on, log=log, token=token)
        follow_up([ref], on=on, log=log)
    return made


def release(ref: str, dossier: UUID, *, by: Viewer, at: datetime, on: date) -> None:
    """Release a dossier that somebody else prepared. It tells nobody anything by itself. Raises
    `ReturnRefused`, `NotForYou`.
    """
    require_file(by, ref, RELEASE)
    with recording(by, at) as log:
        register.take_turn(person=ref, seen_version=None)
        if not commands.release_dossier(dossier, ref, on=on, log=log):
            raise ReturnRefused("own_dossier")
        follow_up([ref], on=on, log=log)


def plan(ref: str, nation: str, step: str, planned_for: date, *, by: Viewer, at: datetime, on: date) -> str:
    """Plan a step for a day; its id. A plan tells nobody anything and ends with the consent. Raises
    `GateClosed` while the gate is closed, `ReturnRefused`, `NotForYou`.
    """
    require_file(by, ref, WRITE)
    require_country(nation)
    if step not in codes.STEPS:
        raise ReturnRefused("unknown_code", "step")
    if planned_for < on:
        raise ReturnRefused("too_early", "planned_for")
    if planned_for > on + timedelta(days=codes.FARTHEST_STEP_DAYS):
        raise ReturnRefused("too_late", "planned_for")
    with recording(by, at) as log:
        register.take_turn(person=ref, seen_version=None)
        if not is_open(verdict(ref, nation, step, on)):
            raise GateClosed("closed")
        return commands.plan_step(ref, nation, step, planned_for, on=on, log=log)


def _content(by: Viewer, ref: str, nation: str) -> dict[str, str]:
    """Names, and what is stated of birth and sex; of nationalities this country's alone."""
    known = person(by, ref)
    content = {"name_ar": known.name_ar, "name_latin": known.name_latin}
    for claim in claims(by, ref):
        if claim.attribute in ("birth", "sex") and claim.standing != "refuted":
            content[claim.attribute] = claim.stated
    content["nationality"] = nation
    return {name: content[name] for name in ENQUIRY_FACTS if content.get(name)}
