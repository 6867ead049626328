"""Whom what is found may concern, so that a viewer may read of it."""

from __future__ import annotations

from django.db.models import Q

from amana.apps.accounts.viewers import Viewer
from amana.apps.registry.reach import FINDINGS, narrowed


def theirs(viewer: Viewer, *, counting: bool = False) -> Q:
    """The condition that what is found concerns somebody in the viewer's reach, or nobody; for whoever sees
    no person by name, that it concerns anybody, under a pseudonym. `counting`: asked of all that is found.
    """
    if not viewer.may("people.see") or viewer.everybody:
        return Q(pk__isnull=False)
    return narrowed(viewer, "person_id", FINDINGS, counting=counting) | Q(person__isnull=True)
