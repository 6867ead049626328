"""How many people are registered, for who sees counts and nobody: told in tens, so that no single arrival or
departure shows.
"""

from __future__ import annotations

from amana.apps.accounts.viewers import NotForYou, Viewer
from amana.apps.registry.models import Person

LEAST = 10
"""The smallest number that is told, and the step in which numbers are told."""


def in_tens(viewer: Viewer) -> int | None:
    """At least how many people are registered, in tens; None for fewer than ten. Raises `NotForYou`."""
    if not viewer.reads("C10"):
        raise NotForYou(viewer.role, "read C10")
    found = Person.objects.count()
    return found // LEAST * LEAST if found >= LEAST else None
