"""Reads of accounts, teams and office, as frozen values. Reading accounts needs `accounts.manage`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from amana.apps.accounts.models import Office, Team, User
from amana.apps.accounts.roles import ROLES
from amana.apps.accounts.viewers import Viewer, viewer_of
from amana.core.errors import AmanaError


class NoOffice(AmanaError):
    """No office has been opened in this AMANA_HOME."""

    def __init__(self) -> None:
        super().__init__(
            "No office has been opened here yet. `amana demo --prepare-only` opens the demonstration office."
        )


@dataclass(frozen=True)
class OfficeView:
    """The office: its names, its pack of law, and the day it stands on (None: the clock's)."""

    name_en: str
    name_ar: str
    demonstration: bool
    stands_on: date | None
    pack: str

    def today(self, clock_today: date) -> date:
        """The day the office answers for."""
        return self.stands_on or clock_today

    def day_of(self, at: datetime) -> date:
        """The day of the office on which something was recorded at this instant. Everything an office does
        that stands on a day is done on that day, whatever the machine's clock says; else the day is UTC's.
        """
        return self.today(at.astimezone(UTC).date())


@dataclass(frozen=True)
class Account:
    """One account without its password. `requested`: it waits for a second person; `asked_by` and
    `confirmed_by` are trail ids.
    """

    id: UUID
    audit_id: UUID
    email: str
    name: str
    language: str
    role: str
    is_active: bool
    team: str | None = None
    sites: tuple[str, ...] = ()
    person_key: str = ""
    requested: bool = False
    asked_by: UUID | None = None
    confirmed_by: UUID | None = None


@dataclass(frozen=True)
class TeamView:
    """A team; `first_official` is the account its new people go to, None where nobody is named."""

    ref: str
    name: str
    first_official: UUID | None


@dataclass(frozen=True)
class Official:
    """Somebody a case can be assigned or referred to: account id, name, role and team."""

    id: UUID
    name: str
    role: str
    team: str | None


def office() -> OfficeView:
    """The office of this installation; raises NoOffice before one is opened."""
    row = Office.objects.values_list("name_en", "name_ar", "demonstration", "stands_on", "pack").first()
    if row is None:
        raise NoOffice
    return OfficeView(*row)


def viewer(user_id: UUID | str, today: date | None = None) -> Viewer | None:
    """The viewer behind an active account, or None. `today` is the clock's day, for an office that stands on
    none.
    """
    return _viewer(User.objects.filter(pk=user_id), today)


def viewer_by_email(email: str, today: date | None = None) -> Viewer | None:
    """The viewer behind an active account's e-mail, for the command line of the demonstration office."""
    return _viewer(User.objects.filter(email__iexact=email), today)


def _viewer(found: QuerySet[User], today: date | None) -> Viewer | None:
    user = found.filter(is_active=True).first()
    return viewer_of(user, _stands_on() or today) if user else None


def _stands_on() -> date | None:
    return Office.objects.values_list("stands_on", flat=True).first()


def teams() -> tuple[TeamView, ...]:
    """Every team, by name: how the office is divided says nothing of anybody in its care."""
    return tuple(TeamView(*row) for row in Team.objects.order_by("name").values_list(*TEAM))


def team_of(user_id: UUID | None) -> TeamView | None:
    """The team of an account; for one without, the office's only or first team, None while there is none."""
    own = Team.objects.filter(members=user_id).values_list(*TEAM).first() if user_id else None
    row = own or Team.objects.order_by("added_at", "ref").values_list(*TEAM).first()
    return TeamView(*row) if row else None


def officials(viewer: Viewer) -> tuple[Official, ...]:
    """Whom a case may be assigned or referred to: active accounts whose relation is to people assigned, and
    guardians, by name. Raises `NotForYou`.
    """
    viewer.require("people.assign")
    return _officials()


def colleagues(viewer: Viewer) -> tuple[Official, ...]:
    """As `officials`, for whoever sees a case: who holds it, and to whom it may go on. Raises `NotForYou`."""
    viewer.require("people.see")
    return _officials()


def _officials() -> tuple[Official, ...]:
    holding = [role.id for role in ROLES.values() if role.relation in ("assigned", "ward")]
    rows = User.objects.filter(role__in=holding, is_active=True).order_by("name", "id")
    return tuple(Official(*row) for row in rows.values_list("id", "name", "role", "team_id"))


def official(account: UUID) -> Official | None:
    """One of them by account id, without asking who looks: for commands that have asked already."""
    row = User.objects.filter(pk=account, is_active=True).values_list("id", "name", "role", "team_id").first()
    holds = row is not None and row[2] in ROLES and ROLES[row[2]].relation in ("assigned", "ward")
    return Official(*row) if row and holds else None


def same_human(one: UUID, other: UUID) -> bool:
    """Whether two accounts are one, or one human being's as far as the administration said so."""
    if one == other:
        return True
    named = User.objects.filter(pk__in=(one, other)).exclude(person_key="")
    keys = named.values_list("person_key", flat=True)
    told = [key.strip().casefold() for key in keys]
    return len(told) == 2 and told[0] == told[1]


def by_trail_id() -> Mapping[UUID, UUID]:
    """Trail id -> account id of every account, closed ones too."""
    return dict(User.objects.values_list("audit_id", "id"))


def accounts(viewer: Viewer) -> tuple[Account, ...]:
    """Every account, by e-mail."""
    viewer.require("accounts.manage")
    return _accounts(User.objects.order_by("email"))


def names(audit_ids: Iterable[UUID], viewer: Viewer) -> Mapping[UUID, str]:
    """Names of those who acted, for a history; needs `audit.see`."""
    viewer.require("audit.see")
    return dict(User.objects.filter(audit_id__in=set(audit_ids)).values_list("audit_id", "name"))


def account(viewer: Viewer, user_id: UUID) -> Account | None:
    """One account, or None."""
    if not viewer.may("accounts.confirm"):
        viewer.require("accounts.manage")
    return next(iter(_accounts(User.objects.filter(pk=user_id))), None)


def requested(viewer: Viewer) -> tuple[Account, ...]:
    """Accounts that wait for a second person, by e-mail: for whoever may confirm or asked."""
    if not viewer.may("accounts.confirm"):
        viewer.require("accounts.manage")
    return _accounts(User.objects.filter(requested=True).order_by("email"))


def _accounts(rows: QuerySet[User]) -> tuple[Account, ...]:
    return tuple(_account(dict(zip(ACCOUNT, row, strict=True))) for row in rows.values_list(*ACCOUNT))


def _account(row: dict[str, Any]) -> Account:
    team, sites = row.pop("team_id"), tuple(row.pop("sites"))
    return Account(**row, team=team, sites=sites)


TEAM = ("ref", "name", "first_official_id")
ACCOUNT = (
    "id", "audit_id", "email", "name", "language", "role", "is_active", "team_id", "sites", "person_key",
    "requested", "asked_by", "confirmed_by",
)  # fmt: skip
