"""Django's entry for the records of the country gate."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "amana.apps.consents"
    label = "consents"
    default_auto_field = "django.db.models.BigAutoField"
