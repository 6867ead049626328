"""Writes of contacts, inside `recording`; who may do so is decided in `casework`. The trail learns neither
name nor number.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.blind_index import token as blind_token
from amana.apps.audit.recording import Log
from amana.apps.contacts.models import Contact
from amana.core.phones import normal_phone

PHONE = "phone"


def made_before(token: str, by: Viewer) -> UUID | None:
    """The contact that this author added with this token: a form sent twice adds one."""
    if not token:
        return None
    return Contact.objects.filter(added_by=by.audit_id, token=token).values_list("pk", flat=True).first()


def add(person: str, who: str, phone: str, *, on: date, log: Log, token: str) -> UUID:
    """Keep a contact; its id."""
    row = Contact.objects.create(
        person_id=person,
        said={"who": who, "phone": phone},
        blind=blind_token(PHONE, normal_phone(phone)),
        added_on=on,
        added_by=log.by.audit_id,
        added_at=log.at,
        token=token or None,
    )
    log.entry("contact.added", person, {"contact": str(row.pk)})
    return UUID(str(row.pk))


def end(contact: UUID, person: str, *, on: date, log: Log) -> bool:
    """End a contact that stands: it is found by its number no longer. Whether there was one."""
    rows = Contact.objects.filter(pk=contact, person=person, ended_on=None)
    done = rows.update(ended_on=on, ended_by=log.by.audit_id, ended_at=log.at, blind="")
    if done:
        log.entry("contact.ended", person, {"contact": str(contact)})
    return bool(done)
