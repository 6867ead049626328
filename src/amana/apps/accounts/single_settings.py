"""What the environment says of single sign-on: AMANA_OIDC_URL, _CLIENT, _SECRET and _NAME, all or none.

Read by the settings, so it imports nothing of Django. Refuses half a configuration and an address without
https, by which anybody on the line could sign in as anybody; only this machine itself may be named without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from amana.core.errors import AmanaError

PROVIDER: Final = "office"
URL, CLIENT, SECRET, NAME = "AMANA_OIDC_URL", "AMANA_OIDC_CLIENT", "AMANA_OIDC_SECRET", "AMANA_OIDC_NAME"
HERE = ("localhost", "127.0.0.1", "::1")


class StrangeSingleSignOn(AmanaError):
    """The environment's words about single sign-on can't be used."""


def single_sign_on(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """The one provider as django-allauth takes it, or none. Raises `StrangeSingleSignOn`."""
    given = {name: (environment.get(name) or "").strip() for name in (URL, CLIENT, SECRET)}
    if not any(given.values()):
        return []
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise StrangeSingleSignOn(f"Single sign-on lacks {', '.join(missing)}. Set all three, or none.")
    address = urlsplit(given[URL])
    if address.scheme != "https" and not (address.scheme == "http" and address.hostname in HERE):
        raise StrangeSingleSignOn(f"{URL} is no address with https. Write https://sign-in.example.")
    return [
        {
            "provider": "openid_connect",
            "provider_id": PROVIDER,
            "name": (environment.get(NAME) or "").strip() or (address.hostname or ""),
            "client_id": given[CLIENT],
            "secret": given[SECRET],
            "settings": {
                "server_url": given[URL],
                "oauth_pkce_enabled": True,
                "fetch_userinfo": False,
            },
        }
    ]
