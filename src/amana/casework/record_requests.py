"""What somebody asks of her own record: taken down, answered by another official, and handed over.

A correction that is granted is made as every other: claims are judged on the Identity page. One that is
refused leaves the value contested, for all who read it. An objection to a return holds the file at once. A
paper is handed to nobody inside a facility who didn't ask for one: it can be found on her.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log, recording
from amana.apps.consents import commands as gate
from amana.apps.consents.codes import LONGEST_HOLD_DAYS
from amana.apps.placements import queries as placements
from amana.apps.record_requests import codes, commands
from amana.apps.record_requests.queries import COUNT, require_one
from amana.apps.registry import commands as register
from amana.apps.registry import queries as registry
from amana.apps.registry.commands import ClaimRefused
from amana.apps.registry.reach import require_reach
from amana.casework.follow import follow_up
from amana.core.errors import AmanaError
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import in_words

TAKE, ANSWER = "requests.take", "requests.answer"
LONGEST = 4000
CONTESTED = "Contested; what was answered stands on record."
"""The reason under which a claim stands as disputed: whoever reads the claim reads it, so it tells of nobody.
"""

FAULTS = {
    "missing": "It is missing.",
    "unknown_code": "The code is none of the list.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "not_in_words": "Say it in a sentence: three words at least.",
    "no_such_claim": "There is no such statement on record of this person.",
    "own_request": "Another official than who took it down answers it.",
    "answered": "It has been answered already.",
    "not_answered": "It is answered first, then handed over.",
    "handed_over": "It has been handed over already.",
    "paper_inside": "Inside a facility a paper is handed only to who asked for one. Read it aloud instead.",
    "not_for_another": "For her own ward or client somebody asks as guardian or counsel.",
    "too_many_days": "The period is from 1 to 180 days.",
    "too_early": "A period holds from today or a later day on.",
}
"""Codes of refusals, and what each says."""


class RequestRefused(AmanaError):
    """It can't be recorded as asked; `code` is a key of FAULTS, `field` names what it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


def take(
    ref: str,
    *,
    kind: str,
    asker: str,
    words: str,
    language: str,
    authority: str = "",
    topic: str = "",
    claim: int | None = None,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
) -> str:
    """Take down what somebody asks of this person's record; its id. It is due by the period that holds
    today, or has no last day where none is known. An objection to a return holds the file against every
    country, until somebody lifts it.

    Raises `RequestRefused`, `NotForYou`.
    """
    require_reach(by, ref, TAKE)
    for code, known, field in ((kind, codes.KINDS, "kind"), (asker, codes.ASKERS, "asker")):
        if code not in known:
            raise RequestRefused("unknown_code", field)
    if kind == codes.OBJECT and topic not in codes.TOPICS:
        raise RequestRefused("unknown_code", "topic")
    if by.relation == "ward" and asker not in (codes.GUARDIAN, codes.COUNSEL):
        raise RequestRefused("not_for_another", "asker")
    said = {
        "words": _words("words", words, needed=True),
        "authority": _words("authority", authority, needed=asker in codes.WITH_AUTHORITY),
        "language": _words("language", language, needed=False),
        "topic": topic if kind == codes.OBJECT else "",
        "attribute": _attribute(by, ref, claim) if kind == codes.CORRECT else "",
    }
    if not said["language"]:
        raise RequestRefused("missing", "language")
    about = claim if kind == codes.CORRECT else None
    with recording(by, at) as log:
        if before := commands.made_before(token, by):
            return before
        register.take_turn(person=ref, seen_version=None)
        made = commands.store(ref, kind, asker, said, claim=about, role=by.role, on=on, log=log, token=token)
        if kind == codes.OBJECT and topic == "return":
            _hold(ref, on=on, log=log)
        follow_up([ref], on=on, log=log)
    return made


def answer(
    ref: str,
    number: UUID,
    *,
    answer: str,
    reasons: str,
    complain: str,
    by: Viewer,
    at: datetime,
    on: date,
) -> None:
    """Answer what somebody else took down, with reasons in words and where she may complain. A correction
    that is not wholly granted leaves what she contests disputed, beside the value. Raises `RequestRefused`,
    `NotForYou`.
    """
    require_one(by, ref, number, ANSWER)
    if answer not in codes.ANSWERS:
        raise RequestRefused("unknown_code", "answer")
    told = {
        "answer": answer,
        "reasons": _words("reasons", reasons, needed=True),
        "complain": _words("complain", complain, needed=True),
    }
    with recording(by, at) as log:
        register.take_turn(person=ref, seen_version=None)
        row = require_one(by, ref, number, ANSWER)
        if row.closed_on is not None:
            raise RequestRefused("answered")
        if row.taken_by == by.audit_id:
            raise RequestRefused("own_request")
        commands.answer(row, told, on=on, log=log)
        if row.claim is not None and answer != codes.GRANTED:
            with suppress(ClaimRefused):  # as it stands already where somebody disputed it before
                register.review_claim(
                    claim=row.claim, standing=None, disputed=True, reason=CONTESTED, log=log
                )
        follow_up([ref], on=on, log=log)


def hand_over(
    ref: str,
    number: UUID,
    *,
    way: str,
    note: str,
    asked_for_paper: bool = False,
    by: Viewer,
    at: datetime,
    on: date,
) -> None:
    """Note that the answer came to her: read aloud, or on paper, to whom and with whom beside her. Raises
    `RequestRefused`, `NotForYou`.
    """
    require_one(by, ref, number, ANSWER)
    if way not in codes.WAYS:
        raise RequestRefused("unknown_code", "way")
    if way == codes.PAPER and not asked_for_paper and inside(by, ref, on):
        raise RequestRefused("paper_inside", "way")
    told = {"way": way, "note": _words("note", note, needed=True)}
    with recording(by, at) as log:
        register.take_turn(person=ref, seen_version=None)
        row = require_one(by, ref, number, ANSWER)
        if row.closed_on is None:
            raise RequestRefused("not_answered")
        if row.handed_on is not None:
            raise RequestRefused("handed_over")
        commands.hand_over(row, told, on=on, log=log)


def set_period(*, days: int, basis: str, since: date, by: Viewer, at: datetime, on: date) -> None:
    """Say within how many days the office answers from a day on, and on what that rests. What was taken down
    before keeps its day. Raises `RequestRefused`, `NotForYou`.
    """
    by.require(COUNT)
    if not 1 <= days <= codes.LONGEST_PERIOD_DAYS:
        raise RequestRefused("too_many_days", "days")
    if since < on:
        raise RequestRefused("too_early", "since")
    told = _words("basis", basis, needed=True)
    with recording(by, at) as log:
        commands.set_period(days, told[:500], since, log=log)


def inside(viewer: Viewer, ref: str, on: date) -> bool:
    """Whether she is at a place that is kept by others, where what she carries may be searched."""
    return ref in placements.where(viewer, [ref], on)


def _hold(ref: str, *, on: date, log: Log) -> None:
    until = on + timedelta(days=LONGEST_HOLD_DAYS)
    gate.store_hold(ref, "", OBJECTED, until=until, on=on, log=log, token="")


OBJECTED = "An objection to a return was taken down; it is answered first."
"""The ground of the hold that an objection places."""


def _attribute(by: Viewer, ref: str, claim: int | None) -> str:
    """What the claim is about, of those that this viewer reads."""
    if claim is None:
        return ""
    found = next((each for each in registry.claims(by, ref) if each.id == claim), None)
    if found is None:
        raise RequestRefused("no_such_claim", "claim")
    return found.attribute


def _words(field: str, text: str, *, needed: bool) -> str:
    told = text.strip()
    if len(told) > LONGEST:
        raise RequestRefused("too_long", field)
    if turns_or_hides(told):
        raise RequestRefused("hidden_characters", field)
    if needed and not in_words(told):
        raise RequestRefused("not_in_words", field)
    return told
