"""Django's entry for allegations."""

from django.apps import AppConfig


class AllegationsConfig(AppConfig):
    name = "amana.apps.allegations"
    label = "allegations"
    default_auto_field = "django.db.models.BigAutoField"
