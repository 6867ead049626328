"""Django's entry for determinations."""

from django.apps import AppConfig


class DeterminationsConfig(AppConfig):
    name = "amana.apps.determinations"
    label = "determinations"
    default_auto_field = "django.db.models.BigAutoField"
