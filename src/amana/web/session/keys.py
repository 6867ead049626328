"""Security keys on our pages: what the browser is asked, as the text our script reads from the page."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest

from amana.apps.accounts import factor_keys, factors


def keys_usable(request: HttpRequest) -> bool:
    """Whether browsers let security keys be used at this address."""
    return factor_keys.usable(request.get_host(), https=request.is_secure())


def key_question(request: HttpRequest, user: Any) -> str:
    """What to ask one of this account's keys, as JSON; empty where it has none, or none is usable here."""
    if factors.KEY not in factors.kinds_of(user.pk) or not keys_usable(request):
        return ""
    return _text(factor_keys.asked(user))


def new_key_question(request: HttpRequest, user: Any) -> str:
    """What to ask a key that is to be added, as JSON; empty where none is usable here."""
    return _text(factor_keys.wanted(user)) if keys_usable(request) else ""


def _text(question: dict[str, Any]) -> str:
    return json.dumps(question["publicKey"], default=dict)
