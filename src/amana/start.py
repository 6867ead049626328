"""Makes the office ready for a command: settings and apps loaded. Commands on files alone don't need it."""

from __future__ import annotations

import os

import django
from django.apps import apps


def start_office() -> None:
    """Load Django once; AMANA_HOME and DATABASE_URL are read at that moment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amana.settings")
    if not apps.ready:
        django.setup()
