"""Where sessions are kept: a row under the digest of the key, its contents encrypted under the key itself.

The key stands in the browser's cookie and nowhere else, so a copy of the database opens no session and tells
nothing of what one holds. Which account, since when and in what browser stand beside it, for its owner's
list of sessions. In `operations`: signing in never waits for an import.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import SESSION_KEY as ACCOUNT
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models.functions import Now

from amana.apps.accounts.models import Session

BEGAN, SEEN, BROWSER = "began", "seen", "browser"
"""Keys within a session that its owner's list shows: two instants in seconds since 1970, and a few words."""
NONCE_BYTES = 12


def digest(session_key: str) -> str:
    """Under what a session is kept."""
    return hashlib.sha256(session_key.encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Django's store over our own table; see the module."""

    @classmethod
    def get_model_class(cls) -> type[Session]:  # type: ignore[override]
        """The table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it is unknown, ended or not ours."""
        kept = Session.objects.filter(key=digest(self.session_key or ""), expires__gt=Now()).first()
        found = self.decode(kept.data) if kept else None
        if found is None:
            self._session_key = None
        return found or {}

    def exists(self, session_key: str) -> bool:
        """Whether there is a session under this key."""
        return Session.objects.filter(key=digest(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session, by default this one."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what has ended."""
        Session.objects.filter(expires__lt=Now()).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:  # type: ignore[override]
        """The row to be saved."""
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # Django's
        return Session(
            key=digest(key),
            data=self.encode(data),
            expires=self.get_expiry_date(),
            account=data.get(ACCOUNT),
            began=_instant(data.get(BEGAN)),
            seen=_instant(data.get(SEEN)),
            browser=str(data.get(BROWSER) or "")[:60],
        )

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The contents under this session's own key."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        told = json.dumps(session_dict, separators=(",", ":")).encode()
        return base64.b64encode(nonce + self._cipher().encrypt(nonce, told, None)).decode()

    def decode(self, session_data: str) -> dict[str, Any] | None:  # type: ignore[override]
        """The contents, or None where they were not written under this key."""
        try:
            raw = base64.b64decode(session_data)
            told: dict[str, Any] = json.loads(
                self._cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
            )
        except (InvalidTag, ValueError):
            return None
        return told

    def _cipher(self) -> AESGCM:
        salt = hashlib.sha256(str(settings.SECRET_KEY).encode()).digest()
        derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"amana.session")
        return AESGCM(derived.derive((self.session_key or "").encode()))


def _instant(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, (int, float)) else None
