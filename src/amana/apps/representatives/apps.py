"""Django's entry for the records of guardians and counsel."""

from django.apps import AppConfig


class RepresentativesConfig(AppConfig):
    name = "amana.apps.representatives"
    label = "representatives"
    default_auto_field = "django.db.models.BigAutoField"
