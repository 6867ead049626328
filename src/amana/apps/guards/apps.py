"""Django's entry for what guards the register against its own users."""

from django.apps import AppConfig


class GuardsConfig(AppConfig):
    name = "amana.apps.guards"
    label = "guards"
    default_auto_field = "django.db.models.BigAutoField"
