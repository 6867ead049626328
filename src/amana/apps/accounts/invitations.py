"""A first password, or another for one that was lost: by a code that is told once and ends after two days.

Whoever manages accounts makes the code and hands it over; the account's owner chooses the password herself.
A code says nothing about a second factor: an account that has one is still asked for it, so the code of a
lost password alone lets nobody in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from amana.apps.accounts import attempts, sessions
from amana.apps.accounts.granting import AccountRefused
from amana.apps.accounts.models import Invitation, Token, User
from amana.apps.accounts.secrets_told import digest_of_code, new_code
from amana.apps.accounts.viewers import Viewer, viewer_of
from amana.apps.audit.recording import recording
from amana.core.errors import AmanaError

LASTS = timedelta(hours=48)


class WeakPassword(AmanaError):
    """A password that is too short, too common or too near to the account; `lines` say what to mend."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__(" ".join(lines))


def invite(*, user_id: UUID, by: Viewer, at: datetime) -> str:
    """Make the code with which this account sets its password; an earlier one ends. Shown this once.

    Raises `NotForYou`, `AccountRefused` for an account that is unknown, or closed for good.
    """
    by.require("accounts.manage")
    user = User.objects.filter(pk=user_id).first()
    if user is None or not (user.is_active or user.requested):
        raise AccountRefused("There is no such account in use. Add it first, or check the id.")
    code = new_code()
    with recording(by, at) as log:
        Invitation.objects.filter(user=user, ended_at=None).update(ended_at=at)
        Invitation.objects.create(digest=digest_of_code(code), user=user, made_at=at, expires_at=at + LASTS)
        log.entry("account.invited", f"account:{user.audit_id}", {"until": (at + LASTS).isoformat()})
    return code


def accept(*, email: str, code: str, password: str, address: str, at: datetime) -> int:
    """Set the account's password by its code; all its sessions and passes end. Returns 0, or the
    seconds to wait.

    Raises `AccountRefused` where e-mail and code don't belong together, `WeakPassword`.
    """
    counted = f"invitation of {email}"
    wait = attempts.seconds_to_wait(counted, address, at)
    if wait:
        return wait
    known = Invitation.objects.select_related("user").filter(digest=digest_of_code(code), ended_at=None)
    found = known.filter(expires_at__gt=at, user__email__iexact=email.strip()).first()
    if found is None or not (found.user.is_active or found.user.requested):
        attempts.record_failure(counted, address, at)
        raise AccountRefused("E-mail address and code do not belong together, or the code has ended.")
    refuse_weak(password, found.user)
    attempts.forget(counted, address)
    with recording(viewer_of(found.user), at):
        Invitation.objects.filter(pk=found.pk).update(ended_at=at)
        _set(found.user, password, viewer_of(found.user), at)
    return 0


def choose(*, password: str, by: Viewer, at: datetime) -> None:
    """Give one's own account another password; all its sessions and passes end. Raises `WeakPassword`."""
    user = User.objects.get(pk=by.account)
    refuse_weak(password, user)
    _set(user, password, by, at)


def refuse_weak(password: str, user: User) -> None:
    """Raise `WeakPassword` unless the settings' rules hold."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise WeakPassword(list(weak.messages)) from weak


def _set(user: User, password: str, by: Viewer, at: datetime) -> None:
    with recording(by, at) as log:
        User.objects.filter(pk=user.pk).update(password=make_password(password))
        Token.objects.filter(user_id=user.pk, ended_at=None).update(ended_at=at)
        log.entry("account.password_set", f"account:{user.audit_id}")
    sessions.end_all(user.pk)
