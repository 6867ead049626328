"""Contacts of a person: whom to call, told by her. Added and ended by who may write about her family."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.recording import recording
from amana.apps.contacts import commands
from amana.apps.contacts.queries import CLASS
from amana.apps.registry.reach import require_reach
from amana.core.errors import AmanaError
from amana.core.need_to_know import Level
from amana.core.phones import normal_phone
from amana.core.policy.editing.text import turns_or_hides

MAY: Final = "people.amend"
LONGEST: Final = 120

FAULTS: Final = {
    "missing": "It is missing.",
    "too_long": "The text is too long.",
    "hidden_characters": "It holds characters that can't be seen or turn the order of letters.",
    "no_number": "This is no telephone number: seven digits at least.",
    "nothing_stands": "There is no such contact that still stands.",
}


class ContactRefused(AmanaError):
    """A contact can't be kept or ended as asked; `code` is a key of FAULTS, `field` what it is about."""

    def __init__(self, code: str, field: str = "") -> None:
        self.code, self.field = code, field
        super().__init__(f"{field}: {FAULTS[code]}" if field else FAULTS[code])


def may_write(viewer: Viewer, ref: str) -> bool:
    """Whether a viewer may add and end contacts of this person. Raises `NotForYou`."""
    held = require_reach(viewer, ref)
    return viewer.may(MAY) and held.reads(CLASS) and viewer.sees(CLASS) >= Level.WRITE


def add(ref: str, *, who: str, phone: str, by: Viewer, at: datetime, on: date, token: str = "") -> UUID:
    """Keep a contact; its id. Raises `ContactRefused`, `NotForYou`."""
    _require(by, ref)
    for field, text in (("who", who), ("phone", phone)):
        if not text.strip():
            raise ContactRefused("missing", field)
        if len(text) > LONGEST:
            raise ContactRefused("too_long", field)
        if turns_or_hides(text):
            raise ContactRefused("hidden_characters", field)
    if not normal_phone(phone):
        raise ContactRefused("no_number", "phone")
    with recording(by, at) as log:
        return commands.made_before(token, by) or commands.add(
            ref, who.strip(), phone.strip(), on=on, log=log, token=token
        )


def end(ref: str, contact: UUID, *, by: Viewer, at: datetime, on: date) -> None:
    """End a contact. Raises `ContactRefused`, `NotForYou`."""
    _require(by, ref)
    with recording(by, at) as log:
        if not commands.end(contact, ref, on=on, log=log):
            raise ContactRefused("nothing_stands")


def _require(by: Viewer, ref: str) -> None:
    if not may_write(by, ref):
        raise NotForYou(by.role, MAY)
