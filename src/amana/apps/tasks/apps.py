"""Django's entry for tasks."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "amana.apps.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
