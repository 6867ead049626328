"""A Django test client signed in as somebody, without typing a password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amana.apps.accounts.viewers import Viewer


def sign_in(viewer: Viewer, language: str = "en") -> Any:
    """The client of that account, in English unless told; she has just proved who she is."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"accept-language": language})
    client.force_login(get_user_model().objects.get(pk=viewer.user_id))
    session = client.session
    session["factor"] = True
    session["proved"] = int(datetime.now(UTC).timestamp())  # as the signal of signing in says, once heard
    session.save()
    return client
