"""What `states.holds` says, asked of the database: the determinations whose decision holds now."""

from __future__ import annotations

from django.db.models import Q

from amana.apps.determinations.states import HARMLESS, IN_FORCE, PARTING, State


def holding() -> Q:
    """Determinations in force, and those contested while what they decide protects."""
    contested = Q(state=State.UNDER_APPEAL, effect__in=HARMLESS) & ~Q(decides__in=PARTING)
    return Q(state__in=sorted(map(str, IN_FORCE))) | contested
