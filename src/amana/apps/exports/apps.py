"""Django's entry for the register of files of people."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "amana.apps.exports"
    label = "exports"
    default_auto_field = "django.db.models.BigAutoField"
