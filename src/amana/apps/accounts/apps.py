"""Names the app for Django and registers the start-up check."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register


class AccountsConfig(AppConfig):
    """The app `accounts`."""

    name = "amana.apps.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """An office that would show the wrong language doesn't start."""
        from amana.apps.accounts.readiness import translations_check

        register(translations_check, Tags.translation)
