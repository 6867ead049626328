"""Django's entry for oversight."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "amana.apps.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
