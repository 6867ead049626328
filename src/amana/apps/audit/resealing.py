"""Exchanging keys: the office key (data keys are closed anew) and the data keys (values are encrypted anew).

Both go in small transactions and are taken up where they were left, however they ended: what is still under
an old key says so itself. Readers and writers go on meanwhile. A value that does not open stays as it is,
with its key, and is counted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models

from amana.apps.audit import casekeys, office_key
from amana.apps.audit.key_models import CaseKey, KeyMark
from amana.apps.audit.keys import make_key
from amana.apps.audit.recording import Actor, recording
from amana.apps.audit.sealing import Bound, Sealed, Unreadable, sealed_fields

AT_ONCE = 200
Progress = Callable[[int, int], None]


@dataclass
class Resealed:
    """Rows looked at, values encrypted anew, values that did not open; what lies beside the database and was
    encrypted anew, and what is missing of it.
    """

    rows: int = 0
    values: int = 0
    unreadable: int = 0
    papers: int = 0
    lost: int = 0


def exchange_office_key(
    *,
    old: Path | None,
    by: Actor,
    at: datetime,
    progress: Progress,
    others: Callable[[], int] = lambda: 0,
) -> int:
    """Put a new office key in the place of the present one; how many data keys were closed anew. `others`
    closes anew what lies outside the database under the present one.

    The present one goes to the file `old`, or is destroyed (None): backups made before need it. Raises
    `UnfitKey` where the key is not in a file that may be replaced.
    """
    file = office_key.key_file()
    if file is None:
        raise office_key.UnfitKey(
            "AMANA_SEALED_KEY holds the office key itself, which this program can't exchange. Put it into a "
            "file of mode 600, name that with AMANA_SEALED_KEY_FILE instead, then exchange it."
        )
    following = office_key.next_file(file)
    if not following.exists():
        make_key(following)
    closed = _close_anew(by, at, progress)
    others()
    with recording(by, at) as log:
        _wait_for_writers()
        closed += _close_some(10**9)
        log.entry("keys.office_key_exchanged", "office", {"key": office_key.ring().newest, "cases": closed})
        if old is not None:
            _keep_old(file, old)
    # Only now, when the database holds nothing under it, does the old key go.
    following.replace(file)
    return closed


def exchange_data_keys(
    *,
    by: Actor,
    at: datetime,
    progress: Progress,
    files: Callable[[], tuple[int, int]] = lambda: (0, 0),
) -> Resealed:
    """Give every case a new data key and encrypt all its sealed values anew; or finish what was begun.
    `files` does the same to what lies beside the database: how much, and how much of it is missing.
    """
    with recording(by, at) as log:
        if not _unfinished():
            turn = casekeys.this_round() + 1
            KeyMark.objects.update_or_create(name="round", defaults={"mark": str(turn)})
            log.entry("keys.exchange_begun", "office", {"round": turn})
    while _retire_some(by, at):
        pass
    done = reseal(by=by, at=at, progress=progress)
    # Before the old keys go: while they are there, a run that was cut off is one to be finished.
    done.papers, done.lost = files()
    with recording(by, at) as log:
        if not done.unreadable:
            CaseKey.objects.filter(retired=True).delete()
        log.entry("keys.exchanged", "office", vars(done))
    return done


def reseal(*, by: Actor, at: datetime, progress: Progress) -> Resealed:
    """Encrypt anew what is under a retired key, or of the first version; the rest is left as it is."""
    done, kinds = Resealed(), [model for model in apps.get_models() if sealed_fields(model)]
    total = sum(model._default_manager.count() for model in kinds)
    for model in kinds:
        for last in _pages(model):
            with recording(by, at):
                _reseal_some(model, last, done)
            progress(min(done.rows, total), total)
    return done


def _pages(model: type[models.Model]) -> Iterator[list[Any]]:
    """The keys of all rows of a table, some at a time."""
    last: Any = None
    rows = model._default_manager.order_by("pk").values_list("pk", flat=True)
    while some := list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE]):
        yield some
        last = some[-1]


def _reseal_some(model: type[models.Model], keys: list[Any], done: Resealed) -> None:
    fields = sealed_fields(model)
    bound: Bound = getattr(model, "sealed_with", Bound(("pk",)))
    rows = model._default_manager.filter(pk__in=keys).select_for_update(of=("self",))
    if related := bound.case.rpartition(".")[0].replace(".", "__"):
        rows = rows.select_related(related)
    found = list(rows)
    numbers = {value.data_key for row in found for _, value in _sealed(row, fields)}
    asked = [number for number in numbers if number is not None]
    retired = set(CaseKey.objects.filter(pk__in=asked, retired=True).values_list("pk", flat=True))
    casekeys.have(retired)
    for row in found:
        done.rows += 1
        changes = {}
        for field, value in _sealed(row, fields):
            if value.data_key is None or value.data_key in retired:
                try:
                    changes[field.attname] = field.sealed(row, field.opened(row, value))
                except Unreadable:
                    done.unreadable += 1
        if changes:
            model._default_manager.filter(pk=row.pk).update(**changes)
            done.values += len(changes)


def _sealed(row: models.Model, fields: list[Any]) -> Iterator[tuple[Any, Sealed]]:
    for field in fields:
        value = row.__dict__.get(field.attname)
        if isinstance(value, Sealed):
            yield field, value


def _unfinished() -> bool:
    turn = casekeys.this_round()
    return bool(
        CaseKey.objects.filter(retired=True).exists() or CaseKey.objects.filter(round__lt=turn).exists()
    )


def _retire_some(by: Actor, at: datetime) -> bool:
    """New data keys for some cases that have old ones; whether there were any. Whoever seals something for
    such a case is waited for.
    """
    with recording(by, at):
        old = CaseKey.objects.filter(retired=False, round__lt=casekeys.this_round()).order_by("pk")
        held = dict(old.select_for_update()[:AT_ONCE].values_list("pk", "case"))
        if held:
            CaseKey.objects.filter(pk__in=list(held)).update(retired=True)
            casekeys.make(held.values())
        return bool(held)


def _close_anew(by: Actor, at: datetime, progress: Progress) -> int:
    total, closed = CaseKey.objects.exclude(closed_by=office_key.ring().newest).count(), 0
    while True:
        with recording(by, at):
            some = _close_some(AT_ONCE)
        if not some:
            return closed
        closed += some
        progress(min(closed, total), total)


def _close_some(most: int) -> int:
    """Close some data keys that stand under an old office key anew; how many."""
    rows = CaseKey.objects.exclude(closed_by=office_key.ring().newest).order_by("pk")
    found = list(rows.select_for_update()[:most])
    for row in found:
        bound = casekeys.bound(row.pk, row.case)
        row.closed_by, row.closed = office_key.close(
            office_key.open_closed(bytes(row.closed), bound, row.closed_by), bound
        )
    CaseKey.objects.bulk_update(found, ["closed_by", "closed"], batch_size=AT_ONCE)
    return len(found)


def _wait_for_writers() -> None:
    """Have nobody make a data key until the transaction ends; on SQLite whoever writes is alone anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CaseKey._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _keep_old(file: Path, old: Path) -> None:
    """Copy the present key to a file of its own, for its owner only; one that is there must be the same."""
    text = file.read_text(encoding="ascii")
    try:
        handle = os.open(old, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        if old.read_text(encoding="ascii") == text:
            return
        raise office_key.UnfitKey(
            f"{old} is there already and holds something else. Name another file."
        ) from error
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
