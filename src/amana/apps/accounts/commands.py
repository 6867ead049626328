"""Writes of accounts and office: keyword-only, with `by=` and `at=`, each with its entry in the trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from amana.apps.accounts.granting import AccountRefused, check_role, standing_of
from amana.apps.accounts.models import Office, Team, User
from amana.apps.accounts.queries import Account, account
from amana.apps.accounts.teams import first_team, open_team
from amana.apps.accounts.viewers import Viewer, viewer_of
from amana.apps.audit.recording import recording

__all__ = [
    "AccountRefused",
    "add_user",
    "close_account",
    "open_office",
    "renew_hash",
    "set_language",
    "set_password",
    "set_role",
]


def open_office(
    *,
    name_en: str,
    name_ar: str,
    demonstration: bool,
    stands_on: date | None,
    pack: str,
    by: Viewer,
    at: datetime,
) -> None:
    """Open the one office of this installation with a first team, or give it these particulars if it is
    open.
    """
    by.require("accounts.manage")
    particulars = {
        "name_en": name_en,
        "name_ar": name_ar,
        "demonstration": demonstration,
        "stands_on": stands_on,
        "pack": pack,
    }
    with recording(by, at) as log:
        Office.objects.update_or_create(id=1, defaults=particulars)
        log.entry("office.opened", "office", particulars)
        if not Team.objects.exists():
            open_team(name_en, log)


def add_user(
    *,
    email: str,
    name: str,
    role: str,
    language: str = "",
    password: str | None = None,
    team: str = "",
    sites: Sequence[str] = (),
    person_key: str = "",
    by: Viewer,
    at: datetime,
) -> Account:
    """Add an account; without a password nobody can sign in with it yet.

    Where no `team` is named it is the office's first. A role that needs a second person stands as requested,
    and opens nothing, until `granting.confirm`. Raises `AccountRefused`, `NotForYou`.
    """
    by.require("accounts.manage")
    check_role(role, person_key=person_key)
    if User.objects.filter(email__iexact=email).exists():
        raise AccountRefused("There is already an account with this e-mail. Use another e-mail.")
    with recording(by, at) as log:
        standing = standing_of(role, by)
        user = User.objects.create(
            email=email.strip(),
            name=name,
            role=role,
            language=language,
            password=make_password(password),
            team_id=team or first_team(),
            sites=list(sites),
            person_key=person_key.strip(),
            added_at=at,
            **standing,
        )
        told = {"role": role, "language": language, "sites": list(sites), **_told(standing)}
        log.entry("account.added", f"account:{user.audit_id}", told)
    found = account(by, user.id)
    assert found, "just added"
    return found


def set_role(*, user_id: UUID, role: str, by: Viewer, at: datetime) -> None:
    """Give an account another role; one that needs a second person closes it until confirmed. Raises
    `AccountRefused`.
    """
    by.require("accounts.manage")
    user = User.objects.filter(pk=user_id).first()
    check_role(role, person_key=user.person_key if user else "", account=user_id)
    standing = standing_of(role, by)
    if user and user.requested and not standing["requested"]:
        standing = {"requested": False, "is_active": True}
    _change(user_id, "account.role_set", {"role": role, **_told(standing, user)}, by, at)


def _told(standing: Mapping[str, object], before: User | None = None) -> dict[str, object]:
    """What changes of an account's standing, as the trail can hold it; nothing where nothing waits."""
    if not (standing["requested"] or (before and before.requested)):
        return {}
    return {name: str(value) if isinstance(value, UUID) else value for name, value in standing.items()}


def close_account(*, user_id: UUID, by: Viewer, at: datetime) -> None:
    """Close an account: it can't sign in any more; the trail still knows it."""
    by.require("accounts.manage")
    _change(user_id, "account.closed", {"is_active": False, "requested": False}, by, at)


def set_language(*, language: str, by: Viewer, at: datetime) -> None:
    """Choose the language of one's own pages."""
    if by.user_id is not None:
        _change(by.user_id, "account.language_set", {"language": language}, by, at)


def set_password(*, user_id: UUID, password: str, by: Viewer, at: datetime) -> None:
    """Set a password: one's own, or anyone's for whoever manages accounts. The trail does not learn it."""
    if by.user_id != user_id:
        by.require("accounts.manage")
    with recording(by, at) as log:
        audit_id = _audit_id(user_id)
        User.objects.filter(pk=user_id).update(password=make_password(password))
        log.entry("account.password_set", f"account:{audit_id}")


def renew_hash(*, user: User, password: str, at: datetime) -> None:
    """Keep a password just given under today's hashing parameters."""
    with recording(viewer_of(user), at) as log:
        User.objects.filter(pk=user.pk).update(password=make_password(password))
        log.entry("account.hash_renewed", f"account:{user.audit_id}")


def _change(user_id: UUID, kind: str, changes: dict[str, object], by: Viewer, at: datetime) -> None:
    with recording(by, at) as log:
        audit_id = _audit_id(user_id)
        User.objects.filter(pk=user_id).update(**changes)
        log.entry(kind, f"account:{audit_id}", changes)


def _audit_id(user_id: UUID) -> UUID:
    found = User.objects.filter(pk=user_id).values_list("audit_id", flat=True).first()
    if found is None:
        raise AccountRefused("There is no such account. Add it first, or check the id.")
    return UUID(str(found))
