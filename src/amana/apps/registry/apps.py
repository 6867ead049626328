"""Django's entry for the register."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "amana.apps.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
