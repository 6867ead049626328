"""Reads of caseloads: who holds a case, what is offered, referred and entrusted, and who is unassigned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.audit.sealing import have_keys
from amana.apps.registry.answers import PersonLine
from amana.apps.registry.assigning import CASE, OFFER, REFERRAL, WARD
from amana.apps.registry.models import Person
from amana.apps.registry.people import LINE, lines_of
from amana.apps.registry.reach import require_reach, within
from amana.apps.registry.relations import Assignment

ASSIGN = "people.assign"


@dataclass(frozen=True)
class AssignmentView:
    """One assignment; `official` is an account's id, `classes` those a referral opens, empty for all."""

    id: int
    person: str
    kind: str
    team: str
    official: UUID | None
    since: date
    until: date | None
    classes: tuple[str, ...]
    purpose: str
    ended_on: date | None
    reason: str


def _views(rows: QuerySet[Assignment]) -> tuple[AssignmentView, ...]:
    found = list(rows)
    have_keys(found)
    return tuple(_view(row) for row in found)


def _view(row: Assignment) -> AssignmentView:
    classes = tuple(filter(None, row.classes.split(";")))
    return AssignmentView(
        row.pk, row.person_id, row.kind, row.team, row.official, row.since, row.until, classes,
        row.purpose or "", row.ended_on, row.reason or "",
    )  # fmt: skip


def standing_case(ref: str) -> AssignmentView | None:
    """The standing case of a person, without asking who looks: for commands that have asked already."""
    return next(iter(_views(Assignment.objects.filter(person=ref, kind=CASE, ended_on__isnull=True))), None)


def assignments(viewer: Viewer, ref: str) -> tuple[AssignmentView, ...]:
    """All that was ever assigned, offered, referred or entrusted of a person in reach, newest first; for who
    neither holds the case nor answers for it only who held it, and what was given to herself. Raises
    `NotForYou`.
    """
    require_reach(viewer, ref)
    viewer.saw(ref)
    rows = Assignment.objects.filter(person=ref)
    case = standing_case(ref)
    if not viewer.may(ASSIGN) and (case is None or case.official != viewer.user_id):
        rows = rows.filter(Q(kind=CASE) | Q(official=viewer.user_id))
    return _views(rows.order_by("-at", "-id"))


def assignment(viewer: Viewer, number: int) -> AssignmentView:
    """One standing assignment of a person in reach. Raises `NotForYou`."""
    found = next(iter(_views(Assignment.objects.filter(pk=number, ended_on__isnull=True))), None)
    if found is None:
        raise NotForYou(viewer.role, "people.see")
    require_reach(viewer, found.person)
    return found


def offers_to(account: UUID) -> tuple[AssignmentView, ...]:
    """Cases offered to an account and not yet answered, oldest first."""
    rows = Assignment.objects.filter(official=account, kind=OFFER, ended_on__isnull=True)
    return _views(rows.order_by("at", "id"))


def offers(viewer: Viewer) -> tuple[AssignmentView, ...]:
    """Cases offered to the viewer. Who is offered a case learns why, not whom it is about."""
    return offers_to(viewer.user_id) if viewer.user_id else ()


def unassigned(viewer: Viewer) -> int:
    """How many people of the viewer's team nobody holds. Raises `NotForYou`."""
    viewer.require(ASSIGN)
    return _of_team(viewer).filter(official__isnull=True).count()


def caseloads(viewer: Viewer) -> Mapping[UUID | None, int]:
    """How many cases each official of the viewer's team holds; under None those nobody holds. Raises
    `NotForYou`.
    """
    viewer.require(ASSIGN)
    rows = _of_team(viewer).values_list("official").annotate(cases=Count("person")).order_by("official")
    return dict(rows)


def held_lines(viewer: Viewer, official: UUID | None, *, limit: int) -> tuple[PersonLine, ...]:
    """The people of the viewer's team whose case this account holds, or nobody (None), by reference, at most
    `limit`. Raises `NotForYou`.
    """
    viewer.require(ASSIGN)
    mine = _of_team(viewer)
    cases = mine.filter(official=official) if official else mine.filter(official__isnull=True)
    refs = list(cases.order_by("person").values_list("person_id", flat=True)[:limit])
    rows = Person.objects.filter(within(viewer), ref__in=refs).order_by("family", "ref").values_list(*LINE)
    found = lines_of(viewer, rows)
    viewer.saw_all(found)
    return tuple(found.values())


def _of_team(viewer: Viewer) -> QuerySet[Assignment]:
    cases: QuerySet[Assignment] = Assignment.objects.filter(kind=CASE, ended_on__isnull=True)
    if viewer.everybody:
        return cases
    teams = [circle.removeprefix("team:") for circle in viewer.circles if circle.startswith("team:")]
    return cases.filter(team__in=teams)


def holders(viewer: Viewer, refs: Collection[str]) -> Mapping[str, UUID | None]:
    """Who holds each of these people's cases, of those in reach."""
    rows = Assignment.objects.filter(within(viewer, "person_id"), kind=CASE, ended_on__isnull=True)
    return dict(rows.filter(person__in=list(refs)).values_list("person_id", "official"))


KINDS = (CASE, OFFER, REFERRAL, WARD)
