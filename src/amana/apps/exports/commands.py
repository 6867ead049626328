"""Writes of the export gate's register, inside `recording`. Whether a command may be given, and what a file
holds, is decided in `casework`.

The trail learns kind, counts, classes, recipient and purpose: no name and no reference of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max

from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log
from amana.apps.exports import codes
from amana.apps.exports.models import Export, ExportApproval, ExportCopy


@dataclass(frozen=True)
class Asked:
    """What is asked for: the kind and form of file, its columns, whom, for whom and why."""

    kind: str
    form: str
    language: str
    columns: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    people: int
    digest: str
    recipient_kind: str
    recipient: str
    purpose: str
    reason: str


def asked_before(token: str, by: Viewer) -> str:
    """The file that this author asked for with this token: a form sent twice asks once."""
    if not token:
        return ""
    rows = Export.objects.filter(asked_by=by.audit_id, token=token)
    found = rows.values_list("pk", flat=True).first()
    return "" if found is None else str(found)


def store_export(
    ident: UUID, asked: Asked, *, counted: int, account: UUID, on: date, log: Log, token: str
) -> None:
    """Keep what is asked for."""
    classes = sorted({codes.COLUMNS[column] for column in asked.columns})
    Export.objects.create(
        id=ident,
        kind=asked.kind,
        form=asked.form,
        language=asked.language,
        columns=";".join(asked.columns),
        classes=";".join(classes),
        filters={name: list(values) for name, values in asked.filters.items()},
        people=asked.people,
        counted=counted,
        digest=asked.digest,
        recipient_kind=asked.recipient_kind,
        recipient=asked.recipient,
        purpose=asked.purpose,
        reason=asked.reason,
        asked_by=log.by.audit_id,
        asked_account=account,
        asked_on=on,
        asked_at=log.at,
        until=log.at + timedelta(hours=codes.OPEN_HOURS),
        state=codes.ASKED,
        token=token or None,
    )
    told = {
        "kind": asked.kind, "people": asked.people, "counted": counted, "classes": classes,
        "recipient": asked.recipient_kind, "purpose": asked.purpose,
    }  # fmt: skip
    log.entry("export.asked", subject_of(ident), told)


def turn(ident: UUID) -> Any:
    """The row of a file, held until the open transaction ends; None where there is none."""
    return Export.objects.select_for_update().filter(pk=ident).first()


def store_approval(row: Any, answer: str, reason: str, *, role: str, log: Log) -> None:
    """Keep what somebody answered; a no refuses the file."""
    ExportApproval.objects.create(
        export=row, answer=answer, role=role, reason=reason, by=log.by.audit_id, at=log.at
    )
    if answer == codes.NO:
        Export.objects.filter(pk=row.pk).update(state=codes.REFUSED)
    kind = "export.approved" if answer == codes.YES else "export.refused"
    log.entry(kind, subject_of(row.pk), {"role": role})


def close(row: Any, state: str, log: Log) -> None:
    """End what was asked for without a file: withdrawn, or stale."""
    Export.objects.filter(pk=row.pk).update(state=state)
    log.entry(f"export.{state}", subject_of(row.pk))


def next_number() -> int:
    """The number of the next copy of this office; whoever takes another meanwhile waits."""
    ExportCopy.objects.select_for_update().order_by("-number").values_list("number", flat=True).first()
    last = ExportCopy.objects.aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def store_copy(row: Any, *, number: int, mark: str, seed: str, digest: str, people: int, log: Log) -> None:
    """Keep that the copy was taken: it is the only one."""
    ExportCopy.objects.create(
        export=row, number=number, mark=mark, seed=seed, digest=digest, people=people,
        taken_by=log.by.audit_id, taken_at=log.at,
    )  # fmt: skip
    Export.objects.filter(pk=row.pk).update(state=codes.TAKEN)
    told = {"copy": number, "digest": digest, "people": people, "classes": row.classes.split(";")}
    log.entry("export.taken", subject_of(row.pk), told)


def subject_of(ident: UUID) -> str:
    """What the trail calls a file."""
    return f"export:{ident}"
