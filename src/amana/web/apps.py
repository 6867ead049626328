"""The web application as Django sees it: templates, static files and tags; no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers templates, static files and template tags of the web frame."""

    name = "amana.web"
    label = "web"
