"""How django-allauth's factors stand in this office: secrets encrypted, names ours, no site and no mail.

The secret of an authenticator and the seed of codes on paper are encrypted under a key derived from the
office's `secret` key, and not under the one of its cases: when the emergency lock takes that away, those who
must open it again can still sign in. Where the `secret` key was lost, factors open no more and are taken away
one by one. A security key's row holds its public half, which needs no secrecy.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from amana.core.errors import AmanaError

ISSUER = "Amana"
NONCE_BYTES = 12
PLACE = b"mfa.Authenticator.data"


class LostSecret(AmanaError):
    """The secret of a factor does not open: the office's `secret` key is another."""


class FactorAdapter(DefaultMFAAdapter):
    """See the module."""

    def encrypt(self, text: str) -> str:
        """A secret as it is kept."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """A kept secret. Raises `LostSecret`."""
        raw = base64.b64decode(encrypted_text)
        try:
            return _cipher().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], PLACE).decode()
        except (InvalidTag, ValueError) as error:
            raise LostSecret("The secret of a factor does not open. Restore keys/secret.key.") from error

    def get_totp_label(self, user: Any) -> str:
        """What the authenticator shows beside the code."""
        return str(user.email)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """This office, as a security key binds itself to it: by the name in the address."""
        host = context.request.get_host()
        return {"id": host.rpartition(":")[0] or host, "name": ISSUER}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """The account, as a security key knows it: by its opaque id and its e-mail."""
        return {"id": user.pk.bytes, "display_name": user.name, "name": user.email}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is mailed about factors: the account's owner sees them on her page."""


def _cipher() -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"amana.factors")
    return AESGCM(derived.derive(str(settings.SECRET_KEY).encode()))
