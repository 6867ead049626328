"""Reads of papers: those of a person in reach whose class the viewer reads. Others are not there, not
counted, and not told apart from none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.attachments import store
from amana.apps.attachments.models import Attachment
from amana.apps.audit.sealing import have_keys
from amana.apps.audit.withholding import closed, require_reason
from amana.apps.registry.reach import Held, require_reach
from amana.core.papers import CLEAN, KINDS, PREVIEW

SEE = "papers.see"
NOTES = "C5"
"""The class of papers that go with protection notes."""


@dataclass(frozen=True)
class PaperView:
    """A paper: what it goes with, what it is, and what became of it. `size`: bytes of the copy that opens;
    `name`: as it came; `removed`: codes of what was taken out; `by`, `withdrawn_by`: names.
    """

    id: UUID
    person: str
    record: str
    record_ref: str
    cls: str
    kind: str
    pages: int
    size: int
    name: str
    words: str
    others: bool
    removed: tuple[str, ...]
    has_preview: bool
    on: date
    by: str
    own: bool
    withdrawn_on: date | None
    withdrawn_by: str
    withdrawn_why: str

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_on is None

    @property
    def file_name(self) -> str:
        """What a copy of it is called: nothing of what it is."""
        return f"{self.person}-{str(self.id)[:8]}.{KINDS[self.kind].suffix}"


def papers(viewer: Viewer, ref: str) -> tuple[PaperView, ...]:
    """The papers of a person that the viewer may read, newest first, those withdrawn last. Raises
    `NotForYou`. Those of a class she reads with a reason only are not among them before one is given.
    """
    held = require_reach(viewer, ref, SEE)
    viewer.saw(ref)
    found = list(Attachment.objects.filter(person=ref))
    have_keys(found)
    rows = [row for row in found if held.reads(row.about["cls"]) and not closed(row.about["cls"], ref)]
    rows.sort(key=lambda row: (row.withdrawn_on is None, row.added_at, str(row.pk)), reverse=True)
    names = _names(rows)
    return tuple(_view(viewer, row, names) for row in rows)


def paper(viewer: Viewer, ref: str, number: UUID) -> PaperView:
    """One paper of a person. Raises `NotForYou`, the same for one that is not there."""
    row = _row(viewer, ref, number)
    viewer.saw(ref)
    return _view(viewer, row, _names([row]))


def content(viewer: Viewer, ref: str, number: UUID, part: str = CLEAN) -> bytes:
    """A part of a paper that opens: the clean copy, or its preview. Raises `NotForYou`, `LostFile`."""
    if part not in (CLEAN, PREVIEW):
        raise NotForYou(viewer.role, SEE)
    row = _row(viewer, ref, number)
    if part not in row.about["parts"]:
        raise NotForYou(viewer.role, SEE)
    viewer.saw(ref)
    return part_of(row, part)


def part_of(row: Attachment, part: str) -> bytes:
    """The bytes of one part, without asking who looks: for commands that have asked. Raises `LostFile`."""
    found = store.read(row.stored, row.pk, part, bytes.fromhex(row.about["key"]))
    if hashlib.sha256(found).hexdigest() != row.about["parts"][part]["sha256"]:
        raise store.LostFile
    return found


def require_row(viewer: Viewer, ref: str, number: UUID, permission: str) -> Attachment:
    """The row of a paper, for a command of somebody who reads its class. Raises `NotForYou`."""
    return _row(viewer, ref, number, permission)


def classes_told(viewer: Viewer, ref: str) -> frozenset[str]:
    """The classes of which this account has kept a paper of a person already; it shows none of them."""
    rows = list(Attachment.objects.filter(person=ref, added_by=viewer.audit_id))
    have_keys(rows)
    return frozenset(row.about["cls"] for row in rows)


def stored_names() -> frozenset[str]:
    """What the files of all papers are called: for whoever clears the folder."""
    return frozenset(Attachment.objects.values_list("stored", flat=True))


def _row(viewer: Viewer, ref: str, number: UUID, permission: str = SEE) -> Attachment:
    held: Held = require_reach(viewer, ref, permission)
    row: Attachment | None = Attachment.objects.filter(pk=number, person=ref).first()
    if row is None or not held.reads(row.about["cls"]):
        raise NotForYou(viewer.role, permission)
    require_reason(row.about["cls"], ref)
    return row


def _names(rows: list[Any]) -> Mapping[UUID, str]:
    actors = {actor for row in rows for actor in (row.added_by, row.withdrawn_by) if actor}
    return dict(User.objects.filter(audit_id__in=actors).values_list("audit_id", "name"))


def _view(viewer: Viewer, row: Attachment, names: Mapping[UUID, str]) -> PaperView:
    about = row.about
    return PaperView(
        id=row.pk,
        person=row.person_id,
        record=about["record"],
        record_ref=about["ref"],
        cls=about["cls"],
        kind=about["kind"],
        pages=about["pages"],
        size=about["parts"][CLEAN]["size"],
        name=about["name"],
        words=row.words,
        others=row.others,
        removed=tuple(about["removed"]),
        has_preview=PREVIEW in about["parts"],
        on=row.added_on,
        by=names.get(row.added_by, ""),
        own=row.added_by == viewer.audit_id,
        withdrawn_on=row.withdrawn_on,
        withdrawn_by=names.get(row.withdrawn_by, "") if row.withdrawn_by else "",
        withdrawn_why=row.withdrawn_why or "",
    )
