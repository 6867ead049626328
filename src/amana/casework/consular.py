"""The desk of a mission: it sees what was laid there for its own country while the gate is open, and nothing
else; it may answer.

What is asked for by a reader is looked up along one path, whether there is such a dossier, it was not laid
there, it is another country's, or its gate shut: the same query, the same gate, the same silence. Each look
enters the register of disclosures. What a mission answers is its word: an official makes a claim of it, a
note, or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.consents import codes, desk
from amana.apps.consents.desk import CONFIRM, NAME, SIT, Laid
from amana.apps.determinations.gates import is_open, verdict
from amana.casework.amend import add_claim
from amana.casework.consent import ReturnRefused, of_text, require_country
from amana.casework.disclose import show_at_desk
from amana.casework.follow import follow_up

NOBODYS: Final = UUID(int=0)
NOWHERE: Final = "XXA"
"""The country of a reader who sits at no desk: it is none, so its gate is never open."""


@dataclass(frozen=True)
class Shown:
    """A dossier as its reader sees it: its number, for which country and step, and its content."""

    dossier: UUID
    nation: str
    step: str
    content: Mapping[str, str]


def on_desk(viewer: Viewer, on: date) -> tuple[Laid, ...]:
    """What lies on the reader's desk and whose gate is open now; of whom is not told in a list. Raises
    `NotForYou`.
    """
    viewer.require(SIT)
    nation = desk.nation_of(viewer.account)
    if not nation:
        return ()
    rows = desk.on_desk(nation)
    return tuple(row for row in rows if is_open(verdict(row.person, nation, row.step, on)))


def look(viewer: Viewer, asked: str, *, at: datetime, on: date) -> Shown | None:
    """The dossier of this number, entered into the register as told; None, in the same way, for whatever else
    was asked for. Raises `NotForYou`.
    """
    found = _found(viewer, asked, on)
    if found is None:
        return None
    laid, nation = found
    content = show_at_desk(laid.person, nation, laid.step, laid.dossier, by=viewer, at=at, on=on)
    if content is None:
        return None
    viewer.saw(laid.person)
    return Shown(laid.dossier, nation, laid.step, content)


def reply(
    viewer: Viewer, asked: str, *, kind: str, words: str, at: datetime, on: date, token: str = ""
) -> bool:
    """Keep what a mission answers to a dossier on its desk; False where there is none of this number. Raises
    `ReturnRefused`, `NotForYou`.
    """
    found = _found(viewer, asked, on)
    if found is None:
        return False
    if kind not in codes.REPLIES:
        raise ReturnRefused("unknown_code", "kind")
    for refused in of_text("words", words.strip(), needed=kind in (codes.DOCUMENTS, codes.ASKS)):
        raise refused
    laid, nation = found
    with recording(viewer, at) as log:
        if not desk.answered_before(token, viewer):
            said = {"kind": kind, "words": words.strip()}
            desk.store_answer(laid, nation, said, on=on, log=log, token=token)
            follow_up([laid.person], on=on, log=log)
    return True


def judge(
    ref: str, answer: UUID, *, judgement: str, reason: str, by: Viewer, at: datetime, on: date
) -> int | None:
    """Say what a mission's answer is worth. A nationality that it confirms may become a claim beside the
    others, as its word alone; the claim's number. Raises `ReturnRefused`, `NotForYou`.
    """
    row = desk.require_answer(by, ref, answer)
    if judgement not in codes.JUDGEMENTS:
        raise ReturnRefused("unknown_code", "judgement")
    for refused in of_text("reason", reason.strip(), needed=True):
        raise refused
    if judgement == codes.TAKEN_UP and row.said["kind"] != codes.CONFIRMED:
        raise ReturnRefused("nothing_to_claim", "judgement")
    claim = None
    with recording(by, at) as log:
        row = desk.require_answer(by, ref, answer)
        if row.judged_on is not None:
            raise ReturnRefused("judged")
        if judgement == codes.TAKEN_UP:
            claim = add_claim(
                person=ref, attribute="nationality", stated=row.nation, source="document",
                note=NOTE % {"day": row.on.isoformat()}, said_on=row.on, by=by, at=at, on=on,
            )  # fmt: skip
        desk.judge(row, judgement, reason.strip(), claim=claim, on=on, log=log)
        follow_up([ref], on=on, log=log)
    return claim


NOTE: Final = "answer of the mission, %(day)s"


def name_consul(account: UUID, nation: str, *, by: Viewer, at: datetime, on: date) -> str:
    """Say that an account sits at the desk of a country; it sees nothing until another official outside
    casework confirms. Its id. Raises `ReturnRefused`, `NotForYou`.
    """
    by.require(NAME)
    require_country(nation)
    if account not in desk.consuls():
        raise ReturnRefused("no_consul", "account")
    with recording(by, at) as log:
        if desk.standing_post(account):
            raise ReturnRefused("sits_already", "account")
        return desk.open_post(account, nation, on=on, log=log)


def confirm_consul(post: UUID, *, by: Viewer, at: datetime, on: date) -> None:
    """Open the desk of the country to it. Raises `ReturnRefused`, `NotForYou`."""
    by.require(CONFIRM)
    with recording(by, at) as log:
        row = desk.post(post)
        if row is None or row.confirmed_on is not None:
            raise ReturnRefused("no_such_record")
        if row.asked_by == by.audit_id:
            raise ReturnRefused("own_naming")
        desk.confirm_post(row, on=on, log=log)


def end_consul(post: UUID, *, by: Viewer, at: datetime, on: date) -> None:
    """Shut the desk to it at once; for either of the two. Raises `ReturnRefused`, `NotForYou`."""
    if not by.may(CONFIRM):
        by.require(NAME)
    with recording(by, at) as log:
        row = desk.post(post)
        if row is None:
            raise ReturnRefused("no_such_record")
        desk.end_post(row, on=on, log=log)


def _found(viewer: Viewer, asked: str, on: date) -> tuple[Laid, str] | None:
    """The dossier of this number on the reader's desk. The gate is asked of nobody where there is none, so
    that nothing is skipped.
    """
    viewer.require(SIT)
    if viewer.relation != "gate":
        raise NotForYou(viewer.role, SIT)
    nation = desk.nation_of(viewer.account) or NOWHERE
    laid = desk.find(_number(asked), nation)
    opened = is_open(verdict(laid.person, nation, laid.step, on))
    return (laid, nation) if opened and laid.person else None


def _number(asked: str) -> UUID:
    try:
        return UUID(asked)
    except ValueError:
        return NOBODYS
