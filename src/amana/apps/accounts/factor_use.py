"""Using a second factor: a code of the authenticator, a code on paper or a security key, under the same brake
as passwords (`attempts`), counted by itself.

A code of the authenticator is taken once, in whichever process it arrives; a code on paper is crossed off
with an entry in the trail. A try that fails is in the read log as a refused sign-in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.db import IntegrityError, transaction

from amana.apps.accounts import attempts, factor_keys
from amana.apps.accounts.factor_adapter import FactorAdapter, LostSecret
from amana.apps.accounts.models import UsedCode, User
from amana.apps.accounts.signing_in import SignInTry, known_browser
from amana.apps.accounts.viewers import NOBODY_ID, viewer_of
from amana.apps.audit.recording import recording
from amana.apps.audit.sessions import REFUSED, record_session

USED_FOR = timedelta(minutes=10)
"""Longer than any code is good for."""


def try_code(user_id: UUID, code: str, *, address: str, at: datetime, token: str = "") -> SignInTry:
    """Look at a code unless this account or address has to wait. `token` is its browser's."""
    return _slowly(user_id, lambda user: _code_holds(user, code, at), address, at, token)


def try_key(user_id: UUID, credential: Any, *, address: str, at: datetime, token: str = "") -> SignInTry:
    """Look at the answer of a security key, under the same brake."""
    return _slowly(user_id, lambda user: factor_keys.proves(user, credential), address, at, token)


def first_use(user_id: UUID, code: str, at: datetime) -> bool:
    """Whether this code of this account is used for the first time; it is used by asking."""
    key = attempts.digest("code", f"{user_id} {normalize_user_code(code)}")
    try:
        with transaction.atomic(using="operations"):
            UsedCode.objects.filter(key=key, at__lt=at - USED_FOR).delete()
            UsedCode.objects.create(key=key, at=at)
    except IntegrityError:
        return False
    return True


def forget_used(at: datetime) -> int:
    """Delete codes that nobody could use again anyway; returns how many."""
    return UsedCode.objects.filter(at__lt=at - USED_FOR).delete()[0]


def _slowly(user_id: UUID, holds: Any, address: str, at: datetime, token: str) -> SignInTry:
    user: User | None = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return SignInTry(None)
    counted = f"factor of {user.email}"
    browser = known_browser(token, user.email)
    wait = attempts.seconds_to_wait(counted, address, at, browser=browser)
    if wait:
        return SignInTry(None, wait)
    if not holds(user):
        attempts.record_failure(counted, address, at, browser=browser)
        record_session(REFUSED, actor=NOBODY_ID, account=user.audit_id, at=at)
        return SignInTry(None, attempts.seconds_to_wait(counted, address, at, browser=browser))
    attempts.forget(counted, address, browser=browser)
    return SignInTry(user)


def _code_holds(user: User, code: str, at: datetime) -> bool:
    rows = {row.type: row for row in Authenticator.objects.filter(user_id=user.pk)}
    app = rows.get(Authenticator.Type.TOTP)
    paper = rows.get(Authenticator.Type.RECOVERY_CODES)
    try:
        if app and validate_totp_code(FactorAdapter().decrypt(app.data["secret"]), code):
            return first_use(user.pk, code, at)
        return bool(paper) and _cross_off(user, paper, code, at)
    except LostSecret:
        return False


def _cross_off(user: User, paper: Authenticator, code: str, at: datetime) -> bool:
    with recording(viewer_of(user), at) as log:
        if not paper.wrap().validate_code(code):
            return False
        log.entry("factor.code_used", f"account:{user.audit_id}")
    return True
