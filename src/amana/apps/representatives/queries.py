"""Reads of guardians and counsel. Each takes the viewer, is denied by default, and notes whom it showed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.registry.reach import require_reach, within
from amana.apps.representatives.codes import ASKED, ENDED, STANDS
from amana.apps.representatives.models import Representative

ASK, CONFIRM, OWN = "wards.ask", "wards.confirm", "wards.see"
CLASS = "C4"


@dataclass(frozen=True)
class RepresentativeView:
    """A guardian or counsel of one person. `stands`: she sees the case on the viewer's day; `mine`: the
    viewer asked for her, so somebody else confirms.
    """

    id: UUID
    person: str
    account: UUID
    name: str
    capacity: str
    appointed_on: date
    until: date | None
    named: bool
    ground: str
    agreed: bool | None
    view: str
    state: str
    stands: bool
    asked_on: date
    asked_by_name: str
    answered_on: date | None
    answered_by_name: str
    answer_reason: str
    ended_on: date | None
    end_reason: str
    mine: bool


@dataclass(frozen=True)
class Former:
    """That the viewer stood by somebody once, without saying by whom."""

    capacity: str
    since: date
    ended_on: date


def of_person(viewer: Viewer, ref: str) -> tuple[RepresentativeView, ...]:
    """Whoever stands, stood or is to stand by a person, the newest first. For who carries or answers for the
    case. Raises `NotForYou`.
    """
    require_reach(viewer, ref, ASK).require(CLASS)
    viewer.saw(ref)
    return _views(viewer, Representative.objects.filter(person=ref).order_by("-asked_at", "id"))


def one(viewer: Viewer, number: UUID) -> RepresentativeView:
    """One of them. Raises `NotForYou`, also for one that isn't there."""
    return next(iter(_views(viewer, [require_one(viewer, number)])))


def require_one(viewer: Viewer, number: UUID, permission: str = ASK) -> Representative:
    """The row, for commands. Raises `NotForYou`."""
    viewer.require(permission)
    row: Representative | None = Representative.objects.filter(pk=number).first()
    if row is None:
        raise NotForYou(viewer.role, permission)
    require_reach(viewer, row.person_id, permission).require(CLASS)
    viewer.saw(row.person_id)
    return row


def waiting(viewer: Viewer) -> tuple[RepresentativeView, ...]:
    """Those in reach who wait for another official to confirm them, the oldest first. Raises `NotForYou`."""
    viewer.require(CONFIRM)
    rows = Representative.objects.filter(within(viewer, "person_id"), state=ASKED)
    found = _views(viewer, rows.order_by("asked_at", "id"))
    viewer.saw_all(each.person for each in found)
    return found


def own(viewer: Viewer) -> Mapping[str, RepresentativeView]:
    """What the viewer herself stands by whom as, by reference of those in her reach. Raises `NotForYou`."""
    viewer.require(OWN)
    rows = Representative.objects.filter(
        within(viewer, "person_id"), account=viewer.account, state=STANDS
    ).order_by("asked_at", "id")
    found = {each.person: each for each in _views(viewer, rows)}
    viewer.saw_all(found)
    return found


def former(viewer: Viewer) -> tuple[Former, ...]:
    """Where the viewer stood by somebody and no longer does, the last first: that it ended is told, not of
    whom. Raises `NotForYou`.
    """
    viewer.require(OWN)
    rows = Representative.objects.filter(account=viewer.account, state__in=(STANDS, ENDED))
    told = [
        Former(row.capacity, row.answered_on or row.asked_on, ended)
        for row in rows
        if (ended := _over(row, viewer.day)) is not None
    ]
    return tuple(sorted(told, key=lambda each: each.ended_on, reverse=True))


def _over(row: Representative, day: date | None) -> date | None:
    """The day on which it ended, by an official or with its last day."""
    ended: date | None = row.ended_on
    if ended is None and row.until is not None and day is not None and row.until < day:
        return row.until
    return ended


def _views(viewer: Viewer, rows: Iterable[Representative]) -> tuple[RepresentativeView, ...]:
    known = list(rows)
    accounts = dict(User.objects.filter(pk__in={row.account for row in known}).values_list("id", "name"))
    ids = {who for row in known for who in (row.asked_by, row.answered_by) if who}
    names = dict(User.objects.filter(audit_id__in=ids).values_list("audit_id", "name"))
    return tuple(_view(viewer, row, accounts, names) for row in known)


def _view(
    viewer: Viewer, row: Representative, accounts: Mapping[UUID, str], names: Mapping[UUID, str]
) -> RepresentativeView:
    return RepresentativeView(
        id=row.id,
        person=row.person_id,
        account=row.account,
        name=accounts.get(row.account, ""),
        capacity=row.capacity,
        appointed_on=row.appointed_on,
        until=row.until,
        named=row.named,
        ground=row.said.get("ground", ""),
        agreed=row.said.get("agreed"),
        view=row.said.get("view", ""),
        state=row.state,
        stands=row.state == STANDS and _over(row, viewer.day) is None,
        asked_on=row.asked_on,
        asked_by_name=names.get(row.asked_by, ""),
        answered_on=row.answered_on,
        answered_by_name=names.get(row.answered_by, "") if row.answered_by else "",
        answer_reason=row.answer_reason or "",
        ended_on=row.ended_on,
        end_reason=row.end_reason or "",
        mine=row.asked_by == viewer.audit_id,
    )
