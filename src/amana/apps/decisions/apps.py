"""Django's entry for facts rows and decisions."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "amana.apps.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"
