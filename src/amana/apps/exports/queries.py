"""Reads of the export gate's register. Each takes the viewer and is denied by default; nobody in a file is
named here.

Who asked sees her own, who approves sees what waits, who oversees sees the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.exports import codes
from amana.apps.exports.models import Export, ExportApproval, ExportCopy

SEE, ASK, APPROVE = "exports.see", "exports.ask", "exports.approve"
OVERSEE = "audit.see"
OFFICER_ROLE = "data_protection"


@dataclass(frozen=True)
class ApprovalView:
    """What somebody answered, and why."""

    by_name: str
    role: str
    answer: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class CopyView:
    """The copy that was taken."""

    number: int
    mark: str
    seed: str
    digest: str
    people: int
    taken_at: datetime


@dataclass(frozen=True)
class ExportView:
    """A file that was asked for. `waits_for`: whose answers are still missing; `open_`: it can still be
    approved or taken; `counts`: how many people, and with those asked for shortly before.
    """

    id: UUID
    kind: str
    form: str
    language: str
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    filters: Mapping[str, tuple[str, ...]]
    people: int
    counted: int
    recipient_kind: str
    recipient: str
    purpose: str
    reason: str
    by_name: str
    mine: bool
    answered: bool
    asked_account: UUID
    asked_at: datetime
    until: datetime
    state: str
    waits_for: tuple[str, ...]
    approvals: tuple[ApprovalView, ...]
    copy: CopyView | None

    def open_at(self, at: datetime) -> bool:
        """Whether it can still be approved or taken."""
        return self.state == codes.ASKED and at <= self.until


def asked_lately(viewer: Viewer, at: datetime) -> int:
    """How many people this account asked for within COUNTED_DAYS, refused and withdrawn files left out."""
    rows = Export.objects.filter(
        asked_by=viewer.audit_id,
        asked_at__gt=at - timedelta(days=codes.COUNTED_DAYS),
        state__in=(codes.ASKED, codes.TAKEN, codes.STALE),
    )
    return int(rows.aggregate(people=Sum("people"))["people"] or 0)


def exports(viewer: Viewer, limit: int = 100) -> tuple[ExportView, ...]:
    """One's own files, those that wait for an answer where one may give it, and for whoever oversees the
    whole register; the newest first. Raises `NotForYou`.
    """
    viewer.require(SEE)
    return _views(viewer, Export.objects.filter(_shown(viewer)).order_by("-asked_at", "id")[:limit])


def waiting(viewer: Viewer, at: datetime) -> int:
    """How many files wait for an answer that this viewer may give; 0 for who approves none."""
    if not (viewer.may(SEE) and viewer.may(APPROVE)):
        return 0
    rows = Export.objects.filter(state=codes.ASKED, until__gte=at).exclude(asked_by=viewer.audit_id)
    open_ones = rows.exclude(approvals__by=viewer.audit_id)
    return sum(bool(each.waits_for) for each in _views(viewer, open_ones)) if open_ones.exists() else 0


def export(viewer: Viewer, ident: UUID) -> ExportView:
    """One file. Raises `NotForYou`, also where there is none."""
    viewer.require(SEE)
    found = _views(viewer, Export.objects.filter(_shown(viewer), pk=ident))
    if not found:
        raise NotForYou(viewer.role, SEE)
    return found[0]


def copies(viewer: Viewer) -> tuple[tuple[ExportView, CopyView], ...]:
    """Every copy that was ever taken, for tracing a leaked one. Raises `NotForYou`."""
    viewer.require(SEE)
    viewer.require(OVERSEE)
    views = _views(viewer, Export.objects.filter(state=codes.TAKEN).order_by("copy__number"))
    return tuple((view, view.copy) for view in views if view.copy is not None)


def missing(kind: str, counted: int, answers: Iterable[tuple[UUID, str]]) -> tuple[str, ...]:
    """Whose yes is still missing; `answers`: trail id and role of each yes. One person counts for one."""
    needed = codes.approvers_needed(kind, counted)
    given = dict(answers)
    officers = [by for by, role in given.items() if role == OFFICER_ROLE]
    if codes.OFFICER not in needed:
        return () if given else needed
    lacking = () if officers else (codes.OFFICER,)
    others = len(given) - (1 if officers else 0)
    return lacking if others else (codes.SECOND, *lacking)


def _shown(viewer: Viewer) -> Q:
    if viewer.may(OVERSEE) or viewer.may(APPROVE):
        return Q(pk__isnull=False)
    return Q(asked_by=viewer.audit_id)


def _views(viewer: Viewer, rows: QuerySet[Export]) -> tuple[ExportView, ...]:
    found: list[Any] = list(rows)
    answers: dict[UUID, list[ExportApproval]] = {row.id: [] for row in found}
    for answer in ExportApproval.objects.filter(export__in=found).order_by("at", "id"):
        answers[UUID(str(answer.export_id))].append(answer)
    copied = {UUID(str(each.export_id)): each for each in ExportCopy.objects.filter(export__in=found)}
    who = {row.asked_by for row in found} | {each.by for those in answers.values() for each in those}
    names = dict(User.objects.filter(audit_id__in=who).values_list("audit_id", "name"))
    return tuple(_view(viewer, row, answers[row.id], copied.get(row.id), names) for row in found)


def _view(
    viewer: Viewer,
    row: Any,
    answers: list[ExportApproval],
    copied: ExportCopy | None,
    names: Mapping[UUID, str],
) -> ExportView:
    reads = row.asked_by == viewer.audit_id or viewer.may(APPROVE)
    yes = [(each.by, each.role) for each in answers if each.answer == codes.YES]
    return ExportView(
        id=row.id,
        kind=row.kind,
        form=row.form,
        language=row.language,
        columns=tuple(row.columns.split(";")),
        classes=tuple(row.classes.split(";")),
        filters={name: tuple(values) for name, values in row.filters.items()} if reads else {},
        people=row.people,
        counted=row.counted,
        recipient_kind=row.recipient_kind,
        recipient=row.recipient,
        purpose=row.purpose,
        reason=row.reason if reads else "",
        by_name=names.get(row.asked_by, ""),
        mine=row.asked_by == viewer.audit_id,
        answered=any(each.by == viewer.audit_id for each in answers),
        asked_account=row.asked_account,
        asked_at=row.asked_at,
        until=row.until,
        state=row.state,
        waits_for=missing(row.kind, row.counted, yes),
        approvals=tuple(
            ApprovalView(
                names.get(each.by, ""), each.role, each.answer, each.reason if reads else "", each.at
            )
            for each in answers
        ),
        copy=_copy(copied) if copied else None,
    )


def _copy(row: ExportCopy) -> CopyView:
    return CopyView(row.number, row.mark, row.seed, row.digest, row.people, row.taken_at)
