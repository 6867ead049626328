"""What a person, or a child's guardian, answers about being told to a country: taken, refused, taken back.

A conversation that was not held as it must be (counsel, interpreter, out of the facility's hearing) is kept
as it was, and keeps the gate closed. Taking back asks for no reason, closes at once, stops planned steps and
tells what was disclosed before. A no changes nothing else: no decision, safeguard or task reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import recording
from amana.apps.consents import codes, commands
from amana.apps.consents.queries import DisclosureView, disclosures, require_file
from amana.apps.registry import commands as register
from amana.casework.follow import follow_up
from amana.core.errors import AmanaError
from amana.core.policy.domains import SCHEMES
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import in_words

WRITE, RELEASE = "returns.write", "returns.release"
STATES = SCHEMES["iso-3166-1-alpha-3"] - {"XXA", "XXB", "XXC"}
LONGEST = 2000
"""Letters of a text."""

FAULTS = {
    "missing": "It is missing.",
    "unknown_code": "The code is none of the list.",
    "future": "The day lies after today.",
    "too_early": "The day lies before today.",
    "too_late": "The day lies too far ahead.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "not_in_words": "Say it in a sentence: three words at least.",
    "no_country": "This is no country that can be told anything.",
    "not_a_guardian": "A child's view is recorded with the guardian's answer.",
    "nothing_stands": "Nothing stands that could be taken back.",
    "own_dossier": "Another official than who prepared a dossier releases it.",
    "no_such_record": "There is no such record of this person that still stands.",
    "nothing_to_claim": "Only a nationality that a mission confirms may become a claim.",
    "judged": "Somebody has judged it already.",
    "no_consul": "Only an account of a consular officer sits at the desk of a country.",
    "sits_already": "This account sits at a desk already. End that first.",
    "own_naming": "Another official than who named the officer confirms.",
}
"""Codes of refusals, and what each says."""


class ReturnRefused(AmanaError):
    """Something can't be recorded as asked; `code` is a key of FAULTS, `field` names what it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


class Taken(TypedDict, total=False):
    """How an answer was taken; what is absent or None is not known, and keeps the gate closed.

    `own_word`: whether the person says that the country is hers; `with_interpreter`: one was there, or none
    was needed; `until`: the last day, of a yes; `child_said`: one of codes.CHILD_SAID, with a guardian's
    answer.
    """

    own_word: bool | None
    with_counsel: bool | None
    with_interpreter: bool | None
    unheard: bool | None
    until: date | None
    child_said: str
    counsel: str
    language: str
    words: str


@dataclass(frozen=True)
class Withdrawal:
    """What taking a consent back did: steps stopped, dossiers ended, and what was told before."""

    stopped: int
    dossiers: int
    disclosed: tuple[DisclosureView, ...]


def give(
    person: str,
    nation: str,
    purpose: str,
    giver: str,
    *,
    taken_on: date,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
    **taken: Unpack[Taken],
) -> str:
    """Record a yes for one country and one purpose; its id. Raises `ReturnRefused`, `NotForYou`."""
    until = taken.get("until")
    if until is None:
        raise ReturnRefused("missing", "until")
    if until < on:
        raise ReturnRefused("too_early", "until")
    if until > on + timedelta(days=codes.LONGEST_CONSENT_DAYS):
        raise ReturnRefused("too_late", "until")
    return _keep(
        person, nation, purpose, giver, answer=codes.GIVEN, taken_on=taken_on, by=by, at=at, on=on,
        token=token, taken=taken,
    )  # fmt: skip


def refuse(
    person: str,
    nation: str,
    purpose: str,
    giver: str,
    *,
    taken_on: date,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
    **taken: Unpack[Taken],
) -> str:
    """Record a no; its id. It ends what stood before as `withdraw` does. Raises as `give`."""
    taken["until"] = None
    return _keep(
        person, nation, purpose, giver, answer=codes.REFUSED, taken_on=taken_on, by=by, at=at, on=on,
        token=token, taken=taken,
    )  # fmt: skip


def withdraw(
    person: str, nation: str, purpose: str, giver: str, *, by: Viewer, at: datetime, on: date
) -> Withdrawal:
    """Take back a consent; no reason is asked for. Raises `ReturnRefused`, `NotForYou`."""
    require_file(by, person, WRITE)
    with recording(by, at) as log:
        register.take_turn(person=person, seen_version=None)
        if not commands.end_consents(person, nation, purpose, giver, on=on, log=log):
            raise ReturnRefused("nothing_stands")
        steps = steps_of(purpose)
        stopped = commands.stop_steps(person, nation, steps, on=on, log=log)
        dossiers = commands.end_dossiers(person, nation, steps, on=on, log=log)
        follow_up([person], on=on, log=log)
    return Withdrawal(stopped, dossiers, disclosures(by, person, nation))


def steps_of(purpose: str) -> tuple[str, ...]:
    """The steps for which a consent of this purpose is asked."""
    return tuple(step for step in codes.STEPS if codes.PURPOSE_OF[step] == purpose)


def require_country(nation: str) -> None:
    """Raise `ReturnRefused` unless this is the code of a State."""
    if nation not in STATES:
        raise ReturnRefused("no_country", "nation")


def _keep(
    person: str,
    nation: str,
    purpose: str,
    giver: str,
    *,
    answer: str,
    taken_on: date,
    by: Viewer,
    at: datetime,
    on: date,
    token: str,
    taken: Taken,
) -> str:
    require_file(by, person, WRITE)
    require_country(nation)
    for refused in _faults(purpose, giver, taken_on, on, taken):
        raise refused
    until = taken.get("until")
    said = {**taken, "answer": answer, "until": until.isoformat() if until else None}
    with recording(by, at) as log:
        if before := commands.made_before("consent", token, by):
            return before
        register.take_turn(person=person, seen_version=None)
        kept = commands.store_consent(
            person, nation, purpose, giver, said=said, on=taken_on, log=log, token=token
        )
        if answer == codes.REFUSED:
            steps = steps_of(purpose)
            commands.stop_steps(person, nation, steps, on=on, log=log)
            commands.end_dossiers(person, nation, steps, on=on, log=log)
        follow_up([person], on=on, log=log)
    return kept


def _faults(purpose: str, giver: str, taken_on: date, on: date, taken: Taken) -> Iterator[ReturnRefused]:
    if purpose not in codes.PURPOSES:
        yield ReturnRefused("unknown_code", "purpose")
    if giver not in codes.GIVERS:
        yield ReturnRefused("unknown_code", "giver")
    if taken_on > on:
        yield ReturnRefused("future", "taken_on")
    child = taken.get("child_said", "")
    if child and child not in codes.CHILD_SAID:
        yield ReturnRefused("unknown_code", "child_said")
    if child and giver != codes.GUARDIAN:
        yield ReturnRefused("not_a_guardian", "child_said")
    for field in ("counsel", "language", "words"):
        yield from of_text(field, str(taken.get(field) or ""), needed=False)
    if taken.get("with_counsel") and not str(taken.get("counsel") or "").strip():
        yield ReturnRefused("missing", "counsel")


def of_text(field: str, text: str, *, needed: bool) -> Iterator[ReturnRefused]:
    """Refusals of a text; one that is needed is said in words (`core.reasons`)."""
    if len(text) > LONGEST:
        yield ReturnRefused("too_long", field)
    if turns_or_hides(text):
        yield ReturnRefused("hidden_characters", field)
    if needed and not in_words(text):
        yield ReturnRefused("not_in_words", field)
