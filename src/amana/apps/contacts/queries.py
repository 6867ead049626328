"""Reads of contacts: those of a person in reach, and whose number this is, among one's own cases alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.blind_index import token
from amana.apps.audit.sealing import have_keys
from amana.apps.contacts.commands import PHONE
from amana.apps.contacts.models import Contact
from amana.apps.registry.reach import among, require_reach, within
from amana.core.phones import normal_phone

SEE, CLASS = "people.see", "C4"
MOST = 50


@dataclass(frozen=True)
class ContactView:
    """One contact, as told."""

    id: UUID
    person: str
    who: str
    phone: str
    on: date
    ended_on: date | None


def contacts(viewer: Viewer, ref: str) -> tuple[ContactView, ...]:
    """The contacts of a person, newest first, ended ones last. Raises `NotForYou`."""
    require_reach(viewer, ref, SEE).require(CLASS)
    viewer.saw(ref)
    rows = list(Contact.objects.filter(person=ref))
    rows.sort(key=lambda row: (row.ended_on is None, row.added_at, str(row.pk)), reverse=True)
    have_keys(rows)
    return tuple(_view(row) for row in rows)


def whose(viewer: Viewer, phone: str) -> tuple[str, ...]:
    """The people in reach of whom this very number is told, by reference, at most MOST. Nobody else's cases
    are looked at, so nothing tells whether they know it. Raises `NotForYou`.
    """
    viewer.require(SEE)
    viewer.require_class(CLASS)
    sought = token(PHONE, normal_phone(phone))
    if not sought:
        return ()
    rows = Contact.objects.filter(within(viewer, "person_id"), blind=sought)
    refs = sorted(set(rows.values_list("person_id", flat=True)[:MOST]))
    found = tuple(ref for ref in refs if ref in among(viewer, refs, (CLASS,)))
    viewer.saw_all(found)
    return found


def _view(row: Contact) -> ContactView:
    said = row.said
    return ContactView(row.pk, row.person_id, said["who"], said["phone"], row.added_on, row.ended_on)
