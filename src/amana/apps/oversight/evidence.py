"""Whether the trail is still needed as evidence about a person: asked before anything of it is erased."""

from __future__ import annotations

from amana.apps.oversight.models import Finding
from amana.apps.oversight.reached import BAD


def stands_against_somebody(person: str) -> bool:
    """Whether a breach or an overdue duty stands open about this person."""
    return Finding.objects.filter(person=person, until__isnull=True, verdict__in=BAD).exists()
