"""Names the app for Django."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app `jobs`."""

    name = "amana.apps.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
