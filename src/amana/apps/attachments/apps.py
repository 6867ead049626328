"""Django's entry for papers."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "amana.apps.attachments"
    label = "attachments"
    default_auto_field = "django.db.models.BigAutoField"
