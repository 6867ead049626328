"""Sign-in by e-mail and password. Grants nothing by itself: permissions come from roles.py alone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password

from amana.apps.accounts.commands import renew_hash
from amana.apps.accounts.models import User


class EmailBackend(BaseBackend):
    """Finds the account by e-mail, whatever its case; takes as long when there is none."""

    def authenticate(
        self, request: Any, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        """The active account with this e-mail and password, or None.

        Given `at` (an aware instant), a hash of older parameters is renewed on the way.
        """
        email, at = username or credentials.get("email"), credentials.get("at")
        if email is None or password is None:
            return None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            make_password(password)
            return None
        renew = (lambda raw: renew_hash(user=user, password=raw, at=at)) if at and user.is_active else None
        return user if check_password(password, user.password, renew) and user.is_active else None

    def get_user(self, user_id: Any) -> User | None:
        """The active account behind a session."""
        return User.objects.filter(pk=user_id, is_active=True).first()
