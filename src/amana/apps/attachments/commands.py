"""Writes of papers, inside `recording`. Who may do so is decided in `casework`.

The trail learns that a paper was added, withdrawn or its original opened, by the paper's number alone: never
what it is, of which class, or of which kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from amana.apps.accounts.viewers import Viewer
from amana.apps.attachments import store
from amana.apps.attachments.codes import ABOUT_PERSON as CLASSES
from amana.apps.attachments.codes import ERASABLE
from amana.apps.attachments.models import Attachment
from amana.apps.audit.recording import Log
from amana.apps.audit.sealing import sealed_for
from amana.core.papers import CLEAN, ORIGINAL, PREVIEW, Examined


def made_before(token: str, by: Viewer) -> UUID | None:
    """The paper that this author added with this token: a form sent twice adds one."""
    if not token:
        return None
    return Attachment.objects.filter(added_by=by.audit_id, token=token).values_list("pk", flat=True).first()


def add(
    person: str,
    record: tuple[str, str],
    cls: str,
    examined: Examined,
    *,
    words: str,
    name: str,
    others: bool,
    on: date,
    log: Log,
    token: str,
) -> UUID:
    """Keep a paper; its id. The files are on the disk before the row is; where the row is not written they
    go. Raises `NoRoom`.
    """
    if cls not in CLASSES:
        raise ValueError("Papers of this class are not kept here.")
    number, key, stored = uuid4(), store.new_key(), store.new_name()
    parts = {CLEAN: examined.clean, ORIGINAL: examined.original}
    if examined.preview is not None:
        parts[PREVIEW] = examined.preview
    told = {
        part: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        for part, content in parts.items()
    }
    about = {
        "record": record[0], "ref": record[1], "cls": cls, "kind": examined.kind, "pages": examined.pages,
        "removed": list(examined.removed), "name": name, "key": key.hex(), "parts": told,
    }  # fmt: skip
    store.write(stored, number, key, parts)
    try:
        Attachment.objects.create(
            id=number, person_id=person, about=about, words=words, others=others, stored=stored,
            added_on=on, added_by=log.by.audit_id, added_at=log.at, token=token or None,
        )  # fmt: skip
    except BaseException:
        store.remove(stored)
        raise
    log.entry("paper.added", person, {"paper": str(number)})
    return number


def withdraw(paper: UUID, person: str, *, why: str, on: date, log: Log) -> bool:
    """Withdraw a paper of this person; whether one stood. It stays, and stays sealed."""
    row = Attachment.objects.filter(pk=paper, person=person, withdrawn_on=None).first()
    if row is None:
        return False
    Attachment.objects.filter(pk=paper).update(
        withdrawn_on=on,
        withdrawn_by=log.by.audit_id,
        withdrawn_at=log.at,
        withdrawn_why=sealed_for(row, "withdrawn_why", why),
    )
    log.entry("paper.withdrawn", person, {"paper": str(paper)})
    return True


def erasable(person: str, *, held: Collection[UUID], classes: Collection[str]) -> list[Attachment]:
    """The papers of a person that an erasure may take: of none of these classes, and not held one by one.
    Papers of what officials determined, of courts, moves and consents are evidence.
    """
    rows = Attachment.objects.filter(person=person).exclude(pk__in=held)
    return [row for row in rows if row.about["cls"] not in classes and row.about["record"] in ERASABLE]


def erase(person: str, *, held: Collection[UUID], classes: Collection[str], log: Log) -> int:
    """Take the papers of a person away that may go (`erasable`), rows and files, for an erasure that was
    decided elsewhere; how many. The files go once the transaction holds.
    """
    rows = erasable(person, held=held, classes=classes)
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        transaction.on_commit(partial(store.remove, row.stored))
        log.entry("paper.erased", person, {"paper": str(row.pk)})
    return len(rows)


def note_original(paper: UUID, person: str, *, ground: str, log: Log) -> None:
    """Say in the trail that the original was opened, and on which ground."""
    log.entry("paper.original_opened", person, {"paper": str(paper), "ground": ground})
