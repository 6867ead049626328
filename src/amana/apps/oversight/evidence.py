"""Whether the trail is still needed as evidence about a person: asked before anything of it is erased."""

from __future__ import annotations

from collections.abc import Collection

from amana.apps.oversight.models import Finding
from amana.apps.oversight.reached import BAD


def against(people: Collection[str]) -> frozenset[str]:
    """Those of these people about whom a breach or an overdue duty stands open."""
    rows = Finding.objects.filter(person__in=people, until__isnull=True, verdict__in=BAD)
    return frozenset(rows.values_list("person_id", flat=True))
