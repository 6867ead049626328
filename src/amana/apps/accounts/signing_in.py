"""Trying an e-mail and a password, with the brake of `attempts` before and its count after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import authenticate

from amana.apps.accounts import attempts


@dataclass(frozen=True)
class SignInTry:
    """Either the account (for `login`), or how many seconds to wait before the next try is looked at."""

    user: Any | None
    wait: int = 0


def check_password_slowly(email: str, password: str, *, address: str, at: datetime) -> SignInTry:
    """Look at the password unless this e-mail or address has to wait; `address` is the caller's network
    address.
    """
    wait = attempts.seconds_to_wait(email, address, at)
    if wait:
        return SignInTry(None, wait)
    user = authenticate(None, username=email, password=password, at=at)
    if user is None:
        attempts.record_failure(email, address, at)
        return SignInTry(None, attempts.seconds_to_wait(email, address, at))
    attempts.forget(email, address)
    return SignInTry(user)
