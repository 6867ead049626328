"""Passes for the command line: made by whoever signs in there, they act as that account and end in time.

A pass narrows: it opens what its scopes (permissions) name and the account's role still allows on the day it
is used. Only its digest is kept. Making and ending one is in the trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from amana.apps.accounts.models import Token, User
from amana.apps.accounts.roles import PERMISSIONS, ROLES
from amana.apps.accounts.secrets_told import digest_of, new_token
from amana.apps.accounts.viewers import Viewer, viewer_of
from amana.apps.audit.recording import recording
from amana.core.errors import AmanaError

USUAL_HOURS, MOST_HOURS = 8, 24 * 7


class TokenRefused(AmanaError):
    """A pass can't be made as asked, or opens nothing."""


@dataclass(frozen=True)
class Pass:
    """One pass as its owner sees it."""

    id: UUID
    scopes: tuple[str, ...]
    made_at: datetime
    expires_at: datetime


def make(*, scopes: Sequence[str], hours: int, by: Viewer, at: datetime) -> str:
    """A new pass for one's own account; told this once. Without `scopes` it opens all that the role does.

    Raises `TokenRefused` for a scope that is unknown or beyond the role, or for too long a time.
    """
    account = by.account
    for scope in scopes:
        if scope not in PERMISSIONS or not by.may(scope):
            known = ", ".join(sorted(_of_role(by.role)))
            raise TokenRefused(f"{scope!r} is no permission of the role {by.role}. It has: {known}.")
    if not 1 <= hours <= MOST_HOURS:
        raise TokenRefused(f"A pass lasts from 1 to {MOST_HOURS} hours.")
    wanted = sorted(set(scopes) or _of_role(by.role))
    told, until = new_token(), at + timedelta(hours=hours)
    with recording(by, at) as log:
        made = Token.objects.create(
            digest=digest_of(told), user_id=account, scopes=wanted, made_at=at, expires_at=until
        )
        log.entry(
            "token.made", f"account:{by.audit_id}", {"id": str(made.id), "scopes": wanted, "hours": hours}
        )
    return told


def bearer(told: str, at: datetime, day: date | None = None) -> Viewer:
    """Who acts by this pass, within its scopes. Raises `TokenRefused` where it opens nothing."""
    found = Token.objects.filter(digest=digest_of(told.strip()), ended_at=None, expires_at__gt=at).first()
    user = User.objects.filter(pk=found.user_id, is_active=True).first() if found else None
    if found is None or user is None:
        raise TokenRefused("The pass has ended, or is of another office. `amana login` gives a new one.")
    return replace(viewer_of(user, day), scopes=frozenset(found.scopes))


def passes_of(viewer: Viewer, at: datetime) -> tuple[Pass, ...]:
    """One's own passes that still open something, the latest first."""
    rows = Token.objects.filter(user_id=viewer.account, ended_at=None, expires_at__gt=at).order_by("-made_at")
    return tuple(Pass(row.id, tuple(row.scopes), row.made_at, row.expires_at) for row in rows)


def end(*, token_id: UUID, by: Viewer, at: datetime) -> bool:
    """End one of one's own passes; False where there is none."""
    own = Token.objects.filter(pk=token_id, user_id=by.account, ended_at=None)
    if not own.exists():
        return False
    with recording(by, at) as log:
        own.update(ended_at=at)
        log.entry("token.ended", f"account:{by.audit_id}", {"id": str(token_id)})
    return True


def end_told(*, told: str, by: Viewer, at: datetime) -> bool:
    """End the pass that its holder shows."""
    found = Token.objects.filter(digest=digest_of(told.strip()), user_id=by.account).first()
    return found is not None and end(token_id=found.id, by=by, at=at)


def _of_role(role: str) -> frozenset[str]:
    return ROLES[role].may if role in ROLES else frozenset()
