"""Reads of legal holds, erasures and periods. Each takes the viewer and is denied by default; whether a hold
stands at all is asked by commands, which have asked for their own permission.

Two kinds of people read them: whoever answers for data protection, by reference and for everybody, and
whoever holds the case. What somebody gave as a reason in words is C5; the ground is told to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from amana.apps.accounts.models import User
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.among import Among
from amana.apps.audit.sealing import have_keys
from amana.apps.registry.reach import require_reach
from amana.apps.retention import codes
from amana.apps.retention.models import Erasure, RetentionDue, RetentionHold, RetentionPeriod

SEE = "retention.see"
HOLD = "retention.hold"
OFFICER, CONFIRM = "audit.erase", "erasure.confirm"
CLASS = "C5"


@dataclass(frozen=True)
class HoldView:
    """A legal hold. `stands` as of the day asked for; `late`: the day of its review is past; `of_class` or
    `of_paper`: all that it keeps, everything where neither is said.
    """

    id: UUID
    person: str
    ground: str
    words: str
    since: date
    until: date | None
    review_on: date
    ended_on: date | None
    by_name: str
    mine: bool
    stands: bool
    late: bool
    of_class: str = ""
    of_paper: UUID | None = None


@dataclass(frozen=True)
class ErasureView:
    """An erasure asked for or decided; `counts` tells what went."""

    id: UUID
    person: str
    parts: tuple[str, ...]
    ground: str
    words: str
    asked_on: date
    asked_by: UUID
    by_name: str
    mine: bool
    state: str
    decided_on: date | None
    decided_name: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class PeriodView:
    """The period of a class: `months` None while none is set, and then everything of it is kept."""

    cls: str
    months: int | None
    basis: str
    since: date | None


@dataclass(frozen=True)
class DueView:
    """Whose records have passed their period: which parts, since which day."""

    person: str
    parts: tuple[str, ...]
    since: date


def stands(on: date) -> Q:
    """The condition that a hold stands on a day."""
    return Q(ended_on__isnull=True) & (Q(until__isnull=True) | Q(until__gte=on))


def held(refs: Iterable[str], on: date) -> frozenset[str]:
    """Those of these people of whose records a hold keeps everything on that day."""
    rows = RetentionHold.objects.filter(stands(on), Among("person_id", refs), of_class="", of_paper=None)
    return frozenset(rows.values_list("person_id", flat=True))


@dataclass(frozen=True)
class Narrow:
    """What holds keep of somebody that don't keep everything: classes, and papers by their numbers."""

    classes: frozenset[str] = frozenset()
    papers: frozenset[UUID] = frozenset()


NOTHING_HELD: Final = Narrow()


def narrow_holds(refs: Iterable[str], on: date) -> Mapping[str, Narrow]:
    """What holds on a class or a paper keep on that day, by person; who has none is absent."""
    rows = RetentionHold.objects.filter(stands(on), Among("person_id", refs))
    rows = rows.exclude(of_class="", of_paper=None).values_list("person_id", "of_class", "of_paper")
    found: dict[str, tuple[set[str], set[UUID]]] = {}
    for ref, cls, paper in rows:
        classes, papers = found.setdefault(ref, (set(), set()))
        if paper is None:
            classes.add(cls)
        else:
            papers.add(paper)
    return {ref: Narrow(frozenset(classes), frozenset(papers)) for ref, (classes, papers) in found.items()}


def require_case(viewer: Viewer, ref: str, permission: str = SEE) -> None:
    """Raise `NotForYou` unless the viewer may and either answers for data protection or reaches the
    person.
    """
    viewer.require(permission)
    if not viewer.may(OFFICER):
        require_reach(viewer, ref, permission)


def _reads_words(viewer: Viewer, ref: str, author: UUID) -> bool:
    """Whether she reads why records are held, in words: her own, or of whom she may read C5 without being
    asked why she reads it.
    """
    if author == viewer.audit_id:
        return True
    role = ROLES.get(viewer.role)
    if role is None or role.cell(CLASS).reasoned:
        return False
    try:
        return require_reach(viewer, ref, SEE).reads(CLASS)
    except NotForYou:
        return False


def holds_of(viewer: Viewer, ref: str, on: date) -> tuple[HoldView, ...]:
    """Every hold of one person, the newest first. Raises `NotForYou`."""
    require_case(viewer, ref)
    viewer.saw(ref)
    return _holds(viewer, RetentionHold.objects.filter(person=ref), on)


def standing_holds(viewer: Viewer, on: date, limit: int = 200) -> tuple[HoldView, ...]:
    """The holds that stand, the one to be looked at first on top; for data protection. Raises `NotForYou`."""
    viewer.require(SEE)
    viewer.require(OFFICER)
    found = _holds(viewer, RetentionHold.objects.filter(stands(on)), on, limit=limit)
    viewer.saw_all(each.person for each in found)
    return tuple(sorted(found, key=lambda each: (each.review_on, each.person)))


def hold(viewer: Viewer, ident: UUID, on: date) -> HoldView:
    """One hold. Raises `NotForYou`, also where there is none."""
    viewer.require(SEE)
    row = RetentionHold.objects.filter(pk=ident).first()
    if row is None:
        raise NotForYou(viewer.role, SEE)
    require_case(viewer, row.person_id)
    viewer.saw(row.person_id)
    return _holds(viewer, RetentionHold.objects.filter(pk=ident), on)[0]


def _holds(viewer: Viewer, rows: Any, on: date, limit: int = 200) -> tuple[HoldView, ...]:
    found = list(rows.order_by("-placed_at", "id")[:limit])
    have_keys(found)
    names = _names(row.placed_by for row in found)
    return tuple(
        HoldView(
            id=row.id,
            person=row.person_id,
            ground=row.ground,
            words=row.words if _reads_words(viewer, row.person_id, row.placed_by) else "",
            since=row.since,
            until=row.until,
            review_on=row.review_on,
            ended_on=row.ended_on,
            by_name=names.get(row.placed_by, ""),
            mine=row.placed_by == viewer.audit_id,
            stands=row.ended_on is None and (row.until is None or row.until >= on),
            late=row.ended_on is None and row.review_on < on and (row.until is None or row.until >= on),
            of_class=row.of_class,
            of_paper=row.of_paper,
        )
        for row in found
    )


def erasures(viewer: Viewer, *, state: str = "", limit: int = 100) -> tuple[ErasureView, ...]:
    """Erasures asked for or decided, the newest first: all of them for data protection, for whoever may
    confirm one those of people in her reach. Raises `NotForYou`.
    """
    viewer.require(SEE)
    rows = Erasure.objects.order_by("-asked_at", "id")
    found = list((rows.filter(state=state) if state else rows)[:limit])
    have_keys(found)
    names = _names(who for row in found for who in (row.asked_by, row.decided_by) if who)
    shown = []
    for row in found:
        try:
            require_case(viewer, row.person_id)
        except NotForYou:
            continue
        viewer.saw(row.person_id)
        shown.append(_erasure(viewer, row, names))
    return tuple(shown)


def erasure(viewer: Viewer, ident: UUID) -> ErasureView:
    """One erasure. Raises `NotForYou`, also where there is none."""
    viewer.require(SEE)
    row = Erasure.objects.filter(pk=ident).first()
    if row is None:
        raise NotForYou(viewer.role, SEE)
    require_case(viewer, row.person_id)
    viewer.saw(row.person_id)
    return _erasure(viewer, row, _names(who for who in (row.asked_by, row.decided_by) if who))


def asked_for(ref: str) -> bool:
    """Whether an erasure of this person waits for a second person: asked by commands."""
    return Erasure.objects.filter(person=ref, state=codes.ASKED).exists()


def erased_since(refs: Iterable[str]) -> Mapping[tuple[str, str], date]:
    """Reference and part -> the day on which it was last erased: asked by the night."""
    rows = Erasure.objects.filter(person__in=list(refs), state=codes.DONE).order_by("decided_on")
    found = rows.values_list("person_id", "parts", "decided_on")
    return {(ref, part): day for ref, parts, day in found for part in parts.split(";") if day}


def erasures_of(viewer: Viewer, ref: str) -> tuple[ErasureView, ...]:
    """Every erasure of one person, the newest first. Raises `NotForYou`."""
    require_case(viewer, ref)
    viewer.saw(ref)
    found = list(Erasure.objects.filter(person=ref).order_by("-asked_at", "id"))
    names = _names(who for row in found for who in (row.asked_by, row.decided_by) if who)
    return tuple(_erasure(viewer, row, names) for row in found)


def _erasure(viewer: Viewer, row: Erasure, names: Mapping[UUID, str]) -> ErasureView:
    return ErasureView(
        id=row.id,
        person=row.person_id,
        parts=tuple(row.parts.split(";")),
        ground=row.ground,
        words=row.words if row.asked_by == viewer.audit_id or viewer.may(CONFIRM) else "",
        asked_on=row.asked_on,
        asked_by=row.asked_by,
        by_name=names.get(row.asked_by, ""),
        mine=row.asked_by == viewer.audit_id,
        state=row.state,
        decided_on=row.decided_on,
        decided_name=names.get(row.decided_by, "") if row.decided_by else "",
        counts=dict(row.counts),
    )


def periods() -> Mapping[str, int]:
    """Class -> months, of the classes for which the office has set a period."""
    return {each.cls: each.months for each in _periods().values() if each.months is not None}


def schedule(viewer: Viewer) -> tuple[PeriodView, ...]:
    """Every class with its period, or without one. Raises `NotForYou`."""
    viewer.require(SEE)
    viewer.require(OFFICER)
    known = _periods()
    return tuple(known.get(cls, PeriodView(cls, None, "", None)) for cls in codes.CLASSES)


def _periods() -> dict[str, PeriodView]:
    rows = RetentionPeriod.objects.order_by("number").values_list("cls", "months", "basis", "since")
    return {cls: PeriodView(cls, months, basis, since) for cls, months, basis, since in rows}


def due(viewer: Viewer, limit: int = 200) -> tuple[DueView, ...]:
    """Whose records have passed their period, the longest past first; for data protection. Raises
    `NotForYou`.
    """
    viewer.require(SEE)
    viewer.require(OFFICER)
    rows = RetentionDue.objects.order_by("since", "person").values_list("person_id", "parts", "since")[:limit]
    found = tuple(DueView(ref, tuple(parts.split(";")), since) for ref, parts, since in rows)
    viewer.saw_all(each.person for each in found)
    return found


def _names(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    return dict(User.objects.filter(audit_id__in=set(ids)).values_list("audit_id", "name"))
