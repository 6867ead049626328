"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The app `audit`."""

    name = "amana.apps.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
