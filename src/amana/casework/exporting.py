"""The export gate: the one way by which a file of people leaves the office.

Somebody asks, for a recipient and a purpose, and types the number of people back; others approve, the more
the file holds; she takes one copy, once, built anew from the queries. It holds exactly whom was approved:
where somebody has come or gone since, it is asked for anew. No file goes to another state: that is
`casework.disclose`, one person at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from amana.apps.accounts.humans import same_human
from amana.apps.accounts.queries import viewer as viewer_by_account
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.exports import codes, commands, marks
from amana.apps.exports import queries as exports
from amana.apps.exports.commands import Asked
from amana.apps.guards.alerting import EXPORT, alert
from amana.apps.placements import queries as placements
from amana.apps.registry.queries import FilterRefused
from amana.casework.export_rows import ExportRow, require_columns, rows_of, whom
from amana.core.errors import AmanaError
from amana.core.policy.editing.text import turns_or_hides
from amana.core.reasons import in_words

LONGEST_REASON: Final = 1000
LONGEST_RECIPIENT: Final = 200

FAULTS: Final[Mapping[str, str]] = {
    "missing": "It is missing.",
    "unknown_code": "The code is none of the list.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "not_in_words": "Say it in a sentence: three words at least.",
    "another_state": "No list goes to another state. One person at a time is told through the country gate.",
    "not_your_place": "Only the roll call of a place that you keep can be taken out.",
    "nobody": "Nobody is found by these filters.",
    "too_many": "A file of rows holds 25 people at most. Narrow the filters.",
    "other_number": "This is not the number of people in the file. Look at it and type it again.",
    "own": "Another official than who asks approves a file.",
    "answered": "This file has been answered by you already.",
    "over": "This file is no longer open: it was taken, refused, withdrawn, or its time is over.",
    "waits": "This file still waits for an approval.",
    "changed": "Somebody has come or gone since this file was asked for. Ask for it again.",
}
"""Codes of refusals, and what each says."""

STATES_AND_MISSIONS: Final = (
    "embassy", "embassies", "consulate", "consular", "consul", "diplomatic", "foreign ministry",
    "ministry of foreign", "foreign affairs", "interpol", "ambassade", "consulat", "elçili", "konsolos",
    "посольств", "консульств", "سفارة", "السفارة", "قنصلي", "القنصلي", "وزارة الخارجية", "الإنتربول",
)  # fmt: skip
"""Words by which a recipient says that it speaks for another state. Whoever wants to deceive writes none of
them; this stops a mistake and an order that says what it is.
"""


class ExportRefused(AmanaError):
    """No file; `code` is a key of FAULTS, `field` names what it is about, `people` the number found."""

    def __init__(self, code: str, field: str = "", people: int = 0) -> None:
        self.code, self.field, self.people = code, field, people
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. Of a roll call `filters` names her place alone and `columns` are its own."""

    columns: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    form: str
    recipient_kind: str
    recipient: str
    purpose: str
    reason: str
    language: str = "en"


@dataclass(frozen=True)
class Leaving:
    """What a copy holds, for the writer of files: rows in the order of this copy, and what stands over it."""

    id: UUID
    kind: str
    form: str
    language: str
    columns: tuple[str, ...]
    rows: tuple[ExportRow, ...]
    recipient: str
    purpose: str
    number: int
    mark: str
    on: date


@dataclass(frozen=True)
class Taken:
    """A copy that was taken: its bytes, once."""

    leaving: Leaving
    content: bytes


def kind_of(viewer: Viewer) -> str:
    """The kind of file that the viewer's role may take out. Raises `NotForYou` where it is none."""
    viewer.require(exports.ASK)
    role = ROLES.get(viewer.role)
    kind = codes.KIND_OF.get(role.export) if role else None
    if kind is None:
        raise NotForYou(viewer.role, exports.ASK)
    return kind


def own_places(viewer: Viewer) -> tuple[str, ...]:
    """The references of the places whose roll call the viewer may take out."""
    kind_of(viewer)
    return tuple(each.partition(":")[2] for each in viewer.circles if each.startswith("site:"))


def count(wish: Wish, *, by: Viewer, on: date) -> int:
    """How many people the file would hold: the number to be typed back. Raises `ExportRefused`,
    `NotForYou`.
    """
    _require_sound(wish, by)
    return len(_found(wish, by, on))


def ask(wish: Wish, *, people: int, by: Viewer, at: datetime, on: date, token: str = "") -> UUID:
    """Ask for a file; its id. `people` is the number typed back. Raises `ExportRefused`, `NotForYou`."""
    _require_sound(wish, by)
    refs = _found(wish, by, on)
    if len(refs) != people:
        raise ExportRefused("other_number", "people", len(refs))
    ident = uuid4()
    asked = Asked(
        kind_of(by), wish.form, wish.language, wish.columns, wish.filters, len(refs),
        marks.digest_of(ident, refs), wish.recipient_kind, wish.recipient.strip(), wish.purpose,
        wish.reason.strip(),
    )  # fmt: skip
    with recording(by, at) as log:
        if before := commands.asked_before(token, by):
            return UUID(before)
        counted = len(refs) + exports.asked_lately(by, at)
        commands.store_export(ident, asked, counted=counted, account=by.account, on=on, log=log, token=token)
        if codes.approvers_needed(asked.kind, counted):
            alert(EXPORT, by=by, at=at)
    return ident


def answer(ident: UUID, *, yes: bool, people: int, reason: str, by: Viewer, at: datetime, on: date) -> None:
    """Approve or refuse a file that somebody else asked for. A yes types the number back, and is one to the
    very people whom it held when it was asked for. Raises `ExportRefused`, `NotForYou`.
    """
    by.require(exports.APPROVE)
    _require_reason(reason)
    changed = False
    with recording(by, at) as log:
        row = commands.turn(ident)
        if row is None:
            raise NotForYou(by.role, exports.APPROVE)
        if same_human(by.audit_id, row.asked_by):
            raise ExportRefused("own")
        view = exports.export(by, ident)
        if not view.open_at(at):
            raise ExportRefused("over")
        if view.answered:
            raise ExportRefused("answered")
        if yes and people != row.people:
            raise ExportRefused("other_number", "people", row.people)
        changed = yes and _digest_now(row, on) != row.digest
        if changed:
            commands.close(row, codes.STALE, log)
        else:
            given = codes.YES if yes else codes.NO
            commands.store_approval(row, given, reason.strip(), role=by.role, log=log)
    if changed:
        raise ExportRefused("changed")


def withdraw(ident: UUID, *, by: Viewer, at: datetime) -> None:
    """Take back what one asked for oneself. Raises `ExportRefused`, `NotForYou`."""
    by.require(exports.ASK)
    with recording(by, at) as log:
        row = commands.turn(ident)
        if row is None or row.asked_by != by.audit_id:
            raise NotForYou(by.role, exports.ASK)
        if row.state != codes.ASKED:
            raise ExportRefused("over")
        commands.close(row, codes.WITHDRAWN, log)


def take(ident: UUID, *, write: Callable[[Leaving], bytes], by: Viewer, at: datetime, on: date) -> Taken:
    """The one copy, for who asked. `write` makes the file; what it gives is hashed and kept nowhere. Raises
    `ExportRefused`, `NotForYou`.
    """
    kind = kind_of(by)
    taken: Taken | None = None
    with recording(by, at) as log:
        row = commands.turn(ident)
        if row is None or row.asked_by != by.audit_id or row.kind != kind:
            raise NotForYou(by.role, exports.ASK)
        view = exports.export(by, ident)
        if not view.open_at(at):
            raise ExportRefused("over")
        if view.waits_for:
            raise ExportRefused("waits")
        refs = whom(by, view.filters, on)
        if marks.digest_of(ident, refs) != row.digest:
            commands.close(row, codes.STALE, log)
        else:
            mark, seed, number = marks.new_mark(), marks.new_seed(), commands.next_number()
            rows = rows_of(by, marks.ordered(seed, refs), view.columns, on)
            leaving = Leaving(
                ident, row.kind, row.form, row.language, view.columns, rows, row.recipient, row.purpose,
                number, mark, on,
            )  # fmt: skip
            taken = Taken(leaving, write(leaving))
            commands.store_copy(
                row, number=number, mark=mark, seed=seed, people=len(rows), log=log,
                digest=hashlib.sha256(taken.content).hexdigest(),
            )  # fmt: skip
    if taken is None:
        raise ExportRefused("changed")
    return taken


def _digest_now(asked: exports.Export, on: date) -> str:
    """The digest of whom the file would hold now, as who asked for it would take it."""
    requester = viewer_by_account(asked.asked_account, on)
    if requester is None:
        return ""
    try:
        refs = whom(requester, asked.filters, on)
    except (FilterRefused, NotForYou):
        return ""
    return marks.digest_of(asked.id, refs)


def _found(wish: Wish, by: Viewer, on: date) -> tuple[str, ...]:
    """Whom the file would hold; never nobody, and of rows never more than they may hold."""
    rows = kind_of(by) == codes.ROWS
    try:
        refs = whom(by, wish.filters, on, codes.MOST_ROWS if rows else None)
    except FilterRefused as refused:
        raise ExportRefused("unknown_code", refused.name) from refused
    if not refs:
        raise ExportRefused("nobody")
    if rows and len(refs) > codes.MOST_ROWS:
        raise ExportRefused("too_many")
    return refs


def _require_sound(wish: Wish, by: Viewer) -> None:
    """Raise `ExportRefused` or `NotForYou` unless the wish is one that this viewer may have."""
    kind = kind_of(by)
    for field, value, known in (
        ("form", wish.form, codes.FORMS),
        ("recipient_kind", wish.recipient_kind, codes.RECIPIENTS),
        ("purpose", wish.purpose, codes.PURPOSES),
    ):
        if value not in known:
            raise ExportRefused("unknown_code" if value else "missing", field)
    if not wish.columns or wish.columns[0] != codes.ALWAYS or len(set(wish.columns)) != len(wish.columns):
        raise ExportRefused("unknown_code", "columns")
    require_columns(by, wish.columns)
    _require_filters(kind, wish, by)
    _require_recipient(wish.recipient)
    _require_reason(wish.reason)


def _require_filters(kind: str, wish: Wish, by: Viewer) -> None:
    if kind == codes.ROLL_CALL:
        places: Sequence[str] = wish.filters.get("facility", ())
        if set(wish.filters) != {"facility"} or len(places) != 1 or places[0] not in own_places(by):
            raise ExportRefused("not_your_place", "facility")
        if wish.columns != codes.OF_ROLL_CALL:
            raise ExportRefused("unknown_code", "columns")
        return
    for name, values in wish.filters.items():
        if name not in codes.FILTERS or not values:
            raise ExportRefused("unknown_code", name)
        if name == "group" and any(value not in codes.GROUPS for value in values):
            raise ExportRefused("unknown_code", name)
        if name == "facility" and not set(values) <= {place.ref for place in placements.facilities(by)}:
            raise ExportRefused("unknown_code", name)


def _require_recipient(recipient: str) -> None:
    text = recipient.strip()
    if not text:
        raise ExportRefused("missing", "recipient")
    if len(text) > LONGEST_RECIPIENT:
        raise ExportRefused("too_long", "recipient")
    if turns_or_hides(text) or "\n" in text or "\t" in text:
        raise ExportRefused("hidden_characters", "recipient")
    if any(word in text.casefold() for word in STATES_AND_MISSIONS):
        raise ExportRefused("another_state", "recipient")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ExportRefused("missing", "reason")
    if len(reason) > LONGEST_REASON:
        raise ExportRefused("too_long", "reason")
    if turns_or_hides(reason):
        raise ExportRefused("hidden_characters", "reason")
    if not in_words(reason):
        raise ExportRefused("not_in_words", "reason")
