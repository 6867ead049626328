"""Whether anybody is registered at all: an office without people may be set up freely."""

from __future__ import annotations

from amana.apps.registry.models import Person


def peopled() -> bool:
    """Whether the register holds anybody."""
    return Person.objects.exists()
