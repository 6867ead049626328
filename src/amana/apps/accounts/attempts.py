"""The brake on guessing passwords: after three failures each further try waits, twice as long each time, up
to 5 minutes.

Counted for the e-mail and for the address it came from, each under a keyed digest; a day without failure
forgets. A browser in which the account signed in before is counted by itself alone: a stranger who keeps on
failing makes other strangers wait, not a colleague at her own machine.
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


def seconds_to_wait(email: str, address: str, at: datetime, *, browser: str = "") -> int:
    """Whole seconds until the next try is looked at; 0 means now. `browser` names one known to be hers."""
    return max(_wait(key, free, at) for key, free in _keys(email, address, browser))


def record_failure(email: str, address: str, at: datetime, *, browser: str = "") -> None:
    """Count a failed try."""
    with transaction.atomic(using="operations"):
        for key, _ in _keys(email, address, browser):
            row = SignInAttempt.objects.select_for_update().filter(key=key).first()
            failures = row.failures if row and at - row.last < FORGOTTEN_AFTER else 0
            SignInAttempt.objects.update_or_create(key=key, defaults={"failures": failures + 1, "last": at})


def forget(email: str, address: str, *, browser: str = "") -> None:
    """A sign-in that worked clears the count of the e-mail or of its browser, not the address's."""
    SignInAttempt.objects.filter(key=_keys(email, address, browser)[0][0]).delete()


def clear_old(at: datetime) -> int:
    """Delete counts older than a day; returns how many."""
    return SignInAttempt.objects.filter(last__lt=at - FORGOTTEN_AFTER).delete()[0]


def digest(kind: str, text: str) -> str:
    """A keyed digest of an e-mail or an address, whatever its case; says nothing to whoever lacks the key."""
    told = f"{kind}:{text.strip().casefold()}"
    return hmac.digest(settings.SECRET_KEY.encode(), told.encode(), "sha256").hex()


def _keys(email: str, address: str, browser: str) -> tuple[tuple[str, int], ...]:
    if browser:
        return ((digest("browser", f"{email.strip()} {browser}"), FREE),)
    return (digest("email", email), FREE), (digest("address", address), FREE_FOR_ADDRESS)


def _wait(key: str, free: int, at: datetime) -> int:
    row = SignInAttempt.objects.filter(key=key).first()
    if row is None or row.failures < free or at - row.last >= FORGOTTEN_AFTER:
        return 0
    delay = timedelta(seconds=min(LONGEST, 2 ** min(row.failures - free, 20)))
    left = (row.last + delay - at).total_seconds()
    return max(0, int(left) + (left > int(left)))
