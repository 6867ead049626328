"""Allegations of ill-treatment and of forced statements: taken once and sealed, told to the monitor at once,
answered by her alone.

Whoever takes one writes it and reads it no more, unless she holds a key of her own. Without a monitor's key
nothing is kept at all, for it would stand unsealed. Nothing else in the office changes: no task, finding,
list or version of a person tells that there was one, and no follow-up is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from amana.apps.accounts import custody, examiners
from amana.apps.accounts.viewers import Viewer
from amana.apps.allegations import codes, commands, queries
from amana.apps.allegations.queries import ANSWER, TAKE, Opened
from amana.apps.audit.recording import recording
from amana.apps.oversight.pseudonyms import pseudonym
from amana.apps.placements.queries import facilities
from amana.apps.registry.reach import require_reach
from amana.casework.notices import notify_account, notify_roles
from amana.core.envelopes import PrivateKey
from amana.core.errors import AmanaError
from amana.core.policy.editing.text import turns_or_hides

HOLD: Final = "keys.hold"
LONGEST: Final = {"when": 200, "words": 4000, "against": 1000, "closing": 4000}
"""Letters of each text."""

FAULTS: Final = {
    "no_monitor": "No monitor's key counts yet, so nobody could read it and nothing was kept. A monitor "
    "makes a key with `amana keys custody make`, offers it under Keys, and somebody else confirms it.",
    "missing": "It is missing.",
    "unknown_code": "The code is none of the list.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "consent_or_counsel": "A court's liaison takes one only with the person's agreement or with her counsel.",
    "no_examiner": "Nobody of this id can be asked: an examiner is a health worker outside every facility "
    "who holds a confirmed key and didn't take the allegation herself.",
    "closed": "It is closed already.",
}
"""Codes of refusals, and what each says."""


class AllegationRefused(AmanaError):
    """An allegation can't be taken or answered so; `code` is a key of FAULTS, `field` what it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


@dataclass(frozen=True)
class Telling:
    """What is told: codes of `apps.allegations.codes`, the reference of the place (empty: none or not known),
    when it was in words, what is said, and against whom.
    """

    kind: str
    told_by: str
    agreed: str
    words: str
    when: str = ""
    against: str = ""
    place: str = ""


def can_be_taken() -> bool:
    """Whether a monitor's key counts, without which nothing is kept."""
    return bool(custody.publics("monitor"))


def take(person: str, telling: Telling, *, by: Viewer, at: datetime, token: str = "") -> str:
    """Keep an allegation, sealed to the monitors and to whoever takes it if she holds a key; its reference.
    Raises `AllegationRefused`, `NotForYou`.
    """
    require_reach(by, person, TAKE)
    places = {each.ref: each for each in facilities(by)}
    for refused in _faults(telling, by, places):
        raise refused
    place = places.get(telling.place)
    ar, latin = commands.names_of(person)
    told = {
        **asdict(telling),
        "person": person,
        "name_ar": ar,
        "name_latin": latin,
        "pseudonym": pseudonym(person),
        "place_en": place.name_en if place else "",
        "place_ar": place.name_ar if place else "",
        "taken_by": str(by.audit_id),
        "taken_name": examiners.name_of(by.audit_id),
        "taken_role": by.role,
        "told_at": at.astimezone(UTC).isoformat(timespec="minutes"),
    }
    with recording(commands.TAKER, at) as log:
        if before := commands.taken_before(token):
            return before
        own = custody.publics_of([by.audit_id]) if by.may(HOLD) else []
        ref = commands.store(told, _holders(own), token=token, log=log)
        notify_roles("monitor")
    return ref


def acknowledge(ref: str, *, by: Viewer, at: datetime) -> bool:
    """Note that a monitor has it in hand; whether that was new. Raises `NotForYou`."""
    queries.line(by, ref)
    with recording(by, at) as log:
        return commands.acknowledge(ref, log=log)


def ask(ref: str, examiner: str, *, key: PrivateKey, by: Viewer, at: datetime) -> None:
    """Let an examiner (a trail id) read it: it is sealed anew, to her as well. Raises `AllegationRefused`,
    `NotForYou`.
    """
    found = _answering(ref, key, by)
    if found.line.state == codes.CLOSED:
        raise AllegationRefused("closed")
    known = {str(each.audit_id): each for each in who_may_examine(by, found)}
    if examiner not in known:
        raise AllegationRefused("no_examiner", "examiner")
    asked = [*_lines(found.told["asked"]), examiner]
    names = [*_lines(found.told["asked_names"]), known[examiner].name]
    told = {**found.told, "asked": "\n".join(asked), "asked_names": "\n".join(names)}
    with recording(by, at) as log:
        commands.ask(ref, told, _holders(custody.publics_of(asked)), log=log)
        notify_account(str(known[examiner].account))


def who_may_examine(viewer: Viewer, found: Opened) -> tuple[examiners.Examiner, ...]:
    """Who may be asked about this allegation and hasn't been: never who took it. Raises `NotForYou`."""
    viewer.require(ANSWER)
    out = {found.told["taken_by"], *_lines(found.told["asked"])}
    return tuple(each for each in examiners.examiners() if str(each.audit_id) not in out)


def close(ref: str, words: str, *, key: PrivateKey, by: Viewer, at: datetime) -> None:
    """Close it with what was found, sealed to the monitors alone. Raises `AllegationRefused`, `NotForYou`."""
    found = _answering(ref, key, by)
    for refused in _of_text("closing", words, needed=True):
        raise refused
    with recording(by, at) as log:
        if not commands.close(ref, {**found.told, "closing": words.strip()}, _holders([]), log=log):
            raise AllegationRefused("closed")


def _answering(ref: str, key: PrivateKey, by: Viewer) -> Opened:
    queries.line(by, ref)
    return queries.opened(by, ref, key)


def _holders(others: list[str]) -> list[str]:
    """The public keys of the monitors, and these. Raises `AllegationRefused` where no monitor has one."""
    monitors = custody.publics("monitor")
    if not monitors:
        raise AllegationRefused("no_monitor")
    return [*monitors, *others]


def _faults(telling: Telling, by: Viewer, places: Mapping[str, object]) -> Iterator[AllegationRefused]:
    for field, code, known in (
        ("kind", telling.kind, codes.KINDS),
        ("told_by", telling.told_by, codes.TELLERS),
        ("agreed", telling.agreed, codes.AGREED),
        ("place", telling.place, ("", *places)),
    ):
        if code not in known:
            yield AllegationRefused("unknown_code", field)
    if by.role == "court_liaison" and telling.agreed == codes.NOT_ASKED:
        yield AllegationRefused("consent_or_counsel", "agreed")
    yield from _of_text("words", telling.words, needed=True)
    yield from _of_text("when", telling.when)
    yield from _of_text("against", telling.against)
    if not can_be_taken():
        yield AllegationRefused("no_monitor")


def _of_text(field: str, text: str, *, needed: bool = False) -> Iterator[AllegationRefused]:
    if len(text) > LONGEST[field]:
        yield AllegationRefused("too_long", field)
    if turns_or_hides(text):
        yield AllegationRefused("hidden_characters", field)
    if needed and not text.strip():
        # A small child may say a single word; nobody's telling is too short to be kept.
        yield AllegationRefused("missing", field)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]
