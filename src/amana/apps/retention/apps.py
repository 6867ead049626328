"""Django's entry for periods, legal holds and erasures."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "amana.apps.retention"
    label = "retention"
    default_auto_field = "django.db.models.BigAutoField"
