"""Django's entry for facilities and stays."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "amana.apps.placements"
    label = "placements"
    default_auto_field = "django.db.models.BigAutoField"
