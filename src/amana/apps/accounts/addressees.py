"""Where accounts are written to: for notices that say nothing but that something waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from amana.apps.accounts.models import User
from amana.apps.accounts.roles import ROLES


@dataclass(frozen=True)
class Mailbox:
    """An account's address, and the language it reads."""

    email: str
    language: str


def mailboxes_of_roles(roles: Collection[str]) -> tuple[Mailbox, ...]:
    """Of every open account of these roles."""
    return _found(User.objects.filter(role__in=list(roles)))


def mailboxes_of_permission(permission: str) -> tuple[Mailbox, ...]:
    """Of every open account whose role includes a permission."""
    return mailboxes_of_roles([role.id for role in ROLES.values() if permission in role.may])


def mailboxes(accounts: Collection[str]) -> tuple[Mailbox, ...]:
    """Of these accounts, by id, as far as they are open."""
    return _found(User.objects.filter(pk__in=list(accounts)))


def _found(rows: QuerySet[User]) -> tuple[Mailbox, ...]:
    told = rows.filter(is_active=True).order_by("email").values_list("email", "language")
    return tuple(Mailbox(*row) for row in told)
