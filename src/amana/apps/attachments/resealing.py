"""Encrypting papers anew: a new key and new files for each, as part of exchanging the data keys.

New files are whole on the disk before the row names them, and the old ones are let go after: a process that
is killed leaves files that no paper names, which `store.sweep` takes away, and papers under their old key,
which the next run takes up. Old files lie another hour, for whoever is reading or copying them. A paper whose
file is missing or was changed stays as it is and is counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from amana.apps.attachments import store
from amana.apps.attachments.models import Attachment
from amana.apps.audit import casekeys
from amana.apps.audit.recording import Actor, recording
from amana.apps.audit.sealing import sealed_for

ROUND = "round"
AT_ONCE = 200
Progress = Callable[[int, int], None]


@dataclass
class Papers:
    """Papers encrypted anew, and papers whose files are missing or were changed."""

    papers: int = 0
    lost: int = 0


def encrypt_anew(*, by: Actor, at: datetime, progress: Progress) -> Papers:
    """Encrypt every paper anew that was not in this exchange of keys; each in its own transaction."""
    turn, done, total = casekeys.this_round(), Papers(), Attachment.objects.count()
    for seen, number in enumerate(_numbers(), 1):
        with recording(by, at):
            _encrypt(number, turn, done)
        progress(min(seen, total), total)
    return done


def _numbers() -> Iterator[UUID]:
    """The numbers of all papers, some at a time."""
    last: UUID | None = None
    rows = Attachment.objects.order_by("pk").values_list("pk", flat=True)
    while some := list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE]):
        yield from some
        last = some[-1]


def _encrypt(number: UUID, turn: int, done: Papers) -> None:
    row = Attachment.objects.select_for_update().filter(pk=number).first()
    if row is None or row.about.get(ROUND, 0) >= turn:
        return
    about, key, stored = dict(row.about), store.new_key(), store.new_name()
    try:
        old = bytes.fromhex(about["key"])
        parts = {part: store.read(row.stored, row.pk, part, old) for part in about["parts"]}
    except store.LostFile:
        done.lost += 1
        return
    if any(
        hashlib.sha256(found).hexdigest() != about["parts"][part]["sha256"] for part, found in parts.items()
    ):
        done.lost += 1
        return
    store.write(stored, row.pk, key, parts)
    try:
        changed = sealed_for(row, "about", {**about, "key": key.hex(), ROUND: turn})
        Attachment.objects.filter(pk=row.pk).update(about=changed, stored=stored)
    except BaseException:
        store.remove(stored)
        raise
    transaction.on_commit(partial(store.let_go, row.stored))
    done.papers += 1
