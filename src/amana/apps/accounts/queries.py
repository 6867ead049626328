"""Reads of accounts and office, as frozen values. Reading accounts needs `accounts.manage`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from amana.apps.accounts.models import Office, User
from amana.apps.accounts.viewers import Viewer
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


@dataclass(frozen=True)
class Account:
    """One account without its password."""

    id: UUID
    audit_id: UUID
    email: str
    name: str
    language: str
    role: str
    is_active: bool


def office() -> OfficeView:
    """The office of this installation; raises NoOffice before one is opened."""
    row = Office.objects.values_list("name_en", "name_ar", "demonstration", "stands_on", "pack").first()
    if row is None:
        raise NoOffice
    return OfficeView(*row)


def viewer(user_id: UUID | str) -> Viewer | None:
    """The viewer behind an active account, or None."""
    row = User.objects.filter(pk=user_id, is_active=True).values_list("id", "audit_id", "role").first()
    return Viewer(*row) if row else None


def viewer_by_email(email: str) -> Viewer | None:
    """The viewer behind an active account's e-mail, for the command line of the demonstration office."""
    row = (
        User.objects.filter(email__iexact=email, is_active=True).values_list("id", "audit_id", "role").first()
    )
    return Viewer(*row) if row else None


def accounts(viewer: Viewer) -> tuple[Account, ...]:
    """Every account, by e-mail."""
    viewer.require("accounts.manage")
    return _accounts(User.objects.order_by("email"))


def names(audit_ids: Iterable[UUID], viewer: Viewer) -> Mapping[UUID, str]:
    """Names of those who acted, for a history; needs `audit.see`."""
    viewer.require("audit.see")
    return dict(User.objects.filter(audit_id__in=set(audit_ids)).values_list("audit_id", "name"))


def _accounts(rows: QuerySet[User]) -> tuple[Account, ...]:
    columns = ("id", "audit_id", "email", "name", "language", "role", "is_active")
    return tuple(Account(*row) for row in rows.values_list(*columns))
