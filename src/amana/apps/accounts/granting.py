"""Who may hold which role: incompatible roles of one human being, and grants that need a second person.

One human being is known by the `person_key` of her accounts, where the administration gave one; two accounts
with one key can't hold incompatible roles. The roles of monitor, health, guardian and data protection stand
as requested, closed, until somebody outside the administration confirms them, never the one they are for.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from amana.apps.accounts.models import Office, User
from amana.apps.accounts.roles import ROLES, SECOND_PERSON, incompatible
from amana.apps.accounts.viewers import INSTALLER_ID, Viewer
from amana.apps.audit.recording import recording
from amana.core.errors import AmanaError

CONFIRM = "accounts.confirm"


class AccountRefused(AmanaError):
    """An account can't be made or changed as asked."""


def check_role(role: str, *, person_key: str = "", account: UUID | None = None) -> None:
    """Raise `AccountRefused` for an unknown role, or one that the same human being may not hold beside
    another of her accounts.
    """
    if role not in ROLES:
        raise AccountRefused(f"{role!r} is not a role; known: {', '.join(ROLES)}.")
    if not person_key.strip():
        return
    others = User.objects.filter(person_key__iexact=person_key.strip()).exclude(pk=account)
    held = others.exclude(is_active=False, requested=False).values_list("role", flat=True)
    clash = next((other for other in held if other in ROLES and incompatible(role, other)), None)
    if clash:
        raise AccountRefused(
            f"The same person holds the role {clash} in another account, which {role} excludes. "
            "Close that account first, or give the role to somebody else."
        )


def needs_second_person(role: str, by: Viewer) -> bool:
    """Whether a grant of this role waits: all of its kind do but those that open a demonstration office."""
    if ROLES[role].granted_by != SECOND_PERSON:
        return False
    return by.audit_id != INSTALLER_ID or Office.objects.filter(demonstration=False).exists()


def standing_of(role: str, by: Viewer) -> dict[str, Any]:
    """The columns of an account whose role was just given: at work, or closed until confirmed."""
    if not needs_second_person(role, by):
        return {"requested": False}
    return {"requested": True, "is_active": False, "asked_by": by.audit_id, "confirmed_by": None}


def confirm(*, user_id: UUID, by: Viewer, at: datetime) -> None:
    """Make a requested account good: by somebody outside the administration, neither who asked for it nor
    whom it is for. Raises `AccountRefused`, `NotForYou`.
    """
    by.require(CONFIRM)
    user = User.objects.filter(pk=user_id, requested=True).first()
    if user is None:
        raise AccountRefused("No account waits under this id. It may have been confirmed already.")
    if by.audit_id in (user.asked_by, user.audit_id):
        raise AccountRefused("Somebody else confirms it: neither who asked for it nor whom it is for.")
    _make_good(user, by, at)


def nobody_confirms_yet() -> bool:
    """Whether no account in use may confirm others: so it is in a new office."""
    holders = [role.id for role in ROLES.values() if CONFIRM in role.may]
    return not User.objects.filter(role__in=holders, is_active=True).exists()


def confirm_first(*, email: str, by: Viewer, at: datetime) -> None:
    """Make the first account good that can confirm others, in an office where nobody can yet. Raises
    `AccountRefused` where somebody can, or where this account couldn't.
    """
    by.require("accounts.manage")
    user = User.objects.filter(email__iexact=email, requested=True).first()
    if user is None:
        raise AccountRefused("No account with this e-mail waits to be confirmed.")
    if not nobody_confirms_yet():
        raise AccountRefused("Somebody can confirm already: a monitor or a data protection officer signs in.")
    if CONFIRM not in ROLES[user.role].may:
        raise AccountRefused("First comes a monitor or a data protection officer, who confirms the others.")
    _make_good(user, by, at)


def refuse(*, user_id: UUID, by: Viewer, at: datetime) -> None:
    """Refuse a requested account: it stays closed. Raises `AccountRefused`, `NotForYou`."""
    by.require(CONFIRM)
    user = User.objects.filter(pk=user_id, requested=True).first()
    if user is None:
        raise AccountRefused("No account waits under this id. It may have been confirmed already.")
    with recording(by, at) as log:
        User.objects.filter(pk=user.pk).update(requested=False, is_active=False)
        log.entry("account.refused", f"account:{user.audit_id}", {"role": user.role})


def _make_good(user: User, by: Viewer, at: datetime) -> None:
    with recording(by, at) as log:
        User.objects.filter(pk=user.pk).update(requested=False, is_active=True, confirmed_by=by.audit_id)
        log.entry("account.confirmed", f"account:{user.audit_id}", {"role": user.role})
