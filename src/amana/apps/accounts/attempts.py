"""The brake on guessing passwords: after three failures each further try waits, twice as long each time, up
to 5 minutes.

Counted for the e-mail and for the address it came from, each under a keyed digest; a day without failure
forgets. Nobody is locked out for good: a delay can't be used to keep a colleague from her work.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from amana.apps.accounts.models import SignInAttempt

FREE = 3
LONGEST = 300
FORGOTTEN_AFTER = timedelta(days=1)
# An address may be a whole ministry behind one line, so it may fail more often before it waits.
FREE_FOR_ADDRESS = 30


def seconds_to_wait(email: str, address: str, at: datetime) -> int:
    """Whole seconds until the next try is looked at; 0 means now."""
    return max(_wait(key, free, at) for key, free in _keys(email, address))


def record_failure(email: str, address: str, at: datetime) -> None:
    """Count a failed try."""
    with transaction.atomic(using="operations"):
        for key, _ in _keys(email, address):
            row = SignInAttempt.objects.select_for_update().filter(key=key).first()
            failures = row.failures if row and at - row.last < FORGOTTEN_AFTER else 0
            SignInAttempt.objects.update_or_create(key=key, defaults={"failures": failures + 1, "last": at})


def forget(email: str, address: str) -> None:
    """A sign-in that worked clears the e-mail's count, not the address's."""
    SignInAttempt.objects.filter(key=_keys(email, address)[0][0]).delete()


def clear_old(at: datetime) -> int:
    """Delete counts older than a day; returns how many."""
    return SignInAttempt.objects.filter(last__lt=at - FORGOTTEN_AFTER).delete()[0]


def _keys(email: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    return (_key("email", email.strip().casefold()), FREE), (_key("address", address), FREE_FOR_ADDRESS)


def _key(kind: str, text: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{kind}:{text}".encode(), "sha256").hex()


def _wait(key: str, free: int, at: datetime) -> int:
    row = SignInAttempt.objects.filter(key=key).first()
    if row is None or row.failures < free or at - row.last >= FORGOTTEN_AFTER:
        return 0
    delay = timedelta(seconds=min(LONGEST, 2 ** min(row.failures - free, 20)))
    left = (row.last + delay - at).total_seconds()
    return max(0, int(left) + (left > int(left)))
