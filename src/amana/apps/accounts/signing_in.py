"""Trying an e-mail and a password, with the brake of `attempts` before and its count after; beginning and
ending a session.

Every try that fails and every session is in the read log. A browser that signed in before holds a token and
is counted by itself, so that a stranger's failures can't keep its owner from her work.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import authenticate
from django.core import signing

from amana.apps.accounts import attempts
from amana.apps.accounts.models import User
from amana.apps.accounts.viewers import NOBODY_ID, Viewer
from amana.apps.audit import custody_session
from amana.apps.audit.sessions import BEGAN, ENDED, PROVED, REFUSED, record_session

_SALT = "amana.accounts.browser"


@dataclass(frozen=True)
class SignInTry:
    """Either the account (whose second factor is asked next, if it has one), or how many seconds to wait
    before the next try is looked at.
    """

    user: Any | None
    wait: int = 0


def check_password_slowly(
    email: str, password: str, *, address: str, at: datetime, token: str = ""
) -> SignInTry:
    """Look at the password unless this e-mail or address has to wait.

    `address` is the caller's network address, `token` what `browser_token` gave this browser earlier.
    """
    browser = known_browser(token, email)
    wait = attempts.seconds_to_wait(email, address, at, browser=browser)
    if wait:
        return SignInTry(None, wait)
    user: Any = authenticate(None, username=email, password=password, at=at)
    if user is None:
        attempts.record_failure(email, address, at, browser=browser)
        record_session(REFUSED, actor=NOBODY_ID, account=_account(email), at=at)
        return SignInTry(None, attempts.seconds_to_wait(email, address, at, browser=browser))
    attempts.forget(email, address, browser=browser)
    return SignInTry(user)


def begin_session(viewer: Viewer, at: datetime) -> None:
    """Write that this viewer's session began, once everything asked of her was proved."""
    record_session(BEGAN, actor=viewer.audit_id, account=viewer.audit_id, at=at)


def prove_session(viewer: Viewer, at: datetime) -> None:
    """Write that this viewer proved anew who she is."""
    record_session(PROVED, actor=viewer.audit_id, account=viewer.audit_id, at=at)


def end_session(viewer: Viewer, at: datetime) -> None:
    """Write that this viewer's session ended, by herself or after a while without activity; a key she had
    unlocked is forgotten.
    """
    if viewer.user_id is not None:
        custody_session.forget(viewer.user_id)
    record_session(ENDED, actor=viewer.audit_id, account=viewer.audit_id, at=at)


def browser_token(email: str) -> str:
    """A token for a browser in which this e-mail has just signed in; names nobody, opens nothing."""
    return signing.dumps([attempts.digest("browser", email), secrets.token_hex(8)], salt=_SALT)


def known_browser(token: str, email: str) -> str:
    """The browser behind a token, if it was given for this e-mail; empty otherwise."""
    try:
        owner, browser = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(browser) if hmac.compare_digest(str(owner), attempts.digest("browser", email)) else ""


def _account(email: str) -> UUID | None:
    return User.objects.filter(email__iexact=email).values_list("audit_id", flat=True).first()
