"""What stands of some safeguards, read for a change of law that would reach them: the machine's own read,
shown to nobody but in counts.
"""

from __future__ import annotations

from collections.abc import Collection

from amana.apps.oversight.models import Finding

BAD = ("breach", "overdue")

Place = tuple[str, str, str]
"""Person, safeguard and key of the occasion."""


def bad_of(safeguards: Collection[str]) -> list[Place]:
    """The breaches and overdue duties of people that these safeguards find now."""
    standing = Finding.objects.filter(until__isnull=True, verdict__in=BAD, safeguard__in=list(safeguards))
    found = standing.filter(person__isnull=False).order_by("person", "safeguard", "key")
    return [
        (person, safeguard, key)
        for person, safeguard, key in found.values_list("person_id", "safeguard", "key")
    ]
