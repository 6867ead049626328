"""Papers of a case: added, withdrawn with a reason, their originals opened on a ground.

A paper is of the class of the record it goes with: who may write that class may add one, who may read it may
open it, and for everybody else it is not there. It is kept once it has been examined (`core.papers.Examined`)
and is never changed. Nothing here sends one anywhere. Allegations of ill-treatment don't belong here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.attachments import codes, commands
from amana.apps.attachments.queries import classes_told, part_of, require_row, stored_names
from amana.apps.attachments.store import sweep
from amana.apps.audit.recording import recording
from amana.apps.consents import queries as consents
from amana.apps.determinations import queries as determinations
from amana.apps.placements.moves import queries as moves
from amana.apps.registry import queries as registry
from amana.apps.registry.reach import Held, require_reach
from amana.casework.consent import of_text
from amana.casework.gate import nations
from amana.core.errors import AmanaError
from amana.core.need_to_know import decide
from amana.core.papers import ORIGINAL, Examined
from amana.core.reasons import in_words

SEE, ADD, OPEN_ORIGINAL = "papers.see", "papers.add", "papers.original"
LONGEST: Final = 500
LONGEST_NAME: Final = 200

FAULTS: Final = {
    "missing": "It is missing.",
    "not_in_words": "Say it in a sentence: three words at least.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "no_such_record": "There is no such record of this person, or papers of its class are not yours to add.",
    "unknown_code": "The code is none of the list.",
    "withdrawn": "The paper was withdrawn already.",
}
"""Codes of refusals, and what each says."""


class PaperRefused(AmanaError):
    """A paper can't be kept, withdrawn or opened as asked; `code` is a key of FAULTS, `field` what it is
    about.
    """

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


@dataclass(frozen=True)
class Target:
    """A record that a paper may go with: its kind (`attachments.codes.KINDS`), its reference (empty for the
    person herself), the class of its papers, and what tells it apart for a reader: an attribute or a day.
    """

    record: str
    ref: str
    cls: str
    told: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.record}:{self.ref or self.cls}"


@dataclass(frozen=True)
class Original:
    """The original of a paper, as it came, with the name it came with."""

    content: bytes
    name: str


def targets(viewer: Viewer, ref: str) -> tuple[Target, ...]:
    """What a paper of this person may go with, by whoever asks. Raises `NotForYou`."""
    held = require_reach(viewer, ref, ADD)
    found = (*(Target(codes.PERSON, "", cls) for cls in codes.ABOUT_PERSON), *_records(viewer, held, ref))
    told = classes_told(viewer, ref)
    return tuple(each for each in found if _may_add(held, each.cls, told))


def add(
    ref: str,
    target: str,
    examined: Examined,
    *,
    words: str,
    name: str,
    others: bool,
    by: Viewer,
    at: datetime,
    on: date,
    token: str = "",
) -> UUID:
    """Keep an examined file with a record (`Target.key`); its id. `words`: what it is and says; `others`:
    whether it speaks of people outside this family. Raises `PaperRefused`, `NotForYou`, `NoRoom`.
    """
    if before := commands.made_before(token, by):
        return before
    record = next((each for each in targets(by, ref) if each.key == target), None)
    if record is None:
        raise PaperRefused("no_such_record", "target")
    _require_words("words", words)
    bare = name.replace("\\", "/").rpartition("/")[2].strip()
    with recording(by, at) as log:
        if before := commands.made_before(token, by):
            return before
        return commands.add(
            ref, (record.record, record.ref), record.cls, examined, words=words.strip(),
            name=bare[:LONGEST_NAME], others=others, on=on, log=log, token=token,
        )  # fmt: skip


def withdraw(ref: str, paper: UUID, *, why: str, by: Viewer, at: datetime, on: date) -> None:
    """Withdraw a paper; it stays to be seen as withdrawn. For who may add papers of its class. Raises
    `PaperRefused`, `NotForYou`.
    """
    row = require_row(by, ref, paper, ADD)
    if not may_withdraw(by, ref, row.about["cls"]):
        raise NotForYou(by.role, ADD)
    _require_words("why", why)
    with recording(by, at) as log:
        if not commands.withdraw(paper, ref, why=why.strip(), on=on, log=log):
            raise PaperRefused("withdrawn")


def may_withdraw(viewer: Viewer, ref: str, cls: str) -> bool:
    """Whether a viewer may withdraw a paper of this class of a person. Raises `NotForYou`."""
    return viewer.may(ADD) and _may_add(require_reach(viewer, ref, ADD), cls, (cls,))


def original(ref: str, paper: UUID, *, ground: str, by: Viewer, at: datetime) -> Original:
    """The original of a paper, with everything its metadata tells; the trail says who opened it and on which
    ground before it is given. Raises `PaperRefused`, `NotForYou`, `LostFile`.
    """
    row = require_row(by, ref, paper, OPEN_ORIGINAL)
    if ground not in codes.GROUNDS:
        raise PaperRefused("unknown_code", "ground")
    with recording(by, at) as log:
        found = part_of(row, ORIGINAL)
        commands.note_original(paper, ref, ground=ground, log=log)
    by.saw(ref)
    return Original(found, str(row.about["name"]))


def clear(at: datetime) -> int:
    """Take away files that no paper names, left by uploads that were cut off; how many."""
    return sweep(stored_names(), at)


def _records(viewer: Viewer, held: Held, ref: str) -> Iterator[Target]:
    for claim in registry.claims(viewer, ref):
        classes = registry.CLASSES_OF.get(claim.attribute)
        if classes:
            yield Target(codes.CLAIM, str(claim.id), classes[-1], claim.attribute)
    if viewer.may("determinations.see"):
        for made in determinations.determinations(viewer, ref):
            yield Target(codes.DETERMINATION, made.ref, codes.OF_RECORD[codes.DETERMINATION])
        for court in determinations.judicial(viewer, ref):
            yield Target(codes.JUDICIAL, court.ref, codes.OF_RECORD[codes.JUDICIAL])
        planned = [each.ref for each in moves.plans(viewer, ref)]
        for move in (*planned, *(each.ref for each in moves.urgent_moves(viewer, ref))):
            yield Target(codes.MOVE, move, codes.OF_RECORD[codes.MOVE])
    if viewer.may(consents.SEE) and held.reads("C5"):
        for nation in nations(viewer, ref):
            for consent in consents.return_file(viewer, ref, nation).consents:
                day = consent.on.isoformat()
                yield Target(codes.CONSENT, str(consent.id), codes.OF_RECORD[codes.CONSENT], day)


def _may_add(held: Held, cls: str, told: Collection[str]) -> bool:
    """Whether a viewer may tell something of this class of a person: for the first time alone where her role
    writes it once; `told`, of which she has.
    """
    narrow = held.classes is not None and cls not in held.classes
    role = ROLES.get(held.viewer.role)
    return role is not None and not narrow and decide(role.cells, cls, True, "write", first=cls not in told)


def _require_words(field: str, text: str) -> None:
    for refused in of_text(field, text, needed=False):
        raise PaperRefused(refused.code, field)
    if not text.strip():
        raise PaperRefused("missing", field)
    if len(text) > LONGEST:
        raise PaperRefused("too_long", field)
    if not in_words(text):
        raise PaperRefused("not_in_words", field)


__all__ = [
    "FAULTS", "Original", "PaperRefused", "Target", "add", "clear", "may_withdraw", "original", "targets",
    "withdraw",
]  # fmt: skip
