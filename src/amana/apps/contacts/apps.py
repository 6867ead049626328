"""Django's entry for contacts."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "amana.apps.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
