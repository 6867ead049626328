"""Second factors of an account: an authenticator's codes, security keys, and codes on paper for when both
are lost. Kept by django-allauth; added and removed by its owner, each with an entry in the trail.

In the demonstration a factor is possible; in any other office nobody gets in without one. The last one
can't be removed there by its owner, and an administrator who takes factors away closes the account until a
second person confirms it (`granting.confirm`): whoever holds the accounts can't enter by herself as another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn

from amana.apps.accounts import factor_keys, factor_use
from amana.apps.accounts.factor_adapter import FactorAdapter, LostSecret
from amana.apps.accounts.models import Office, User
from amana.apps.accounts.viewers import Viewer
from amana.apps.audit.recording import Log, recording
from amana.core.errors import AmanaError

APP, KEY, PAPER = (str(kind.value) for kind in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN,
                                                Authenticator.Type.RECOVERY_CODES))  # fmt: skip
PROVING: Final = (APP, KEY)
"""What counts as a factor; codes on paper only stand in for one that was lost."""
MOST_KEYS = 8
NAME_CHARS = 40


class FactorRefused(AmanaError):
    """A factor can't be added, used or removed; `reason` tells which: code, key, many, last, unknown."""

    def __init__(self, reason: str, words: str) -> None:
        self.reason = reason
        super().__init__(words)


@dataclass(frozen=True)
class Factor:
    """One factor as its owner sees it; `left`: unused codes on paper, None for the other kinds."""

    id: int
    kind: str
    name: str
    added_at: datetime
    left: int | None = None


def factors_of(user_id: UUID) -> tuple[Factor, ...]:
    """An account's factors, the oldest first; codes on paper stand last."""
    rows = Authenticator.objects.filter(user_id=user_id).order_by("created_at", "pk")
    return tuple(sorted((_factor(row) for row in rows), key=lambda each: each.kind == PAPER))


def kinds_of(user_id: UUID) -> frozenset[str]:
    """The kinds of factors an account has, paper included."""
    return frozenset(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))


def has_factor(user_id: UUID) -> bool:
    """Whether signing in asks for a second factor."""
    return bool(kinds_of(user_id) & set(PROVING))


def accounts_without() -> int:
    """How many accounts in use have no second factor yet: for the check before going live."""
    held = Authenticator.objects.filter(type__in=PROVING).values("user_id")
    return User.objects.filter(is_active=True).exclude(pk__in=held).count()


def new_secret() -> str:
    """A fresh secret for an authenticator, in letters; 160 bits."""
    return str(generate_totp_secret())


def drawn(user_id: UUID, secret: str) -> str:
    """The secret as a drawing for the camera of an authenticator: SVG."""
    adapter = FactorAdapter()
    return str(adapter.build_totp_svg(adapter.build_totp_url(_user(user_id), secret)))


def add_app(*, secret: str, code: str, by: Viewer, at: datetime) -> tuple[str, ...]:
    """Add an authenticator to one's own account, once it showed its first code.

    Returns new codes on paper where the account had none: they are shown this once. Raises `FactorRefused`.
    """
    user = _user(by.account)
    if not validate_totp_code(secret, code) or not factor_use.first_use(user.pk, code, at):
        raise FactorRefused("code", "The code is not the one of this moment.")
    if APP in kinds_of(user.pk):
        raise FactorRefused("many", "There is an authenticator already. Remove it first.")
    with recording(by, at) as log:
        TOTP.activate(user, secret)
        return _added(user, APP, log)


def add_key(*, name: str, credential: Any, by: Viewer, at: datetime) -> tuple[str, ...]:
    """Add a security key to one's own account, as the browser answered what `factor_keys.wanted` asked.

    Returns new codes on paper where the account had none. Raises `FactorRefused`.
    """
    user = _user(by.account)
    if Authenticator.objects.filter(user_id=user.pk, type=KEY).count() >= MOST_KEYS:
        raise FactorRefused("many", f"There are {MOST_KEYS} security keys already. Remove one first.")
    if not factor_keys.registers(credential):
        raise FactorRefused("key", "The security key did not answer as it should.")
    with recording(by, at) as log:
        WebAuthn.add(user, name.strip()[:NAME_CHARS], credential)
        return _added(user, KEY, log)


def renew_paper(*, by: Viewer, at: datetime) -> tuple[str, ...]:
    """New codes on paper in place of the old, shown this once. Raises `FactorRefused` without a factor."""
    user = _user(by.account)
    if not has_factor(user.pk):
        raise FactorRefused("unknown", "Codes on paper stand in for a factor. Add one first.")
    with recording(by, at) as log:
        Authenticator.objects.filter(user_id=user.pk, type=PAPER).delete()
        return _paper(user, log)


def remove(*, factor_id: int, by: Viewer, at: datetime) -> None:
    """Remove one of one's own factors; codes on paper go with the last. Raises `FactorRefused`."""
    own = Authenticator.objects.filter(user_id=by.account)
    row = own.filter(pk=factor_id, type__in=PROVING).first()
    if row is None:
        raise FactorRefused("unknown", "There is no such factor in this account.")
    last = own.filter(type__in=PROVING).count() == 1
    if last and not Office.objects.filter(demonstration=True).exists():
        raise FactorRefused("last", "This office asks for a second factor. Add another before removing this.")
    with recording(by, at) as log:
        (own if last else own.filter(pk=row.pk)).delete()
        log.entry("factor.removed", f"account:{by.audit_id}", {"kind": row.type})


def take_away(*, user_id: UUID, by: Viewer, at: datetime) -> None:
    """Take every factor from an account whose owner lost them all, for whoever manages accounts.

    Outside the demonstration the account is closed with it, until a second person confirms. Raises
    `NotForYou`, `FactorRefused`.
    """
    by.require("accounts.manage")
    user = _user(user_id)
    waits = {"requested": True, "is_active": False, "asked_by": by.audit_id, "confirmed_by": None}
    demonstration = Office.objects.filter(demonstration=True).exists()
    with recording(by, at) as log:
        Authenticator.objects.filter(user_id=user_id).delete()
        if not demonstration:
            User.objects.filter(pk=user_id).update(**waits)
        told = {} if demonstration else {**waits, "asked_by": str(by.audit_id)}
        log.entry("factor.taken_away", f"account:{user.audit_id}", told)


def _added(user: User, kind: str, log: Log) -> tuple[str, ...]:
    log.entry("factor.added", f"account:{user.audit_id}", {"kind": kind})
    return () if PAPER in kinds_of(user.pk) else _paper(user, log)


def _paper(user: User, log: Log) -> tuple[str, ...]:
    codes = tuple(RecoveryCodes.activate(user).get_unused_codes())
    log.entry("factor.codes_made", f"account:{user.audit_id}", {"codes": len(codes)})
    return codes


def _factor(row: Authenticator) -> Factor:
    return Factor(row.pk, row.type, str(row.data.get("name", "")), row.created_at, _left(row))


def _left(row: Authenticator) -> int | None:
    try:
        return len(row.wrap().get_unused_codes()) if row.type == PAPER else None
    except LostSecret:
        return 0


def _user(user_id: UUID) -> User:
    user: User | None = User.objects.filter(pk=user_id).first()
    if user is None:
        raise FactorRefused("unknown", "There is no such account.")
    return user
