"""Security keys (WebAuthn): what the browser is asked, and whether its answer holds.

The question stands in the session of the request at hand until it is answered once; the library reads it
there. A key is bound to the name in the address, so it can't be used under a bare number (127.0.0.1) nor,
outside this machine, without https. Whatever an answer breaks in being read is a no.
"""

from __future__ import annotations

import ipaddress
import struct
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.core.exceptions import ValidationError

from amana.apps.accounts.models import User

BROKEN = (
    ValidationError, InvalidSignature, UnsupportedAlgorithm, struct.error, ValueError, TypeError, KeyError,
    IndexError, AttributeError, NotImplementedError, OverflowError, RecursionError,
)  # fmt: skip


def usable(host: str, *, https: bool) -> bool:
    """Whether browsers let security keys be used at this address (`host` with or without a port)."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return https or name == "localhost" or name.endswith(".localhost")
    return False


def wanted(user: User) -> dict[str, Any]:
    """What the browser is asked in order to add a key to this account, as plain JSON."""
    return dict(auth.begin_registration(user, False))


def registers(credential: Any) -> bool:
    """Whether the browser's answer holds a new key; the question is used up when it does."""
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except BROKEN:
        return False
    return True


def asked(user: User) -> dict[str, Any]:
    """What the browser is asked in order to prove one of this account's keys, as plain JSON."""
    return dict(auth.begin_authentication(user))


def proves(user: User, credential: Any) -> bool:
    """Whether the browser's answer proves a key of this account; the question is used up by the first try."""
    try:
        auth.parse_authentication_response(credential)
        found: Authenticator = auth.complete_authentication(user, credential)
    except BROKEN:
        auth.clear_state()
        return False
    return found.user_id == user.pk
