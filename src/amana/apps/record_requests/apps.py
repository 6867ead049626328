"""Django's entry for requests about one's own record."""

from django.apps import AppConfig


class RecordRequestsConfig(AppConfig):
    name = "amana.apps.record_requests"
    label = "record_requests"
    default_auto_field = "django.db.models.BigAutoField"
