"""Filter on where people are: a facility with an open stay on the day asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from amana.apps.placements.models import Stay
from amana.apps.registry.filters import PersonFilter, Told


def _facility(values: Sequence[str], on: date) -> Q:
    return Q(facility__in=values)


def _staying(on: date) -> QuerySet[Stay]:
    return Stay.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)


FILTERS = (PersonFilter("facility", _facility, Told(_staying, once=False)),)
