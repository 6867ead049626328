"""Filter on where people are: a facility with an open stay on the day asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from amana.apps.placements.models import Stay
from amana.apps.registry.filters import PersonFilter


def _facility(values: Sequence[str], on: date) -> Q:
    there = Stay.objects.filter(person=OuterRef("ref"), facility__in=values, since__lte=on)
    return Q(Exists(there.filter(Q(until__isnull=True) | Q(until__gt=on))))


FILTERS = (PersonFilter("facility", _facility),)
